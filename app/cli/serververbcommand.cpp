// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serververbcommand.h"

#include "app/cli/serveraction.h"
#include "core/service/agentmessage.h"

#include <QCoreApplication>

#include <utility>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct ServerVerbTexts
{
    Q_DECLARE_TR_FUNCTIONS(ServerVerbCommand)
};

} // namespace

ServerVerbCommand::ServerVerbCommand(AgentVerb verb)
    : m_verb(verb)
{
    m_options.isStop = verb == AgentVerb::Stop;
    m_options.isForAll = verb == AgentVerb::Stop;
}

std::string_view ServerVerbCommand::name() const
{
    return m_options.isStop ? "down" : m_verb == AgentVerb::Start ? "start" : "restart";
}

QString ServerVerbCommand::description() const
{
    if (m_options.isStop) {
        return ServerVerbTexts::tr("Stop all servers of a project, those first that need others");
    }
    return m_verb == AgentVerb::Start
        ? ServerVerbTexts::tr("Start single servers, with whatever they need")
        : ServerVerbTexts::tr("Stop servers and start them again, as their file says by now");
}

QString ServerVerbCommand::arguments() const
{
    return m_options.isStop          ? QString()
        : m_verb == AgentVerb::Start ? QStringLiteral("NAME...")
                                     : QStringLiteral("[NAME...]");
}

void ServerVerbCommand::setup(CLI::App &parser)
{
    if (m_options.isStop) {
        m_options.addForce(parser);
        m_options.addTimeout(parser);
    } else {
        const bool isStart = m_verb == AgentVerb::Start;
        m_options.addNames(
            parser,
            isStart ? ServerVerbTexts::tr("Servers or groups")
                    : ServerVerbTexts::tr("Servers or groups; all that start by themselves when none is given"));
        parser.get_option("NAME")->required(isStart);
        m_options.addWait(parser);
    }
    m_options.addFile(parser);
    m_options.addJson(parser);
}

ExitCode ServerVerbCommand::execute(CommandContext &context)
{
    auto chosen = chooseServers(context, m_options);
    return chosen ? ServerAction(context, *std::move(chosen), m_options).run(m_verb) : chosen.error();
}

} // namespace Quay
