// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/servers/filewatch.h"
#include "core/servers/serverlife.h"
#include "core/servers/serverspec.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/**
 * Decides when changed files start a server again.
 *
 * One that runs is restarted. One that has ended by itself, well or badly, or could not be started, is started: what
 * was broken may be mended. One that somebody has stopped stays so, and nothing is watched for it.
 *
 * A server that changes such a file itself, as with a log beside its sources, would be restarted for ever. Its changes
 * come after each start again, and soon: after MostInARow of those it runs on, unwatched until somebody starts it.
 *
 * Threads: as FileWatch.
 */
class FileRestart
{
public:
    /// More often than anybody saves a file, each time this shortly after the start that the last change has led to.
    static constexpr int MostInARow = 10;
    static constexpr std::chrono::seconds SoonAfterStart{5};

    explicit FileRestart(const ServerSpec &spec);

    /// Its state may have changed.
    void follow(const ServerLife &life);
    /// Somebody wants it to stop, or not to be started again.
    void stopAsked() { m_watch.end(); }

    /// Whether a server that is over is to be started when a file changes.
    [[nodiscard]] bool awaitsFiles(const ServerLife &life) const;

    void collect(PollSet &set) const { set.add(m_watch.awaited()); }
    /// CLOCK_MONOTONIC
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due(const ServerLife &life) const;
    /// The file that has changed, when the server is to be restarted now.
    [[nodiscard]] std::optional<std::string> proceed(std::chrono::nanoseconds now, const PollSet &set,
                                                     const ServerLife &life);
    [[nodiscard]] std::vector<WatchProblem> takeProblems();
    /// The last file that changed, when it is not watched any more since that would go on for ever.
    [[nodiscard]] const std::optional<std::string> &unwatchedFor() const noexcept { return m_unwatchedFor; }

private:
    void begin();

    FileWatch m_watch;
    bool m_endsItsGroup;
    ServerState m_state = ServerState::Stopped; ///< When it was followed last.
    std::optional<std::chrono::nanoseconds> m_startedAt; ///< For a changed file; CLOCK_MONOTONIC.
    int m_inARow = 0;
    std::optional<std::string> m_unwatchedFor;
    bool m_isGivingUpTold = true;
};

} // namespace Quay
