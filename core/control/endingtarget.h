// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/pinnedprocess.h"

#include <chrono>
#include <optional>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/**
 * One process on its way out: pinned, signalled through its pidfd, and seen to end.
 *
 * Threads: not shared.
 */
class EndingTarget
{
public:
    /// @p signal is what it will be asked with. @p clock outlives the target.
    EndingTarget(const KillTarget &target, bool isLate, const Clock &clock);

    /// Pins it. Who is gone, recycled, dead already or may not be touched at all is settled from here on.
    void pin(const ProcFs &proc);

    [[nodiscard]] const TargetProgress &progress() const noexcept { return m_progress; }
    /// Whether progress() changed since this was asked last.
    [[nodiscard]] bool takeChanged() noexcept;

    [[nodiscard]] pid_t pid() const noexcept { return m_progress.process->id.pid; }
    [[nodiscard]] int signal() const noexcept { return m_signal; } ///< What it is asked with.
    /// Whether nothing more is to happen to it.
    [[nodiscard]] bool isSettled() const noexcept;
    [[nodiscard]] bool isPinned() const noexcept { return m_pinned.has_value(); }
    [[nodiscard]] int descriptor() const noexcept { return m_pinned->handle().descriptor(); } ///< While pinned.
    /// Whether its pid may mean another process by now.
    [[nodiscard]] bool isReaped() const { return !m_pinned || m_pinned->isReaped(); }
    /// It has ended, and how will be known once its parent has asked.
    [[nodiscard]] bool awaitsExitStatus() const noexcept;
    /// Clock::monotonic() at which it has had its time; nothing unless it was asked.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const noexcept;

    /// Sends what it is to be asked with, and SIGCONT after that when it is stopped and could not act on it.
    void ask(const ProcFs &proc, std::chrono::nanoseconds due);
    void force();
    /// SIGSTOP: whoever is stopped forks nobody.
    void freeze();
    [[nodiscard]] bool isFrozen() const noexcept { return m_isFrozen; }
    /// Whether a SIGSTOP has arrived, or nothing can: it executes nothing any more.
    [[nodiscard]] bool isStill(const ProcFs &proc) const;
    /// SIGCONT for whom freeze() stopped.
    void thaw();
    void leave();
    /// Somebody else has sent what we were refused, or failed to. @p due as in ask().
    void signalled(const Result<> &result, std::chrono::nanoseconds due);

    /// Nothing can be done about it.
    void refuse(Error error);

    /// Its pidfd became readable: it has ended, or was reaped.
    void noteReadable();
    /// Whether it hangs in the kernel after a SIGKILL.
    void lookWhetherStuck(const ProcFs &proc);

private:
    void send(int signal);
    void record(int signal, const Result<> &result);
    void setStage(TargetStage stage);

    TargetProgress m_progress;
    int m_signal;
    const Clock *m_clock;
    std::optional<PinnedProcess> m_pinned;
    std::optional<std::chrono::nanoseconds> m_firstSignalAt;
    std::chrono::nanoseconds m_due{};
    bool m_isFrozen = false;
    bool m_hasNoExitStatus = false; ///< The kernel does not tell.
    bool m_isChanged = true;
};

} // namespace Quay
