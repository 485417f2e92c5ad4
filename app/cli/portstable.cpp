// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portstable.h"

#include "app/shared/format.h"
#include "app/shared/listenerfacts.h"
#include "app/shared/listenertext.h"
#include "app/shared/usernames.h"
#include "core/processes/wholename.h"

#include <QCoreApplication>
#include <QLocale>

namespace Quay {

namespace {

struct PortsTable
{
    Q_DECLARE_TR_FUNCTIONS(PortsTable)
};

QString processCell(const Listener &listener)
{
    if (!listener.owners.empty()) {
        return shownText(wholeName(*listener.owners.front().process));
    }
    switch (listener.knowledge) {
    case OwnerKnowledge::Hidden:
        return PortsTable::tr("(hidden)");
    case OwnerKnowledge::Pending:
        return PortsTable::tr("(not looked up)");
    case OwnerKnowledge::InferredFromUnit:
    case OwnerKnowledge::NoProcess:
    case OwnerKnowledge::Told:
    case OwnerKnowledge::FirstFound:
    case OwnerKnowledge::Complete:
        return PortsTable::tr("(no process)");
    }
    return {};
}

/// `4711`, or `4711 +3` where there are more owners.
QString pidCell(const Listener &listener)
{
    if (listener.owners.empty()) {
        return {};
    }
    const QString pid = QString::number(listener.owners.front().process->id.pid);
    return listener.owners.size() == 1
        ? pid
        : QString(pid + QStringLiteral(" +") + QString::number(listener.owners.size() - 1));
}

TextStyle styleOf(const Listener &listener)
{
    if (!listener.warnings.empty()) {
        return TextStyle::Attention;
    }
    return listener.owners.empty() ? TextStyle::Faint : TextStyle::Plain;
}

} // namespace

TablePrinter portsTable(OutputTraits traits)
{
    return TablePrinter(
        {
            {.title = QStringLiteral(" "), .shortest = 0, .rank = 0}, // the mark: `+ - ~` of a watch, `!` of a warning
            {.title = PortsTable::tr("PORT"), .alignment = Qt::AlignRight},
            {.title = PortsTable::tr("PROTO"), .rank = 1},
            {.title = PortsTable::tr("ADDRESS"), .shortest = 9},
            {.title = PortsTable::tr("PROCESS"), .shortest = 8},
            {.title = PortsTable::tr("PID")},
            {.title = PortsTable::tr("PROJECT"), .shortest = 8, .rank = 3},
            {.title = PortsTable::tr("KIND"), .shortest = 6, .rank = 5},
            {.title = PortsTable::tr("USER"), .shortest = 6, .rank = 4},
            {.title = PortsTable::tr("UNIT"), .shortest = 8, .rank = 6},
            {.title = PortsTable::tr("CONN", "connections"), .alignment = Qt::AlignRight, .rank = 7},
            {.title = PortsTable::tr("SINCE"), .alignment = Qt::AlignRight, .rank = 2},
        },
        traits);
}

TableRow portsRow(const Listener &listener, QChar mark, UserNames &users, const Clock &clock)
{
    const Owner *const owner = firstOwner(listener);
    const ServerKind *const kind = kindOf(listener);
    const QChar shownMark = mark == u' ' && !listener.warnings.empty() ? u'!' : mark;
    QString port = QString::number(listener.socket.localPort);
    return {
        .cells =
            {
                QString(shownMark),
                std::move(port),
                protocolText(listener.socket.protocol),
                PortsTable::tr("%1 (%2)", "address (reach)").arg(addressText(listener), reachText(listener.reach())),
                processCell(listener),
                pidCell(listener),
                projectText(projectOf(listener)),
                kind != nullptr ? shownText(kind->name) : QString(),
                users.name(uidOf(listener)),
                unitText(listener.unit),
                listener.connections ? QLocale().toString(*listener.connections) : QString(),
                owner != nullptr ? durationText(runningTime(owner->process->id.startTicks, clock)) : QString(),
            },
        .style = styleOf(listener),
    };
}

} // namespace Quay
