// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <ranges>
#include <stdexcept>
#include <string_view>

namespace Quay {

/// What a fact is about. Other words than these do not compile, so that no fact is without a name on screen.
class FactKey
{
public:
    /// Stable words for JSON. Whoever adds one names it in app/shared as well.
    static constexpr std::array<std::string_view, 16> Words = {
        "address",   "directory", "endpoint", "executable", "kind", "limit", "localhost", "more",
        "over IPv4", "over IPv6", "pid",      "state",      "uid",  "unit",  "waiting",   "waitingForMs",
    };

    consteval FactKey(const char *word) // NOLINT(google-explicit-constructor): it stands for the word
        : m_word(word)
    {
        if (!std::ranges::contains(Words, m_word)) {
            throw std::invalid_argument("not one of the words"); // at compile time only
        }
    }

    /// Every key that there can be.
    [[nodiscard]] static constexpr auto all()
    {
        return Words | std::views::transform([](std::string_view word) { return FactKey(word); });
    }

    [[nodiscard]] constexpr std::string_view word() const { return m_word; }

    bool operator==(const FactKey &) const = default;

private:
    constexpr explicit FactKey(std::string_view word)
        : m_word(word)
    {
    }

    std::string_view m_word;
};

/// What a fact says where nobody answers.
inline constexpr std::string_view RefusedValue = "refused";

} // namespace Quay
