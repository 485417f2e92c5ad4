// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/programpath.h"

#include "core/base/textcursor.h"
#include "core/servers/configpath.h"

#include <cerrno>
#include <format>

#include <sys/stat.h>
#include <unistd.h>

namespace Quay {

namespace {

/// 0, or why it cannot be executed.
int whyNotExecutable(const std::string &path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) {
        return errno;
    }
    if (!S_ISREG(status.st_mode)) {
        return EACCES;
    }
    return ::access(path.c_str(), X_OK) == 0 ? 0 : errno;
}

} // namespace

Result<std::string> findProgram(const std::string &program, const std::string &searchPath, const std::string &directory)
{
    if (program.contains('/')) {
        std::string path = resolvedPath(program, directory, {});
        const int why = whyNotExecutable(path);
        return why == 0 ? Result<std::string>(std::move(path)) : failErrno(why, program);
    }
    int why = ENOENT;
    TextCursor directories(searchPath);
    while (!directories.atEnd() && !program.empty()) {
        const auto place = directories.takeUntil(':');
        std::string path = resolvedPath(std::format("{}/{}", place, program), directory, {});
        const int here = place.empty() ? ENOENT : whyNotExecutable(path);
        if (here == 0) {
            return path;
        }
        why = here == EACCES ? EACCES : why;
    }
    return failErrno(why, program);
}

} // namespace Quay
