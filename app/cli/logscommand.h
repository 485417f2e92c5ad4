// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/logservers.h"
#include "core/logs/linesearch.h"
#include "core/logs/logreader.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// `quay logs`: what servers have written, and what they write.
class LogsCommand : public Command
{
public:
    [[nodiscard]] std::string_view name() const override { return "logs"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    /// What the options say, once they were understood.
    struct Wishes
    {
        LogRange range; ///< Without the run.
        std::size_t run = 0; ///< 1: the last; 0: all.
        std::optional<LineSearch> search;
    };

    /// Nothing when the options make no sense; then it was said.
    [[nodiscard]] std::optional<Wishes> wishes(CommandContext &context) const;
    [[nodiscard]] bool goTogether(CommandContext &context) const;
    [[nodiscard]] ExitCode showAlerts(CommandContext &context, const std::vector<LogServer> &servers) const;
    /// @p last: of each server, only so many.
    [[nodiscard]] ExitCode showProbes(CommandContext &context, const std::vector<LogServer> &servers,
                                      std::optional<std::size_t> last) const;
    [[nodiscard]] ExitCode show(CommandContext &context, const std::vector<LogServer> &servers, Wishes &wishes) const;

    std::vector<std::string> m_names;
    std::string m_file;
    std::string m_since;
    std::string m_grep;
    std::string m_run;
    std::string m_lines;
    bool m_follow = false;
    bool m_times = false;
    bool m_alerts = false;
    bool m_probes = false;
    bool m_json = false;
};

} // namespace Quay
