// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/spokenduration.h"

#include "core/base/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace Quay {

namespace {

constexpr double Second = 1e9;
constexpr double Minute = 60 * Second;
constexpr double Longest = 7 * 24 * 60 * Minute;

/// Nanoseconds.
constexpr std::array Units{
    Word{.word = "s", .value = Second},         Word{.word = "ms", .value = 1e6},
    Word{.word = "sec", .value = Second},       Word{.word = "secs", .value = Second},
    Word{.word = "second", .value = Second},    Word{.word = "seconds", .value = Second},
    Word{.word = "milliseconds", .value = 1e6}, Word{.word = "msec", .value = 1e6},
    Word{.word = "us", .value = 1e3},           Word{.word = "\u00b5s", .value = 1e3},
    Word{.word = "\u03bcs", .value = 1e3},      Word{.word = "ns", .value = 1.0},
    Word{.word = "m", .value = Minute},         Word{.word = "min", .value = Minute},
    Word{.word = "minutes", .value = Minute},   Word{.word = "minute", .value = Minute},
};

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// One number with its unit; a comma before three digits and a point stands between thousands.
std::optional<double> part(std::string_view number, std::string_view unit)
{
    std::string digits(trimmed(number));
    if (digits.contains('.')) {
        std::erase(digits, ',');
    } else {
        std::ranges::replace(digits, ',', '.');
    }
    double value = 0;
    const char *const last = digits.data() + digits.size();
    const auto [end, error] = std::from_chars(digits.data(), last, value, std::chars_format::fixed);
    const auto factor = unit.empty() ? std::optional(Second) : valueFor(Units, trimmed(unit));
    if (error != std::errc{} || end != last || !factor || !std::isfinite(value) || value < 0) {
        return std::nullopt;
    }
    return value * *factor;
}

} // namespace

std::optional<std::chrono::nanoseconds> spokenDuration(std::string_view number, std::string_view unit)
{
    constexpr std::string_view Digits = "0123456789.,";
    double total = 0;
    std::string_view rest = trimmed(number);
    do {
        const auto end = std::min(rest.find_first_not_of(Digits), rest.size());
        const auto unitBegin = std::min(rest.find_first_not_of(" \t", end), rest.size());
        const auto unitEnd = std::min(rest.find_first_of(" \t0123456789", unitBegin), rest.size());
        const auto ownUnit = rest.substr(unitBegin, unitEnd - unitBegin);
        const auto value = part(rest.substr(0, end), ownUnit.empty() ? unit : ownUnit);
        if (!value) {
            return std::nullopt;
        }
        total += *value;
        rest = trimmed(rest.substr(unitEnd));
    } while (!rest.empty());
    if (total > Longest) {
        return std::nullopt;
    }
    return std::chrono::nanoseconds(std::llround(total));
}

} // namespace Quay
