// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/alertfile.h"

#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/logs/logplace.h"
#include "core/supervise/criline.h"
#include "core/supervise/fieldline.h"

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

constexpr std::array<std::string_view, OutputStreamCount> BegunNames{"out", "err"};
constexpr std::string_view End = "end"; // the last line: a file that was cut off is not taken for a whole one

std::optional<std::int64_t> countOf(const std::optional<std::chrono::nanoseconds> &time)
{
    return time.transform([](std::chrono::nanoseconds known) { return std::int64_t{known.count()}; });
}

std::optional<std::chrono::nanoseconds> timeOf(const FieldLine &line, std::string_view name)
{
    return line.number<std::int64_t>(name).transform(
        [](std::int64_t count) { return std::chrono::nanoseconds(count); });
}

FieldLine placeLine(const AlertRecord &record)
{
    FieldLine line("read");
    if (record.place) {
        line.add("inode", record.place->inode);
        line.add("offset", record.place->offset);
        line.add("head", record.place->head);
        for (std::size_t stream = 0; stream < OutputStreamCount; ++stream) {
            if (const auto &begun = record.place->begun[stream]; !begun.text.empty()) {
                line.add(std::string(BegunNames[stream]), begun.text);
            }
        }
    }
    line.add("last", countOf(record.lastTime));
    return line;
}

FieldLine standingLine(const AlertStanding &standing)
{
    FieldLine line("alert");
    line.add("name", standing.rule.name);
    line.add("pattern", standing.rule.pattern);
    line.add("count", standing.count);
    line.add("costly", standing.costlyLines);
    line.add("since", countOf(standing.lookedSince));
    line.add("first", countOf(standing.firstAt));
    line.add("at", countOf(standing.lastAt));
    for (const auto &text : standing.lastLines) {
        line.add("line", text);
    }
    return line;
}

bool readPlace(const FieldLine &line, AlertRecord &record)
{
    record.lastTime = timeOf(line, "last");
    const auto inode = line.number<std::uint64_t>("inode");
    const auto offset = line.number<std::uint64_t>("offset");
    auto head = line.text("head");
    if (!inode && !offset && !head) {
        return true; // there was no log
    }
    if (!inode || !offset || !head || head->size() > LogPlace::HeadBytes) {
        return false;
    }
    LogPlace place{.inode = *inode, .offset = *offset, .head = *std::move(head), .begun = {}};
    for (std::size_t stream = 0; stream < OutputStreamCount; ++stream) {
        place.begun[stream].text = line.text(BegunNames[stream]).value_or(std::string());
    }
    record.place = std::move(place);
    return true;
}

bool readStanding(const FieldLine &line, AlertRecord &record)
{
    auto name = line.text("name");
    auto pattern = line.text("pattern");
    const auto count = line.number<std::uint64_t>("count");
    auto lines = line.texts("line");
    if (!name || !pattern || !count || lines.size() > AlertStanding::MostLines) {
        return false;
    }
    record.standings.push_back({.rule = {.name = *std::move(name), .pattern = *std::move(pattern)},
                                .count = *count,
                                .costlyLines = line.number<std::uint64_t>("costly").value_or(0),
                                .lookedSince = timeOf(line, "since"),
                                .firstAt = timeOf(line, "first"),
                                .lastAt = timeOf(line, "at"),
                                .lastLines = std::move(lines)});
    return true;
}

} // namespace

std::string alertText(const AlertRecord &record)
{
    std::string text = placeLine(record).line() + '\n';
    for (const auto &standing : record.standings) {
        text += standingLine(standing).line() + '\n';
    }
    return text + FieldLine(std::string(End)).line() + '\n';
}

Result<AlertRecord> alertsFromText(std::string_view text)
{
    AlertRecord record;
    TextCursor cursor(text);
    bool hasPlace = false;
    while (!cursor.atEnd()) {
        const auto raw = cursor.takeLine();
        const auto line = fieldLineFrom(raw);
        const bool isFirst = !std::exchange(hasPlace, true);
        if (line && !isFirst && line->word() == End && cursor.atEnd() && text.ends_with('\n')) {
            return record;
        }
        const bool isFine = line
            && ((isFirst && line->word() == "read" && readPlace(*line, record))
                || (!isFirst && line->word() == "alert" && readStanding(*line, record)));
        if (!isFine) {
            return fail(ErrorCode::Malformed, std::string(raw.substr(0, 80)));
        }
    }
    return fail(ErrorCode::Malformed, "end");
}

} // namespace Quay
