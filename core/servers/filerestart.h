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
 * Threads: as FileWatch.
 */
class FileRestart
{
public:
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
    [[nodiscard]] std::vector<WatchProblem> takeProblems() { return m_watch.takeProblems(); }

private:
    FileWatch m_watch;
    bool m_endsItsGroup;
    ServerState m_state = ServerState::Stopped; ///< When it was followed last.
};

} // namespace Quay
