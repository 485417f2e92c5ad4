// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/logtail.h"
#include "core/servers/foundrun.h"
#include "core/servers/runaccount.h"
#include "core/servers/runlink.h"
#include "core/servers/serverspec.h"
#include "core/servers/variables.h"
#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"
#include "core/supervise/runevent.h"
#include "core/supervise/runpresence.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"
#include "core/supervise/userscopes.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include <sys/types.h>

namespace Quay {

class Clock;
class ProcFs;

/// A run of a server, and who is in it.
struct RunMoment
{
    std::string id;
    std::chrono::nanoseconds startedAt{}; ///< since 1970
    std::optional<ProcessMark> supervisor;
    std::optional<ProcessMark> server;
};

/**
 * The run of a server that somebody here looks after, or else the last one: who is in it, what it has told and how long
 * it took to be ready, and its log.
 *
 * Threads: not shared; blocks for as long as the file system does.
 */
class ServerRun
{
public:
    /// @p proc and @p clock outlive it.
    ServerRun(const ProcFs &proc, const Clock &clock, ServerPlaces places, ServerIdentity server);

    /// Nothing while there was none, or when the last one could not be launched.
    [[nodiscard]] const std::optional<RunMoment> &moment() const noexcept { return m_moment; }
    [[nodiscard]] const RunAccount &account() const noexcept { return m_account; }
    /// Why the last launch came to nothing.
    [[nodiscard]] const std::optional<LaunchFailure> &launchFailure() const noexcept { return m_launchFailure; }
    /// CLOCK_MONOTONIC.
    [[nodiscard]] std::chrono::nanoseconds launchedAt() const noexcept { return m_launchedAt; }
    /// From launch to ready.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> startedIn() const noexcept { return m_startedIn; }
    /// Null unless it goes on, as far as is known here.
    [[nodiscard]] RunLink *link() noexcept { return m_link ? &*m_link : nullptr; }
    [[nodiscard]] const RunLink *link() const noexcept { return m_link ? &*m_link : nullptr; }
    /// 0 unless it goes on, and until it is known.
    [[nodiscard]] pid_t supervisor() const;

    /// Whether a run of the server goes on, whoever looks after it.
    [[nodiscard]] RunPresence presence() const;
    /// The lease of one that goes on, and is not the last one of here, whose supervisor may be about to end.
    [[nodiscard]] std::optional<Lease> elsewhere() const;

    /// Begins another one with @p program as its supervisor. Errors: as RunLink::launch(); to be given to note().
    [[nodiscard]] std::optional<LaunchFailure> launch(const std::string &program, const ServerSpec &spec,
                                                      const VariableMap &environment,
                                                      const std::optional<UserScopes> &scopes);
    /// Goes on with one that was found. What it has recorded is told again; its log is followed from followLog() on.
    void attach(RunningRun found, const KnownServer &known);
    /// Follows the log of that one: from now on, or from its beginning when @p wantsAll.
    void followLog(bool wantsAll);
    /// What is known of the last one, which has ended while nobody here looked.
    void conclude(RunAccount account);

    void note(const Launched &launched);
    void note(const LaunchFailure &failure);
    void note(const RunEvent &event);
    /// Its supervisor is gone.
    void lose() { m_link.reset(); }
    /// The first time counts.
    void becameReady();

    [[nodiscard]] bool hasLog() const noexcept { return m_log.has_value(); }
    /// Calls @p take with each line that was added to its log.
    void readLog(const std::function<void(const OutputLine &)> &take);

private:
    [[nodiscard]] std::string lastId() const;

    const ProcFs &m_proc;
    const Clock &m_clock;
    ServerPlaces m_places;
    ServerIdentity m_server;
    std::optional<RunLink> m_link;
    std::optional<RunMoment> m_moment;
    RunAccount m_account; ///< Of m_moment, or of the run before.
    std::optional<LaunchFailure> m_launchFailure;
    std::chrono::nanoseconds m_launchedAt{};
    std::optional<std::chrono::nanoseconds> m_startedIn;
    std::optional<LogTail> m_log;
    std::optional<std::chrono::nanoseconds> m_logSince; ///< Lines of before are not of this run; 1970.
};

} // namespace Quay
