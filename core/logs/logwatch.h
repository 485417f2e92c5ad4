// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/inotify.h"

#include <string>
#include <vector>

#include <poll.h>

namespace Quay {

/**
 * Tells when a log may have grown: also one whose directory is not there yet, or is made anew.
 *
 * Threads: not shared. Never waits.
 */
class LogWatch
{
public:
    /// @p paths: of logs. What is written before this returns may not be told. Errors: as Inotify.
    [[nodiscard]] static Result<LogWatch> open(std::vector<std::string> paths);

    [[nodiscard]] pollfd awaited() const noexcept { return m_inotify.awaited(); }
    /// Takes what has come. Errors: as Inotify: nothing can be told any more.
    [[nodiscard]] Result<> take();

private:
    LogWatch(Inotify inotify, std::vector<std::string> paths);
    [[nodiscard]] Result<> watchAll();

    Inotify m_inotify;
    std::vector<std::string> m_paths;
};

} // namespace Quay
