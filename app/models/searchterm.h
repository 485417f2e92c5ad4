// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// One term of what the user typed into the search field. A plain value.
struct SearchTerm
{
    enum class Field
    {
        Anything,
        Port,
        Pid,
        User,
        Unit,
        Project,
        Kind,
        Address,
    };

    Field field = Field::Anything;
    QString text; ///< Without the name of the field and without quotes.
    std::string folded; ///< The text in UTF-8, ASCII letters in lower case.
    bool isAscii = true;
    bool isNumber = false; ///< Digits and nothing else: then first is its value.
    bool isBegun = false; ///< `:30` at the end of what was typed: most ports have more digits, which are to follow.
    long long first = -1; ///< Of a range of ports; -1 when the text is no number.
    long long last = -1;

    /// Whether @p bytes contain the text, in any case of letters. A number must stand by itself there.
    [[nodiscard]] bool isIn(std::string_view bytes) const;
    [[nodiscard]] bool isIn(QStringView shown) const;
};

/**
 * Takes apart what was typed: terms separated by blanks, a blank between quotes belongs to its term.
 *
 * Terms that say nothing yet (`pid:`, `:`, an opened quote) are left out. A name before a colon that is no field is
 * part of the text. All of a term that begins with a quote is text.
 *
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] std::vector<SearchTerm> parseSearch(const QString &typed);

} // namespace Quay
