// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/reachability.h"

#include "core/kernel/ipaddress.h"
#include "core/kernel/procfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"
#include "core/kernel/sockdiag.h"
#include "core/ports/listener.h"
#include "core/probes/httptarget.h"
#include "core/probes/waitprobe.h"
#include "core/servers/probecourse.h"
#include "core/servers/probegroup.h"
#include "core/servers/probemachine.h"
#include "core/servers/probespec.h"
#include "core/servers/serverspec.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

/// Nothing for a host that is another machine's, or may be.
std::optional<AskedEndpoint> endpointOf(const std::string &host, std::uint16_t port)
{
    if (host == "localhost") {
        return AskedEndpoint{.port = port};
    }
    const auto address = ipAddressFromText(host);
    if (!address || (!isLoopback(*address) && !isAny(*address))) {
        return std::nullopt;
    }
    return AskedEndpoint{.port = port, .address = isAny(*address) ? std::nullopt : address};
}

/// Where a probe expects the server.
std::optional<AskedEndpoint> endpointOf(const ProbeCondition &condition)
{
    if (const auto *const tcp = std::get_if<TcpCondition>(&condition)) {
        return endpointOf(tcp->host, tcp->port);
    }
    if (const auto *const http = std::get_if<HttpCondition>(&condition)) {
        const auto target = httpTargetFromUrl(http->request.url);
        return target ? endpointOf(target->host, target->port) : std::nullopt;
    }
    if (const auto *const listening = std::get_if<ListeningCondition>(&condition); listening && listening->port) {
        return AskedEndpoint{.port = listening->port};
    }
    if (const auto *const accepting = std::get_if<AcceptingCondition>(&condition); accepting && accepting->port) {
        return AskedEndpoint{.port = accepting->port};
    }
    return std::nullopt;
}

/// One that asks several ports expects the server where it was not accepted.
std::optional<AskedEndpoint> endpointOf(const ProbeCourse &course)
{
    if (course.seen().what == Observation::What::NotAccepted) {
        return AskedEndpoint{.port = static_cast<std::uint16_t>(course.seen().number)};
    }
    return endpointOf(course.spec().condition);
}

AskedEndpoint expectedEndpoint(const ServerSpec &spec)
{
    const auto port = std::ranges::find(spec.ports, Protocol::Tcp, &ExpectedPort::protocol);
    return port != spec.ports.end() ? AskedEndpoint{.port = port->port, .address = port->address} : AskedEndpoint{};
}

} // namespace

AskedEndpoint askedEndpoint(const ServerSpec &spec, const ProbeGroup &probes)
{
    std::optional<AskedEndpoint> met;
    for (const auto *const course : probes.courses()) {
        auto endpoint = endpointOf(*course);
        if (!endpoint) {
            continue;
        }
        const bool isMet = course->standing() == ProbeStanding::Met;
        const auto what = course->seen().what;
        const bool wasAsked = what != Observation::What::NotTried && what != Observation::What::NotAccepted
            && what != Observation::What::HttpUnavailable;
        endpoint->answers = isMet ? std::optional(true) : wasAsked ? std::optional(false) : std::nullopt;
        if (!isMet) {
            return *endpoint;
        }
        met = met ? met : endpoint;
    }
    return met.value_or(expectedEndpoint(spec));
}

Reachability::Reachability(const ProbeMachine &machine, pid_t supervisor)
    : m_proc(*machine.proc)
    , m_diag(*machine.diag)
    , m_listeners(machine, supervisor, {})
    , m_queues(*machine.clock)
{
}

ReachabilityFacts Reachability::look(const AskedEndpoint &asked, bool saysItIsUp, std::vector<ServerProcess> processes)
{
    (void)m_listeners.begin({}); // whose they are is of interest, not whether there are any
    ReachabilityFacts facts{.saysItIsUp = saysItIsUp,
                            .expectedPort = asked.port,
                            .probedAddress = asked.address,
                            .answers = asked.answers,
                            .ownListeners = m_listeners.own(),
                            .processes = std::move(processes)};
    for (const auto &socket : m_listeners.foreign()) {
        if (socket.localPort == asked.port) {
            facts.foreignListeners.push_back(describe(socket));
        }
    }
    followQueues(facts);
    return facts;
}

void Reachability::followQueues(ReachabilityFacts &facts)
{
    std::set<std::uint16_t> ports;
    std::ranges::transform(facts.ownListeners, std::inserter(ports, ports.end()), &SocketRecord::localPort);
    std::set<ListenerKey> there;
    for (const auto *const listeners : {&m_listeners.own(), &m_listeners.foreign()}) {
        for (const auto &listener : *listeners) {
            if (ports.contains(listener.localPort)) {
                m_queues.update(listener);
                there.insert(listenerKey(listener));
            }
        }
    }
    for (const auto &listener : m_followed) {
        if (!there.contains(listener)) {
            m_queues.forget(listener);
        }
    }
    m_followed = std::move(there);
    m_queues.follow([this](std::uint16_t port) { return m_diag.tcpUnaccepted(port); });
    for (const auto &listener : facts.ownListeners) {
        const bool isMeant = !facts.expectedPort || listener.localPort == *facts.expectedPort;
        if (const auto waits = m_queues.waitingFor(listenerKey(listener)); isMeant && waits) {
            facts.waitsToBeAccepted = std::max(facts.waitsToBeAccepted.value_or(*waits), *waits);
        }
    }
}

/// With whoever holds it, which means to look at the descriptors of everybody.
ForeignListener Reachability::describe(const SocketRecord &socket)
{
    if (const auto known = m_holders.find(socket.inode); known != m_holders.end()) {
        return known->second;
    }
    ForeignListener listener{.socket = socket};
    for (const pid_t pid : listPids(m_proc).value_or(std::vector<pid_t>())) {
        const auto fds = readSocketFds(m_proc, pid);
        if (!fds || !std::ranges::contains(fds->sockets, socket.inode, &SocketFd::inode)) {
            continue;
        }
        if (const auto stat = readProcStat(m_proc, pid)) {
            listener.holder = ProcessId{.pid = pid, .startTicks = stat->startTicks};
            listener.holderName = stat->comm;
            break;
        }
    }
    m_holders.emplace(socket.inode, listener);
    return listener;
}

} // namespace Quay
