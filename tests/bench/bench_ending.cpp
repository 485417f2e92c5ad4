// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures how soon the end of a process is reported, and its port proven free; and a thousand processes in one plan.
//
//   bench_ending [--quick]
//
// Exit codes: 0 every target was met (or the run was a quick one); 1 one was not; 2 nothing could be measured, or
// somebody did not end.
#include "core/base/uniquefd.h"
#include "core/control/ending.h"
#include "core/control/terminator.h"
#include "core/kernel/pidfd.h"
#include "tests/bench/report.h"
#include "tests/support/endingrun.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace {

using Nanoseconds = std::chrono::nanoseconds;
using Quay::EndingReport;
using Quay::EndingStage;
using Quay::KillScope;
using Quay::PortState;
using Quay::TargetStage;
using Quay::Terminator;
using Quay::Test::planOf;
using Quay::Test::Report;
using namespace std::chrono_literals;

constexpr int ExitCannotMeasure = 2;
constexpr double MostReportedMicroseconds = 2'000;
constexpr double MostProvenMicroseconds = 10'000;

/// Where a child notes when it ends. Shared with it; a signal handler can reach nothing else.
volatile std::int64_t *endedAt = nullptr;

Nanoseconds monotonic()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::chrono::seconds(time.tv_sec) + Nanoseconds(time.tv_nsec);
}

extern "C" void noteEnd(int /*signal*/)
{
    *endedAt = monotonic().count();
    ::_exit(0);
}

[[noreturn]] void idle()
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) {
        ::pause();
    }
}

/// A child that listens, and notes when it ends.
struct Server
{
    Server()
    {
        const Quay::UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in name{};
        name.sin_family = AF_INET;
        name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof name;
        ::bind(socket.get(), reinterpret_cast<const sockaddr *>(&name), length);
        ::listen(socket.get(), 16);
        ::getsockname(socket.get(), reinterpret_cast<sockaddr *>(&name), &length);
        port = ntohs(name.sin_port);
        // Before fork(): a child that is asked before it had its handler would not note when it ends.
        const auto before = std::signal(SIGTERM, noteEnd);
        pid = ::fork();
        if (pid == 0) {
            idle();
        }
        std::signal(SIGTERM, before);
    }

    pid_t pid = 0;
    std::uint16_t port = 0;
};

/// As many children as asked for, waited for when this goes.
class Children
{
public:
    explicit Children(int count)
    {
        for (int i = 0; i < count; ++i) {
            const pid_t child = ::fork();
            if (child == 0) {
                idle();
            }
            m_pids.push_back(child);
        }
    }
    Children(const Children &) = delete;
    Children &operator=(const Children &) = delete;
    ~Children()
    {
        for (const pid_t pid : m_pids) {
            ::waitpid(pid, nullptr, 0);
        }
    }

    [[nodiscard]] const std::vector<pid_t> &pids() const noexcept { return m_pids; }

private:
    std::vector<pid_t> m_pids;
};

Nanoseconds quantile(std::vector<Nanoseconds> values, double share)
{
    std::ranges::sort(values);
    const auto last = static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(share * last)];
}

void addDistribution(Report &report, const std::string &name, const std::vector<Nanoseconds> &values,
                     double judgedShare, double mostMicroseconds)
{
    for (const auto &[share, text] : {std::pair(0.5, "median"), {0.95, "p95"}, {1.0, "longest"}}) {
        report.add({.name = name + ", " + text,
                    .unit = "us wall",
                    .value = std::chrono::duration<double, std::micro>(quantile(values, share)).count(),
                    .peer = {},
                    .mostRatio = share == judgedShare ? std::optional(mostMicroseconds) : std::nullopt});
    }
}

/// What the kernel itself needs until somebody who waits for nothing else sees that a server has ended.
bool measureKernel(Report &report, int rounds)
{
    std::vector<Nanoseconds> seen;
    for (int round = 0; round < rounds; ++round) {
        const Server server;
        const auto handle = Quay::PidFd::open(server.pid);
        if (!handle || !handle->signal(SIGTERM)) {
            return false;
        }
        pollfd watched{.fd = handle->descriptor(), .events = POLLIN, .revents = 0};
        ::poll(&watched, 1, -1);
        seen.push_back(monotonic() - Nanoseconds(*endedAt));
        ::waitpid(server.pid, nullptr, 0);
    }
    addDistribution(report, "bare poll() of a pidfd after", seen, 0, 0);
    return true;
}

