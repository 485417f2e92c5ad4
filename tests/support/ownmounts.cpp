// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ownmounts.h"

#include <filesystem>
#include <string>

#include <sched.h>
#include <sys/mount.h>

namespace Quay::Test {

bool haveOwnMounts(const std::string &directory)
{
    if (::unshare(CLONE_NEWNS) != 0) {
        return false;
    }
    for (std::filesystem::path path = directory;; path = path.parent_path()) { // whatever mount it is in
        if (::mount(nullptr, path.c_str(), nullptr, MS_PRIVATE, nullptr) == 0) {
            return true;
        }
        if (path == path.root_path()) {
            return false;
        }
    }
}

} // namespace Quay::Test
