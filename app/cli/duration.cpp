// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/duration.h"

#include <charconv>
#include <memory>
#include <optional>
#include <string>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds Longest = 24h;

std::optional<std::chrono::milliseconds> unitFromText(std::string_view unit)
{
    if (unit == "ms") {
        return 1ms;
    }
    if (unit == "s") {
        return 1s;
    }
    if (unit == "m") {
        return 1min;
    }
    if (unit == "h") {
        return 1h;
    }
    return {};
}

} // namespace

Result<std::chrono::milliseconds> durationFromText(std::string_view word)
{
    double count = 0;
    const char *const end = std::to_address(word.end());
    const auto [stop, failure] = std::from_chars(std::to_address(word.begin()), end, count, std::chars_format::fixed);
    const auto unit = unitFromText(std::string_view(stop, end));
    const bool isNumber = failure == std::errc() && count >= 0; // false for "nan" as well
    if (!isNumber || !unit || count > static_cast<double>(Longest / *unit)) {
        return fail(ErrorCode::Invalid, std::string(word));
    }
    return std::chrono::milliseconds(
        static_cast<std::chrono::milliseconds::rep>(count * static_cast<double>(unit->count())));
}

} // namespace Quay
