// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/searchterm.h"

#include <QChar>
#include <QString>
#include <QStringView>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr qsizetype DigitsOfMostPorts = 4;
constexpr qsizetype LongestNumber = 18; // digits that surely fit into a long long

struct Token
{
    QString text;
    bool isQuoted = false; ///< It begins with a quote.
    bool isLast = false; ///< Nothing follows, not even a blank.
};

char lower(char character)
{
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

std::vector<Token> split(const QString &typed)
{
    std::vector<Token> tokens(1);
    bool inQuotes = false;
    for (const QChar character : typed) {
        Token &token = tokens.back();
        if (character == u'"') {
            token.isQuoted = token.isQuoted || token.text.isEmpty();
            inQuotes = !inQuotes;
        } else if (character.isSpace() && !inQuotes) {
            tokens.emplace_back();
        } else {
            token.text += character;
        }
    }
    tokens.back().isLast = true;
    std::erase_if(tokens, [](const Token &token) { return token.text.isEmpty(); });
    return tokens;
}

std::optional<long long> numberFrom(QStringView text)
{
    const auto isAsciiDigit = [](QChar character) { return character >= u'0' && character <= u'9'; };
    if (text.isEmpty() || text.size() > LongestNumber || !std::ranges::all_of(text, isAsciiDigit)) {
        return std::nullopt;
    }
    return text.toLongLong();
}

/// `3000`, `3000-3010`, `3000-`; nothing for any other text.
std::optional<std::pair<long long, long long>> portsFrom(QStringView text)
{
    const qsizetype dash = text.indexOf(u'-');
    const auto first = numberFrom(dash < 0 ? text : text.first(dash));
    if (!first) {
        return std::nullopt;
    }
    if (dash < 0) {
        return std::pair(*first, *first);
    }
    const QStringView end = text.sliced(dash + 1);
    const auto last = end.isEmpty() ? std::numeric_limits<std::uint16_t>::max() : numberFrom(end);
    if (!last) {
        return std::nullopt;
    }
    return std::minmax(*first, *last);
}

SearchTerm::Field fieldCalled(QStringView name)
{
    using Field = SearchTerm::Field;
    static constexpr std::array Names{
        std::pair{QStringView(u"port"), Field::Port},       std::pair{QStringView(u"pid"), Field::Pid},
        std::pair{QStringView(u"user"), Field::User},       std::pair{QStringView(u"unit"), Field::Unit},
        std::pair{QStringView(u"project"), Field::Project}, std::pair{QStringView(u"kind"), Field::Kind},
        std::pair{QStringView(u"addr"), Field::Address},
    };
    for (const auto &[known, field] : Names) {
        if (name.compare(known, Qt::CaseInsensitive) == 0) {
            return field;
        }
    }
    return Field::Anything;
}

SearchTerm termFrom(SearchTerm::Field field, const QString &text)
{
    SearchTerm term{.field = field, .text = text, .folded = text.toStdString()};
    std::ranges::transform(term.folded, term.folded.begin(), lower);
    term.isAscii = std::ranges::all_of(text, [](QChar character) { return character.unicode() < 0x80; });
    if (const auto number = numberFrom(text)) {
        term.isNumber = true;
        term.first = term.last = *number;
    }
    return term;
}

std::optional<SearchTerm> termFrom(const Token &token)
{
    using Field = SearchTerm::Field;
    const qsizetype colon = token.isQuoted ? -1 : token.text.indexOf(u':');
    if (colon < 0) {
        return termFrom(Field::Anything, token.text);
    }
    const QString value = token.text.sliced(colon + 1);
    const Field field = colon == 0 ? Field::Port : fieldCalled(QStringView(token.text).first(colon));
    if (field == Field::Anything) {
        return termFrom(field, token.text);
    }
    if (value.isEmpty()) {
        return std::nullopt;
    }
    auto term = termFrom(field, value);
    if (field == Field::Port) {
        const auto ports = portsFrom(value);
        if (!ports) {
            return termFrom(Field::Anything, token.text); // `::1` is an address
        }
        std::tie(term.first, term.last) = *ports;
        term.isBegun =
            colon == 0 && token.isLast && term.isNumber && value.size() < DigitsOfMostPorts && !value.startsWith(u'0');
    }
    return term;
}

/// Whether neither side of the found text goes on with a digit.
bool standsAlone(std::string_view found, std::string_view bytes)
{
    const auto begin = static_cast<std::size_t>(found.data() - bytes.data());
    const std::size_t end = begin + found.size();
    return (begin == 0 || !isDigit(bytes[begin - 1])) && (end == bytes.size() || !isDigit(bytes[end]));
}

} // namespace

bool SearchTerm::isIn(std::string_view bytes) const
{
    if (!isAscii) {
        return QString::fromUtf8(bytes).contains(text, Qt::CaseInsensitive);
    }
    for (std::string_view rest = bytes; !rest.empty();) {
        const auto found = std::ranges::search(rest, folded, {}, lower);
        if (found.empty()) {
            return false;
        }
        if (!isNumber || standsAlone(std::string_view(found.begin(), found.end()), bytes)) {
            return true;
        }
        rest = std::string_view(found.begin() + 1, rest.end());
    }
    return false;
}

bool SearchTerm::isIn(QStringView shown) const
{
    return isIn(std::string_view(shown.toUtf8()));
}

std::vector<SearchTerm> parseSearch(const QString &typed)
{
    std::vector<SearchTerm> terms;
    for (const Token &token : split(typed)) {
        if (auto term = termFrom(token)) {
            terms.push_back(*std::move(term));
        }
    }
    return terms;
}

} // namespace Quay
