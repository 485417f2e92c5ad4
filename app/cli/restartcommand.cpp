// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/restartcommand.h"

#include "app/cli/serveraction.h"
#include "core/service/agentmessage.h"

#include <QCoreApplication>

#include <utility>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct RestartCommandTexts
{
    Q_DECLARE_TR_FUNCTIONS(RestartCommand)
};

} // namespace

QString RestartCommand::description() const
{
    return RestartCommandTexts::tr("Stop servers and start them again, as their file says by now");
}

QString RestartCommand::arguments() const
{
    return QStringLiteral("[NAME...]");
}

void RestartCommand::setup(CLI::App &parser)
{
    m_options.addNames(parser,
                       RestartCommandTexts::tr("Servers or groups; all that start by themselves when none is given"));
    m_options.addFile(parser);
    m_options.addWait(parser);
    m_options.addJson(parser);
}

ExitCode RestartCommand::execute(CommandContext &context)
{
    auto chosen = chooseServers(context, m_options);
    return chosen ? ServerAction(context, *std::move(chosen), m_options).run(AgentVerb::Restart) : chosen.error();
}

} // namespace Quay
