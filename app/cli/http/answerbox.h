// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/probes/httprequester.h"

#include <cstdint>
#include <mutex>
#include <optional>

namespace Quay {

/// Hands answers from the worker's thread to one that waits with poll(). Threads: any.
class AnswerBox
{
public:
    AnswerBox();

    /// Only the answer to the request of the returned number is wanted from now on; the box is empty.
    [[nodiscard]] std::uint64_t expectNext();
    /// Dropped unless it is the answer to the request that is expected.
    void put(std::uint64_t request, HttpAnswer answer);
    [[nodiscard]] std::optional<HttpAnswer> take();
    /// Readable while an answer is in it.
    [[nodiscard]] int descriptor() const noexcept { return m_event.get(); }

private:
    std::optional<HttpAnswer> empty();

    std::mutex m_mutex;
    std::uint64_t m_expected = 0;
    std::optional<HttpAnswer> m_answer;
    UniqueFd m_event;
};

} // namespace Quay
