// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/statuscommand.h"

#include "app/cli/listenerjson.h"
#include "app/cli/serverfile.h"
#include "app/cli/statustext.h"
#include "app/shared/format.h"
#include "core/base/pollset.h"
#include "core/base/safetext.h"
#include "core/kernel/interrupts.h"
#include "core/service/agentmessage.h"
#include "core/service/serverstatusjson.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTime>

#include <algorithm>
#include <iterator>
#include <tuple>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct StatusCommandTexts
{
    Q_DECLARE_TR_FUNCTIONS(StatusCommand)
};

} // namespace

QString StatusCommand::description() const
{
    return StatusCommandTexts::tr("Show how managed servers stand");
}

QString StatusCommand::arguments() const
{
    return QStringLiteral("[NAME...]");
}

void StatusCommand::setup(CLI::App &parser)
{
    parser
        .add_option("NAME", m_names,
                    StatusCommandTexts::tr("Only these servers; else those of all projects").toStdString())
        ->option_text("...");
    parser.add_option("-f,--file", m_file, StatusCommandTexts::tr("Only the servers of this file").toStdString())
        ->option_text("FILE");
    parser.add_flag("--watch", m_isWatch,
                    StatusCommandTexts::tr("Go on, and print each change as it happens").toStdString());
    parser.add_flag("--json", m_isJson, StatusCommandTexts::tr("Print JSON").toStdString());
}

bool StatusCommand::isMeant(const ServerStatus &server) const
{
    return (m_names.empty() || std::ranges::contains(m_names, server.name))
        && (m_file.empty() || server.file == safeText(m_file));
}

std::vector<ServerStatus> StatusCommand::meant(const std::vector<ServerStatus> &servers) const
{
    std::vector<ServerStatus> chosen;
    std::ranges::copy_if(servers, std::back_inserter(chosen), [this](const auto &server) { return isMeant(server); });
    return chosen;
}

ExitCode StatusCommand::execute(CommandContext &context)
{
    m_file = m_file.empty() ? m_file : serverFilePath(m_file);
    AgentLink link;
    if (!m_isWatch && !AgentLink::isNeeded()) {
        print(context, {});
        complain(context,
                 StatusCommandTexts::tr("No server is managed yet. 'quay up' starts those of a quaymaster.yaml."));
        return ExitCode::NothingThere;
    }
    const auto all = link.ask({.verb = m_isWatch ? AgentVerb::Subscribe : AgentVerb::Status});
    if (!all) {
        return complainAbout(context, all.error());
    }
    const auto servers = meant(*all);
    print(context, servers);
    if (m_isWatch) {
        return watch(context, link);
    }
    for (const auto &name : m_names) {
        if (!std::ranges::contains(servers, name, &ServerStatus::name)) {
            complain(context, StatusCommandTexts::tr("No server '%1' is managed.").arg(shownText(name)));
            return ExitCode::NothingThere;
        }
    }
    if (servers.empty()) {
        complain(context, StatusCommandTexts::tr("No server of it is managed. 'quay up' starts them."));
        return ExitCode::NothingThere;
    }
    return ExitCode::Done;
}

void StatusCommand::print(CommandContext &context, const std::vector<ServerStatus> &servers)
{
    if (m_isJson && !m_isWatch) {
        std::ignore = context.out.write(jsonDocument(statusJson(servers)));
    } else if (m_isJson) {
        for (const auto &server : servers) {
            printChange(context, server);
        }
    } else if (!servers.empty()) {
        std::ignore = context.out.write(statusTable(servers, context.out.traits(), context.clock).toStdString());
        for (const auto &server : servers) {
            std::ignore = m_said.news(server); // the table says how they stand
        }
    }
}

/// JSON: an object a line, as everywhere where something is watched.
void StatusCommand::printChange(CommandContext &context, const ServerStatus &server)
{
    if (m_isJson) {
        std::ignore = context.out.write(
            jsonLine({{QStringLiteral("schema"), JsonSchemaVersion}, {QStringLiteral("server"), toJson(server)}}));
        return;
    }
    const QString text = m_said.news(server);
    if (!text.isEmpty()) {
        const QString time = QLocale().toString(QTime::currentTime(), QStringLiteral("HH:mm:ss"));
        std::ignore = context.out.writeLine(QStringLiteral("%1 %2 %3").arg(time, shownText(server.name), text));
    }
}

ExitCode StatusCommand::watch(CommandContext &context, AgentLink &link)
{
    auto interrupts = Interrupts::takeOver();
    if (!interrupts) {
        return complainAbout(context, interrupts.error());
    }
    PollSet set;
    while (context.out.state()) {
        set.clear();
        set.add(interrupts->awaited());
        const bool waits = link.collect(set);
        set.wait(waits ? std::nullopt : std::optional(std::chrono::nanoseconds(0)));
        if (interrupts->take()) {
            return ExitCode::Done;
        }
        const auto news = link.news();
        if (!news) {
            return complainAbout(context, news.error());
        }
        for (const auto &server : meant(*news)) {
            printChange(context, server);
        }
    }
    return ExitCode::Done;
}

} // namespace Quay
