// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures what it costs a server to be supervised, and how soon its end is known: against the same server that writes
// to files, and against supervisord where that is installed.
//
//   bench_supervise [--quick] [--json FILE]
//
// Exit codes: 0 every target was met (or the run was a quick one); 1 one was not; 2 wrong usage, or it could not be
// measured. To be built with the preset `release`, and run on a machine that does nothing else.
#include "core/base/clock.h"
#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/base/writefile.h"
#include "core/kernel/pidfd.h"
#include "core/supervise/controlclient.h"
#include "core/supervise/launch.h"
#include "tests/bench/measure.h"
#include "tests/bench/report.h"
#include "tests/support/childprocess.h"
#include "tests/support/supervisedrun.h"
#include "tests/support/testserver.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <format>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace std::chrono_literals;
using Quay::ErrorCode;
using Quay::Result;
using Quay::RunEventKind;
using Quay::Test::Report;
using Quay::Test::ServerRoom;
using Quay::Test::SupervisedRun;
using std::chrono::nanoseconds;

constexpr int ExitCannotMeasure = 2;
constexpr double MostSlowdown = 1.10;
constexpr double MostMillisecondsToRecord = 5.0;
constexpr double MostOfSupervisord = 1.0;
constexpr double MostProgramBytes = 3'000'000;
constexpr int ServersAtOnce = 20;

struct Options
{
    bool isQuick = false;
    std::string jsonPath;
    long linesPerSecond = 200'000;
    long lines = 2'000'000;
    int rounds = 5;
    int crashes = 200;
};

std::optional<Options> parse(const std::vector<std::string> &words)
{
    Options options;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "--quick") {
            options.isQuick = true;
            options.lines = 50'000;
            options.rounds = 1;
            options.crashes = 5;
        } else if (words[i] == "--json" && i + 1 < words.size()) {
            options.jsonPath = words[++i];
        } else {
            return std::nullopt;
        }
    }
    return options;
}

nanoseconds medianOf(std::vector<nanoseconds> times)
{
    std::ranges::sort(times);
    return times.at(times.size() / 2);
}

nanoseconds ninetyFifthOf(std::vector<nanoseconds> times)
{
    std::ranges::sort(times);
    return times.at(times.size() * 95 / 100);
}

// ---- Output

/// What a flood took the server, by its own clock, and the kernel's account of it.
struct FloodCost
{
    nanoseconds wall{};
    nanoseconds cpu{};
};

struct FloodTimes
{
    std::vector<nanoseconds> wall;
    std::vector<nanoseconds> cpu;

    void add(FloodCost cost)
    {
        wall.push_back(cost.wall);
        cpu.push_back(cost.cpu);
    }
};

std::optional<nanoseconds> tookFrom(const std::string &text)
{
    const auto begin = text.rfind("took ");
    if (begin == std::string::npos) {
        return std::nullopt;
    }
    Quay::TextCursor cursor(std::string_view(text).substr(begin));
    cursor.takeField();
    const auto number = Quay::numberFromText<std::int64_t>(cursor.takeField());
    return number ? std::optional(nanoseconds(*number)) : std::nullopt;
}

std::vector<std::string> floodArguments(long lines, long perSecond)
{
    return {Quay::Test::programPath("noisyserver"), "flood", std::to_string(lines), "100", std::to_string(perSecond)};
}

/// The end of a file, where the server tells: what it wrote to the other output may follow.
std::string endOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const auto size = static_cast<std::int64_t>(file.tellg());
    const auto wanted = std::min<std::int64_t>(size, std::int64_t{4} << 20U);
    file.seekg(size - wanted);
    std::string text(static_cast<std::size_t>(std::max<std::int64_t>(wanted, 0)), '\0');
    file.read(text.data(), wanted);
    return text;
}

