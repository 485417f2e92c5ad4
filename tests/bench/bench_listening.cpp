// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures how long after a server's listen() it is said to be there: by `quay up --foreground`, which starts it, and
// by tools of npm that wait for its port.
//
//   bench_listening [--quick] [--rounds N] [--json FILE]
//
// QUAY_BENCH_NODE_TOOLS names a directory with `npm install --prefix DIRECTORY wait-on start-server-and-test`; without
// it there is nothing to compare with. Needs python3.
//
// Exit codes: 0 every target was met (or the run was a quick one); 1 one was not; 2 wrong usage, or it could not be
// measured. To be built with the preset `release`, and run on a machine that does nothing else.
#include "core/base/clock.h"
#include "core/base/number.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/kernel/proccmdline.h"
#include "tests/bench/benchoptions.h"
#include "tests/bench/measure.h"
#include "tests/bench/report.h"
#include "tests/support/childprocess.h"
#include "tests/support/testserver.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>

namespace {

using namespace std::chrono_literals;
using Quay::ErrorCode;
using Quay::Result;
using Quay::Test::ChildProcess;
using Quay::Test::Report;
using std::chrono::nanoseconds;

constexpr double MostMilliseconds = 15;
constexpr double MostOfOthers = 0.1;
constexpr int Rounds = 31;
constexpr int QuickRounds = 1;
constexpr int SoonMs = 1200; // by then a program of Node.js has begun to poll
constexpr int PaceMs = 17; // so much later in each round, so that nobody's polling falls into step with it

/// Binds, waits, says when it listens, and accepts.
constexpr auto ServerScript = R"(import socket, sys, time
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[1])))
time.sleep(int(sys.argv[2]) / 1000)
at = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
server.listen()
print("listened", at, flush=True)
while True:
    server.accept()[0].close()
)";

/// A directory for the files of a run, and for what quay keeps.
class Room
{
public:
    Room()
        : m_directory(std::filesystem::temp_directory_path() / "bench_listening-XXXXXX")
    {
        std::string name = m_directory.string();
        if (::mkdtemp(name.data()) != nullptr) {
            m_directory = name;
        }
        for (const char *const variable : {"XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"}) {
            ::setenv(variable, m_directory.c_str(), 1);
        }
        std::ofstream(script()) << ServerScript;
    }
    Room(const Room &) = delete;
    Room &operator=(const Room &) = delete;
    ~Room()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_directory, ignored);
    }

    [[nodiscard]] std::string path() const { return m_directory.string(); }
    [[nodiscard]] std::string script() const { return (m_directory / "server.py").string(); }

private:
    std::filesystem::path m_directory;
};

/// What one round is about.
struct Round
{
    const Room &room;
    std::string port;
    std::string delay;

    [[nodiscard]] std::vector<std::string> server() const { return {"python3", "-u", room.script(), port, delay}; }
    [[nodiscard]] std::string serverLine() const { return "python3 -u " + room.script() + ' ' + port + ' ' + delay; }
};

std::string freePort()
{
    const Quay::UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof name;
    ::bind(socket.get(), reinterpret_cast<const sockaddr *>(&name), length);
    ::getsockname(socket.get(), reinterpret_cast<sockaddr *>(&name), &length);
    return std::to_string(ntohs(name.sin_port));
}

nanoseconds now()
{
    return Quay::systemClock().monotonic();
}

std::optional<nanoseconds> listenedAt(const std::string &line)
{
    constexpr std::string_view Word = "listened ";
    const auto begin = line.find(Word);
    if (begin == std::string::npos) {
        return std::nullopt;
    }
    const auto number = Quay::numberFromText<std::int64_t>(std::string_view(line).substr(begin + Word.size()));
    return number ? std::optional(nanoseconds(*number)) : std::nullopt;
}

/// Reads until the server has said when it listened, and @p word came: how much later.
Result<nanoseconds> latencyIn(ChildProcess &program, const std::string &word)
{
    std::optional<nanoseconds> listened;
    std::optional<nanoseconds> told;
    while (!listened || !told) {
        const auto line = program.readLine();
        if (!line) {
            return std::unexpected(line.error());
        }
        if (const auto at = listenedAt(*line)) {
            listened = at;
        } else if (!told && line->contains(word)) {
            told = now();
        }
    }
    if (*told < *listened) { // something else was taken for it
        return Quay::fail(ErrorCode::Invalid, "told too early");
    }
    return *told - *listened;
}

