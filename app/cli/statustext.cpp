// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/statustext.h"

#include "app/cli/listenerjson.h"
#include "app/cli/tableprinter.h"
#include "app/cli/uptext.h"
#include "app/shared/format.h"
#include "app/shared/starttext.h"
#include "core/servers/serverstate.h"
#include "core/service/serverstatusjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QStringList>

#include <algorithm>

namespace Quay {

namespace {

struct StatusTexts
{
    Q_DECLARE_TR_FUNCTIONS(StatusText)
};

TextStyle styleOf(ServerState state)
{
    switch (state) {
    case ServerState::Failed:
    case ServerState::CrashLoop:
        return TextStyle::Bad;
    case ServerState::LeftOver:
    case ServerState::Unhealthy:
        return TextStyle::Attention;
    case ServerState::Ready:
        return TextStyle::Good;
    case ServerState::Stopped:
        return TextStyle::Faint;
    case ServerState::Waiting:
    case ServerState::Checking:
    case ServerState::Starting:
    case ServerState::Stopping:
        break;
    }
    return TextStyle::Plain;
}

QString portsText(const ServerStatus &server)
{
    QStringList ports;
    for (const auto &port : server.ports) {
        ports << (port.protocol == Protocol::Udp ? QStringLiteral("%1/udp").arg(port.port)
                                                 : QString::number(port.port));
    }
    return ports.join(QStringLiteral(", "));
}

/// Why it is in its state, where that is not clear from the state itself.
QString noteText(const ServerStatus &server)
{
    QStringList notes;
    const bool isPlain = server.state == ServerState::Ready || server.state == ServerState::Stopping;
    const QString text = isPlain ? QString() : stateText(server);
    if (!text.isEmpty() && server.reason.cause != StateCause::Asked) {
        notes << text;
    }
    if (server.elsewhere && !server.launchFailure) {
        notes << elsewhereText(*server.elsewhere);
    }
    if (isUp(server.state) && server.account.says) {
        notes << StatusTexts::tr("says: %1", "what a server tells of itself").arg(shownText(*server.account.says));
    }
    const bool hasEnded = server.reason.cause == StateCause::Exit || server.reason.cause == StateCause::CrashLoop;
    if (hasEnded && server.account.usage) {
        notes << usageText(*server.account.usage);
    }
    for (const auto &overdue : server.overdue) {
        notes << overdueText(overdue);
    }
    if (server.contradiction) {
        notes << contradictionText(*server.contradiction);
    }
    if (server.heldUpBy) {
        notes << StatusTexts::tr("waits for %1 to stop").arg(shownText(*server.heldUpBy));
    }
    if (server.unwatchedFor) {
        notes << unwatchedText(*server.unwatchedFor);
    }
    if (server.isRemoved) {
        notes << StatusTexts::tr("not in its file any more");
    } else if (server.isOutdated) {
        notes << StatusTexts::tr("its configuration has changed: 'quay restart' applies it");
    }
    return notes.join(QStringLiteral("; "));
}

bool isOfOneProject(const std::vector<ServerStatus> &servers)
{
    return std::ranges::all_of(servers,
                               [&servers](const ServerStatus &server) { return server.file == servers.front().file; });
}

} // namespace

QString serverStateText(ServerState state)
{
    switch (state) {
    case ServerState::Failed:
        return StatusTexts::tr("failed", "state of a server");
    case ServerState::CrashLoop:
        return StatusTexts::tr("crash loop", "state of a server");
    case ServerState::LeftOver:
        return StatusTexts::tr("left over", "state of a server");
    case ServerState::Stopped:
        return StatusTexts::tr("stopped", "state of a server");
    case ServerState::Waiting:
        return StatusTexts::tr("waiting", "state of a server");
    case ServerState::Checking:
        return StatusTexts::tr("checking", "state of a server");
    case ServerState::Starting:
        return StatusTexts::tr("starting", "state of a server");
    case ServerState::Ready:
        return StatusTexts::tr("ready", "state of a server");
    case ServerState::Unhealthy:
        return StatusTexts::tr("unhealthy", "state of a server");
    case ServerState::Stopping:
        return StatusTexts::tr("stopping", "state of a server");
    }
    return {};
}

QString statusTable(const std::vector<ServerStatus> &servers, const OutputTraits &traits, const Clock &clock)
{
    const bool hasProjects = !isOfOneProject(servers);
    std::vector<TableColumn> columns{
        {.title = StatusTexts::tr("SERVER"), .shortest = 12},
        {.title = StatusTexts::tr("STATE")},
        {.title = StatusTexts::tr("FOR", "for so long"), .alignment = Qt::AlignRight},
        {.title = StatusTexts::tr("PORTS"), .shortest = 8},
        {.title = StatusTexts::tr("PID"), .alignment = Qt::AlignRight},
        {.title = StatusTexts::tr("READY AFTER"), .alignment = Qt::AlignRight, .rank = 2},
        {.title = StatusTexts::tr("NOTE"), .shortest = 20, .rank = 1},
    };
    if (hasProjects) {
        columns.insert(columns.begin(), {.title = StatusTexts::tr("PROJECT"), .shortest = 10});
    }
    TablePrinter table(std::move(columns), traits);
    for (const auto &server : servers) {
        const bool hasProcess = isUp(server.state) && server.process;
        QStringList cells{
            shownText(server.name),
            server.elsewhere ? StatusTexts::tr("elsewhere", "state of a server") : serverStateText(server.state),
            durationText(clock.realTime() - server.since),
            portsText(server),
            hasProcess ? QString::number(server.process->id.pid) : QString(),
            server.state == ServerState::Ready && server.readyAfter ? elapsedText(*server.readyAfter) : QString(),
            noteText(server),
        };
        if (hasProjects) {
            cells.prepend(shownText(server.project));
        }
        table.addRow({.cells = cells, .style = styleOf(server.state)});
    }
    return table.text();
}

QJsonObject statusJson(const std::vector<ServerStatus> &servers)
{
    QJsonArray list;
    for (const auto &server : servers) {
        list.append(toJson(server));
    }
    return {{QStringLiteral("schema"), JsonSchemaVersion}, {QStringLiteral("servers"), list}};
}

} // namespace Quay
