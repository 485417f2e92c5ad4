// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cstdint>
#include <vector>

namespace Quay {

/**
 * Watches many descriptors at once and tells which of them changed.
 *
 * Source:  epoll(7), edge-triggered: each change is told once. Of a pidfd there are two: dead, and reaped.
 * Threads: not shared.
 */
class EventPoll
{
public:
    /// Errors: Io when there are too many descriptors.
    [[nodiscard]] static Result<EventPoll> open();

    /// Readable when something changed.
    [[nodiscard]] int descriptor() const noexcept { return m_fd.get(); }

    /// Watches @p fd, which tells of itself at once when it is readable already. Closing it ends that. Errors: Io.
    [[nodiscard]] Result<> add(int fd, std::uint64_t token);
    /// Ends watching; nothing happens when it was not watched.
    void remove(int fd) noexcept;

    /// The tokens of all that changed since the last call, each once. Does not wait.
    [[nodiscard]] std::vector<std::uint64_t> take();

private:
    explicit EventPoll(UniqueFd fd) noexcept;

    UniqueFd m_fd;
};

} // namespace Quay
