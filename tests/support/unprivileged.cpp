// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/unprivileged.h"

#include <QtGlobal>

#include <sys/types.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

constexpr uid_t Nobody = 65534;

void becomeUser(uid_t uid)
{
    [[maybe_unused]] const int result = ::seteuid(uid);
    Q_ASSERT(result == 0);
}

} // namespace

// An effective user other than root drops the effective capabilities, and its return brings them back: capabilities(7).
Unprivileged::Unprivileged()
    : m_effectiveUid(::geteuid())
{
    if (m_effectiveUid == 0) {
        becomeUser(Nobody);
    }
}

Unprivileged::~Unprivileged()
{
    if (m_effectiveUid == 0) {
        becomeUser(m_effectiveUid);
    }
}

} // namespace Quay::Test
