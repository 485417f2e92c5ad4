// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/duration.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <memory>
#include <string>
#include <system_error>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds Longest = 24h;

struct Unit
{
    std::string_view word;
    std::chrono::milliseconds length;
};

constexpr std::array Units{
    Unit{.word = "h", .length = 1h},
    Unit{.word = "m", .length = 1min},
    Unit{.word = "s", .length = 1s},
    Unit{.word = "ms", .length = 1ms},
};

/// The place in Units, Units.size() when there is no such unit.
std::size_t unitIndex(std::string_view word)
{
    std::size_t index = 0;
    while (index < Units.size() && Units.at(index).word != word) {
        ++index;
    }
    return index;
}

} // namespace

Result<std::chrono::milliseconds> durationFromText(std::string_view word)
{
    const auto refused = [word] { return fail(ErrorCode::Invalid, std::string(word)); };
    std::chrono::milliseconds total{};
    std::size_t nextUnit = 0;
    std::string_view rest = word;
    do {
        double count = 0;
        const char *const end = std::to_address(rest.end());
        const auto [stop, failure] =
            std::from_chars(std::to_address(rest.begin()), end, count, std::chars_format::fixed);
        const std::string_view behind(stop, end);
        const auto unitText = behind.substr(0, behind.find_first_of("0123456789."));
        const auto unit = unitIndex(unitText);
        const bool isNumber = failure == std::errc() && count >= 0; // false for "nan" as well
        if (!isNumber || unit >= Units.size() || unit < nextUnit
            || count > static_cast<double>(Longest / Units.at(unit).length)) {
            return refused();
        }
        const auto length = static_cast<double>(Units.at(unit).length.count());
        total += std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(count * length));
        nextUnit = unit + 1;
        rest = behind.substr(unitText.size());
    } while (!rest.empty());
    return total <= Longest ? Result<std::chrono::milliseconds>(total) : refused();
}

Result<std::chrono::milliseconds> durationFromOption(std::string_view word)
{
    if (word.empty() || word.find_first_not_of("0123456789.") != std::string_view::npos) {
        return durationFromText(word);
    }
    return durationFromText(std::string(word) + 's').or_else([word](const Error & /*error*/) {
        return Result<std::chrono::milliseconds>(fail(ErrorCode::Invalid, std::string(word)));
    });
}

std::string durationWord(std::chrono::milliseconds duration)
{
    std::string word;
    for (const auto &unit : Units) {
        if (duration >= unit.length) {
            word += std::to_string(duration / unit.length);
            word += unit.word;
            duration %= unit.length;
        }
    }
    return word.empty() ? "0s" : word;
}

} // namespace Quay
