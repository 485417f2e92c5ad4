// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace Quay {

/// Takes a text apart from its beginning. Gives views into the text and copies nothing.
class TextCursor
{
public:
    explicit TextCursor(std::string_view text) noexcept
        : m_rest(text)
    {
    }

    [[nodiscard]] bool atEnd() const noexcept { return m_rest.empty(); }
    /// What was not taken yet.
    [[nodiscard]] std::string_view rest() const noexcept { return m_rest; }

    /// Up to the next @p separator, which is passed over; all of the rest when there is none.
    std::string_view takeUntil(char separator) noexcept
    {
        const auto end = m_rest.find(separator);
        const auto taken = m_rest.substr(0, end);
        m_rest.remove_prefix(end == std::string_view::npos ? m_rest.size() : end + 1);
        return taken;
    }

    /// The next line, without its newline.
    std::string_view takeLine() noexcept { return takeUntil('\n'); }

    /// The next word between blanks, tabs or newlines; empty when there is none left.
    std::string_view takeField() noexcept
    {
        constexpr std::string_view Blanks = " \t\n";
        const auto begin = m_rest.find_first_not_of(Blanks);
        m_rest.remove_prefix(begin == std::string_view::npos ? m_rest.size() : begin);
        const auto taken = m_rest.substr(0, m_rest.find_first_of(Blanks));
        m_rest.remove_prefix(taken.size());
        return taken;
    }

private:
    std::string_view m_rest;
};

} // namespace Quay
