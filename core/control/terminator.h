// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/treewatch.h"
#include "core/kernel/eventpoll.h"
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"
#include "core/processes/processid.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace Quay {

class RunningEnding;

/// Where a Terminator looks and what it uses. The defaults are the machine it runs on.
struct TerminatorSources
{
    std::string procPath = "/proc";
    const Clock *clock = nullptr; ///< Null: systemClock(). Outlives the Terminator.
    std::unique_ptr<DiagTransport> transport; ///< Null: a netlink socket is opened.
};

/**
 * Ends processes: asks, waits, forces, and proves that their ports are free. Any number of endings at a time.
 *
 * A target is pinned by a pidfd, verified against its start time (and its kernel serial where there is one), and only
 * then signalled through that pidfd; its end is seen by polling it. In the scopes Tree and Session the tree is walked
 * again until nobody new is found: children that were forked meanwhile are asked as well, and before SIGKILL the tree
 * is stopped until it stands still, so that nobody escapes by forking.
 *
 * It owns no thread and never blocks: wait until descriptor() is readable or nextDeadline() has come, then call
 * advance(). Each change is published through the observer, from within begin(), advance(), forceNow(), leave() and
 * signalled(). The observer may call any of these, which then happens once it has returned; it may not destroy the
 * Terminator.
 *
 * When it is destroyed, nobody is signalled any more, and whoever was stopped for SIGKILL goes on.
 *
 * Threads: not shared; belongs to one thread.
 */
class Terminator
{
public:
    using Observer = std::function<void(const EndingReport &)>;

    /// Errors: as ProcFs::open(); Unsupported without pidfds (kernel < 5.3).
    [[nodiscard]] static Result<std::unique_ptr<Terminator>> open(Observer observer, TerminatorSources sources = {});
    Terminator(const Terminator &) = delete;
    Terminator &operator=(const Terminator &) = delete;
    ~Terminator();

    /// Begins an ending and gives its id. Targets that are gone or recycled are so from the first report on.
    std::uint64_t begin(const KillPlan &plan, const EndingOptions &options = {});
    /// SIGKILL now for whoever has not ended.
    void forceNow(std::uint64_t ending);
    /// No more signals; who has not ended by now is reported as left.
    void leave(std::uint64_t ending);
    /// Somebody with more rights has sent, or could not send, the signal that a target in NeedsPermission waits for.
    void signalled(std::uint64_t ending, ProcessId process, const Result<> &result);

    /// Readable when there is something to do: an epoll descriptor, for poll() or a socket notifier.
    [[nodiscard]] int descriptor() const noexcept;
    /// Clock::monotonic() at which advance() is due even when nothing is readable. Nothing: no ending is under way, or
    /// all of them wait for what is told by other means, as for a permission: see signalled().
    [[nodiscard]] std::optional<std::chrono::nanoseconds> nextDeadline() const;
    /// Handles all that has happened. Does not wait.
    void advance();
    /// Blocks in poll() until there is something to do, for @p limit at most.
    void waitUntilDue(std::chrono::nanoseconds limit) const;
    /// Blocks in poll() and advances until no ending is under way, or for @p limit. For the command line and tests.
    void runFor(std::chrono::nanoseconds limit);

    [[nodiscard]] bool isIdle() const noexcept;

private:
    Terminator(Observer observer, ProcFs proc, const Clock &clock, std::unique_ptr<DiagTransport> transport,
               EventPoll poll);
    using Endings = std::map<std::uint64_t, std::unique_ptr<RunningEnding>>; // in the order of their beginning

    void perform(std::function<void()> command);
    void withEnding(std::uint64_t ending, const std::function<void(RunningEnding &)> &command);
    void publish();
    [[nodiscard]] bool anyoneWatchesTree() const;
    void noteReadable();
    void hearForks();
    void lookForNewcomers();
    void meetNewcomers();
    void letTreeRest();

    Observer m_observer;
    ProcFs m_proc;
    const Clock &m_clock;
    SockDiag m_diag;
    EventPoll m_poll;
    TreeWatch m_tree;
    Endings m_endings;
    std::uint64_t m_lastId = 0;
    bool m_isBusy = false; ///< A command is under way, or the observer is being told: others wait in the queue.
    std::deque<std::function<void()>> m_commands;
};

} // namespace Quay
