// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cores.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <system_error>
#include <thread>
#include <vector>

namespace Quay {

namespace {

constexpr std::size_t WorthAThread = 64; // calls
constexpr std::size_t MostThreads = 4; // looking at a machine should not take all of it

} // namespace

void onSeveralCores(std::size_t count, const std::function<void(std::size_t)> &work)
{
    std::atomic<std::size_t> next = 0;
    const auto takeTurns = [&next, count, &work] {
        for (std::size_t index = next++; index < count; index = next++) {
            work(index);
        }
    };
    const std::size_t worthwhile = std::min(MostThreads, count / WorthAThread);
    // To know how many there are costs the reading of a file.
    const std::size_t threads =
        worthwhile > 1 ? std::min<std::size_t>(worthwhile, std::thread::hardware_concurrency()) : 1;
    std::vector<std::jthread> helpers;
    while (helpers.size() + 1 < threads) {
        try {
            helpers.emplace_back(takeTurns);
        } catch (const std::system_error &) {
            break; // too many threads on the machine: it takes longer
        }
    }
    takeTurns();
}

} // namespace Quay
