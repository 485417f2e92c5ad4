// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/pollset.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <optional>

#include <poll.h>

namespace Quay {

void PollSet::wait(std::optional<std::chrono::nanoseconds> timeout)
{
    std::optional<timespec> limit;
    if (timeout) {
        const auto left = std::max(*timeout, std::chrono::nanoseconds(0));
        const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
        limit = timespec{.tv_sec = seconds.count(), .tv_nsec = (left - seconds).count()};
    }
    for (pollfd &entry : m_entries) {
        entry.revents = 0;
    }
    if (::ppoll(m_entries.data(), m_entries.size(), limit ? &*limit : nullptr, nullptr) < 0) {
        for (pollfd &entry : m_entries) {
            entry.revents = 0; // interrupted: nothing is known to have come
        }
    }
}

} // namespace Quay
