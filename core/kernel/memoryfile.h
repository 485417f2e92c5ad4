// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace Quay {

/**
 * A file that is nowhere but in memory, to hand what is secret to a program: neither its command line nor its
 * environment, which others can read, have to hold it. Nobody can change it any more, and it is read from its
 * beginning.
 *
 * Source:  memfd_create(2), F_ADD_SEALS.
 * Errors:  as errorFromErrno().
 */
[[nodiscard]] Result<UniqueFd> makeMemoryFile(std::string_view bytes);

/// All that is in such a file, wherever its position. Errors: as errorFromErrno(); Io with EFBIG beyond @p limitBytes.
[[nodiscard]] Result<std::string> readMemoryFile(int fd, std::size_t limitBytes);

} // namespace Quay
