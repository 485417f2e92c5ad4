// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace Quay {

/// `500ms`, `1.5s`, `2m`, `1m30s`, `1h`: numbers with units, the largest first and each once; at most a day.
/// Errors: Invalid, with the word as subject; a bare number is one. Threads: pure function.
[[nodiscard]] Result<std::chrono::milliseconds> durationFromText(std::string_view word);

/// The same of an option of the command line, where a bare number means seconds, as it does for timeout(1) and
/// sleep(1): `5`, `0.5`. In a file, which others read later, a unit is wanted. Errors: as durationFromText(). Threads:
/// pure function.
[[nodiscard]] Result<std::chrono::milliseconds> durationFromOption(std::string_view word);

/// The inverse: `500ms`, `1m30s`; `0s` for nothing and less. Threads: pure function.
[[nodiscard]] std::string durationWord(std::chrono::milliseconds duration);

} // namespace Quay
