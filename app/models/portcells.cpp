// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portcells.h"

#include "app/models/portcolumns.h"
#include "app/models/portmodelroles.h"
#include "app/models/portsortvalue.h"
#include "app/models/porttooltips.h"
#include "app/models/sortvalue.h"
#include "app/shared/format.h"
#include "app/shared/listenerfacts.h"
#include "app/shared/listenertext.h"
#include "app/shared/usernames.h"
#include "core/base/clock.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/processes/wholename.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <cstdint>
#include <optional>

#include <sys/types.h>

namespace Quay {

namespace {

using PortModelColumn::Column;

struct PortCellText
{
    Q_DECLARE_TR_FUNCTIONS(PortCellText)
};

/// What stands where the owner would.
QString missingOwnerText(const Listener &listener, UserNames &users)
{
    switch (listener.knowledge) {
    case OwnerKnowledge::Pending:
        return QStringLiteral("…");
    case OwnerKnowledge::Hidden:
        return PortCellText::tr("hidden: %1", "owner hidden: user").arg(users.name(listener.socket.uid));
    case OwnerKnowledge::NoProcess:
        return PortCellText::tr("no process: kernel or another container");
    case OwnerKnowledge::InferredFromUnit:
    case OwnerKnowledge::Told:
    case OwnerKnowledge::FirstFound:
    case OwnerKnowledge::Complete:
        break;
    }
    return unknownText();
}

/// For values that come from the owner when there is none.
QString unknownOfOwner(const Listener &listener)
{
    return listener.knowledge == OwnerKnowledge::Pending ? QStringLiteral("…") : unknownText();
}

QString projectCell(const Listener &listener)
{
    const ProjectPtr project = projectOf(listener);
    return project == nullptr && isProjectUnknown(listener) ? unknownOfOwner(listener) : projectText(project);
}

QString kindCell(const Listener &listener)
{
    const ServerKind *const kind = kindOf(listener);
    if (kind == nullptr && listener.owners.empty()) {
        return unknownOfOwner(listener);
    }
    return kind != nullptr ? shownText(kind->name) : QString();
}

QString cpuCell(const Listener &listener)
{
    const auto share = cpuShareOf(listener);
    return share ? percentText(*share) : unknownOfOwner(listener);
}

QString memoryCell(const Listener &listener)
{
    const auto bytes = memoryOf(listener);
    return bytes ? bytesText(*bytes) : unknownOfOwner(listener);
}

QString warningsReadAloud(const Listener &listener)
{
    QString text;
    for (const Warning &warning : listener.warnings) {
        //: Read aloud behind a port
        text += QString(QStringLiteral("; ") + PortCellText::tr("warning: %1").arg(warningTitle(warning.kind)));
    }
    return text;
}

/// What the cells of the owner's values say when they have none.
enum class Missing
{
    No,
    Pending,
    Unknown,
};

Missing missingOwner(const Listener &listener)
{
    if (!listener.owners.empty()) {
        return Missing::No;
    }
    return listener.knowledge == OwnerKnowledge::Pending ? Missing::Pending : Missing::Unknown;
}

bool hasSameNames(const Listener &before, const Listener &after)
{
    const Owner *const old = firstOwner(before);
    const Owner *const now = firstOwner(after);
    return old == nullptr || now == nullptr
        || (before.owners.size() == after.owners.size() && wholeName(*old->process) == wholeName(*now->process));
}

bool hasSameFirstProcess(const Listener &before, const Listener &after)
{
    const Owner *const old = firstOwner(before);
    const Owner *const now = firstOwner(after);
    return old == nullptr || now == nullptr || old->process->id == now->process->id;
}

bool isSameProject(const ProjectPtr &before, const ProjectPtr &after)
{
    return before == after || (before != nullptr && after != nullptr && *before == *after);
}

bool isSameKind(const ServerKind *before, const ServerKind *after)
{
    return before == after || (before != nullptr && after != nullptr && *before == *after);
}

} // namespace

QString unknownText()
{
    return QStringLiteral("–");
}

PortCells::PortCells(UserNames &users, const Clock &clock)
    : m_users(users)
    , m_clock(clock)
{
}

QString withFreshness(const QString &text, RowFreshness freshness)
{
    switch (freshness) {
    case RowFreshness::Settled:
        break;
    case RowFreshness::Appeared:
        //: Read aloud: what a row is about, and that it just came
        return PortCellText::tr("%1; new").arg(text);
    case RowFreshness::Vanished:
        //: Read aloud: what a row is about, and that it just went
        return PortCellText::tr("%1; gone").arg(text);
    }
    return text;
}

QString PortCells::text(const Listener &listener, Column column) const
{
    const Owner *const owner = firstOwner(listener);
    switch (column) {
    case PortModelColumn::Port:
        return QString::number(listener.socket.localPort);
    case PortModelColumn::Protocol:
        return protocolText(listener.socket.protocol);
    case PortModelColumn::Scope:
        return scopeText(listener);
    case PortModelColumn::Process:
        return owner != nullptr ? ownersText(listener) : missingOwnerText(listener, m_users);
    case PortModelColumn::Pid:
        return owner != nullptr ? QString::number(owner->process->id.pid) : unknownOfOwner(listener);
    case PortModelColumn::Project:
        return projectCell(listener);
    case PortModelColumn::Kind:
        return kindCell(listener);
    case PortModelColumn::User:
        return m_users.name(uidOf(listener));
    case PortModelColumn::Unit:
        return unitText(listener.unit);
    case PortModelColumn::Connections:
        return listener.connections ? QString::number(*listener.connections) : unknownText();
    case PortModelColumn::Since:
        return owner != nullptr ? durationText(runningTime(owner->process->id.startTicks, m_clock))
                                : unknownOfOwner(listener);
    case PortModelColumn::Cpu:
        return cpuCell(listener);
    case PortModelColumn::Memory:
        return memoryCell(listener);
    case PortModelColumn::ColumnCount:
        break;
    }
    return {};
}

QString PortCells::toolTip(const Listener &listener, Column column) const
{
    return portToolTip(listener, column, m_users, m_clock);
}

QString PortCells::accessibleText(const Listener &listener, Column column, RowFreshness freshness) const
{
    if (column == PortModelColumn::Port) {
        //: Read aloud: port number, protocol, from where it can be reached
        const QString port = PortCellText::tr("Port %1, %2, listening on %3")
                                 .arg(QString::number(listener.socket.localPort),
                                      protocolText(listener.socket.protocol), reachText(listener.reach()));
        return QString(withFreshness(port, freshness) + warningsReadAloud(listener));
    }
    QString value = text(listener, column);
    if (value == unknownText() || value.isEmpty()) {
        value = toolTip(listener, column); // a dash is not read aloud: the reason is
    }
    //: Read aloud: name of the column, value
    return PortCellText::tr("%1: %2").arg(columnTitle(column), value);
}

SortValue PortCells::sortValue(const Listener &listener, Column column) const
{
    return portSortValue(listener, column, m_users);
}

QString PortCells::rowText(const Listener &listener) const
{
    QStringList cells;
    for (int column = 0; column < PortModelColumn::ColumnCount; ++column) {
        cells.append(text(listener, static_cast<Column>(column)));
    }
    return cells.join(u'\t');
}

ColumnMask PortCells::changedColumns(const Listener &before, const Listener &after)
{
    ColumnMask mask = 0;
    const auto markIf = [&mask](bool isChanged, Column column) { mask |= isChanged ? maskOf(column) : 0; };
    markIf(before.warnings != after.warnings, PortModelColumn::Port);
    markIf(before.interfaceName != after.interfaceName, PortModelColumn::Scope);
    markIf(uidOf(before) != uidOf(after), PortModelColumn::User);
    markIf(before.unit != after.unit, PortModelColumn::Unit);
    markIf(before.connections != after.connections || before.sharedConnections != after.sharedConnections,
           PortModelColumn::Connections);

    const bool isSameOwner = missingOwner(before) == missingOwner(after);
    markIf(before.knowledge != after.knowledge || !hasSameNames(before, after), PortModelColumn::Process);
    markIf(!isSameOwner || !hasSameFirstProcess(before, after), PortModelColumn::Pid);
    markIf(!isSameOwner || !hasSameFirstProcess(before, after), PortModelColumn::Since);
    // Texts are made only where the values differ: of ten thousand rows most change a number below what is shown.
    const auto markIfTextDiffers = [&](bool isSame, QString (*cell)(const Listener &), Column column) {
        markIf(!(isSameOwner && isSame) && cell(before) != cell(after), column);
    };
    markIfTextDiffers(isSameProject(projectOf(before), projectOf(after))
                          && isProjectUnknown(before) == isProjectUnknown(after),
                      projectCell, PortModelColumn::Project);
    markIfTextDiffers(isSameKind(kindOf(before), kindOf(after)), kindCell, PortModelColumn::Kind);
    markIfTextDiffers(cpuShareOf(before) == cpuShareOf(after), cpuCell, PortModelColumn::Cpu);
    markIfTextDiffers(memoryOf(before) == memoryOf(after), memoryCell, PortModelColumn::Memory);
    return mask;
}

} // namespace Quay
