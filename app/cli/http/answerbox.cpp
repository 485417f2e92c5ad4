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

void AnswerBox::put(HttpAnswer answer)
{
    const std::scoped_lock lock(m_mutex);
    m_answer = std::move(answer);
    ::eventfd_write(m_event.get(), 1);
}

std::optional<HttpAnswer> AnswerBox::take()
{
    const std::scoped_lock lock(m_mutex);
    eventfd_t count = 0;
    ::eventfd_read(m_event.get(), &count);
    return std::exchange(m_answer, std::nullopt);
}

} // namespace Quay
