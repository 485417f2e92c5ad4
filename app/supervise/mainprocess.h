// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/pidfd.h"
#include "core/supervise/processmark.h"

#include <functional>
#include <memory>
#include <optional>

#include <sys/types.h>

namespace Quay {

class EventLoop;
class ProcFs;

/**
 * Which process of a run is the server: first the one that was started, later perhaps another one.
 *
 * Threads: not shared.
 */
class MainProcess
{
public:
    /// @p proc and @p loop outlive this object. @p endedElsewhere is called when the main process has ended and is no
    /// child of ours, of which we would hear.
    MainProcess(const ProcFs &proc, EventLoop &loop, std::function<void()> endedElsewhere);
    MainProcess(const MainProcess &) = delete;
    MainProcess &operator=(const MainProcess &) = delete;
    ~MainProcess();

    /// The process that was started, a child of ours.
    void begin(const ProcessMark &mark, PidFd handle);
    /// Makes a descendant of ours the server. False when it is none, or has ended.
    [[nodiscard]] bool become(pid_t pid);

    /// To be told of every child that was waited for. Whether it was the main process, of which the status is kept.
    [[nodiscard]] bool waitedFor(pid_t pid, const ExitStatus &status);
    /// Whether it has ended by now, heard of or not.
    [[nodiscard]] bool isOver() const;
    /// Takes note of an end elsewhere. False when it was heard of already.
    [[nodiscard]] bool hasEndedElsewhere();

    [[nodiscard]] const ProcessMark &first() const noexcept { return m_first; }
    [[nodiscard]] const ProcessMark &mark() const noexcept { return m_main; }
    /// How the main process ended; nothing while it runs, and when nobody knows.
    [[nodiscard]] const std::optional<ExitStatus> &exit() const noexcept { return m_exit; }
    /// The first process, as long as it is a child of ours that was not waited for; else 0.
    [[nodiscard]] pid_t leader() const noexcept { return m_firstHasEnded ? 0 : m_first.id.pid; }

    /// Errors: Gone when it has ended; as PidFd::signal().
    [[nodiscard]] Result<> signal(int number) const;

private:
    void forget();

    const ProcFs &m_proc;
    EventLoop &m_loop;
    std::function<void()> m_endedElsewhere;
    ProcessMark m_first;
    ProcessMark m_main;
    std::unique_ptr<PidFd> m_handle; ///< Of the main process; nothing once it has ended.
    std::optional<ExitStatus> m_exit;
    bool m_firstHasEnded = false;
};

} // namespace Quay
