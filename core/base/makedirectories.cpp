// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/makedirectories.h"

#include <cerrno>

#include <sys/stat.h>

namespace Quay {

Result<> makeDirectoriesOf(const std::string &path)
{
    constexpr mode_t Mode = 0700;
    for (auto slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        const std::string directory = path.substr(0, slash);
        if (::mkdir(directory.c_str(), Mode) != 0 && errno != EEXIST) {
            return failErrno(errno, path);
        }
    }
    return {};
}

} // namespace Quay
