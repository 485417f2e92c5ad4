// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace Quay {

/// Where @p name is looked for, in order: itself with a slash in it, else in the directories of PATH in @p environment.
/// Threads: pure function.
[[nodiscard]] std::vector<std::string> programCandidates(const std::string &name,
                                                         const std::vector<std::string> &environment);

/// @p environment without what speaks of another service manager, and with @p additional. Threads: pure function.
[[nodiscard]] std::vector<std::string> serverEnvironment(const std::vector<std::string> &environment,
                                                         const std::vector<std::string> &additional);

} // namespace Quay
