// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/portbenches.h"

#include "core/ports/portmonitor.h"
#include "tests/bench/machineload.h"
#include "tests/bench/measure.h"
#include "tests/bench/report.h"
#include "tests/support/childprocess.h"
#include "tests/support/ownerstress.h"
#include "tests/support/testserver.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <format>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace Quay::Test {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using SteadyClock = std::chrono::steady_clock;

const std::vector<std::string> SsAll{"ss", "-H", "-tulnp"};
const std::vector<std::string> SsTcp{"ss", "-H", "-tlnp"};
const std::vector<std::string> LsofAll{"lsof", "-nP", "-i"};
const std::vector<std::string> PsAll{"ps", "-eo", "pid,ppid,state,uid,lstart,args,rss,time"};

/// A program that is measured again and again; nothing is said about it where it is not installed.
class Peer
{
public:
    explicit Peer(std::vector<std::string> arguments)
        : m_arguments(std::move(arguments))
    {
    }

    void run()
    {
        if (const auto cost = costOfProgram(m_arguments)) {
            m_samples.add(*cost);
        }
    }

    [[nodiscard]] bool isThere() const { return !m_samples.isEmpty(); }
    [[nodiscard]] Cost median() const { return m_samples.median(); }
    [[nodiscard]] std::string name() const
    {
        // As short as it can be told from the others.
        std::string text = m_arguments[0];
        for (std::size_t index = 1; index < m_arguments.size() && index < 3; ++index) {
            text += ' ' + m_arguments[index];
        }
        return text;
    }

private:
    std::vector<std::string> m_arguments;
    Samples m_samples;
};

struct Comparison
{
    std::string name;
    Cost cost;
    bool isWallTime = false;
};

void compare(Report &report, const Comparison &measured, const Peer &peer, double mostRatio)
{
    if (!peer.isThere()) {
        report.note(measured.name + ": not compared, there is no " + peer.name());
        return;
    }
    const Cost other = peer.median();
    if (measured.isWallTime) {
        report.compareTime(measured.name, "wall", measured.cost.wall, peer.name(), other.wall, mostRatio);
    } else {
        report.compareTime(measured.name, "CPU", measured.cost.cpu, peer.name(), other.cpu, mostRatio);
    }
}

LoadOptions busyMachine(const BenchSettings &settings)
{
    return {.processes = settings.processes,
            .descriptors = settings.descriptors,
            .listeners = settings.listeners,
            .active = 40,
            .forksPerSecond = 10,
            .togglePeriodMs = OutOfStepMs};
}

/// A monitor that knows the machine already.
Result<std::unique_ptr<PortMonitor>> openWarm(const LookOptions &options)
{
    auto monitor = PortMonitor::open();
    if (monitor) {
        if (const auto looked = (*monitor)->look(options); !looked) {
            return std::unexpected(looked.error());
        }
    }
    return monitor;
}

} // namespace

Result<> benchTightLoop(const BenchSettings &settings, Report &report)
{
    const auto load = MachineLoad::start(busyMachine(settings));
    const auto monitor = openWarm({});
    if (!load || !monitor) {
        return std::unexpected(!load ? load.error() : monitor.error());
    }
    report.section("Steady refresh with owners, tight loop");
    Samples looks;
    Peer ss(SsAll);
    Peer lsof(LsofAll);
    Result<> failure;
    for (int round = 0; round < settings.rounds && !isInterrupted(); ++round) {
        looks.add(costOf(
            [&] {
                if (const auto looked = (*monitor)->look({}); !looked) {
                    failure = std::unexpected(looked.error());
                }
            },
            settings.looksPerRound));
        ss.run();
        lsof.run();
    }
    compare(report, {.name = "ports with owners", .cost = looks.median()}, ss, 1.0 / 300);
    compare(report, {.name = "ports with owners", .cost = looks.median()}, lsof, 1.0 / 700);
    report.addTime("ports with owners", "wall", looks.median().wall);
    return failure;
}

