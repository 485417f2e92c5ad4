// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <concepts>
#include <cstddef>
#include <ctime>
#include <optional>
#include <string>
#include <vector>

namespace Quay::Test {

/// What something took.
struct Cost
{
    std::chrono::nanoseconds wall{};
    std::chrono::nanoseconds cpu{}; ///< User and system.
};

/// Repeated measurements of the same thing.
class Samples
{
public:
    void add(Cost cost) { m_costs.push_back(cost); }
    [[nodiscard]] bool isEmpty() const noexcept { return m_costs.empty(); }
    /// Of wall and CPU time each for itself.
    [[nodiscard]] Cost median() const;

private:
    std::vector<Cost> m_costs;
};

/// The CPU time of this process until now.
[[nodiscard]] std::chrono::nanoseconds ownCpuTime();

/// Measures @p work, done @p times, and gives what it took once.
template<std::invocable Work>
[[nodiscard]] Cost costOf(Work work, int times = 1)
{
    const auto cpuBegin = ownCpuTime();
    const auto begin = std::chrono::steady_clock::now();
    for (int time = 0; time < times; ++time) {
        work();
    }
    const auto end = std::chrono::steady_clock::now();
    return {.wall = (end - begin) / times, .cpu = (ownCpuTime() - cpuBegin) / times};
}

/// Runs a program to its end, output thrown away. Nothing when it is not installed.
[[nodiscard]] std::optional<Cost> costOfProgram(const std::vector<std::string> &arguments);

/// Resident memory of this process.
[[nodiscard]] std::size_t ownResidentBytes();

/// From now on SIGINT and SIGTERM only make isInterrupted() true, so that everything started is ended in order.
void catchInterrupts();
[[nodiscard]] bool isInterrupted();

/// Returns earlier when interrupted.
void sleepUntil(std::chrono::steady_clock::time_point time);

} // namespace Quay::Test
