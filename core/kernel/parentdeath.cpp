// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/parentdeath.h"

#include <cerrno>
#include <csignal>

#include <sys/prctl.h>

namespace Quay {

Result<> endWithParent()
{
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
        return failErrno(errno, "PR_SET_PDEATHSIG");
    }
    return {};
}

Result<> setProcessName(const char *name)
{
    if (::prctl(PR_SET_NAME, name) != 0) {
        return failErrno(errno, "PR_SET_NAME");
    }
    return {};
}

} // namespace Quay
