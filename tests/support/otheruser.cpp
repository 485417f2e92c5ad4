// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/otheruser.h"

#include "core/base/uniquefd.h"
#include "tests/support/forkedwork.h"

#include <cerrno>
#include <functional>
#include <string>

#include <grp.h>
#include <sys/mount.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

bool becomeUser(uid_t uid)
{
    return ::setgroups(0, nullptr) == 0 && ::setgid(uid) == 0 && ::setuid(uid) == 0;
}

} // namespace

Result<std::string> runAs(uid_t uid, const std::function<std::string()> &work)
{
    return runForked([uid] { return becomeUser(uid); }, work);
}

Result<UniqueFd> makeHidingProc()
{
    const UniqueFd context(::fsopen("proc", FSOPEN_CLOEXEC));
    if (!context || ::fsconfig(context.get(), FSCONFIG_SET_STRING, "hidepid", "2", 0) != 0
        || ::fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) {
        return failErrno(errno, "fsopen proc");
    }
    UniqueFd mount(::fsmount(context.get(), FSMOUNT_CLOEXEC, 0));
    if (!mount) {
        return failErrno(errno, "fsmount proc");
    }
    return mount;
}

} // namespace Quay::Test
