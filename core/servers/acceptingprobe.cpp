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
#include <iterator>
#include <optional>
#include <set>
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

std::set<std::uint16_t> AcceptingProbe::askedPorts() const
{
    std::set<std::uint16_t> ports(m_ports.begin(), m_ports.end());
    if (ports.empty()) {
        std::ranges::transform(m_listening.own(), std::inserter(ports, ports.end()), &SocketRecord::localPort);
    }
    return ports;
}

/// A listener that took the place of another one is asked anew. One that shares its address with somebody else's is not
/// asked: that one may accept the connection.
Acceptance AcceptingProbe::ask(std::uint16_t port)
{
    const auto &own = m_listening.own();
    const auto known = m_trials.find(port);
    if (known != m_trials.end() && !std::ranges::contains(own, known->second.listener().inode, &SocketRecord::inode)) {
        m_trials.erase(known);
    }
    const auto listener = std::ranges::find(own, port, &SocketRecord::localPort);
    auto &trial = m_trials.try_emplace(port, m_diag, *listener).first->second;
    const bool isShared = std::ranges::any_of(m_listening.foreign(), [&trial](const SocketRecord &other) {
        return other.localPort == trial.listener().localPort && other.localAddress == trial.listener().localAddress;
    });
    return isShared ? Acceptance::Untestable : trial.look();
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
    bool isAnyAccepted = false;
    bool areAllAccepted = true;
    std::optional<std::uint16_t> open;
    for (const auto port : askedPorts()) {
        const auto acceptance = ask(port);
        isAnyAccepted = isAnyAccepted || acceptance == Acceptance::Accepted;
        areAllAccepted = areAllAccepted && acceptance == Acceptance::Accepted;
        open = acceptance == Acceptance::Open && !open ? port : open;
    }
    const bool isAnyEnough = m_ports.empty();
    if (open && !(isAnyEnough && isAnyAccepted)) {
        const auto &listener = m_trials.at(*open).listener();
        m_waiting = {.what = Observation::What::NotAccepted,
                     .detail = endpointText(listener.localAddress, listener.localPort),
                     .number = listener.localPort};
        return wakeLater() ? std::nullopt : std::optional(giveUp());
    }
    m_trials.clear();
    if (isAnyEnough ? isAnyAccepted : areAllAccepted) {
        listening->seen.what = Observation::What::Connected;
    }
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