Result<FloodCost> floodIntoFiles(long lines, long perSecond)
{
    const ServerRoom room;
    std::string script = "exec";
    for (const auto &word : floodArguments(lines, perSecond)) {
        script += " '" + word + '\'';
    }
    script += " >" + room.directory() + "/out 2>" + room.directory() + "/err";
    auto child = Quay::Test::ChildProcess::start({.arguments = {"/bin/sh", "-c", script}});
    if (!child) {
        return std::unexpected(child.error());
    }
    const auto usage = child->wait();
    const auto took = tookFrom(endOf(room.directory() + "/err"));
    return usage && took ? Result<FloodCost>(FloodCost{.wall = *took, .cpu = usage->cpuTime})
                         : fail(ErrorCode::Invalid, "flood into files");
}

Result<FloodCost> floodSupervised(long lines, long perSecond)
{
    const ServerRoom room;
    auto description = room.describe(floodArguments(lines, perSecond));
    description.log.fileBytes = std::uint64_t{64} << 20U;
    const auto run = SupervisedRun::start(description);
    if (!run || !run->waitForEnd(120s)) {
        return fail(ErrorCode::Invalid, "flood supervised");
    }
    const auto exited = run->event(RunEventKind::Exited);
    const auto took = tookFrom(endOf(room.places().log()));
    if (!exited || !exited->usage || !took || run->event(RunEventKind::OutputLost)) {
        return fail(ErrorCode::Invalid, "flood supervised");
    }
    return FloodCost{.wall = *took, .cpu = exited->usage->userTime + exited->usage->systemTime};
}

Result<> measureFlood(const Options &options, Report &report, long perSecond, const std::string &name, bool isJudged)
{
    FloodTimes files;
    FloodTimes supervised;
    for (int round = 0; round < options.rounds && !Quay::Test::isInterrupted(); ++round) {
        const auto intoFiles = floodIntoFiles(options.lines, perSecond);
        const auto throughUs = floodSupervised(options.lines, perSecond);
        if (!intoFiles || !throughUs) {
            return std::unexpected((intoFiles ? throughUs : intoFiles).error());
        }
        files.add(*intoFiles);
        supervised.add(*throughUs);
    }
    if (files.wall.empty()) {
        return {};
    }
    const auto most = isJudged ? std::optional(MostSlowdown) : std::nullopt;
    const auto compare = [&](const std::string &kind, nanoseconds value, nanoseconds peer) {
        report.add({.name = name,
                    .unit = "us " + kind,
                    .value = static_cast<double>(value.count()) / 1000,
                    .peer = "into files",
                    .peerValue = static_cast<double>(peer.count()) / 1000,
                    .mostRatio = most});
    };
    compare("wall", medianOf(supervised.wall), medianOf(files.wall));
    compare("CPU", medianOf(supervised.cpu), medianOf(files.cpu));
    return {};
}

// ---- Ends

