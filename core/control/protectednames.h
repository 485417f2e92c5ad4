// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <set>
#include <string>
#include <string_view>

namespace Quay {

/// Where the user's list of protected programs is: `protected` in userConfigDirectory(). Errors: as that.
[[nodiscard]] Result<std::string> protectedNamesPath();

/**
 * The programs that the user protects, for KillPlanFacts: one name a line, what follows `#` is a comment.
 *
 * A missing file is an empty list.
 *
 * Errors:  as readFile(): whoever cannot read the list does not know whom to spare, and is to end nobody.
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] Result<std::set<std::string>> readProtectedNames(const std::string &path);

/// The list of this user. Empty where there is no home directory of theirs in which they could have one. Errors: as
/// above, and Io with ETIMEDOUT when the file system does not answer within two seconds. Threads: any; blocks for as
/// long.
[[nodiscard]] Result<std::set<std::string>> ownProtectedNames();

/// The same for what the file holds. Threads: pure function.
[[nodiscard]] std::set<std::string> parseProtectedNames(std::string_view text);

} // namespace Quay
