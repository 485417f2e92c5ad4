// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/http/answerbox.h"

#include <utility>

#include <sys/eventfd.h>

namespace Quay {

AnswerBox::AnswerBox()
    : m_event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

std::uint64_t AnswerBox::expectNext()
{
    const std::scoped_lock lock(m_mutex);
    empty();
    return ++m_expected;
}

void AnswerBox::put(std::uint64_t request, HttpAnswer answer)
{
    const std::scoped_lock lock(m_mutex);
    if (request == m_expected) {
        m_answer = std::move(answer);
        ::eventfd_write(m_event.get(), 1);
    }
}

std::optional<HttpAnswer> AnswerBox::take()
{
    const std::scoped_lock lock(m_mutex);
    return empty();
}

/// What was in it. Only with the mutex held.
std::optional<HttpAnswer> AnswerBox::empty()
{
    eventfd_t count = 0;
    ::eventfd_read(m_event.get(), &count);
    return std::exchange(m_answer, std::nullopt);
}

} // namespace Quay
