// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <poll.h>

namespace Quay {

/// When a file that is written counts as written.
enum class WriteNotice : std::uint8_t
{
    WhenClosed, ///< It is whole then.
    AtOnce, ///< With each write: to follow it as it grows.
};

/// Something that happened to a watched directory, or to a name in it.
struct FileEvent
{
    int watch = -1; ///< Whose, as Inotify::watchDirectory() gave it; -1 with hasOverflowed.
    std::string name; ///< In the directory; raw bytes. Empty: the directory itself.
    bool isDirectory = false; ///< What the name means.
    bool hasAppeared = false; ///< Created, or moved there: an editor that writes by rename does that.
    bool hasGone = false; ///< Removed, or moved away.
    bool wasWritten = false; ///< See WriteNotice.
    bool hasEnded = false; ///< The directory is gone or was unmounted: that watch tells nothing more.
    bool hasOverflowed = false; ///< There was more than the kernel keeps, and some is lost for good.

    bool operator==(const FileEvent &) const = default;
};

/**
 * Takes apart what a read of an inotify descriptor gives.
 *
 * Source:  struct inotify_event, include/uapi/linux/inotify.h; written by copy_event_to_user() in
 *          fs/notify/inotify/inotify_user.c: a name is filled with NULs up to the given length.
 * Errors:  Malformed, with the place as subject.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] Result<std::vector<FileEvent>> parseFileEvents(std::span<const std::byte> bytes);

/**
 * Hears of changes in directories. Below them nothing is heard: each needs a watch of its own.
 *
 * Source:  inotify(7). Changes that other machines make on a network's file system are not told.
 * Threads: not shared. Never waits.
 */
class Inotify
{
public:
    /// Errors: Io with EMFILE: this user has as many already as fs.inotify.max_user_instances allows.
    [[nodiscard]] static Result<Inotify> open();

    /// The same number for the same directory. Errors: as errorFromErrno(), with @p path as subject; Io with ENOSPC:
    /// more watches than fs.inotify.max_user_watches allows.
    [[nodiscard]] Result<int> watchDirectory(const std::string &path, WriteNotice notice);
    /// Of whatever comes in the directory nothing is told any more.
    void forget(int watch) noexcept;

    [[nodiscard]] pollfd awaited() const noexcept { return {.fd = m_fd.get(), .events = POLLIN, .revents = 0}; }
    /// What happened since the last call, in order. Errors: as read(2); Malformed.
    [[nodiscard]] Result<std::vector<FileEvent>> take();

private:
    explicit Inotify(UniqueFd fd) noexcept;

    UniqueFd m_fd;
};

} // namespace Quay
