// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <string>
#include <string_view>

#include <sys/types.h>

namespace Quay {

/**
 * An open /proc, or a directory that looks like one: the readers of this folder take it as their first argument.
 *
 * Keeping the directory open makes every look-up relative to it, which is cheaper and cannot be redirected.
 *
 * Threads: immutable after open(); share it freely.
 */
class ProcFs
{
public:
    /// Where the system has its own.
    static constexpr std::string_view SystemPath = "/proc";

    /// Errors: as errorFromErrno(), with @p path as subject; Unsupported when SystemPath is not the kernel's, or shows
    /// the processes of another pid namespace, whose pids are others than those of system calls.
    [[nodiscard]] static Result<ProcFs> open(std::string path = std::string(SystemPath));

    [[nodiscard]] int directory() const noexcept { return m_directory.get(); }
    [[nodiscard]] const std::string &path() const noexcept { return m_path; }
    /// Whether the kernel made it: then its pids mean processes that other system calls know as well.
    [[nodiscard]] bool isKernels() const noexcept { return m_isKernels; }

private:
    ProcFs(UniqueFd directory, std::string path, bool isKernels);

    UniqueFd m_directory;
    std::string m_path;
    bool m_isKernels;
};

/// `PID/NAME`, relative to ProcFs::directory().
[[nodiscard]] std::string pidPath(pid_t pid, const char *name);

} // namespace Quay
