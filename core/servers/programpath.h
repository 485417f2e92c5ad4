// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

namespace Quay {

/**
 * The file that a program's name means: itself when there is a slash in it, seen from @p directory; else the first that
 * can be executed in the directories of @p searchPath (as PATH has them).
 *
 * Errors:  Gone when there is none; Denied when there is one that may not be executed. The subject is @p program.
 * Threads: any; blocks.
 */
[[nodiscard]] Result<std::string> findProgram(const std::string &program, const std::string &searchPath,
                                              const std::string &directory);

} // namespace Quay
