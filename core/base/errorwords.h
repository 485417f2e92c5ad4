// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/words.h"

#include <array>

namespace Quay {

/// The words for an ErrorCode in files and messages. They are never changed, only added to.
inline constexpr std::array ErrorCodeWords{
    Word{.word = "gone", .value = ErrorCode::Gone},
    Word{.word = "denied", .value = ErrorCode::Denied},
    Word{.word = "malformed", .value = ErrorCode::Malformed},
    Word{.word = "unsupported", .value = ErrorCode::Unsupported},
    Word{.word = "invalid", .value = ErrorCode::Invalid},
    Word{.word = "io", .value = ErrorCode::Io},
};

} // namespace Quay