/// From the last instruction of a server until its end is reported, and until its port is proven free.
bool measureEnds(Report &report, int rounds)
{
    std::vector<Nanoseconds> reported;
    std::vector<Nanoseconds> proven;
    Nanoseconds reportedAt{};
    Nanoseconds provenAt{};
    const auto terminator = Terminator::open([&](const EndingReport &ending) {
        const auto now = monotonic();
        if (ending.targets.front().stage == TargetStage::Ended && reportedAt == 0ns) {
            reportedAt = now;
        }
        if (!ending.ports.empty() && ending.ports.front().proof.state == PortState::Free && provenAt == 0ns) {
            provenAt = now;
        }
    });
    for (int round = 0; terminator && round < rounds; ++round) {
        const Server server;
        const auto plan = planOf({.pids = {server.pid}, .port = server.port});
        reportedAt = provenAt = 0ns;
        if (!plan) {
            return false;
        }
        (*terminator)->begin(*plan);
        (*terminator)->runFor(20s);
        ::waitpid(server.pid, nullptr, 0);
        if (provenAt == 0ns) {
            return false;
        }
        reported.push_back(reportedAt - Nanoseconds(*endedAt));
        proven.push_back(provenAt - Nanoseconds(*endedAt));
    }
    if (reported.empty()) {
        return false;
    }
    addDistribution(report, "end reported after", reported, 0.5, MostReportedMicroseconds);
    addDistribution(report, "port proven free after", proven, 0.95, MostProvenMicroseconds);
    return true;
}

/// One plan with many targets: how long it takes, and for how long at a time nobody else gets a turn.
bool measureCrowd(Report &report, int count, KillScope scope, const std::string &name)
{
    const Children children(count);
    const auto plan = planOf({.pids = children.pids(), .scope = scope});
    std::size_t reports = 0;
    std::size_t ended = 0;
    const auto terminator = Terminator::open([&](const EndingReport &ending) {
        ++reports;
        if (ending.stage == EndingStage::Finished) {
            ended = static_cast<std::size_t>(
                std::ranges::count(ending.targets, TargetStage::Ended, &Quay::TargetProgress::stage));
        }
    });
    if (!plan || !terminator) {
        return false;
    }
    Nanoseconds longest{};
    const auto timed = [&longest](const std::function<void()> &work) {
        const auto begin = monotonic();
        work();
        longest = std::max(longest, monotonic() - begin);
    };
    const auto begin = monotonic();
    timed([&] { (*terminator)->begin(*plan); });
    while (!(*terminator)->isIdle() && monotonic() - begin < 60s) {
        (*terminator)->waitUntilDue(1s);
        timed([&] { (*terminator)->advance(); });
    }
    const auto elapsed = monotonic() - begin;
    report.addTime(name + ", all together", "wall", elapsed);
    report.addTime(name + ", longest step", "wall", longest);
    report.add({.name = name + ", reports", .unit = "", .value = static_cast<double>(reports), .peer = {}});
    return ended == plan->targets.size();
}

} // namespace

int main(int argc, char **argv)
{
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    const bool isQuick = arguments.size() > 1 && std::string_view(arguments[1]) == "--quick";
    void *const shared = ::mmap(nullptr, sizeof *endedAt, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        return ExitCannotMeasure;
    }
    endedAt = static_cast<volatile std::int64_t *>(shared);

    Report report(std::cout, !isQuick);
    report.section("from the end of a server");
    const int rounds = isQuick ? 20 : 500;
    bool isMeasured = measureKernel(report, rounds) && measureEnds(report, rounds);
    const int crowd = isQuick ? 100 : 1000;
    report.section(std::to_string(crowd) + " processes in one plan");
    isMeasured = measureCrowd(report, crowd, KillScope::Process, "processes") && isMeasured;
    isMeasured = measureCrowd(report, crowd, KillScope::Tree, "trees") && isMeasured;
    if (!isMeasured) {
        std::cerr << "somebody did not end\n";
        return ExitCannotMeasure;
    }
    return isQuick || report.allMet() ? EXIT_SUCCESS : EXIT_FAILURE;
}
