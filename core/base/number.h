// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <concepts>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>

namespace Quay {

/// The number that the whole of @p text is. Nothing for blanks, a `+`, a `-` before an unsigned type, or an overflow.
template<std::integral T>
[[nodiscard]] std::optional<T> numberFromText(std::string_view text, int base = 10)
{
    T value = 0;
    const char *const last = std::to_address(text.end());
    const auto [end, error] = std::from_chars(std::to_address(text.begin()), last, value, base);
    if (error != std::errc{} || end != last) {
        return std::nullopt;
    }
    return value;
}

} // namespace Quay
