// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/criline.h"

#include "core/base/number.h"
#include "core/base/result.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace Quay {

namespace {

constexpr std::size_t NanosecondDigits = 9;
constexpr std::string_view TimeShape = "dddd-dd-ddTdd:dd:dd.dddddddddZ ";

void appendNumber(std::string &text, unsigned number, std::size_t digits)
{
    std::array<char, NanosecondDigits> written{};
    for (std::size_t digit = digits; digit > 0; --digit) {
        written[digit - 1] = static_cast<char>('0' + number % 10);
        number /= 10;
    }
    text.append(written.data(), digits);
}

std::string textOf(std::int64_t second)
{
    using namespace std::chrono;
    const sys_seconds time{seconds(second)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    std::string text;
    appendNumber(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    text += '-';
    appendNumber(text, static_cast<unsigned>(date.month()), 2);
    text += '-';
    appendNumber(text, static_cast<unsigned>(date.day()), 2);
    text += 'T';
    appendNumber(text, static_cast<unsigned>(clock.hours().count()), 2);
    text += ':';
    appendNumber(text, static_cast<unsigned>(clock.minutes().count()), 2);
    text += ':';
    appendNumber(text, static_cast<unsigned>(clock.seconds().count()), 2);
    text += '.';
    return text;
}

std::optional<std::chrono::nanoseconds> timeFromText(std::string_view text)
{
    const auto fits = [](char letter, char shape) {
        return shape == 'd' ? letter >= '0' && letter <= '9' : letter == shape;
    };
    if (!std::ranges::equal(text, TimeShape, fits)) {
        return std::nullopt;
    }
    const auto part = [text](std::size_t begin, std::size_t count) {
        return numberFromText<unsigned>(text.substr(begin, count)).value_or(0);
    };
    using namespace std::chrono;
    const year_month_day date(year(static_cast<int>(part(0, 4))), month(part(5, 2)), day(part(8, 2)));
    const auto hour = part(11, 2);
    const auto minute = part(14, 2);
    const auto second = part(17, 2);
    constexpr year Last(2200); // nanoseconds have no room for much later ones
    if (!date.ok() || date.year() < year(1970) || date.year() > Last || hour > 23 || minute > 59 || second > 59) {
        return std::nullopt;
    }
    return sys_days(date).time_since_epoch() + hours(hour) + minutes(minute) + seconds(second)
        + nanoseconds(part(20, NanosecondDigits));
}

std::optional<OutputStream> takeStream(std::string_view &rest)
{
    for (const auto stream : {OutputStream::Output, OutputStream::Error}) {
        const auto word = streamWord(stream);
        if (rest.starts_with(word) && rest.substr(word.size()).starts_with(' ')) {
            rest.remove_prefix(word.size() + 1);
            return stream;
        }
    }
    return std::nullopt;
}

} // namespace

std::string_view streamWord(OutputStream stream)
{
    return stream == OutputStream::Output ? "stdout" : "stderr";
}

void CriFormatter::appendTime(std::string &out, std::chrono::nanoseconds realTime)
{
    // A clock that was never set says 1970, and one that says less counts as that.
    const auto time = std::max(realTime, std::chrono::nanoseconds(0));
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    if (second.count() != m_second) {
        m_second = second.count();
        m_secondText = textOf(m_second);
    }
    out += m_secondText;
    appendNumber(out, static_cast<unsigned>((time - second).count()), NanosecondDigits);
    out += 'Z';
}

void CriFormatter::append(std::string &out, const CriLine &line)
{
    appendTime(out, line.realTime);
    out += ' ';
    out += streamWord(line.stream);
    out += line.isPartial ? " P " : " F ";
    out += line.text;
    out += '\n';
}

Result<CriLine> criLineFrom(std::string_view line)
{
    const auto time = timeFromText(line.substr(0, TimeShape.size()));
    auto rest = time ? line.substr(TimeShape.size()) : std::string_view();
    const auto stream = takeStream(rest);
    const bool isPartial = rest.starts_with("P ");
    if (!time || !stream || (!isPartial && !rest.starts_with("F "))) {
        return fail(ErrorCode::Malformed, std::string(line.substr(0, 2 * TimeShape.size())));
    }
    return CriLine{.realTime = *time, .stream = *stream, .isPartial = isPartial, .text = rest.substr(2)};
}

CriJoiner::CriJoiner(std::size_t mostBytes)
    : m_mostBytes(mostBytes)
{
}

std::optional<OutputLine> CriJoiner::add(const CriLine &line)
{
    OutputLine &begun = m_begun[static_cast<std::size_t>(line.stream)];
    const auto room = m_mostBytes - std::min(begun.text.size(), m_mostBytes);
    begun.text += line.text.substr(0, room);
    begun.isCut = begun.isCut || line.text.size() > room;
    if (line.isPartial) {
        return std::nullopt;
    }
    begun.realTime = line.realTime;
    begun.stream = line.stream;
    return std::exchange(begun, OutputLine());
}

} // namespace Quay
