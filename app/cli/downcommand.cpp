// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/downcommand.h"

#include "app/cli/serveraction.h"
#include "core/service/agentmessage.h"

#include <QCoreApplication>

#include <utility>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct DownCommandTexts
{
    Q_DECLARE_TR_FUNCTIONS(DownCommand)
};

} // namespace

QString DownCommand::description() const
{
    return DownCommandTexts::tr("Stop all servers of a project, those first that need others");
}

QString DownCommand::arguments() const
{
    return QString();
}

void DownCommand::setup(CLI::App &parser)
{
    m_options.isStop = true;
    m_options.isForAll = true;
    m_options.addFile(parser);
    m_options.addForce(parser);
    m_options.addTimeout(parser);
    m_options.addJson(parser);
}

ExitCode DownCommand::execute(CommandContext &context)
{
    auto chosen = chooseServers(context, m_options);
    return chosen ? ServerAction(context, *std::move(chosen), m_options).run(AgentVerb::Stop) : chosen.error();
}

} // namespace Quay
