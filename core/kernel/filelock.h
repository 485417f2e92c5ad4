// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <optional>
#include <string>

namespace Quay {

/**
 * Holds a file locked for as long as it lives, or as its process does: the kernel lets go of it however that ends.
 *
 * That the file is there means nothing, so it is never removed: two could then hold locks on two files of one name. A
 * program that is executed from here does not get it.
 *
 * Source:  flock(2).
 * Threads: immutable after take().
 */
class FileLock
{
public:
    /// Makes the file (0600) if need be. Nothing when somebody else holds it. Errors: as errorFromErrno(), with @p
    /// path.
    [[nodiscard]] static Result<std::optional<FileLock>> take(const std::string &path);
    /// The same, but waits for as long as somebody else holds it. For what is held for a moment only.
    [[nodiscard]] static Result<FileLock> await(const std::string &path);

private:
    explicit FileLock(UniqueFd fd) noexcept;

    UniqueFd m_fd;
};

} // namespace Quay
