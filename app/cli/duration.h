// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <string_view>

namespace Quay {

/// `500ms`, `1.5s`, `2m`, `1h`: at most a day. Errors: Invalid, with the word as subject; a bare number is one.
[[nodiscard]] Result<std::chrono::milliseconds> durationFromText(std::string_view word);

} // namespace Quay
