// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/servers/preflight.h"
#include "core/servers/preflightrun.h"
#include "core/servers/serverspec.h"
#include "core/servers/variables.h"

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace Quay {

/**
 * What a server is started with: its spec as it was written at that time, the environment and the ports that follow
 * from it, and what the checks said that the machine has to pass before.
 *
 * What is written later counts from the next start on. A port that was taken instead of another one is that of one
 * start only.
 *
 * Errors: none; what is wrong with an env file is for the checks to say.
 * Threads: not shared. Reads env files, and never blocks otherwise.
 */
class StartPreparation
{
public:
    /// @p inherited: what the server's environment is made from. It and @p machine outlive this object.
    StartPreparation(ServerSpec spec, const VariableMap &inherited, const PreflightMachine &machine);
    StartPreparation(const StartPreparation &) = delete;
    StartPreparation &operator=(const StartPreparation &) = delete;

    /// As it was written at the last start, with the ports that it took. The reference stays valid.
    [[nodiscard]] const ServerSpec &spec() const noexcept { return m_spec; }
    /// Of the last start.
    [[nodiscard]] const VariableMap &environment() const noexcept { return m_environment; }
    /// What the last checks said that came to an end.
    [[nodiscard]] const std::vector<CheckOutcome> &checks() const noexcept { return m_checks; }

    /// For the next start.
    void setWritten(ServerSpec spec);
    /// Whether the next start would be with another spec than the last one.
    [[nodiscard]] bool isOutdated() const { return m_written != m_started; }
    /// What is written counts from now on. The spec that counted before, as it was written.
    ServerSpec takeWritten();
    /// Of a start that somebody else has made, too.
    void readEnvironment();

    /// Begins the checks.
    void check();
    /// Ends them, when they are under way.
    void giveUp() { m_preflight.reset(); }
    void collect(PollSet &set) const;
    /// When proceed() is to be called at the latest; CLOCK_MONOTONIC. Nothing: no checks are under way.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const;
    /// Whether the checks have come to their end, and the ports that the server is to take are known.
    [[nodiscard]] bool proceed(const PollSet &set);

private:
    const VariableMap &m_inherited;
    const PreflightMachine &m_machine;
    ServerSpec m_written; ///< As it is to be started next.
    ServerSpec m_started; ///< As it was written when it was started last.
    ServerSpec m_spec; ///< The same with the ports that it took.
    VariableMap m_environment;
    std::unique_ptr<PreflightRun> m_preflight;
    std::vector<CheckOutcome> m_checks;
};

} // namespace Quay
