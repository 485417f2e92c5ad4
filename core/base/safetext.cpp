// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/safetext.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

namespace {

constexpr std::string_view Replacement = "\xEF\xBF\xBD"; // U+FFFD

struct Range
{
    char32_t first;
    char32_t last;
};

// Unicode's Bidi_Control and the format characters without a glyph, ascending.
constexpr auto Disguising = std::to_array<Range>({
    {.first = 0x00AD, .last = 0x00AD}, // soft hyphen
    {.first = 0x061C, .last = 0x061C}, // Arabic letter mark
    {.first = 0x200B, .last = 0x200F},
    {.first = 0x2028, .last = 0x202E}, // line and paragraph separator, then the bidirectional ones
    {.first = 0x2060, .last = 0x206F},
    {.first = 0xFEFF, .last = 0xFEFF},
    {.first = 0xFFF9, .last = 0xFFFB}, // interlinear annotation
    {.first = 0xE0000, .last = 0xE007F}, // tags
});

bool isPrintableAscii(char byte)
{
    return byte >= ' ' && byte <= '~';
}

bool isControl(char32_t character)
{
    return character < 0x20 || (character >= 0x7F && character <= 0x9F);
}

bool isDisguising(char32_t character)
{
    return std::ranges::any_of(
        Disguising, [character](Range range) { return character >= range.first && character <= range.last; });
}

void appendEscape(std::string &text, char32_t character)
{
    switch (character) {
    case U'\n':
        text += "\\n";
        return;
    case U'\r':
        text += "\\r";
        return;
    case U'\t':
        text += "\\t";
        return;
    case 0x1B:
        text += "\\e";
        return;
    default:
        break;
    }
    std::array<char, 8> digits{};
    const auto written = std::to_chars(digits.begin(), digits.end(), static_cast<std::uint32_t>(character), 16);
    const std::string_view hexadecimal(digits.begin(), written.ptr);
    if (isControl(character)) {
        text += hexadecimal.size() == 1 ? "\\x0" : "\\x";
        text += hexadecimal;
    } else {
        text += "\\u{";
        text += hexadecimal;
        text += '}';
    }
}

} // namespace

bool isUnfitToShow(char32_t character)
{
    return isControl(character) || isDisguising(character);
}

std::string safeText(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const auto plain = std::ranges::find_if_not(bytes, isPrintableAscii);
        const auto plainLength = static_cast<std::size_t>(plain - bytes.begin());
        text += bytes.substr(0, plainLength);
        bytes.remove_prefix(plainLength);
        if (bytes.empty()) {
            break;
        }
        const auto decoded = decodeUtf8(bytes);
        const std::size_t length = decoded ? decoded->length : 1;
        if (!decoded) {
            text += Replacement;
        } else if (isUnfitToShow(decoded->character)) {
            appendEscape(text, decoded->character);
        } else {
            text += bytes.substr(0, length);
        }
        bytes.remove_prefix(length);
    }
    return text;
}

} // namespace Quay
