// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures what the agent does for twenty servers: how soon all are ready and how much memory that takes, against pm2
// and supervisord, how soon a new agent has them back when the one before was killed, and what it costs when nothing
// happens.
//
//   bench_agent [--quick] [--rounds N] [--kills N] [--only starts,memory,kills,rest] [--json FILE]
//
// QUAY_BENCH_NODE_TOOLS names a directory with `npm install --prefix DIRECTORY pm2`; without it pm2 is not compared,
// and without supervisord that is not.
//
// Exit codes: 0 every target was met (or the run was a quick one); 1 one was not; 2 wrong usage, or it could not be
// measured. To be built with the preset `release`, and run on a machine that does nothing else.
#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/supervise/lease.h"
#include "tests/bench/agentpeers.h"
#include "tests/bench/benchoptions.h"
#include "tests/bench/measure.h"
#include "tests/bench/report.h"
#include "tests/support/agentroom.h"
#include "tests/support/supervisedrun.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <format>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace {

using namespace std::chrono_literals;
using Quay::ErrorCode;
using Quay::fail;
using Quay::Result;
using Quay::Test::AgentRoom;
using Quay::Test::BenchOptions;
using Quay::Test::Flags;
using Quay::Test::Report;
using Quay::Test::ServersAtOnce;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

constexpr double MostOfPm2 = 0.2;
constexpr double MostOfSupervisord = 1.0;
constexpr double MostMemoryOfPm2 = 1.0 / 3;
constexpr double MostPercentAtRest = 0.1;
constexpr auto SoonBack = 1s;
constexpr std::uint64_t MostLogBytes = std::uint64_t{64} << 20U;

/// Lines with numbers, in bursts: what is lost leaves a gap.
constexpr auto CountingScript = "n=0; while :; do i=0; while [ $i -lt 20 ]; do i=$((i+1)); n=$((n+1)); echo line $n; "
                                "done; sleep 0.1; done";

