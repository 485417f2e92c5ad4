// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/servers/leftoverending.h"
#include "core/servers/serverspec.h"
#include "core/servers/stopcommandrun.h"
#include "core/servers/variables.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"

#include <chrono>
#include <optional>

namespace Quay {

class ProcFs;
class RunLink;

/// What is asked to end.
struct StoppedRun
{
    const ServerSpec &spec; ///< As it was started.
    const VariableMap &environment;
    RunLink *link = nullptr; ///< Nobody when its supervisor is gone, and has left something behind.
};

/**
 * How a server is brought to its end: by a command of its own, by its supervisor, or, where that is gone, signal by
 * signal; or at once, with SIGKILL alone.
 *
 * Threads: not shared. Never blocks but for a look into /proc at what a supervisor left behind.
 */
class StopCourse
{
public:
    /// @p proc outlives this object.
    StopCourse(const ProcFs &proc, ServerPlaces places, ServerIdentity server);

    /// Asks, with SIGKILL once kill() was called. Again for one that was not launched yet at the first time. @p now:
    /// CLOCK_MONOTONIC, here and below.
    void ask(const StoppedRun &run, std::chrono::nanoseconds now);
    /// From now on nobody is asked kindly; until clear().
    void kill() noexcept { m_isForced = true; }
    /// It has ended, or is not to.
    void clear();

    void collect(PollSet &set) const;
    /// When proceed() is to be called at the latest.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const;
    /// Whether everything that a supervisor had left behind has ended.
    [[nodiscard]] bool proceed(const PollSet &set, RunLink *link, std::chrono::nanoseconds now);

private:
    const ProcFs &m_proc;
    ServerPlaces m_places;
    ServerIdentity m_server;
    bool m_isForced = false;
    std::optional<StopCommandRun> m_command; ///< While it is to bring about the end; then the supervisor is asked.
    std::optional<LeftOverEnding> m_leftOvers;
};

} // namespace Quay
