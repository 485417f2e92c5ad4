// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace Quay {

/// A word of a format and what it stands for.
template<typename Value>
struct Word
{
    std::string_view word;
    Value value;
};

/// Empty when there is none. Threads: pure function.
template<typename Value, std::size_t Count>
[[nodiscard]] constexpr std::string_view wordFor(const std::array<Word<Value>, Count> &words, Value value)
{
    for (const auto &known : words) {
        if (known.value == value) {
            return known.word;
        }
    }
    return {};
}

/// Nothing for a word that is not among @p words. Threads: pure function.
template<typename Value, std::size_t Count>
[[nodiscard]] constexpr std::optional<Value> valueFor(const std::array<Word<Value>, Count> &words,
                                                      std::string_view word)
{
    for (const auto &known : words) {
        if (known.word == word) {
            return known.value;
        }
    }
    return std::nullopt;
}

} // namespace Quay
