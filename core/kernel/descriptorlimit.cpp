// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/descriptorlimit.h"

#include "core/base/result.h"

#include <algorithm>
#include <cerrno>

#include <sys/resource.h>

namespace Quay {

Result<> raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return failErrno(errno, "RLIMIT_NOFILE");
    }
    if (limit.rlim_cur >= limit.rlim_max) {
        return failErrno(EMFILE, "RLIMIT_NOFILE");
    }
    // RLIM_INFINITY is the largest number of all.
    limit.rlim_cur = limit.rlim_cur > limit.rlim_max / 2 ? limit.rlim_max : std::max<rlim_t>(limit.rlim_cur * 2, 1);
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return failErrno(errno, "RLIMIT_NOFILE");
    }
    return {};
}

} // namespace Quay
