// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/acceptingprobe.h"

#include "core/base/uniquefd.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"
#include "core/probes/accepttrial.h"
#include "core/probes/waitprobe.h"
#include "core/servers/probemachine.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/timerfd.h>
#include <sys/types.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr std::chrono::milliseconds FirstPause = 1ms; // a server that is idle has accepted by then
constexpr std::chrono::milliseconds LongestPause = 32ms;

} // namespace

AcceptingProbe::AcceptingProbe(const ProbeMachine &machine, pid_t supervisor, std::vector<std::uint16_t> ports)
    : m_diag(*machine.diag)
    , m_ports(std::move(ports))
    , m_listening(machine, supervisor, m_ports)
{
}

std::vector<std::uint16_t> AcceptingProbe::askedPorts() const
{
    if (!m_ports.empty()) {
        return m_ports;
    }
    return {m_listening.own().front().localPort};
}

/// A listener that took the place of another one is asked anew.
Acceptance AcceptingProbe::ask(std::uint16_t port)
{
    const auto &own = m_listening.own();
    const auto known = m_trials.find(port);
    if (known != m_trials.end() && !std::ranges::contains(own, known->second.listener().inode, &SocketRecord::inode)) {
        m_trials.erase(known);
    }
    const auto listener = std::ranges::find(own, port, &SocketRecord::localPort);
    return m_trials.try_emplace(port, m_diag, *listener).first->second.look();
}

std::optional<Attempt> AcceptingProbe::begin(std::chrono::milliseconds /*limit*/)
{
    m_pause = FirstPause;
    return look();
}

std::optional<Attempt> AcceptingProbe::look()
{
    auto listening = m_listening.begin({});
    if (!listening || !listening->isMet) {
        m_trials.clear();
        return listening;
    }
    auto what = Observation::What::Connected;
    for (const auto port : askedPorts()) {
        const auto acceptance = ask(port);
        if (acceptance == Acceptance::Open) {
            const auto &listener = m_trials.at(port).listener();
            m_waiting = {.what = Observation::What::NotAccepted,
                         .detail = endpointText(listener.localAddress, listener.localPort)};
            return wakeLater() ? std::nullopt : std::optional(giveUp());
        }
        if (acceptance == Acceptance::Untestable) {
            what = Observation::What::Listening;
        }
    }
    m_trials.clear();
    listening->seen.what = what;
    return listening;
}

/// Whether awaited() will tell.
bool AcceptingProbe::wakeLater()
{
    if (!m_timer) {
        m_timer = UniqueFd(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
    }
    const itimerspec once{.it_interval = {}, .it_value = {.tv_sec = 0, .tv_nsec = nanoseconds(m_pause).count()}};
    m_pause = std::min(m_pause * 2, LongestPause);
    return m_timer && ::timerfd_settime(m_timer.get(), 0, &once, nullptr) == 0; // which forgets that it has expired
}

pollfd AcceptingProbe::awaited() const
{
    return {.fd = m_timer.get(), .events = POLLIN, .revents = 0};
}

std::optional<Attempt> AcceptingProbe::proceed()
{
    return look();
}

Attempt AcceptingProbe::giveUp()
{
    return {.isMet = false, .seen = m_waiting};
}

} // namespace Quay
