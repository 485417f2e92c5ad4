// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/measure.h"

#include "tests/support/childprocess.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <fstream>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

// A signal handler can reach nothing else.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

std::chrono::nanoseconds medianOf(std::vector<std::chrono::nanoseconds> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

} // namespace

Cost Samples::median() const
{
    std::vector<std::chrono::nanoseconds> walls;
    std::vector<std::chrono::nanoseconds> cpus;
    for (const Cost &cost : m_costs) {
        walls.push_back(cost.wall);
        cpus.push_back(cost.cpu);
    }
    return {.wall = medianOf(std::move(walls)), .cpu = medianOf(std::move(cpus))};
}

std::chrono::nanoseconds ownCpuTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::optional<Cost> costOfProgram(const std::vector<std::string> &arguments)
{
    constexpr int NotFound = 127;
    const auto begin = std::chrono::steady_clock::now();
    const auto usage = runSilently(arguments);
    const auto end = std::chrono::steady_clock::now();
    if (!usage || (WIFEXITED(usage->waitStatus) && WEXITSTATUS(usage->waitStatus) == NotFound)) {
        return std::nullopt;
    }
    return Cost{.wall = end - begin, .cpu = usage->cpuTime};
}

std::size_t ownResidentBytes()
{
    std::size_t sizePages = 0;
    std::size_t residentPages = 0;
    std::ifstream("/proc/self/statm") >> sizePages >> residentPages;
    return residentPages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void catchInterrupts()
{
    struct sigaction action{};
    action.sa_handler = [](int) { interrupted = true; };
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

bool isInterrupted()
{
    return interrupted;
}

void sleepUntil(std::chrono::steady_clock::time_point time)
{
    const auto sinceEpoch = time.time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(sinceEpoch);
    const timespec deadline{.tv_sec = seconds.count(), .tv_nsec = (sinceEpoch - seconds).count()};
    ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, nullptr);
}

} // namespace Quay::Test
