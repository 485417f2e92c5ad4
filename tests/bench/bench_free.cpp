// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures `quay free PORT --force` as a whole process against the tools that people use for it, interleaved in the
// same run: each is given a server of its own, and the port has to be free afterwards.
//
//   bench_free [--quick] [--json FILE] [--processes N] [--cgroups N]
//
// Once with everybody in one cgroup, as in a container, and once with the others in cgroups of their own, as where
// systemd starts terminals and services.
//
// QUAY_BENCH_NODE_TOOLS names a directory with `npm install --prefix DIRECTORY npm kill-port fkill-cli`; without it
// these are not compared. kill-port is started as its readme says, through npx, and also by itself.
//
// The servers are started by a shell that waits for them, as on a developer's terminal: nobody above them starts
// anything again, so that `quay free` is done with the proof and does not go on watching for a comeback.
//
// Exit codes: 0 every target was met (or the run was a quick one); 1 one was not; 2 wrong usage, or it could not be
// measured. To be built with the preset `release`, and run on a machine that does nothing else.
#include "core/base/uniquefd.h"
#include "tests/bench/benchoptions.h"
#include "tests/bench/machineload.h"
#include "tests/bench/measure.h"
#include "tests/bench/report.h"
#include "tests/support/testserver.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <format>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>

namespace {

using Quay::ErrorCode;
using Quay::Result;
using Quay::Test::BenchOptions;
using Quay::Test::Cost;
using Quay::Test::ExitCannotMeasure;
using Quay::Test::LoadOptions;
using Quay::Test::MachineLoad;
using Quay::Test::Report;
using Quay::Test::Samples;
using Quay::Test::TestServer;

constexpr double MostOfNodeTools = 1.0 / 20;
constexpr double MostOfFuser = 1.0;

struct Settings
{
    LoadOptions load{.active = 40, .forksPerSecond = 10, .togglePeriodMs = Quay::Test::OutOfStepMs};
    int rounds = 21;
    int cgroups = 30;
};

Settings settingsFrom(const BenchOptions &options)
{
    Settings settings;
    if (options.isQuick) {
        settings.rounds = 2;
        settings.load.processes = 60;
        settings.load.listeners = 12;
        settings.cgroups = 3;
    }
    settings.load.processes = options.number("--processes", settings.load.processes);
    settings.cgroups = options.number("--cgroups", settings.cgroups);
    return settings;
}

/// Where quay writes down what it ends in this run: not where the user's own record is.
class AuditDirectory
{
public:
    AuditDirectory()
    {
        if (::mkdtemp(m_path.data()) != nullptr) {
            ::setenv("XDG_STATE_HOME", m_path.c_str(), 1);
        }
    }
    AuditDirectory(const AuditDirectory &) = delete;
    AuditDirectory &operator=(const AuditDirectory &) = delete;
    ~AuditDirectory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }

private:
    std::string m_path = (std::filesystem::temp_directory_path() / "bench-free-XXXXXX").string();
};

/// A tool that frees a port.
struct Tool
{
    std::string name;
    std::function<std::vector<std::string>(const std::string &port)> commandLine;
    double mostRatio = 0; ///< What quay may take of its time.
    Samples samples = {};
    bool isThere = true;
};

Tool quayItself()
{
    const std::string program = Quay::Test::programPath("quay");
    return {.name = "quay free PORT --force", .commandLine = [program](const std::string &port) {
                return std::vector<std::string>{program, "free", port, "--force"};
            }};
}

std::vector<Tool> peers()
{
    std::vector<Tool> tools{
        {.name = "fuser -k PORT/tcp",
         .commandLine = [](const std::string &port) { return std::vector<std::string>{"fuser", "-k", port + "/tcp"}; },
         .mostRatio = MostOfFuser}};
    const char *const nodeTools = std::getenv("QUAY_BENCH_NODE_TOOLS");
    if (nodeTools != nullptr) {
        const std::string directory = nodeTools;
        const std::string programs = directory + "/node_modules/.bin/";
        tools.push_back({.name = "npx kill-port PORT",
                         .commandLine =
                             [directory, programs](const std::string &port) {
                                 return std::vector<std::string>{programs + "npx", "--offline", "--prefix",
                                                                 directory,        "kill-port", port};
                             },
                         .mostRatio = MostOfNodeTools});
        tools.push_back(
            {.name = "kill-port PORT",
             .commandLine =
                 [programs](const std::string &port) { return std::vector<std::string>{programs + "kill-port", port}; },
             .mostRatio = MostOfNodeTools});
        tools.push_back({.name = "fkill --force :PORT",
                         .commandLine =
                             [programs](const std::string &port) {
                                 return std::vector<std::string>{programs + "fkill", "--force", ':' + port};
                             },
                         .mostRatio = MostOfNodeTools});
    }
    return tools;
}

