// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/runevent.h"

#include "core/base/result.h"
#include "core/base/words.h"
#include "core/supervise/exitstatusfields.h"
#include "core/supervise/fieldline.h"
#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace Quay {

namespace {

/// They are never changed, only added to.
constexpr std::array KindWords{
    Word{.word = "unknown", .value = RunEventKind::Unknown},
    Word{.word = "started", .value = RunEventKind::Started},
    Word{.word = "startFailed", .value = RunEventKind::StartFailed},
    Word{.word = "firstOutput", .value = RunEventKind::FirstOutput},
    Word{.word = "ready", .value = RunEventKind::Ready},
    Word{.word = "status", .value = RunEventKind::Status},
    Word{.word = "stopping", .value = RunEventKind::Stopping},
    Word{.word = "watchdog", .value = RunEventKind::Watchdog},
    Word{.word = "watchdogSilent", .value = RunEventKind::WatchdogSilent},
    Word{.word = "mainProcess", .value = RunEventKind::MainProcess},
    Word{.word = "stopAsked", .value = RunEventKind::StopAsked},
    Word{.word = "signalled", .value = RunEventKind::Signalled},
    Word{.word = "exited", .value = RunEventKind::Exited},
    Word{.word = "daemonised", .value = RunEventKind::Daemonised},
    Word{.word = "leftBehind", .value = RunEventKind::LeftBehind},
    Word{.word = "killed", .value = RunEventKind::Killed},
    Word{.word = "outputLost", .value = RunEventKind::OutputLost},
    Word{.word = "limit", .value = RunEventKind::Limit},
    Word{.word = "clockSetBack", .value = RunEventKind::ClockSetBack},
    Word{.word = "ended", .value = RunEventKind::Ended},
};

void addUsage(FieldLine &line, const ResourceUsage &usage)
{
    line.add("userUs", usage.userTime.count());
    line.add("systemUs", usage.systemTime.count());
    line.add("residentKib", usage.mostResidentKib);
}

std::optional<ResourceUsage> usageFrom(const FieldLine &line)
{
    const auto user = line.number<std::int64_t>("userUs");
    const auto system = line.number<std::int64_t>("systemUs");
    const auto resident = line.number<std::uint64_t>("residentKib");
    if (!user || !system || !resident) {
        return std::nullopt;
    }
    return ResourceUsage{.userTime = std::chrono::microseconds(*user),
                         .systemTime = std::chrono::microseconds(*system),
                         .mostResidentKib = *resident};
}

} // namespace

FieldLine toLine(const RunEvent &event)
{
    FieldLine line{std::string(wordFor(KindWords, event.kind))};
    line.add("n", event.number);
    addTime(line, event.at);
    if (event.process) {
        addMark(line, {}, *event.process);
    }
    line.add("uid", event.uid);
    if (event.text) {
        line.add("text", event.text->substr(0, RunEvent::MostTextBytes));
    }
    line.add("stream", event.stream);
    line.add("signal", event.signal);
    if (event.grace) {
        line.add("graceMs", event.grace->count());
    }
    if (event.status) {
        addExitStatus(line, *event.status);
    }
    if (event.usage) {
        addUsage(line, *event.usage);
    }
    line.add("oom", event.outOfMemory);
    line.add("count", event.count);
    line.add("errno", event.sysErrno);
    return line;
}

Result<RunEvent> runEventFrom(const FieldLine &line)
{
    const auto number = line.number<std::uint64_t>("n");
    const auto time = timeFrom(line);
    if (!number || !time) {
        return fail(ErrorCode::Malformed, line.word());
    }
    RunEvent event{.kind = valueFor(KindWords, line.word()).value_or(RunEventKind::Unknown),
                   .number = *number,
                   .at = *time,
                   .process = markFrom(line, {}),
                   .uid = line.number<std::uint32_t>("uid"),
                   .text = line.text("text"),
                   .stream = line.text("stream"),
                   .signal = line.number<int>("signal"),
                   .grace = {},
                   .status = exitStatusFrom(line),
                   .usage = usageFrom(line),
                   .outOfMemory = {},
                   .count = line.number<std::uint64_t>("count"),
                   .sysErrno = line.number<int>("errno")};
    if (const auto grace = line.number<std::int64_t>("graceMs")) {
        event.grace = std::chrono::milliseconds(*grace);
    }
    if (const auto outOfMemory = line.number<int>("oom")) {
        event.outOfMemory = *outOfMemory != 0;
    }
    if (event.text && event.text->size() > RunEvent::MostTextBytes) {
        event.text->resize(RunEvent::MostTextBytes);
    }
    return event;
}

} // namespace Quay
