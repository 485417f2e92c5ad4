// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/listeningprobe.h"

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"
#include "core/kernel/socketrecord.h"
#include "core/servers/probemachine.h"
#include "core/servers/runmembers.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/types.h>

namespace Quay {

namespace {

constexpr auto ForeignInterval = std::chrono::milliseconds(100);

} // namespace

ListeningProbe::ListeningProbe(const ProbeMachine &machine, pid_t supervisor, std::vector<std::uint16_t> ports)
    : m_proc(*machine.proc)
    , m_diag(*machine.diag)
    , m_members(*machine.members)
    , m_supervisor(supervisor)
    , m_ports(std::move(ports))
    , m_clock(*machine.clock)
{
}

Result<std::vector<SocketRecord>> ListeningProbe::listeners()
{
    if (m_ports.empty()) {
        return m_diag.tcpListeners();
    }
    std::vector<SocketRecord> all;
    for (const auto port : m_ports) {
        auto some = m_diag.listenersOn(Protocol::Tcp, port);
        if (!some) {
            return some;
        }
        std::ranges::move(*some, std::back_inserter(all));
    }
    return all;
}

/// Tells whose the sockets are.
void ListeningProbe::attribute(const std::vector<SocketRecord> &listeners)
{
    std::set<std::uint64_t> there;
    for (const auto &socket : listeners) {
        there.insert(socket.inode);
    }
    const auto isNotThere = [&there](std::uint64_t inode) { return !there.contains(inode); };
    std::erase_if(m_ownInodes, isNotThere);
    std::erase_if(m_foreignInodes, isNotThere);
    const auto now = m_clock.monotonic();
    if (now >= m_foreignDue) {
        m_foreignInodes.clear();
        m_foreignDue = now + ForeignInterval;
    }
    std::set<std::uint64_t> unknown;
    std::ranges::copy_if(there, std::inserter(unknown, unknown.end()), [this](std::uint64_t inode) {
        return inode != 0 && !m_ownInodes.contains(inode) && !m_foreignInodes.contains(inode);
    });
    if (unknown.empty()) {
        return;
    }
    const auto members = m_members.of(m_supervisor);
    const auto held = socketsHeldBy(m_proc, members, unknown);
    m_ownInodes.insert(held.begin(), held.end());
    std::ranges::set_difference(unknown, held, std::inserter(m_foreignInodes, m_foreignInodes.end()));
}

std::optional<Attempt> ListeningProbe::begin(std::chrono::milliseconds /*limit*/)
{
    const auto seen = listeners();
    if (!seen) {
        return Attempt{.isMet = false,
                       .seen = {.what = Observation::What::NotReadable, .detail = seen.error().subject}};
    }
    attribute(*seen);
    m_own.clear();
    m_foreign.clear();
    for (const auto &socket : *seen) {
        (m_ownInodes.contains(socket.inode) ? m_own : m_foreign).push_back(socket);
    }
    const auto isOpen = [this](std::uint16_t port) {
        return std::ranges::contains(m_own, port, &SocketRecord::localPort);
    };
    const auto missing = std::ranges::find_if_not(m_ports, isOpen);
    if (missing == m_ports.end() && !m_own.empty()) {
        const auto &socket = m_own.front();
        return Attempt{.isMet = true,
                       .seen = {.what = Observation::What::Listening,
                                .detail = endpointText(socket.localAddress, socket.localPort)}};
    }
    const auto other = std::ranges::find_if(m_foreign, [&](const SocketRecord &socket) {
        return missing != m_ports.end() && socket.localPort == *missing;
    });
    if (other != m_foreign.end()) {
        return Attempt{.isMet = false,
                       .seen = {.what = Observation::What::PortHeld,
                                .detail = endpointText(other->localAddress, other->localPort)}};
    }
    return Attempt{
        .isMet = false,
        .seen = {.what = Observation::What::NobodyListens, .number = missing != m_ports.end() ? *missing : 0}};
}

pollfd ListeningProbe::awaited() const
{
    return {.fd = -1, .events = 0, .revents = 0}; // every look ends at once
}

std::optional<Attempt> ListeningProbe::proceed()
{
    return begin({});
}

Attempt ListeningProbe::giveUp()
{
    return *begin({});
}

} // namespace Quay
