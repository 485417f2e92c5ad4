// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/supervise/notifysocket.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include <sys/types.h>

namespace Quay {

class ProcFs;
class RunJournal;

/**
 * What a server says of itself, by sd_notify. Only processes of the run are believed.
 *
 * Threads: not shared.
 */
class ServerWords
{
public:
    /// All outlive this object. @p mainChanged is called with the pid that the server says is its main process.
    /// @p watchdog: for how long it may not say that it is alive, from READY=1 or the first time on; 0: for ever.
    ServerWords(const ProcFs &proc, RunJournal &journal, std::chrono::nanoseconds watchdog,
                std::function<void(pid_t)> mainChanged);

    /// Reads what has come.
    void take(const NotifySocket &socket);

    /// When work() is to be called at the latest; monotonic.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> nextWork() const;
    /// Notes that it has been silent for too long.
    void work();

    [[nodiscard]] bool isReady() const noexcept { return m_isReady; }
    [[nodiscard]] const std::optional<std::string> &text() const noexcept { return m_text; }
    /// Since boot: when it said last that it is alive.
    [[nodiscard]] const std::optional<std::chrono::nanoseconds> &aliveAt() const noexcept { return m_aliveAt; }

private:
    void hear(const NotifyMessage &message);

    const ProcFs &m_proc;
    RunJournal &m_journal;
    std::chrono::nanoseconds m_watchdog;
    std::function<void(pid_t)> m_mainChanged;
    bool m_isReady = false;
    std::optional<std::string> m_text;
    std::optional<std::chrono::nanoseconds> m_aliveAt;
    /// When it has been silent for too long. Monotonic: while the machine sleeps nobody can say anything.
    std::optional<std::chrono::nanoseconds> m_silentFrom;
    bool m_isSilent = false; ///< And that was noted.
};

} // namespace Quay
