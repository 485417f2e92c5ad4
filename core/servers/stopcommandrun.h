// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/servers/commandrun.h"
#include "core/servers/serverspec.h"
#include "core/servers/variables.h"

#include <chrono>
#include <optional>

namespace Quay {

/**
 * The command of a server's own that asks it to end.
 *
 * Threads: not shared. Never blocks but to start.
 */
class StopCommandRun
{
public:
    /// Nothing when the server has no such command, or it cannot be run: then a signal is to ask. @p now:
    /// CLOCK_MONOTONIC, here and below.
    [[nodiscard]] static std::optional<StopCommandRun> start(const ServerSpec &server, const VariableMap &environment,
                                                             std::chrono::nanoseconds now);

    void collect(PollSet &set) const;
    /// When isInVain() is to be called at the latest.
    [[nodiscard]] std::chrono::nanoseconds due() const noexcept { return m_until; }
    /// Whether it could not do it, or did not help in time: then a signal is to ask.
    [[nodiscard]] bool isInVain(const PollSet &set, std::chrono::nanoseconds now);

private:
    StopCommandRun(CommandRun command, std::chrono::nanoseconds until);

    std::optional<CommandRun> m_command; ///< Until it has ended.
    std::chrono::nanoseconds m_until;
};

} // namespace Quay
