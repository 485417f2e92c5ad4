// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"

#include <array>

namespace Quay {

namespace {

/// How many bytes the sequence that begins with @p lead has, 0 when none begins so. Lengths of The Unicode Standard,
/// table 3-7.
std::size_t sequenceLength(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

} // namespace

std::optional<DecodedCharacter> decodeUtf8(std::string_view bytes)
{
    constexpr std::array<char32_t, 5> Smallest{0, 0, 0x80, 0x800, 0x10000};
    constexpr std::array<unsigned, 5> LeadMask{0, 0x7F, 0x1F, 0x0F, 0x07};
    const auto lead = static_cast<unsigned char>(bytes.front());
    const std::size_t length = sequenceLength(lead);
    if (length == 0 || length > bytes.size()) {
        return std::nullopt;
    }
    char32_t character = lead & LeadMask.at(length);
    for (const char byte : bytes.substr(1, length - 1)) {
        const auto bits = static_cast<unsigned char>(byte);
        if ((bits & 0xC0U) != 0x80U) {
            return std::nullopt;
        }
        character = (character << 6U) | (bits & 0x3FU);
    }
    const bool isSurrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < Smallest.at(length) || isSurrogate || character > 0x10FFFF) {
        return std::nullopt;
    }
    return DecodedCharacter{.character = character, .length = length};
}

std::optional<std::size_t> firstInvalidUtf8(std::string_view bytes)
{
    std::size_t at = 0;
    while (at < bytes.size()) {
        const auto decoded = decodeUtf8(bytes.substr(at));
        if (!decoded) {
            return at;
        }
        at += decoded->length;
    }
    return std::nullopt;
}

} // namespace Quay
