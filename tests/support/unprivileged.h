// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

namespace Quay::Test {

/// As long as it lives, this process may do no more than an ordinary user, also when root runs the tests.
class Unprivileged
{
public:
    Unprivileged();
    Unprivileged(const Unprivileged &) = delete;
    Unprivileged &operator=(const Unprivileged &) = delete;
    ~Unprivileged();

private:
    uid_t m_effectiveUid;
};

} // namespace Quay::Test
