// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"

#include <sys/types.h>

namespace Quay::Test {

/**
 * As fork(), but the child dies of SIGTERM and SIGINT right from the beginning, without a word: the handlers of a test
 * program tell of a signal at length.
 */
[[nodiscard]] pid_t forkWithoutHandlers();

/// A copy of this process, with all that it has open, that does nothing until it is told to end.
class ForkedChild
{
public:
    ForkedChild();
    ForkedChild(const ForkedChild &) = delete;
    ForkedChild &operator=(const ForkedChild &) = delete;
    ~ForkedChild();

    [[nodiscard]] pid_t pid() const noexcept { return m_pid; }

    /// Ends it and waits until it has: a zombie then.
    void end();
    /// Collects it, after which its pid means nothing.
    void reap();

private:
    UniqueFd m_leash; ///< The child ends when this is closed, also by our own death.
    pid_t m_pid = -1;
    bool m_isReaped = false;
};

} // namespace Quay::Test
