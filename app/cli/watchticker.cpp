// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/watchticker.h"

#include <array>
#include <cerrno>
#include <csignal>

#include <poll.h>
#include <sys/signalfd.h>

namespace Quay {

SignalTicker::SignalTicker(int outputFd)
    : m_outputFd(outputFd)
{
}

Result<> SignalTicker::arm()
{
    sigset_t signals{};
    ::sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        ::sigaddset(&signals, signal);
    }
    if (const int failure = ::pthread_sigmask(SIG_BLOCK, &signals, nullptr); failure != 0) {
        return failErrno(failure, "pthread_sigmask");
    }
    m_signals = UniqueFd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!m_signals) {
        return failErrno(errno, "signalfd");
    }
    return {};
}

WatchTicker::Wake SignalTicker::wait(std::chrono::milliseconds period)
{
    const auto deadline = std::chrono::steady_clock::now() + period;
    for (;;) {
        // No events are asked of the output: a pipe without a reader reports POLLERR all the same.
        std::array watched{pollfd{.fd = m_signals.get(), .events = POLLIN, .revents = 0},
                           pollfd{.fd = m_outputFd, .events = 0, .revents = 0}};
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        const int ready = ::poll(watched.data(), watched.size(), static_cast<int>(std::max<decltype(left)>(left, 0)));
        if (ready == 0) {
            return Wake::Tick;
        }
        if (ready < 0) {
            if (errno == EINTR) {
                continue; // stopped and continued: the rest of the period is still due
            }
            return Wake::Interrupted;
        }
        return watched.front().revents != 0 ? Wake::Interrupted : Wake::OutputClosed;
    }
}

} // namespace Quay
