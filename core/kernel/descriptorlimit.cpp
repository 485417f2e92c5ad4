// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/descriptorlimit.h"

#include "core/base/result.h"

#include <algorithm>
#include <atomic>
#include <cerrno>

#include <sys/resource.h>

namespace Quay {

namespace {

constexpr rlim_t Unchanged = 0; // allows nothing: no program would have come so far
/// The soft limit before it was raised for the first time.
std::atomic<rlim_t> before = Unchanged;

} // namespace

Result<> raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return failErrno(errno, "RLIMIT_NOFILE");
    }
    if (limit.rlim_cur >= limit.rlim_max) {
        return failErrno(EMFILE, "RLIMIT_NOFILE");
    }
    const rlim_t found = limit.rlim_cur;
    // RLIM_INFINITY is the largest number of all.
    limit.rlim_cur = limit.rlim_cur > limit.rlim_max / 2 ? limit.rlim_max : std::max<rlim_t>(limit.rlim_cur * 2, 1);
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return failErrno(errno, "RLIMIT_NOFILE");
    }
    rlim_t unchanged = Unchanged;
    before.compare_exchange_strong(unchanged, found);
    return {};
}

void restoreDescriptorLimit() noexcept
{
    const rlim_t soft = before;
    rlimit limit{};
    if (soft == Unchanged || ::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return;
    }
    limit.rlim_cur = std::min(soft, limit.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &limit); // descriptors above it stay open
}

} // namespace Quay
