// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/safetext.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <array>
#include <clocale>
#include <cstddef>
#include <cstdint>
#include <cwchar>
#include <string>
#include <vector>

using Quay::Fuzz::require;

namespace {

/// Decoded by the C library and not by us. Aborts when it is not UTF-8.
std::vector<wchar_t> decoded(const std::string &text)
{
    std::vector<wchar_t> characters(text.size() + 1);
    const char *rest = text.c_str();
    std::mbstate_t state{};
    const std::size_t count = std::mbsrtowcs(characters.data(), &rest, characters.size(), &state);
    require(count != static_cast<std::size_t>(-1) && rest == nullptr);
    characters.resize(count);
    return characters;
}

bool isHarmless(wchar_t character)
{
    constexpr auto Harmful = std::to_array<wchar_t>({0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A,
                                                     0x202D, 0x202E, 0x2060, 0x2066, 0x2069, 0xFEFF, 0xFFFB, 0xE0041});
    const bool isControl = character < 0x20 || (character >= 0x7F && character <= 0x9F);
    return !isControl && !std::ranges::contains(Harmful, character);
}

} // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerInitialize(int * /*count*/, char *** /*arguments*/)
{
    require(std::setlocale(LC_CTYPE, "C.UTF-8") != nullptr);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::safeText(Quay::Fuzz::asText(data, size));
    require(!text.contains('\0'));
    require(std::ranges::all_of(decoded(text), isHarmless));
    require(std::ranges::none_of(
        decoded(text), [](wchar_t character) { return Quay::isUnfitToShow(static_cast<char32_t>(character)); }));
    require(Quay::safeText(text) == text);
    return 0;
}
