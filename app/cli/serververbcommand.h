// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/serveraction.h"
#include "core/service/agentmessage.h"

namespace Quay {

/// A verb that has the agent do one thing with servers: `quay start`, `quay restart`, and `quay down`, which is to stop
/// them all.
class ServerVerbCommand : public Command
{
public:
    /// @p verb: Start, Restart or Stop.
    explicit ServerVerbCommand(AgentVerb verb);

    [[nodiscard]] std::string_view name() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    AgentVerb m_verb;
    ServerOptions m_options;
};

} // namespace Quay