double milliseconds(nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

/// The one below which are @p hundredths of all.
nanoseconds quantileOf(std::vector<nanoseconds> times, std::size_t hundredths)
{
    std::ranges::sort(times);
    return times.at(std::min(times.size() * hundredths / 100, times.size() - 1));
}

nanoseconds medianOf(const std::vector<nanoseconds> &times)
{
    return quantileOf(times, 50);
}

std::string nameOf(int number)
{
    return "s" + std::to_string(number);
}

/// Twenty, each with the script that @p script gives for its number.
template<typename Script>
void writeServers(const AgentRoom &room, Script script)
{
    std::string servers;
    for (int number = 0; number < ServersAtOnce; ++number) {
        servers += std::format("  {}:\n    command: '{}'\n    ready: [{{ log: ^(up|line 1)$ }}]\n", nameOf(number),
                               script(number));
    }
    room.write(servers);
}

Result<> quay(const AgentRoom &room, const QStringList &words)
{
    const auto end = room.quay(words);
    return end.exitCode == 0
        ? Result<>()
        : fail(ErrorCode::Invalid, "quay " + words.join(QLatin1Char(' ')).toStdString() + ": " + end.err.toStdString());
}

Result<> up(const AgentRoom &room)
{
    return quay(room,
                {QStringLiteral("up"), QStringLiteral("--wait"), QStringLiteral("--timeout"), QStringLiteral("60s")});
}

Result<> down(const AgentRoom &room)
{
    return quay(room, {QStringLiteral("down"), QStringLiteral("--force")});
}

// ---- Starts

/// Until it says that all are ready, and they are.
Result<nanoseconds> startManaged(const AgentRoom &room, const Flags &flags, bool hasAgent)
{
    flags.lower();
    const bool isThere = room.agent() > 0;
    if (isThere && !hasAgent && !room.endAgent(SIGTERM)) {
        return fail(ErrorCode::Invalid, "the agent does not end");
    }
    if (!isThere && hasAgent) {
        return fail(ErrorCode::Gone, "the agent of the round before");
    }
    const auto begin = steady_clock::now();
    const auto done = up(room);
    if (!done || !flags.waitForAll()) {
        return done ? fail(ErrorCode::Invalid, "servers of quay") : std::unexpected(done.error());
    }
    const auto time = steady_clock::now() - begin;
    return down(room).transform([time] { return nanoseconds(time); });
}

/// A way to start the twenty, what it took each time, and what we are judged by against it.
struct Way
{
    std::string name;
    double mostRatio = 1;
    std::vector<nanoseconds> times = {};
};

Result<> startOnce(const AgentRoom &room, const Flags &flags, std::vector<Way> &ways)
{
    const auto take = [&flags](Way &way, const Result<std::optional<nanoseconds>> &time) -> Result<> {
        if (!time) {
            return fail(time.error().code, way.name + ": " + time.error().subject);
        }
        if (*time) {
            way.times.push_back(**time);
        }
        flags.lower();
        return {};
    };
    const auto managed = [&](bool hasAgent) -> Result<std::optional<nanoseconds>> {
        return startManaged(room, flags, hasAgent).transform([](nanoseconds time) { return std::optional(time); });
    };
    return take(ways[0], managed(false))
        .and_then([&] { return take(ways[1], managed(true)); })
        .and_then([&] { return take(ways[2], Quay::Test::startWithPm2(flags, false)); })
        .and_then([&] { return take(ways[3], Quay::Test::startWithPm2(flags, true)); })
        .and_then([&] { return take(ways[4], Quay::Test::startWithSupervisord(flags)); });
}

void compare(Report &report, const Way &ours, const Way &theirs)
{
    if (theirs.times.empty()) {
        report.note("not compared, for it is not there: " + theirs.name);
        return;
    }
    report.compareTime(ours.name, "wall", medianOf(ours.times), theirs.name, medianOf(theirs.times), theirs.mostRatio);
}

Result<> measureStarts(int rounds, Report &report)
{
    report.section("Start of 20 servers until all are ready");
    const AgentRoom room;
    const Flags flags(room.directory());
    writeServers(room, [&flags](int number) { return flags.script(number); });
    std::vector<Way> ways{{.name = "quay up --wait, no agent yet"},
                          {.name = "quay up --wait, with an agent"},
                          {.name = "pm2 start, no daemon yet", .mostRatio = MostOfPm2},
                          {.name = "pm2 start, with a daemon", .mostRatio = MostOfPm2},
                          {.name = "supervisord", .mostRatio = MostOfSupervisord}};
    for (int round = 0; round < rounds && !Quay::Test::isInterrupted(); ++round) {
        if (const auto done = startOnce(room, flags, ways); !done) {
            return done;
        }
    }
    if (ways[0].times.empty()) {
        return fail(ErrorCode::Invalid, "there was no time");
    }
    compare(report, ways[0], ways[2]);
    compare(report, ways[1], ways[3]);
    compare(report, ways[0], ways[4]);
    return {};
}

// ---- Memory

Result<double> managedKib()
{
    const AgentRoom room;
    const Flags flags(room.directory());
    writeServers(room, [&flags](int number) { return flags.script(number); });
    if (const auto done = up(room); !done) {
        return std::unexpected(done.error());
    }
    auto sum = Quay::Test::residentKibOf(room.agent());
    for (int number = 0; number < ServersAtOnce && sum; ++number) {
        const auto lease = Quay::readLease(room.placesOf(nameOf(number)).lease());
        if (!lease) {
            return std::unexpected(lease.error());
        }
        sum = Quay::Test::residentKibOf(lease->supervisor.id.pid).transform([&sum](double kib) { return *sum + kib; });
    }
    return sum;
}

Result<> measureMemory(Report &report)
{
    report.section("Memory of who manages 20 servers (PSS)");
    const auto ours = managedKib();
    const AgentRoom room;
    const Flags flags(room.directory());
    const auto theirs = Quay::Test::memoryOfPm2(flags);
    if (!ours || !theirs) {
        return std::unexpected((ours ? theirs.error() : ours.error()));
    }
    Quay::Test::ReportLine line{.name = "agent and 20 supervisors", .unit = "KiB", .value = *ours};
    if (*theirs) {
        line.peer = "pm2's daemon";
        line.peerValue = **theirs;
        line.mostRatio = MostMemoryOfPm2;
    } else {
        report.note("not compared, for it is not there: pm2");
    }
    report.add(line);
    return {};
}

// ---- Kills

/// What must not change when the agent does.
struct Standing
{
    std::vector<std::pair<QString, int>> runs; ///< Run and main process, in the order of names.
    bool isAllReady = false;
};

QJsonArray serversOf(const AgentRoom &room)
{
    const auto said = room.quay({QStringLiteral("status"), QStringLiteral("--json")});
    return QJsonDocument::fromJson(said.out).object().value(QStringLiteral("servers")).toArray();
}

Standing standingOf(const AgentRoom &room)
{
    const auto servers = serversOf(room);
    Standing standing{.isAllReady = servers.size() == ServersAtOnce};
    for (const auto &item : servers) {
        const auto server = item.toObject();
        const auto process = server.value(QStringLiteral("process")).toObject();
        standing.runs.emplace_back(server.value(QStringLiteral("run")).toString(),
                                   process.value(QStringLiteral("pid")).toInt());
        standing.isAllReady &= server.value(QStringLiteral("state")).toString() == QStringLiteral("ready");
    }
    std::ranges::sort(standing.runs);
    return standing;
}

/// From the kill until somebody who asks is told that all are ready; the question starts the next agent.
Result<nanoseconds> timeToComeBack(const AgentRoom &room, const Standing &before)
{
    const auto begin = steady_clock::now();
    if (!room.endAgent(SIGKILL)) {
        return fail(ErrorCode::Invalid, "there is no agent to kill");
    }
    Standing after;
    if (!Quay::Test::waitUntil([&] {
            after = standingOf(room);
            return after.isAllReady;
        })) {
        return fail(ErrorCode::Invalid, "not all came back");
    }
    const nanoseconds time = steady_clock::now() - begin;
    return after.runs == before.runs ? Result<nanoseconds>(time) : fail(ErrorCode::Invalid, "a server is another one");
}

/// Of lines that are not where the one before says: lost, torn, or twice.
struct LineCount
{
    std::uint64_t lines = 0;
    std::uint64_t mistakes = 0;
};

LineCount countLines(const Quay::ServerPlaces &places)
{
    LineCount count;
    const auto log = Quay::readFile(places.log(), MostLogBytes).value_or(std::string());
    Quay::TextCursor cursor(log);
    while (!cursor.atEnd()) {
        const std::string_view line = cursor.takeLine();
        const auto begin = line.rfind("line ");
        const auto number = begin == std::string_view::npos
            ? std::nullopt
            : Quay::numberFromText<std::uint64_t>(line.substr(begin + std::string_view("line ").size()));
        count.mistakes += number == count.lines + 1 ? 0 : 1;
        count.lines = number.value_or(count.lines + 1);
    }
    return count;
}

void reportKills(const std::vector<nanoseconds> &times, const AgentRoom &room, Report &report)
{
    for (const auto &[name, hundredths] : {std::pair("median", 50), {"95 of 100", 95}, {"longest", 100}}) {
        report.add({.name = std::format("killed until all are back, {}", name),
                    .unit = "ms",
                    .value = milliseconds(quantileOf(times, static_cast<std::size_t>(hundredths))),
                    .mostRatio = milliseconds(SoonBack)});
    }
    report.add({.name = std::format("of {}: longer than a second", times.size()),
                .unit = "times",
                .value = static_cast<double>(std::ranges::count_if(times, [](auto time) { return time > SoonBack; })),
                .mostRatio = 0});
    LineCount all;
    for (int number = 0; number < ServersAtOnce; ++number) {
        const auto count = countLines(room.placesOf(nameOf(number)));
        all.lines += count.lines;
        all.mistakes += count.mistakes + (count.lines == 0 ? 1 : 0);
    }
    report.add({.name = std::format("of {} lines: lost or torn", all.lines),
                .unit = "lines",
                .value = static_cast<double>(all.mistakes),
                .mostRatio = 0});
}

Result<> measureKills(int kills, Report &report)
{
    report.section("Agent killed while 20 servers print");
    const AgentRoom room;
    writeServers(room, [](int) { return CountingScript; });
    if (const auto done = up(room); !done) {
        return done;
    }
    const auto before = standingOf(room);
    std::vector<nanoseconds> times;
    for (int kill = 0; kill < kills && !Quay::Test::isInterrupted(); ++kill) {
        const auto time = timeToComeBack(room, before);
        if (!time) {
            return std::unexpected(time.error());
        }
        times.push_back(*time);
    }
    if (times.empty()) {
        return fail(ErrorCode::Invalid, "there was no time");
    }
    if (const auto done = down(room); !done) {
        return done;
    }
    reportKills(times, room, report);
    return {};
}

// ---- At rest

/// User and system, of all its threads; the kernel counts them in nanoseconds, and how often each was put aside.
struct Activity
{
    nanoseconds cpu{};
    std::uint64_t turns = 0; ///< Times that a thread came to run.
};

Activity activityOf(pid_t pid)
{
    Activity activity;
    std::error_code ignored;
    for (const auto &task : std::filesystem::directory_iterator(std::format("/proc/{}/task", pid), ignored)) {
        const auto text = Quay::readFile(task.path().string() + "/schedstat").value_or(std::string());
        Quay::TextCursor cursor(text);
        activity.cpu += nanoseconds(Quay::numberFromText<std::int64_t>(cursor.takeField()).value_or(0));
        cursor.takeField(); // how long it waited
        activity.turns += Quay::numberFromText<std::uint64_t>(cursor.takeField()).value_or(0);
    }
    return activity;
}

/// Whether nothing is left to do: a start is timed for a moment after it is ready.
bool areStartsKept(const AgentRoom &room)
{
    const auto servers = serversOf(room);
    return std::ranges::none_of(servers, [](const QJsonValue &server) {
        return server.toObject().value(QStringLiteral("isStartOpen")).toBool();
    });
}

Result<> measureRest(std::chrono::seconds span, Report &report)
{
    report.section("Agent at rest, with 20 servers that are ready");
    const AgentRoom room;
    const Flags flags(room.directory());
    writeServers(room, [&flags](int number) { return flags.script(number); });
    if (const auto done = up(room); !done) {
        return done;
    }
    if (!Quay::Test::waitUntil([&room] { return areStartsKept(room); })) {
        return fail(ErrorCode::Invalid, "the starts are timed still");
    }
    const pid_t agent = room.agent();
    const auto begin = steady_clock::now();
    const auto before = activityOf(agent);
    Quay::Test::sleepUntil(begin + span);
    const auto after = activityOf(agent);
    const std::chrono::duration<double> wall = steady_clock::now() - begin;
    if (after.turns < before.turns || room.agent() != agent) {
        return fail(ErrorCode::Invalid, "the agent has ended");
    }
    report.add({.name = std::format("CPU time of {:.0f} s", wall.count()),
                .unit = "% of a core",
                .value = 100 * std::chrono::duration<double>(after.cpu - before.cpu).count() / wall.count(),
                .mostRatio = MostPercentAtRest});
    report.add(
        {.name = "wakeups", .unit = "/s", .value = static_cast<double>(after.turns - before.turns) / wall.count()});
    return {};
}

Result<> run(const BenchOptions &options, Report &report)
{
    const auto part = [&options](std::string_view name, auto measure) {
        return options.wants(name) && !Quay::Test::isInterrupted() ? measure() : Result<>();
    };
    return part("starts", [&] { return measureStarts(options.number("--rounds", options.isQuick ? 1 : 5), report); })
        .and_then([&] { return part("memory", [&] { return measureMemory(report); }); })
        .and_then([&] {
            return part("kills",
                        [&] { return measureKills(options.number("--kills", options.isQuick ? 5 : 100), report); });
        })
        .and_then([&] { return part("rest", [&] { return measureRest(options.isQuick ? 5s : 30s, report); }); });
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv); // whoever waits for a program has an event loop
    const auto options = Quay::Test::benchOptionsFrom(
        argc, argv, {.numbers = {"--rounds", "--kills"}, .sections = {"starts", "memory", "kills", "rest"}});
    if (!options) {
        return Quay::Test::ExitCannotMeasure;
    }
    Quay::Test::catchInterrupts();
    Report report(std::cout, !options->isQuick);
    if (const auto measured = run(*options, report); !measured) {
        std::cerr << "bench_agent: " << measured.error().subject << '\n';
        return Quay::Test::ExitCannotMeasure;
    }
    return concludeBench(*options, report);
}
