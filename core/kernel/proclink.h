// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/// The target of a /proc/PID link to a file or directory.
struct ProcLink
{
    std::string path; ///< Raw bytes, without the kernel's ` (deleted)`.
    bool isDeleted = false; ///< The file was removed or replaced since it was opened.

    bool operator==(const ProcLink &) const = default;
};

/**
 * Takes ` (deleted)` off a link target.
 *
 * A file may really be called so: the caller says through @p stillExists whether the full name exists.
 */
[[nodiscard]] ProcLink parseProcLink(std::string target, bool stillExists);

/// The working directory of a process. Source: /proc/PID/cwd. Errors: Gone; Denied for other users' processes.
[[nodiscard]] Result<ProcLink> readWorkingDirectory(const ProcFs &proc, pid_t pid);

/// Whether @p path, as readWorkingDirectory() gave it, means another directory for us, or none: the process has other
/// mounts than we have, as in a container. False where that cannot be told; true where a file system that may not
/// answer would have to be asked. Source: /proc/PID/ns/mnt, mountinfo, cwd.
[[nodiscard]] bool isDirectoryElsewhere(const ProcFs &proc, pid_t pid, const std::string &path);

/// The program file of a process. Source: /proc/PID/exe. Errors: Gone (also kernel threads); Denied.
[[nodiscard]] Result<ProcLink> readExecutable(const ProcFs &proc, pid_t pid);

} // namespace Quay
