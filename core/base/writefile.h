// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace Quay {

/// Writes all of @p bytes, in as many pieces as it takes. Errors: as errorFromErrno(), with @p subject.
[[nodiscard]] Result<> writeAll(int fd, std::string_view bytes, const std::string &subject);

/**
 * Puts @p bytes in the place of the file @p path: whoever reads it, also after a crash of the machine, finds the old
 * content or all of the new one. The file is for the user alone (0600); its directory must be there.
 *
 * One writer a path: two at once would share the unfinished file.
 *
 * Source:  write(2), fsync(2), rename(2).
 * Errors:  as errorFromErrno(), with @p path as subject. The old file is as it was then.
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] Result<> replaceFile(const std::string &path, std::string_view bytes);

} // namespace Quay
