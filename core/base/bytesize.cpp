// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytesize.h"

#include "core/base/words.h"

#include <array>
#include <charconv>
#include <memory>
#include <system_error>

namespace Quay {

namespace {

using Bytes = std::uint64_t;

// The largest first, for byteSizeWord().
constexpr std::array Units{
    Word{.word = "TiB", .value = Bytes{1} << 40U}, Word{.word = "TB", .value = Bytes{1'000'000'000'000}},
    Word{.word = "GiB", .value = Bytes{1} << 30U}, Word{.word = "GB", .value = Bytes{1'000'000'000}},
    Word{.word = "MiB", .value = Bytes{1} << 20U}, Word{.word = "MB", .value = Bytes{1'000'000}},
    Word{.word = "KiB", .value = Bytes{1} << 10U}, Word{.word = "kB", .value = Bytes{1'000}},
    Word{.word = "B", .value = Bytes{1}},
};

constexpr double Most = 1e18; // an exabyte: less than what 64 bits hold

} // namespace

Result<std::uint64_t> byteSizeFromText(std::string_view word)
{
    double count = 0;
    const char *const end = std::to_address(word.end());
    const auto [stop, failure] = std::from_chars(std::to_address(word.begin()), end, count, std::chars_format::fixed);
    std::string_view unitText(stop, end);
    if (unitText.starts_with(' ')) {
        unitText.remove_prefix(1);
    }
    const auto unit = valueFor(Units, unitText);
    if (failure != std::errc() || !unit || !(count >= 0) || count * static_cast<double>(*unit) > Most) {
        return fail(ErrorCode::Invalid, std::string(word));
    }
    return static_cast<Bytes>(count * static_cast<double>(*unit));
}

std::string byteSizeWord(std::uint64_t bytes)
{
    for (const auto &unit : Units) {
        if (bytes >= unit.value && bytes % unit.value == 0) {
            return std::to_string(bytes / unit.value) += unit.word;
        }
    }
    return "0B";
}

} // namespace Quay
