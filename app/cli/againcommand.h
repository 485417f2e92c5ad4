// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/exitcode.h"
#include "core/again/againstore.h"
#include "core/again/takenports.h"
#include "core/kernel/procstat.h"

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// Why something is not started again unless that is asked for.
struct AgainObstacles
{
    std::vector<TakenPort> taken;
    std::vector<ProcStat> running; ///< Of it, started again before.
};

/// `quay again`: starts again what was ended last, or by the attempt that is named.
class AgainCommand : public Command
{
public:
    [[nodiscard]] std::string_view name() const override { return "again"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    /// What is to be started again. When there is nothing, why was said.
    [[nodiscard]] std::expected<EndedThings, ExitCode> wanted(CommandContext &context) const;
    void showOnly(CommandContext &context, const EndedThings &things, const AgainObstacles &obstacles) const;
    [[nodiscard]] ExitCode start(CommandContext &context, const EndedThings &things,
                                 const AgainObstacles &obstacles) const;

    std::optional<std::string> m_attempt; ///< As it was given; perhaps empty.
    bool m_dryRun = false;
    bool m_anyway = false;
    bool m_json = false;
};

} // namespace Quay
