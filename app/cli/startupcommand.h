// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/startup/startuprun.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

struct ServerConfig;

/// `quay startup`
class StartupCommand : public Command
{
public:
    [[nodiscard]] std::string_view name() const override { return "startup"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    [[nodiscard]] std::optional<std::size_t> wantedRun(CommandContext &context) const;
    [[nodiscard]] ExitCode reportNone(CommandContext &context, const ServerConfig &config) const;
    void list(CommandContext &context, const std::string &file, const std::vector<StartupRun> &runs) const;
    void show(CommandContext &context, const std::vector<StartupRun> &runs, std::size_t number) const;

    std::string m_server;
    std::string m_file;
    std::string m_run;
    bool m_list = false;
    bool m_json = false;
};

} // namespace Quay
