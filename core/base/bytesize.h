// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace Quay {

/// `512B`, `64kB`, `10MB`, `2GB`, `1TB` in steps of a thousand, `64KiB`, `10MiB`, `2GiB`, `1TiB` in steps of 1024. A
/// fraction is allowed, a blank before the unit too. Errors: Invalid, with the word as subject; a bare number is one.
/// Threads: pure function.
[[nodiscard]] Result<std::uint64_t> byteSizeFromText(std::string_view word);

/// The inverse, in the largest unit that is exact: `10MiB`, `64kB`, `513B`. Threads: pure function.
[[nodiscard]] std::string byteSizeWord(std::uint64_t bytes);

} // namespace Quay
