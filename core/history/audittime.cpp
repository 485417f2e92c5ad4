// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/audittime.h"

#include "core/base/number.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <format>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

std::string auditTimeText(std::chrono::nanoseconds realTime)
{
    const std::chrono::sys_time<std::chrono::milliseconds> at(std::chrono::floor<std::chrono::milliseconds>(realTime));
    return std::format("{:%FT%TZ}", at); // neither the locale nor the time zone of the user takes part
}

std::optional<std::chrono::nanoseconds> auditTimeFromText(std::string_view text)
{
    constexpr std::string_view Shape = "dddd-dd-ddTdd:dd:dd.dddZ";
    const auto fits = [](char letter, char shape) {
        return shape == 'd' ? letter >= '0' && letter <= '9' : letter == shape;
    };
    if (!std::ranges::equal(text, Shape, fits)) {
        return std::nullopt;
    }
    const auto part = [text](std::size_t begin, std::size_t count) {
        return numberFromText<unsigned>(text.substr(begin, count)).value_or(0);
    };
    const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(part(0, 4))),
                                           std::chrono::month(part(5, 2)), std::chrono::day(part(8, 2)));
    const auto hours = part(11, 2);
    const auto minutes = part(14, 2);
    const auto seconds = part(17, 2);
    constexpr std::chrono::year First(1970);
    constexpr std::chrono::year Last(2200); // nanoseconds have no room for much later ones
    if (!date.ok() || date.year() < First || date.year() > Last || hours > 23 || minutes > 59 || seconds > 59) {
        return std::nullopt;
    }
    return std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(hours) + std::chrono::minutes(minutes)
        + std::chrono::seconds(seconds) + std::chrono::milliseconds(part(20, 3));
}

} // namespace Quay
