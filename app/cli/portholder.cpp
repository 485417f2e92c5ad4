// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portholder.h"

#include "app/cli/command.h"
#include "app/cli/machine.h"
#include "app/shared/listenertext.h"
#include "app/shared/portoutcometext.h"
#include "app/shared/usernames.h"
#include "core/control/portproof.h"
#include "core/processes/wholename.h"

#include <QCoreApplication>

#include <algorithm>

namespace Quay {

namespace {

struct HolderTexts
{
    Q_DECLARE_TR_FUNCTIONS(PortHolder)
};

QString hiddenHolder(CommandContext &context, const Listener &listener)
{
    if (listener.knowledge == OwnerKnowledge::NoProcess) {
        return HolderTexts::tr("the kernel or another container");
    }
    const QString user = context.users.name(listener.socket.uid);
    const QString unit = unitText(listener.unit);
    return unit.isEmpty() ? HolderTexts::tr("a hidden process of %1").arg(user)
                          : HolderTexts::tr("a hidden process of %1, unit %2").arg(user, unit);
}

/// What nobody listens on, and yet cannot be bound.
std::string whatRemains(CommandContext &context, std::uint16_t port, Protocol protocol)
{
    const PortClaim claim{.protocol = protocol, .address = {.family = IpFamily::V6}, .port = port}; // with IPv4
    return remainsText(context.machine.prove(claim), protocol).toStdString();
}

} // namespace

std::string portHolder(CommandContext &context, std::uint16_t port, Protocol protocol)
{
    const auto snapshot = context.machine.look({.udp = protocol == Protocol::Udp, .onlyPort = port});
    if (!snapshot) {
        return {};
    }
    const auto found = std::ranges::find_if((*snapshot)->listeners, [protocol](const ListenerPtr &listener) {
        return listener->socket.protocol == protocol;
    });
    if (found == (*snapshot)->listeners.end()) {
        return whatRemains(context, port, protocol);
    }
    const Listener &listener = **found;
    if (listener.owners.empty()) {
        return hiddenHolder(context, listener).toStdString();
    }
    const ProcessInfo &process = *listener.owners.front().process;
    return std::string(wholeName(process)) + ' ' + std::to_string(process.id.pid);
}

} // namespace Quay