/// From SIGKILL to the event that tells of the end, which is recorded before it is told.
Result<nanoseconds> timeToKnow()
{
    const ServerRoom room;
    const auto run = SupervisedRun::start(room.describe({"/bin/sleep", "1000"}));
    auto client = Quay::ControlClient::connect(room.places());
    if (!run || !client || !client->ask({.verb = Quay::ControlVerb::Subscribe})) {
        return fail(ErrorCode::Invalid, "start");
    }
    const auto server = Quay::PidFd::open(run->launched().server.id.pid);
    const auto begin = Quay::systemClock().monotonic();
    if (!server || !server->signal(SIGKILL)) {
        return fail(ErrorCode::Invalid, "signal");
    }
    for (;;) {
        pollfd watched{.fd = client->descriptor(), .events = POLLIN, .revents = 0};
        if (::poll(&watched, 1, 10'000) != 1) {
            return fail(ErrorCode::Invalid, "no event");
        }
        const auto now = Quay::systemClock().monotonic();
        const auto messages = client->receive();
        if (!messages) {
            return std::unexpected(messages.error());
        }
        for (const auto &message : *messages) {
            const auto *const event = std::get_if<Quay::RunEvent>(&message);
            if (event != nullptr && event->kind == RunEventKind::Exited) {
                return now - begin;
            }
        }
    }
}

Result<> measureEnds(const Options &options, Report &report)
{
    std::vector<nanoseconds> times;
    for (int crash = 0; crash < options.crashes && !Quay::Test::isInterrupted(); ++crash) {
        const auto time = timeToKnow();
        if (!time) {
            return std::unexpected(time.error());
        }
        times.push_back(*time);
    }
    if (times.empty()) {
        return {};
    }
    const auto add = [&report](const std::string &name, nanoseconds time) {
        report.add({.name = name,
                    .unit = "ms",
                    .value = static_cast<double>(time.count()) / 1e6,
                    .mostRatio = MostMillisecondsToRecord});
    };
    add("SIGKILL to recorded exit, median", medianOf(times));
    add("SIGKILL to recorded exit, 95 of 100", ninetyFifthOf(times));
    return {};
}

// ---- Starts

std::string flagOf(const std::string &directory, int number)
{
    return directory + "/flag" + std::to_string(number);
}

/// A server that says that it is up by making a file.
std::string flagScript(const std::string &directory, int number)
{
    return ": >" + flagOf(directory, number) + "; exec sleep 1000";
}

bool waitForFlags(const std::string &directory)
{
    return Quay::Test::waitUntil([&directory] {
        for (int number = 0; number < ServersAtOnce; ++number) {
            if (!std::filesystem::exists(flagOf(directory, number))) {
                return false;
            }
        }
        return true;
    });
}

/// Proportional: what is shared counts in parts.
std::optional<double> residentKibOf(pid_t pid)
{
    const auto text = Quay::readFile("/proc/" + std::to_string(pid) + "/smaps_rollup");
    Quay::TextCursor lines(text ? std::string_view(*text) : std::string_view());
    while (!lines.atEnd()) {
        Quay::TextCursor line(lines.takeLine());
        if (line.takeField() == "Pss:") {
            const auto kib = Quay::numberFromText<std::uint64_t>(line.takeField());
            return kib ? std::optional(static_cast<double>(*kib)) : std::nullopt;
        }
    }
    return std::nullopt;
}

Result<nanoseconds> startSupervised(Report *memoryReport)
{
    std::vector<std::unique_ptr<ServerRoom>> rooms;
    const ServerRoom flags;
    std::vector<Quay::RunDescription> descriptions;
    for (int number = 0; number < ServersAtOnce; ++number) {
        rooms.push_back(std::make_unique<ServerRoom>());
        descriptions.push_back(rooms.back()->describeShell(flagScript(flags.directory(), number)));
    }
    const auto begin = Quay::systemClock().monotonic();
    std::vector<Quay::Launch> launches;
    for (const auto &description : descriptions) {
        auto launch = Quay::Launch::begin(Quay::Test::superviseProgram(), description);
        if (!launch) {
            return std::unexpected(launch.error().error);
        }
        launches.push_back(*std::move(launch));
    }
    double residentKib = 0;
    for (auto &launch : launches) {
        const auto outcome = launch.wait();
        if (!outcome) {
            return std::unexpected(outcome.error().error);
        }
        residentKib += memoryReport != nullptr ? residentKibOf(outcome->supervisor.id.pid).value_or(0) : 0;
    }
    if (!waitForFlags(flags.directory())) {
        return fail(ErrorCode::Invalid, "servers");
    }
    const auto time = Quay::systemClock().monotonic() - begin;
    if (memoryReport != nullptr) {
        memoryReport->add(
            {.name = "Memory of a supervisor among 20 (PSS)", .unit = "KiB", .value = residentKib / ServersAtOnce});
    }
    return time;
}

/// Nothing when it is not installed.
Result<std::optional<nanoseconds>> startWithSupervisord()
{
    const ServerRoom flags;
    std::string config =
        "[supervisord]\nnodaemon=true\nlogfile=/dev/null\nlogfile_maxbytes=0\npidfile=" + flags.directory() + "/pid\n";
    for (int number = 0; number < ServersAtOnce; ++number) {
        config += std::format("[program:s{}]\ncommand=/bin/sh -c '{}'\nstartsecs=0\nstdout_logfile={}/log{}\n", number,
                              flagScript(flags.directory(), number), flags.directory(), number);
    }
    const std::string path = flags.directory() + "/conf";
    if (const auto written = Quay::replaceFile(path, config); !written) {
        return std::unexpected(written.error());
    }
    const auto begin = Quay::systemClock().monotonic();
    auto child = Quay::Test::ChildProcess::start({.arguments = {"supervisord", "-c", path}, .isSilent = true});
    if (!child) {
        return std::unexpected(child.error());
    }
    const auto isGone = [&child] {
        siginfo_t info{};
        return ::waitid(P_PID, static_cast<id_t>(child->pid()), &info, WEXITED | WNOHANG | WNOWAIT) == 0
            && info.si_pid != 0;
    };
    const auto isUp = [&flags] { return std::filesystem::exists(flagOf(flags.directory(), ServersAtOnce - 1)); };
    if (!Quay::Test::waitUntil([&] { return isUp() || isGone(); }) || isGone()) {
        return std::nullopt;
    }
    if (!waitForFlags(flags.directory())) {
        return fail(ErrorCode::Invalid, "supervisord");
    }
    const auto time = Quay::systemClock().monotonic() - begin;
    if (const auto handle = Quay::PidFd::open(child->pid())) {
        static_cast<void>(handle->signal(SIGTERM)); // it ends its servers, and waits for them
    }
    static_cast<void>(child->wait());
    return time;
}

Result<> measureStarts(const Options &options, Report &report)
{
    std::vector<nanoseconds> ours;
    std::vector<nanoseconds> theirs;
    for (int round = 0; round < options.rounds && !Quay::Test::isInterrupted(); ++round) {
        const auto own = startSupervised(round == 0 ? &report : nullptr);
        const auto other = startWithSupervisord();
        if (!own || !other) {
            return std::unexpected(own ? other.error() : own.error());
        }
        ours.push_back(*own);
        if (*other) {
            theirs.push_back(**other);
        }
    }
    if (ours.empty()) {
        return {};
    }
    if (theirs.empty()) {
        report.addTime("Start of 20 servers", "wall", medianOf(ours));
        report.note("not compared, for it is not there: supervisord");
    } else {
        report.compareTime("Start of 20 servers", "wall", medianOf(ours), "supervisord", medianOf(theirs),
                           MostOfSupervisord);
    }
    return {};
}

/// Without debug information, which is not loaded.
Result<> measureProgram(Report &report)
{
    const ServerRoom room;
    const std::string stripped = room.directory() + "/stripped";
    const auto usage = Quay::Test::runSilently({"strip", "-o", stripped, Quay::Test::superviseProgram()});
    std::error_code error;
    const auto bytes = std::filesystem::file_size(stripped, error);
    if (!usage || error) {
        report.note("not measured, for there is no strip: the size of the program");
        return {};
    }
    report.add(
        {.name = "Program file", .unit = "bytes", .value = static_cast<double>(bytes), .mostRatio = MostProgramBytes});
    return {};
}

Result<> run(const Options &options, Report &report)
{
    return measureProgram(report)
        .and_then([&] { return measureStarts(options, report); })
        .and_then([&] { return measureEnds(options, report); })
        .and_then([&] {
            return measureFlood(options, report, options.linesPerSecond,
                                std::format("{} lines at {}/s", options.lines, options.linesPerSecond), true);
        })
        .and_then([&] {
            return measureFlood(options, report, 0, std::format("{} lines as fast as it can", options.lines), false);
        });
}

} // namespace

int main(int argc, char **argv)
{
    const auto options = parse({argv, argv + argc});
    if (!options) {
        std::cerr << "usage: bench_supervise [--quick] [--json FILE]\n";
        return ExitCannotMeasure;
    }
    Quay::Test::catchInterrupts();
    Report report(std::cout, !options->isQuick);
    report.section("Supervised servers");
    if (const auto done = run(*options, report); !done) {
        std::cerr << done.error().subject << '\n';
        return ExitCannotMeasure;
    }
    if (!options->jsonPath.empty()) {
        std::ofstream json(options->jsonPath);
        report.writeJson(json);
    }
    return options->isQuick || report.allMet() ? EXIT_SUCCESS : EXIT_FAILURE;
}
