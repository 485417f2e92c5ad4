// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace Quay {

/// Writes all of @p bytes, in as many pieces as it takes. Errors: as errorFromErrno(), with @p subject.
[[nodiscard]] Result<> writeAll(int fd, std::string_view bytes, const std::string &subject);

/// What a file has to survive.
enum class Survives : std::uint8_t
{
    Writer, ///< The end of whoever writes it: for what means nothing after the machine has started anew.
    Machine, ///< A crash of the machine too. Waits for the disk, which takes milliseconds.
};

/**
 * Puts @p bytes in the place of the file @p path: whoever reads it, also after what it @p survives, finds the old
 * content or all of the new one. The file is for the user alone (0600); its directory must be there.
 *
 * One writer a path: two at once would share the unfinished file.
 *
 * Source:  write(2), fsync(2), rename(2).
 * Errors:  as errorFromErrno(), with @p path as subject. The old file is as it was then.
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] Result<> replaceFile(const std::string &path, std::string_view bytes,
                                   Survives survives = Survives::Machine);

} // namespace Quay
