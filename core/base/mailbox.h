// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"

#include <mutex>
#include <optional>
#include <utility>

#include <sys/eventfd.h>

namespace Quay {

/// Hands one answer from a thread to whoever waits with poll(). Share it: the thread may be left behind. Threads: any.
template<typename Answer>
class Mailbox
{
public:
    void put(Answer answer)
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_answer = std::move(answer);
        }
        ::eventfd_write(m_event.get(), 1);
    }

    /// The answer, once.
    [[nodiscard]] std::optional<Answer> take()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_answer, std::nullopt);
    }

    /// Readable once the answer is there.
    [[nodiscard]] int descriptor() const noexcept { return m_event.get(); }

private:
    std::mutex m_mutex;
    std::optional<Answer> m_answer;
    UniqueFd m_event{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
};

} // namespace Quay
