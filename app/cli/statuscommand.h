// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/agentlink.h"
#include "app/cli/command.h"
#include "app/cli/saidstates.h"
#include "core/service/serverstatus.h"

#include <string>
#include <vector>

namespace Quay {

/// `quay status`
class StatusCommand : public Command
{
public:
    [[nodiscard]] std::string_view name() const override { return "status"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    [[nodiscard]] bool isMeant(const ServerStatus &server) const;
    [[nodiscard]] std::vector<ServerStatus> meant(const std::vector<ServerStatus> &servers) const;
    [[nodiscard]] ExitCode watch(CommandContext &context, AgentLink &link);
    void print(CommandContext &context, const std::vector<ServerStatus> &servers);
    void printChange(CommandContext &context, const ServerStatus &server);

    std::vector<std::string> m_names;
    std::string m_file;
    SaidStates m_said;
    bool m_isJson = false;
    bool m_isWatch = false;
};

} // namespace Quay
