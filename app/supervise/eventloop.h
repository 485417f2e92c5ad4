// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <chrono>
#include <functional>
#include <map>
#include <optional>

namespace Quay {

/**
 * Waits for descriptors to become readable and calls who watches them.
 *
 * Level-triggered, unlike EventPoll: who reads a part of what there is is called again, so that nobody has to read to
 * the end while others wait.
 *
 * Source:  epoll(7).
 * Threads: not shared.
 */
class EventLoop
{
public:
    /// Errors: Io when there are too many descriptors.
    [[nodiscard]] static Result<EventLoop> open();

    /// Calls @p readable as long as @p fd is, or its other end is closed. It may be called without cause. Errors: Io.
    [[nodiscard]] Result<> watch(int fd, std::function<void()> readable);
    /// To be called before @p fd is closed. Nothing happens when it is not watched.
    void forget(int fd);
    /// Looks away from @p fd until resume(): nobody is woken by it.
    void pause(int fd);
    void resume(int fd);

    /// Waits until something is readable, or @p timeout; without one as long as it takes.
    void wait(std::optional<std::chrono::nanoseconds> timeout);

private:
    explicit EventLoop(UniqueFd fd) noexcept;

    UniqueFd m_fd;
    std::map<int, std::function<void()>> m_watchers;
};

} // namespace Quay