Result<> benchEverySecond(const BenchSettings &settings, Report &report)
{
    const auto load = MachineLoad::start(busyMachine(settings));
    const LookOptions withProcesses{.processes = true};
    const auto ports = openWarm({});
    const auto everything = openWarm(withProcesses);
    if (!load || !ports || !everything) {
        return std::unexpected(!load ? load.error() : !ports ? ports.error() : everything.error());
    }
    report.section("Real loop at 1 Hz, wake-up included");
    Samples portLooks;
    Samples wholeLooks;
    Peer ss(SsAll);
    Peer ps(PsAll);
    // Each has its place in the second, so that each finds the caches as the others left them.
    auto next = SteadyClock::now();
    const auto sleepAndLook = [&next](PortMonitor &monitor, const LookOptions &options, milliseconds pause) {
        next += pause;
        return costOf([&] {
            sleepUntil(next);
            (void)monitor.look(options);
        });
    };
    for (int tick = 0; tick < settings.ticks && !isInterrupted(); ++tick) {
        portLooks.add(sleepAndLook(**ports, {}, milliseconds(300)));
        wholeLooks.add(sleepAndLook(**everything, withProcesses, milliseconds(300)));
        ss.run();
        ps.run();
        next += milliseconds(400);
    }
    compare(report, {.name = "ports with owners", .cost = portLooks.median()}, ss, 1.0 / 100);
    compare(report, {.name = "ports and all processes", .cost = wholeLooks.median()}, ss, 1.0 / 25);
    if (ss.isThere() && ps.isThere()) {
        report.compareTime("ports and all processes", "CPU", wholeLooks.median().cpu, "ss -H -tulnp + ps -eo ...",
                           ss.median().cpu + ps.median().cpu, 1.0 / 40);
    }
    return {};
}

namespace {

struct FirstLook
{
    Cost within; ///< From opening the monitor to the snapshot.
    Cost whole; ///< Of the process.
};

Result<FirstLook> lookInFreshProcess(int listeners)
{
    const auto begin = SteadyClock::now();
    auto process = ChildProcess::start({.arguments = {programPath("firstlook")}, .workingDirectory = {}});
    if (!process) {
        return std::unexpected(process.error());
    }
    const auto line = process->readLine();
    const auto usage = process->wait();
    const auto end = SteadyClock::now();
    if (!line || !usage) {
        return std::unexpected(!line ? line.error() : usage.error());
    }
    std::istringstream words(*line);
    int owned = 0;
    std::int64_t wallNs = 0;
    std::int64_t cpuNs = 0;
    words >> owned >> wallNs >> cpuNs;
    if (owned < listeners) {
        return fail(ErrorCode::Invalid, std::format("{} of {} listeners had owners", owned, listeners));
    }
    return FirstLook{.within = {.wall = std::chrono::nanoseconds(wallNs), .cpu = std::chrono::nanoseconds(cpuNs)},
                     .whole = {.wall = end - begin, .cpu = usage->cpuTime}};
}

Result<> benchFirstLookWith(const BenchSettings &settings, int cgroups, double mostRatio, Report &report)
{
    LoadOptions options = busyMachine(settings);
    options.cgroups = cgroups;
    const auto load = MachineLoad::start(options);
    if (!load) {
        return std::unexpected(load.error());
    }
    Samples within;
    Samples whole;
    Peer ss(SsAll);
    for (int round = 0; round < settings.rounds && !isInterrupted(); ++round) {
        const auto look = lookInFreshProcess(settings.listeners);
        if (!look) {
            return std::unexpected(look.error());
        }
        within.add(look->within);
        whole.add(look->whole);
        ss.run();
    }
    const std::string name = cgroups > 0 ? std::format("{} cgroups", cgroups) : "one cgroup";
    compare(report, {.name = name + ", whole process", .cost = whole.median(), .isWallTime = true}, ss, mostRatio);
    compare(report, {.name = name + ", whole process", .cost = whole.median()}, ss, mostRatio);
    compare(report, {.name = name + ", open and look", .cost = within.median(), .isWallTime = true}, ss, mostRatio);
    return {};
}

} // namespace

