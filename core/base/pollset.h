// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

#include <poll.h>

namespace Quay {

/// Descriptors that several parts of a program wait for together. Threads: not shared.
class PollSet
{
public:
    void clear() noexcept { m_entries.clear(); }
    void add(const pollfd &entry) { m_entries.push_back(entry); }
    void add(const std::optional<pollfd> &entry)
    {
        if (entry && entry->fd >= 0) {
            m_entries.push_back(*entry);
        }
    }

    /// Blocks until something comes, @p timeout is over, or a signal arrives. Nothing: waits for as long as it takes.
    void wait(std::optional<std::chrono::nanoseconds> timeout);

    /// Whether something came for that descriptor, or it was closed at its other end.
    [[nodiscard]] bool hasCome(int fd) const
    {
        return std::ranges::any_of(m_entries,
                                   [fd](const pollfd &entry) { return entry.fd == fd && entry.revents != 0; });
    }
    [[nodiscard]] bool hasCome(const std::optional<pollfd> &entry) const { return entry && hasCome(entry->fd); }

private:
    std::vector<pollfd> m_entries;
};

} // namespace Quay
