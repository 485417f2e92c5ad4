// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/acceptingprobe.h"

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
#include <sys/types.h>

namespace Quay {

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

std::optional<Attempt> AcceptingProbe::begin(std::chrono::milliseconds limit)
{
    auto listening = m_listening.begin(limit);
    if (!listening || !listening->isMet) {
        m_trials.clear();
        return listening;
    }
    auto what = Observation::What::Connected;
    for (const auto port : askedPorts()) {
        const auto acceptance = ask(port);
        if (acceptance == Acceptance::Open) {
            const auto &listener = m_trials.at(port).listener();
            return Attempt{.isMet = false,
                           .seen = {.what = Observation::What::NotAccepted,
                                    .detail = endpointText(listener.localAddress, listener.localPort)}};
        }
        if (acceptance == Acceptance::Untestable) {
            what = Observation::What::Listening;
        }
    }
    m_trials.clear();
    listening->seen.what = what;
    return listening;
}

pollfd AcceptingProbe::awaited() const
{
    return m_listening.awaited(); // every look ends at once
}

std::optional<Attempt> AcceptingProbe::proceed()
{
    return begin({});
}

Attempt AcceptingProbe::giveUp()
{
    return *begin({});
}

} // namespace Quay
