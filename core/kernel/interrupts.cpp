// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/interrupts.h"

#include <cerrno>
#include <csignal>
#include <utility>

#include <sys/signalfd.h>
#include <unistd.h>

namespace Quay {

Interrupts::Interrupts(UniqueFd signals) noexcept
    : m_signals(std::move(signals))
{
}

Result<Interrupts> Interrupts::takeOver()
{
    sigset_t signals{};
    ::sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        ::sigaddset(&signals, signal);
    }
    if (const int failure = ::pthread_sigmask(SIG_BLOCK, &signals, nullptr); failure != 0) {
        return failErrno(failure, "pthread_sigmask");
    }
    UniqueFd descriptor(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!descriptor) {
        return failErrno(errno, "signalfd");
    }
    return Interrupts(std::move(descriptor));
}

pollfd Interrupts::awaited() const
{
    return {.fd = m_signals.get(), .events = POLLIN, .revents = 0};
}

bool Interrupts::take()
{
    signalfd_siginfo info{};
    bool hasCome = false;
    while (::read(m_signals.get(), &info, sizeof info) == sizeof info) {
        hasCome = true;
    }
    return hasCome;
}

} // namespace Quay
