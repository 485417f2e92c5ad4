// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/runspan.h"

#include "core/base/result.h"
#include "core/supervise/runevent.h"
#include "core/supervise/runrecord.h"
#include "core/supervise/serverplaces.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <ranges>
#include <string>
#include <vector>

namespace Quay {

namespace {

Result<RunSpan> spanOf(const RunRecord &record, const std::string &path)
{
    if (record.events.empty()) {
        return fail(ErrorCode::Malformed, path);
    }
    const auto [first, last] = std::ranges::minmax(
        record.events | std::views::transform([](const RunEvent &event) { return event.at.realTime; }));
    return RunSpan{.begin = first, .end = record.hasEnded() ? std::optional(last) : std::nullopt};
}

Result<RunSpan> readSpan(const ServerPlaces &places, const std::string &runId)
{
    const auto path = places.record(runId);
    return readRunRecord(path).and_then([&path](const RunRecord &record) { return spanOf(record, path); });
}

} // namespace

Result<RunSpan> findRunSpan(const ServerPlaces &places, const std::string &runId)
{
    const auto runs = listRuns(places.records());
    const auto found = std::ranges::find(runs, runId);
    if (found == runs.end()) {
        return fail(ErrorCode::Gone, runId);
    }
    auto span = readSpan(places, runId);
    if (span && !span->end && found != runs.begin()) {
        const auto next = readSpan(places, *(found - 1));
        if (next) {
            span->end = std::max(span->begin, next->begin - std::chrono::nanoseconds(1));
        }
    }
    return span;
}

Result<RunSpan> findLastRun(const ServerPlaces &places, std::size_t number)
{
    const auto runs = listRuns(places.records());
    if (number == 0 || number > runs.size()) {
        return fail(ErrorCode::Gone, std::to_string(runs.size()));
    }
    return findRunSpan(places, runs[number - 1]);
}

} // namespace Quay
