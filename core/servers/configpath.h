// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/variables.h"

#include <string>
#include <string_view>

namespace Quay {

/// What @p path means in a file of @p directory: `~/` is the home that the variables name, everything relative is seen
/// from the directory. Without `.`, `..` and a slash at its end. Threads: pure function.
[[nodiscard]] std::string resolvedPath(std::string_view path, const std::string &directory,
                                       const VariableMap &variables);

/// The inverse for a path within @p directory: `.`, `src/api`; every other path stays absolute. Threads: pure function.
[[nodiscard]] std::string relativePath(const std::string &path, const std::string &directory);

/// The directory that a file is in. Threads: pure function.
[[nodiscard]] std::string directoryOf(const std::string &path);

/// The last part of a path. Threads: pure function.
[[nodiscard]] std::string fileNameOf(const std::string &path);

} // namespace Quay
