// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// The words of a command as a POSIX shell would quote them, without expanding anything. Nothing when a quotation mark
/// is never closed. Threads: pure function.
[[nodiscard]] std::optional<std::vector<std::string>> shellWords(std::string_view text);

/// Whether splitting into words is all that a shell would do with it: no variables, pipes, globs and the like.
/// Threads: pure function.
[[nodiscard]] bool isPlainCommand(std::string_view text);

} // namespace Quay
