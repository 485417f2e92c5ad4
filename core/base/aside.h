// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <concepts>
#include <future>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>

#include <pthread.h>
#include <signal.h>

namespace Quay {

/// Runs @p work on a thread of its own that nobody waits for, so that it may touch only what is its own. False: there
/// is no thread to be had, and nothing was run. Threads: any.
template<std::invocable Work>
[[nodiscard]] bool runAside(Work work)
{
    // A thread that is left behind takes no signal: it would be the one that has not blocked what others wait for.
    sigset_t all{};
    sigset_t before{};
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    bool isRun = true;
    try {
        std::thread(std::move(work)).detach();
    } catch (const std::system_error &) { // RLIMIT_NPROC, pids.max
        isRun = false;
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return isRun;
}

/// What @p ask returns. Nothing when that takes longer than @p patience: then it is left behind on its thread. Where no
/// thread is to be had it is asked on the caller's. Threads: any; blocks for so long.
template<std::invocable Ask>
[[nodiscard]] std::optional<std::invoke_result_t<Ask>> answerWithin(std::chrono::milliseconds patience, Ask ask)
{
    const auto task = std::make_shared<std::packaged_task<std::invoke_result_t<Ask>()>>(std::move(ask));
    auto answer = task->get_future();
    if (!runAside([task] { (*task)(); })) {
        (*task)();
    }
    return answer.wait_for(patience) == std::future_status::ready ? std::optional(answer.get()) : std::nullopt;
}

} // namespace Quay
