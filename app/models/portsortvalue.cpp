// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portsortvalue.h"

#include "app/models/sortvalue.h"
#include "app/shared/format.h"
#include "app/shared/listenerfacts.h"
#include "app/shared/listenertext.h"
#include "app/shared/usernames.h"
#include "core/kernel/ipaddress.h"
#include "core/ports/listener.h"
#include "core/processes/wholename.h"

#include <QString>

namespace Quay {

namespace {

/// The order in which the ages of processes ascend: the youngest has the greatest start time.
double ageOrder(const Owner &owner)
{
    return -static_cast<double>(owner.process->id.startTicks);
}

} // namespace

SortValue portSortValue(const Listener &listener, PortModelColumn::Column column, UserNames &users)
{
    const Owner *const owner = firstOwner(listener);
    const SortValue unknown;
    switch (column) {
    case PortModelColumn::Port:
        return SortValue::of(listener.socket.localPort);
    case PortModelColumn::Protocol:
        return SortValue::of(static_cast<double>(listener.socket.protocol));
    case PortModelColumn::Scope:
        return {.isKnown = true,
                .number = static_cast<double>(listener.reach()),
                .text = QString::fromStdString(toString(listener.socket.localAddress))};
    case PortModelColumn::Process:
        return owner != nullptr ? SortValue::of(shownText(wholeName(*owner->process))) : unknown;
    case PortModelColumn::Pid:
        return owner != nullptr ? SortValue::of(owner->process->id.pid) : unknown;
    case PortModelColumn::Project:
        return SortValue::of(projectText(projectOf(listener)));
    case PortModelColumn::Kind: {
        const ServerKind *const kind = kindOf(listener);
        return kind != nullptr ? SortValue::of(shownText(kind->name)) : unknown;
    }
    case PortModelColumn::User:
        return SortValue::of(users.name(uidOf(listener)));
    case PortModelColumn::Unit:
        return SortValue::of(unitText(listener.unit));
    case PortModelColumn::Connections:
        return listener.connections ? SortValue::of(*listener.connections) : unknown;
    case PortModelColumn::Since:
        return owner != nullptr ? SortValue::of(ageOrder(*owner)) : unknown;
    case PortModelColumn::Cpu: {
        const auto share = cpuShareOf(listener);
        return share ? SortValue::of(*share) : unknown;
    }
    case PortModelColumn::Memory: {
        const auto bytes = memoryOf(listener);
        return bytes ? SortValue::of(static_cast<double>(*bytes)) : unknown;
    }
    case PortModelColumn::ColumnCount:
        break;
    }
    return {};
}

} // namespace Quay
