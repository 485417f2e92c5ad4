// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace Quay {

/// A character and the bytes it takes.
struct DecodedCharacter
{
    char32_t character = 0;
    std::size_t length = 0; ///< bytes
};

/// The character at the beginning of @p bytes, which are not empty. Nothing when they are not UTF-8: overlong, a
/// surrogate, cut, beyond U+10FFFF. Source: The Unicode Standard, table 3-7. Threads: pure function.
[[nodiscard]] std::optional<DecodedCharacter> decodeUtf8(std::string_view bytes);

/// Where the first byte is that belongs to no character; nothing in valid UTF-8. Threads: pure function.
[[nodiscard]] std::optional<std::size_t> firstInvalidUtf8(std::string_view bytes);

} // namespace Quay
