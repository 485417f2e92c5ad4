// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/controlmessage.h"

#include "core/base/errorwords.h"
#include "core/base/result.h"
#include "core/base/words.h"
#include "core/kernel/pidfd.h"
#include "core/supervise/exitstatusfields.h"
#include "core/supervise/fieldline.h"
#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"
#include "core/supervise/runevent.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace Quay {

namespace {

constexpr std::chrono::milliseconds MostGrace = std::chrono::hours(24);
constexpr std::string_view ReplyWord = "reply";
constexpr std::string_view LogWord = "log";

constexpr std::array VerbWords{
    Word{.word = "status", .value = ControlVerb::Status},
    Word{.word = "subscribe", .value = ControlVerb::Subscribe},
    Word{.word = "stop", .value = ControlVerb::Stop},
    Word{.word = "signal", .value = ControlVerb::Signal},
};

constexpr std::array PhaseWords{
    Word{.word = "unknown", .value = RunPhase::Unknown},
    Word{.word = "running", .value = RunPhase::Running},
    Word{.word = "stopping", .value = RunPhase::Stopping},
    Word{.word = "ended", .value = RunPhase::Ended},
};

void addLog(FieldLine &line, const LogPosition &log)
{
    line.add("rotations", log.rotations);
    line.add("logBytes", log.bytes);
}

LogPosition logFrom(const FieldLine &line)
{
    return {.rotations = line.number<std::uint64_t>("rotations").value_or(0),
            .bytes = line.number<std::uint64_t>("logBytes").value_or(0)};
}

void addStatus(FieldLine &line, const RunStatus &status)
{
    line.add("phase", std::string(wordFor(PhaseWords, status.phase)));
    line.add("run", status.runId);
    addTime(line, status.startedAt);
    if (status.server) {
        addMark(line, "server", *status.server);
    }
    line.add("ready", status.isReady);
    line.add("text", status.text);
    if (status.aliveAt) {
        line.add("aliveBoot", status.aliveAt->count());
    }
    if (status.exit) {
        addExitStatus(line, *status.exit);
    }
    if (status.killsIn) {
        line.add("killsInMs", status.killsIn->count());
    }
    line.add("events", status.eventCount);
    addLog(line, status.log);
    line.add("lost", status.lostBytes);
    line.add("logErrno", status.logErrno);
    line.add("recordErrno", status.recordErrno);
}

std::optional<RunStatus> statusFrom(const FieldLine &line)
{
    const auto phase = line.text("phase");
    const auto run = line.text("run");
    const auto time = timeFrom(line);
    if (!phase || !run || !isRunId(*run) || !time) {
        return std::nullopt;
    }
    RunStatus status{.phase = valueFor(PhaseWords, *phase).value_or(RunPhase::Unknown),
                     .runId = *run,
                     .startedAt = *time,
                     .server = markFrom(line, "server"),
                     .isReady = line.flag("ready"),
                     .text = line.text("text"),
                     .aliveAt = {},
                     .exit = exitStatusFrom(line),
                     .killsIn = {},
                     .eventCount = line.number<std::uint64_t>("events").value_or(0),
                     .log = logFrom(line),
                     .lostBytes = line.number<std::uint64_t>("lost").value_or(0),
                     .logErrno = line.number<int>("logErrno"),
                     .recordErrno = line.number<int>("recordErrno")};
    if (const auto alive = line.number<std::int64_t>("aliveBoot")) {
        status.aliveAt = std::chrono::nanoseconds(*alive);
    }
    if (const auto kills = line.number<std::int64_t>("killsInMs")) {
        status.killsIn = std::chrono::milliseconds(*kills);
    }
    return status;
}

FieldLine toLine(const ControlReply &reply)
{
    FieldLine line{std::string(ReplyWord)};
    line.add("id", reply.id);
    if (reply.error) {
        line.add("error", std::string(wordFor(ErrorCodeWords, reply.error->code)));
        line.add("subject", reply.error->subject);
        line.add("errno", reply.error->sysErrno);
    }
    if (reply.status) {
        addStatus(line, *reply.status);
    }
    return line;
}

FieldLine toLine(const LogPosition &log)
{
    FieldLine line{std::string(LogWord)};
    addLog(line, log);
    return line;
}

Result<ControlMessage> replyFrom(const FieldLine &line)
{
    const auto id = line.number<std::uint64_t>("id");
    if (!id) {
        return fail(ErrorCode::Malformed, line.word());
    }
    ControlReply reply{.id = *id, .error = {}, .status = statusFrom(line)};
    if (const auto word = line.text("error")) {
        reply.error = Error{.code = valueFor(ErrorCodeWords, *word).value_or(ErrorCode::Io),
                            .subject = line.text("subject").value_or(std::string()),
                            .sysErrno = line.number<int>("errno").value_or(0)};
    }
    return reply;
}

} // namespace

std::string toText(const ControlRequest &request)
{
    FieldLine line{std::string(wordFor(VerbWords, request.verb))};
    line.add("id", request.id);
    line.add("signal", request.signal);
    if (request.grace) {
        line.add("graceMs", request.grace->count());
    }
    if (request.isForced) {
        line.add("forced", request.isForced);
    }
    return line.line();
}

std::string toText(const ControlMessage &message)
{
    return std::visit([](const auto &what) { return toLine(what).line(); }, message);
}

Result<ControlRequest> controlRequestFrom(std::string_view text)
{
    const auto line = fieldLineFrom(text);
    if (!line) {
        return std::unexpected(line.error());
    }
    const auto verb = valueFor(VerbWords, line->word());
    const auto id = line->number<std::uint64_t>("id");
    const auto signal = line->number<int>("signal");
    const auto grace = line->number<std::int64_t>("graceMs");
    const bool isPossible = (!line->text("signal") || (signal && *signal > 0 && *signal <= SIGRTMAX))
        && (!line->text("graceMs") || (grace && *grace >= 0 && *grace <= MostGrace.count()));
    if (!verb || !id || !isPossible || (*verb == ControlVerb::Signal && !signal)) {
        return fail(ErrorCode::Malformed, line->word());
    }
    ControlRequest request{.verb = *verb, .id = *id, .signal = signal, .grace = {}, .isForced = line->flag("forced")};
    if (grace) {
        request.grace = std::chrono::milliseconds(*grace);
    }
    return request;
}

Result<ControlMessage> controlMessageFrom(std::string_view text)
{
    const auto line = fieldLineFrom(text);
    if (!line) {
        return std::unexpected(line.error());
    }
    if (line->word() == ReplyWord) {
        return replyFrom(*line);
    }
    if (line->word() == LogWord) {
        return logFrom(*line);
    }
    return runEventFrom(*line).transform([](RunEvent event) { return ControlMessage(std::move(event)); });
}

} // namespace Quay
