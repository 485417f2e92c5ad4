// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <concepts>
#include <future>
#include <optional>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>

namespace Quay {

/// Runs @p work on a thread of its own that nobody waits for, so that it may touch only what is its own. False: there
/// is no thread to be had, and nothing was run. Threads: any.
template<std::invocable Work>
[[nodiscard]] bool runAside(Work work)
{
    try {
        std::thread(std::move(work)).detach();
    } catch (const std::system_error &) { // RLIMIT_NPROC, pids.max
        return false;
    }
    return true;
}

/// What @p ask returns. Nothing when that takes longer than @p patience: then it is left behind on its thread; or when
/// there is no thread to be had. Threads: any; blocks for so long.
template<std::invocable Ask>
[[nodiscard]] std::optional<std::invoke_result_t<Ask>> answerWithin(std::chrono::milliseconds patience, Ask ask)
{
    std::packaged_task<std::invoke_result_t<Ask>()> task(std::move(ask));
    auto answer = task.get_future();
    if (!runAside(std::move(task)) || answer.wait_for(patience) != std::future_status::ready) {
        return std::nullopt;
    }
    return answer.get();
}

} // namespace Quay