Result<nanoseconds> byQuay(const Round &round)
{
    std::ofstream(round.room.path() + "/quaymaster.yaml")
        << "version: 1\nservers:\n  web:\n    command: exec " << round.serverLine() << "\n    ports: [" << round.port
        << "]\n    stop: { grace: 1s }\n";
    const std::string command = Quay::joinArguments({Quay::Test::programPath("quay"), "up", "--foreground"});
    auto quay = ChildProcess::start(
        {.arguments = {"/bin/sh", "-c", "exec " + command + " 2>&1"}, .workingDirectory = round.room.path()});
    if (!quay) {
        return std::unexpected(quay.error());
    }
    const auto latency = latencyIn(*quay, "web is ready");
    ::kill(quay->pid(), SIGINT); // a child of ours that was not waited for
    while (quay->readLine()) { }
    return quay->wait().and_then([&latency](const auto &) { return latency; });
}

Result<nanoseconds> byWaitOn(const std::string &programs, const Round &round)
{
    auto server = ChildProcess::start({.arguments = round.server()});
    auto waiter = ChildProcess::start(
        {.arguments = {programs + "wait-on", "--timeout", "20000", "tcp:127.0.0.1:" + round.port}, .isSilent = true});
    if (!server || !waiter) {
        return std::unexpected((server ? waiter : server).error());
    }
    const auto line = server->readLine();
    const auto listened = line ? listenedAt(*line) : std::nullopt;
    const auto ended = waiter->wait();
    const auto told = now();
    if (!listened || !ended || ended->waitStatus != 0) {
        return Quay::fail(ErrorCode::Invalid, "wait-on");
    }
    return told - *listened;
}

Result<nanoseconds> byStartServer(const std::string &programs, const Round &round)
{
    const std::string line = "exec " + programs + "start-server-and-test '" + round.serverLine()
        + "' tcp:127.0.0.1:" + round.port + " 'echo it is \"there\"' 2>&1";
    auto program = ChildProcess::start({.arguments = {"/bin/sh", "-c", line}, .workingDirectory = round.room.path()});
    if (!program) {
        return std::unexpected(program.error());
    }
    auto latency = latencyIn(*program, "it is there");
    while (program->readLine()) { } // it ends its server by itself
    return latency;
}

/// One way to hear of a server.
struct Way
{
    std::string name;
    std::function<Result<nanoseconds>(const Round &)> measure;
    std::vector<nanoseconds> latencies = {};

    [[nodiscard]] nanoseconds median() const
    {
        auto sorted = latencies;
        std::ranges::sort(sorted);
        return sorted.at(sorted.size() / 2);
    }
};

std::vector<Way> ways()
{
    std::vector<Way> ways{{.name = "quay up --foreground", .measure = byQuay}};
    if (const char *const nodeTools = std::getenv("QUAY_BENCH_NODE_TOOLS")) {
        const std::string programs = std::string(nodeTools) + "/node_modules/.bin/";
        ways.push_back({.name = "wait-on tcp:PORT",
                        .measure = [programs](const Round &round) { return byWaitOn(programs, round); }});
        ways.push_back({.name = "start-server-and-test",
                        .measure = [programs](const Round &round) { return byStartServer(programs, round); }});
    }
    return ways;
}

Result<> run(int rounds, Report &report)
{
    const Room room;
    auto all = ways();
    for (int i = 0; i < rounds && !Quay::Test::isInterrupted(); ++i) {
        for (auto &way : all) {
            const auto latency =
                way.measure({.room = room, .port = freePort(), .delay = std::to_string(SoonMs + i * PaceMs)});
            if (!latency) {
                return Quay::fail(latency.error().code, way.name + ": " + latency.error().subject);
            }
            way.latencies.push_back(*latency);
        }
    }
    const auto &quay = all.front();
    if (quay.latencies.empty()) {
        return Quay::fail(ErrorCode::Invalid, "there was no time");
    }
    report.add({.name = "listen() until " + quay.name + " says so",
                .unit = "ms",
                .value = std::chrono::duration<double, std::milli>(quay.median()).count(),
                .mostRatio = MostMilliseconds});
    for (std::size_t i = 1; i < all.size(); ++i) {
        report.compareTime(quay.name, "wall", quay.median(), all[i].name, all[i].median(), MostOfOthers);
    }
    if (all.size() == 1) {
        report.note("wait-on and start-server-and-test are not compared: QUAY_BENCH_NODE_TOOLS is not set");
    }
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    const auto options = Quay::Test::benchOptionsFrom(argc, argv, {.numbers = {"--rounds"}, .sections = {}});
    if (!options) {
        return Quay::Test::ExitCannotMeasure;
    }
    Quay::Test::catchInterrupts();
    Report report(std::cout, !options->isQuick);
    report.section("From listen() to being said to be there");
    const auto measured = run(options->number("--rounds", options->isQuick ? QuickRounds : Rounds), report);
    if (!measured) {
        std::cerr << "bench_listening: " << measured.error().subject << '\n';
        return Quay::Test::ExitCannotMeasure;
    }
    return concludeBench(*options, report);
}