/// Asks the kernel, not the code that is measured here.
Result<> bind(std::uint16_t port)
{
    const Quay::UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    name.sin_port = htons(port);
    if (::bind(socket.get(), reinterpret_cast<const sockaddr *>(&name), sizeof name) != 0) {
        return Quay::failErrno(errno, "bind");
    }
    return {};
}

bool isTakenOnIpv6(std::uint16_t port)
{
    const Quay::UniqueFd socket(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in6 name{};
    name.sin6_family = AF_INET6;
    name.sin6_addr = in6addr_loopback;
    name.sin6_port = htons(port);
    return ::bind(socket.get(), reinterpret_cast<const sockaddr *>(&name), sizeof name) != 0 && errno == EADDRINUSE;
}

/// A server on a port with nobody else on it: quay would rightly ask before it ends two.
Result<TestServer> startServer()
{
    for (;;) {
        auto server = TestServer::startInShell({"listen"});
        if (!server || !isTakenOnIpv6(server->port())) {
            return server;
        }
    }
}

/// One server, and the tool that is to end it. A tool that is not installed is not there from then on.
Result<> measure(Tool &tool)
{
    if (!tool.isThere) {
        return {};
    }
    auto server = startServer();
    if (!server) {
        return std::unexpected(server.error());
    }
    const auto cost = Quay::Test::costOfProgram(tool.commandLine(std::to_string(server->port())));
    if (!cost) {
        tool.isThere = false;
        return {};
    }
    if (!server->waitUntilNobodyIsLeft()) {
        return fail(ErrorCode::Invalid, tool.name + " has not ended the server");
    }
    if (!bind(server->port())) {
        return fail(ErrorCode::Invalid, tool.name + " has not freed the port");
    }
    tool.samples.add(*cost);
    return {};
}

void compare(Report &report, const Tool &quay, const Tool &peer)
{
    if (!peer.isThere || peer.samples.isEmpty()) {
        report.note("not compared, for it is not there: " + peer.name);
        return;
    }
    const Cost own = quay.samples.median();
    const Cost other = peer.samples.median();
    report.compareTime(quay.name, "wall", own.wall, peer.name, other.wall, peer.mostRatio);
    report.compareTime(quay.name, "CPU", own.cpu, peer.name, other.cpu, peer.mostRatio);
}

Result<> runBeside(const LoadOptions &options, int rounds, Report &report)
{
    const auto load = MachineLoad::start(options);
    if (!load) {
        return std::unexpected(load.error());
    }
    const std::string where = options.cgroups > 0 ? std::format("{} cgroups", options.cgroups) : "one cgroup";
    report.section(std::format("Freeing a port, with {} processes in {} beside it", options.processes, where));
    Tool quay = quayItself();
    std::vector<Tool> others = peers();
    for (int round = 0; round < rounds && !Quay::Test::isInterrupted(); ++round) {
        Result<> measured = measure(quay);
        for (Tool &peer : others) {
            measured = measured.and_then([&peer] { return measure(peer); });
        }
        if (!measured) {
            return measured;
        }
    }
    if (!quay.isThere || quay.samples.isEmpty()) {
        return fail(ErrorCode::Invalid, "quay is not built, or there was no time");
    }
    for (const Tool &peer : others) {
        compare(report, quay, peer);
    }
    if (others.size() == 1) {
        report.note("npx, kill-port and fkill are not compared: QUAY_BENCH_NODE_TOOLS is not set");
    }
    return {};
}

Result<> run(const Settings &settings, Report &report)
{
    const AuditDirectory audit;
    LoadOptions apart = settings.load;
    apart.cgroups = settings.cgroups;
    return runBeside(settings.load, settings.rounds, report).and_then([&] {
        const auto done = runBeside(apart, settings.rounds, report);
        if (!done) {
            report.note("not measured with cgroups: " + done.error().subject);
        }
        return Result<>();
    });
}

} // namespace

int main(int argc, char **argv)
{
    const auto options =
        Quay::Test::benchOptionsFrom(argc, argv, {.numbers = {"--processes", "--cgroups"}, .sections = {}});
    if (!options) {
        return ExitCannotMeasure;
    }
    const Settings settings = settingsFrom(*options);
    Quay::Test::catchInterrupts();
    Report report(std::cout, !options->isQuick);
    if (const auto done = run(settings, report); !done) {
        std::cerr << done.error().subject << '\n';
        return ExitCannotMeasure;
    }
    return concludeBench(*options, report);
}
