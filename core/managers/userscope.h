// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

#include <sys/types.h>

namespace Quay {

/// A scope of a user's systemd: a cgroup that is delegated to what runs in it.
struct UserScope
{
    std::string unit; ///< `quaymaster-….scope`
    std::string description; ///< What a list of units says of it.
};

/**
 * Has the user's systemd move @p process, one of the user's, into a new scope. It is gone when nobody is in it any
 * more. Waits for it; three seconds at the most, because a server waits for it as well.
 *
 * Source:  org.freedesktop.systemd1(5): StartTransientUnit().
 * Errors:  as SystemdManager.
 * Threads: any.
 */
[[nodiscard]] Result<> moveToScope(const std::string &busAddress, const UserScope &scope, pid_t process);

} // namespace Quay
