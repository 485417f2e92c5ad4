// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/startcommand.h"

#include "app/cli/serveraction.h"
#include "core/service/agentmessage.h"

#include <QCoreApplication>

#include <utility>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct StartCommandTexts
{
    Q_DECLARE_TR_FUNCTIONS(StartCommand)
};

} // namespace

QString StartCommand::description() const
{
    return StartCommandTexts::tr("Start single servers, with whatever they need");
}

QString StartCommand::arguments() const
{
    return QStringLiteral("NAME...");
}

void StartCommand::setup(CLI::App &parser)
{
    m_options.addNames(parser, StartCommandTexts::tr("Servers or groups"));
    parser.get_option("NAME")->required();
    m_options.addFile(parser);
    m_options.addWait(parser);
    m_options.addJson(parser);
}

ExitCode StartCommand::execute(CommandContext &context)
{
    auto chosen = chooseServers(context, m_options);
    return chosen ? ServerAction(context, *std::move(chosen), m_options).run(AgentVerb::Start) : chosen.error();
}

} // namespace Quay
