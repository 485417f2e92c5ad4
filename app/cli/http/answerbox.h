// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/httprequester.h"
#include "core/base/uniquefd.h"

#include <mutex>
#include <optional>

namespace Quay {

/// Hands answers from the worker's thread to one that waits with poll(). Threads: any.
class AnswerBox
{
public:
    AnswerBox();

    void put(HttpAnswer answer);
    [[nodiscard]] std::optional<HttpAnswer> take();
    /// Readable while an answer is in it.
    [[nodiscard]] int descriptor() const noexcept { return m_event.get(); }

private:
    std::mutex m_mutex;
    std::optional<HttpAnswer> m_answer;
    UniqueFd m_event;
};

} // namespace Quay
