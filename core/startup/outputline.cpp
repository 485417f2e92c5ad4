// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/outputline.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace Quay {

namespace {

constexpr char Escape = '\x1b';
constexpr char Bell = '\x07';
constexpr int MostPrefixes = 8; // date, time, level, thread, logger, a dash between them ...

constexpr std::array<std::string_view, 18> Levels{"trace", "debug", "info",  "log",    "note",    "notice",
                                                  "warn",  "error", "fatal", "system", "warning", "critical",
                                                  "inf",   "wrn",   "err",   "severe", "i",       "w"};
constexpr std::array<std::string_view, 7> Days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

bool isDigit(char letter)
{
    return letter >= '0' && letter <= '9';
}

char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool isSame(std::string_view text, std::string_view lowerWord)
{
    return std::ranges::equal(text, lowerWord, {}, lower);
}

template<std::size_t Count>
bool isOneOf(std::string_view text, const std::array<std::string_view, Count> &lowerWords)
{
    return std::ranges::any_of(lowerWords, [text](std::string_view word) { return isSame(text, word); });
}

std::string_view withoutBlanks(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

/// Digits and what stands between them in a date or time, with a `:` or a second `-` or `/` that tells it from others.
std::size_t timeLength(std::string_view text)
{
    const auto end = std::min(text.find_first_not_of("0123456789:-/.,TZ+"), text.size());
    const auto time = text.substr(0, end);
    const bool isClock = std::ranges::count(time, ':') >= 1;
    const bool isDate = std::ranges::count(time, '-') >= 2 || std::ranges::count(time, '/') >= 2;
    const bool isWhole = end == text.size() || text[end] == ' ' || text[end] == '\t' || text[end] == ']';
    return !time.empty() && isDigit(time.front()) && isWhole && (isClock || isDate) && time.size() >= 5 ? end : 0;
}

/// What stands in brackets before a message: a time, a level, a process id, not a step or a name.
bool isLoggersBracket(std::string_view inside)
{
    inside = withoutBlanks(inside);
    const auto word = inside.substr(0, std::min(inside.find_first_of(" :"), inside.size()));
    const bool isNumber = !inside.empty() && std::ranges::all_of(inside, isDigit);
    return isNumber || timeLength(inside) > 0 || isOneOf(word, Levels) || isOneOf(word, Days) || isSame(word, "pid")
        || isSame(word, "main") || inside.starts_with('+');
}

std::size_t bracketLength(std::string_view text)
{
    const auto end = text.starts_with('[') ? text.find(']') : std::string_view::npos;
    return end != std::string_view::npos && isLoggersBracket(text.substr(1, end - 1)) ? end + 1 : 0;
}

bool isUpper(char letter)
{
    return letter >= 'A' && letter <= 'Z';
}

/// `INFO:` or `info:`, and `INFO`. `Error` without a colon begins a sentence.
std::size_t levelLength(std::string_view text)
{
    const auto end = std::min(text.find_first_of(" :\t"), text.size());
    const auto word = text.substr(0, end);
    if (end < 2 || end == text.size() || !isOneOf(word, Levels)) {
        return 0;
    }
    if (text[end] == ':') {
        return end + 1;
    }
    return std::ranges::all_of(word, isUpper) ? end : 0;
}

/// `db-1  | `
std::size_t serviceLength(std::string_view text)
{
    const auto bar = text.find(" | ");
    constexpr std::size_t LongestName = 64;
    if (bar == std::string_view::npos || bar == 0 || bar > LongestName) {
        return 0;
    }
    const auto name = text.substr(0, text.find(' '));
    const bool isName = std::ranges::all_of(name, [](char letter) {
        return isDigit(letter) || (lower(letter) >= 'a' && lower(letter) <= 'z') || letter == '-' || letter == '_'
            || letter == '.';
    });
    return isName && withoutBlanks(text.substr(name.size())).starts_with("| ") ? bar + 3 : 0;
}

/// What stands between the parts of a prefix.
std::size_t separatorLength(std::string_view text)
{
    for (const std::string_view separator : {"- ", "| ", "-- ", ": ", "AM ", "PM ", "UTC "}) {
        if (text.starts_with(separator)) {
            return separator.size();
        }
    }
    return 0;
}

std::size_t prefixLength(std::string_view text, bool isFirst)
{
    for (const auto length : {timeLength(text), bracketLength(text), levelLength(text)}) {
        if (length > 0) {
            return length;
        }
    }
    return isFirst ? serviceLength(text) : separatorLength(text);
}

} // namespace

std::size_t endOfEscapeSequence(std::string_view line, std::size_t begin)
{
    std::size_t at = begin + 1;
    if (at == line.size()) {
        return at;
    }
    if (line[at] == '[') { // CSI: parameters, then one letter
        ++at;
        while (at < line.size() && line[at] >= ' ' && line[at] <= '?') {
            ++at;
        }
        return std::min(at + 1, line.size());
    }
    if (line[at] == ']') { // OSC: a title, a link, up to BEL or ESC and a backslash
        while (at < line.size() && line[at] != Bell && line[at] != Escape) {
            ++at;
        }
        return std::min(at + (at < line.size() && line[at] == Escape ? 2 : 1), line.size());
    }
    while (at < line.size() && line[at] >= ' ' && line[at] <= '/') { // of a character set, as tput sgr0 writes it
        ++at;
    }
    return std::min(at + 1, line.size());
}

std::string_view LineCleaner::clean(std::string_view line)
{
    line = line.substr(0, MostLineBytes);
    while (line.ends_with('\n') || line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    if (line.contains('\r')) { // found by memchr(), which searching from the end is not
        line.remove_prefix(line.rfind('\r') + 1);
    }
    auto sequence = line.find(Escape);
    if (sequence == std::string_view::npos) {
        return line;
    }
    m_text.clear();
    std::size_t from = 0;
    while (sequence != std::string_view::npos) {
        m_text += line.substr(from, sequence - from);
        from = endOfEscapeSequence(line, sequence);
        sequence = line.find(Escape, from);
    }
    m_text += line.substr(from);
    return m_text;
}

std::string_view withoutLogPrefix(std::string_view line)
{
    std::string_view rest = withoutBlanks(line);
    for (int prefix = 0; prefix < MostPrefixes; ++prefix) {
        const auto length = prefixLength(rest, prefix == 0);
        if (length == 0) {
            break;
        }
        rest = withoutBlanks(rest.substr(length));
    }
    return rest;
}

} // namespace Quay