Result<> benchFirstLook(const BenchSettings &settings, Report &report)
{
    report.section("First complete snapshot in a fresh process");
    return benchFirstLookWith(settings, 0, 0.7, report).and_then([&] {
        const auto apart = benchFirstLookWith(settings, settings.cgroups, 1.0 / 4, report);
        if (!apart && apart.error().code != ErrorCode::Invalid) {
            report.note("no cgroups can be made here: " + apart.error().subject);
            return Result<>{};
        }
        return apart;
    });
}

Result<> benchCommand(const BenchSettings &settings, Report &report)
{
    report.section("quay ports PORT as a whole process");
    const std::string quay = programPath("quay");
    if (!std::filesystem::exists(quay)) {
        report.note("quay is not built");
        return {};
    }
    const auto load = MachineLoad::start(busyMachine(settings));
    const auto server = TestServer::start({"listen"});
    if (!load || !server) {
        return std::unexpected(!load ? load.error() : server.error());
    }
    const std::string port = std::to_string(server->port());
    Peer command({quay, "ports", port});
    Peer lsof({"lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN"});
    Peer ss({"ss", "-H", "-tlnp", "sport = :" + port});
    for (int round = 0; round < 2 * settings.rounds && !isInterrupted(); ++round) {
        command.run();
        lsof.run();
        ss.run();
    }
    for (const bool isWallTime : {true, false}) {
        const Comparison measured{.name = "quay ports PORT", .cost = command.median(), .isWallTime = isWallTime};
        compare(report, measured, lsof, 1.0 / 3);
        compare(report, measured, ss, 1.0);
    }
    return {};
}

Result<> benchMemory(const BenchSettings &settings, Report &report)
{
    const auto load = MachineLoad::start(busyMachine(settings));
    const auto monitor = openWarm({.processes = true});
    if (!load || !monitor) {
        return std::unexpected(!load ? load.error() : monitor.error());
    }
    report.section("Memory");
    const auto look = [&](int times) -> Result<> {
        for (int time = 0; time < times && !isInterrupted(); ++time) {
            // Every tenth look finds a server that was not there before, and misses it the next time.
            auto server = time % 10 == 0 ? TestServer::start({"listen"}) : fail(ErrorCode::Gone, {});
            if (const auto looked = (*monitor)->look({.processes = time % 2 == 0}); !looked) {
                return std::unexpected(looked.error());
            }
        }
        return {};
    };
    return look(settings.refreshes / 10).and_then([&] {
        const std::size_t before = ownResidentBytes();
        const auto looked = look(settings.refreshes);
        const std::size_t after = ownResidentBytes();
        constexpr double KiB = 1024;
        constexpr double AllowedKiB = 1024;
        report.add({.name = "resident before", .unit = "KiB", .value = static_cast<double>(before) / KiB, .peer = {}});
        report.add({.name = std::format("growth over {} refreshes", settings.refreshes),
                    .unit = "KiB",
                    .value = (static_cast<double>(after) - static_cast<double>(before)) / KiB,
                    .peer = {},
                    .mostRatio = AllowedKiB});
        return looked;
    });
}

Result<> benchOwners(const BenchSettings &settings, Report &report)
{
    report.section("Owners through random events");
    const auto monitor = openWarm({});
    if (!monitor) {
        return std::unexpected(monitor.error());
    }
    const auto stress = stressOwners(**monitor, {.events = static_cast<unsigned>(settings.events)});
    if (!stress) {
        return std::unexpected(stress.error());
    }
    constexpr std::size_t MostShown = 20;
    for (std::size_t index = 0; index < std::min(MostShown, stress->mistakes.size()); ++index) {
        report.note(stress->mistakes[index]);
    }
    report.add({.name = std::format("wrong of {} owner sets, {} events", stress->comparisons, stress->events),
                .unit = "mistakes",
                .value = static_cast<double>(stress->mistakes.size()),
                .peer = {},
                .mostRatio = 0});
    report.note(std::format("{} of them were right only once all owners had been verified", stress->late));
    Samples looks;
    for (const auto duration : stress->looks) {
        looks.add({.wall = duration});
    }
    report.addTime("look after an event", "wall", looks.median().wall);
    return {};
}

} // namespace Quay::Test
