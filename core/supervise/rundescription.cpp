// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/rundescription.h"

#include "core/base/result.h"
#include "core/supervise/fieldline.h"
#include "core/supervise/lease.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

namespace {

constexpr std::string_view Word = "run";
constexpr int Version = 1;
constexpr std::chrono::hours MostGrace(24);
constexpr std::chrono::hours MostWatchdog(24);
constexpr std::uint64_t LeastFileBytes = std::uint64_t{64} << 10U;
constexpr std::uint64_t MostFileBytes = std::uint64_t{1} << 40U;
constexpr std::uint32_t MostFilesKept = 1000;

/// Texts that go to system calls end at a zero.
bool hasNoZero(const std::string &text)
{
    return !text.contains('\0');
}

bool isAbsolute(const std::string &path)
{
    return path.starts_with('/') && hasNoZero(path);
}

bool isVariable(const std::string &text)
{
    return hasNoZero(text) && text.find('=') != 0 && text.contains('=');
}

/// What is wrong with it; empty when nothing is.
std::string_view problemWith(const RunDescription &run)
{
    if (run.server.name.empty() || !hasNoZero(run.server.name) || !hasNoZero(run.server.project)) {
        return "name";
    }
    if (!isAbsolute(run.places.runtimeDirectory) || !isAbsolute(run.places.stateDirectory)) {
        return "places";
    }
    if (!isRunId(run.runId)) {
        return "id";
    }
    if (run.arguments.empty() || run.arguments.front().empty() || !std::ranges::all_of(run.arguments, hasNoZero)) {
        return "argument";
    }
    if (!isAbsolute(run.directory)) {
        return "directory";
    }
    if (!std::ranges::all_of(run.environment, isVariable)) {
        return "variable";
    }
    if (run.stop.signal < 1 || run.stop.signal > SIGRTMAX || run.stop.grace.count() < 0 || run.stop.grace > MostGrace) {
        return "stop";
    }
    if (run.watchdog.count() < 0 || run.watchdog > MostWatchdog) {
        return "watchdog";
    }
    if (run.log.fileBytes < LeastFileBytes || run.log.fileBytes > MostFileBytes || run.log.filesKept > MostFilesKept) {
        return "log";
    }
    return {};
}

} // namespace

std::string descriptionText(const RunDescription &run)
{
    FieldLine line{std::string(Word)};
    line.add("version", Version);
    line.add("project", run.server.project);
    line.add("name", run.server.name);
    line.add("runtime", run.places.runtimeDirectory);
    line.add("state", run.places.stateDirectory);
    line.add("id", run.runId);
    line.add("directory", run.directory);
    line.add("terminal", run.hasTerminal);
    line.add("notify", run.expectsNotify);
    line.add("watchdogMs", run.watchdog.count());
    line.add("signal", run.stop.signal);
    line.add("graceMs", run.stop.grace.count());
    line.add("fileBytes", run.log.fileBytes);
    line.add("files", run.log.filesKept);
    for (const auto &argument : run.arguments) {
        line.add("argument", argument);
    }
    for (const auto &variable : run.environment) {
        line.add("variable", variable);
    }
    return line.line() + '\n';
}

Result<RunDescription> descriptionFromText(std::string_view text)
{
    if (!text.ends_with('\n')) {
        return fail(ErrorCode::Malformed, "end"); // cut off
    }
    text.remove_suffix(1);
    const auto line = fieldLineFrom(text);
    if (!line || line->word() != Word) {
        return fail(ErrorCode::Malformed, std::string(Word));
    }
    if (line->number<int>("version") != Version) {
        return fail(ErrorCode::Unsupported, "version");
    }
    const auto textOf = [&line](std::string_view name) { return line->text(name).value_or(std::string()); };
    RunDescription run{.server = {.project = textOf("project"), .name = textOf("name")},
                       .places = {.runtimeDirectory = textOf("runtime"), .stateDirectory = textOf("state")},
                       .runId = textOf("id"),
                       .arguments = line->texts("argument"),
                       .directory = textOf("directory"),
                       .environment = line->texts("variable"),
                       .hasTerminal = line->flag("terminal"),
                       .expectsNotify = line->flag("notify"),
                       .watchdog = std::chrono::milliseconds(line->number<std::int64_t>("watchdogMs").value_or(-1)),
                       .stop = {.signal = line->number<int>("signal").value_or(0),
                                .grace = std::chrono::milliseconds(line->number<std::int64_t>("graceMs").value_or(-1))},
                       .log = {.fileBytes = line->number<std::uint64_t>("fileBytes").value_or(0),
                               .filesKept = line->number<std::uint32_t>("files").value_or(MostFilesKept + 1)}};
    if (const auto problem = problemWith(run); !problem.empty()) {
        return fail(ErrorCode::Malformed, std::string(problem));
    }
    // Whatever it does not say exactly as we would, is something that we do not understand.
    if (std::string_view(descriptionText(run)).substr(0, text.size()) != text) {
        return fail(ErrorCode::Malformed, "field");
    }
    return run;
}

} // namespace Quay
