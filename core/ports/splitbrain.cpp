// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/splitbrain.h"

#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr std::uint32_t LoopbackInterface = 1; // LOOPBACK_IFINDEX, include/net/flow.h: in every network namespace

const IpAddress V4Localhost{.family = IpFamily::V4, .bytes = {127, 0, 0, 1}};
const IpAddress V6Localhost{.family = IpFamily::V6, .bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

/// How specifically a listener is bound to what is asked for; the kernel gives the connection to the highest.
enum class Fit
{
    None,
    DualStack, ///< [::] for IPv4
    Any, ///< 0.0.0.0 for IPv4, [::] for IPv6
    Exact,
};

// As compute_score() of net/ipv4/inet_hashtables.c, without the processor that SO_INCOMING_CPU prefers.
Fit fitOf(const SocketRecord &socket, const IpAddress &localhost)
{
    const bool isOnLoopback = socket.interfaceIndex == 0 || socket.interfaceIndex == LoopbackInterface;
    if (!isOnLoopback) {
        return Fit::None;
    }
    const auto address = unmapped(socket.localAddress);
    if (address == localhost) {
        return Fit::Exact;
    }
    if (!isAny(address)) {
        return Fit::None;
    }
    if (address.family == localhost.family) {
        return Fit::Any;
    }
    const bool isDualStack = localhost.family == IpFamily::V4 && !socket.v6Only.value_or(false);
    return isDualStack ? Fit::DualStack : Fit::None;
}

ListenerPtr reachedAt(const IpAddress &localhost, std::span<const ListenerPtr> listeners)
{
    ListenerPtr best;
    Fit bestFit = Fit::None;
    for (const auto &listener : listeners) {
        const auto fit = fitOf(listener->socket, localhost);
        if (fit > bestFit) {
            best = listener;
            bestFit = fit;
        }
    }
    return best;
}

bool isMeantByLocalhost(const Listener &listener)
{
    return fitOf(listener.socket, V4Localhost) != Fit::None || fitOf(listener.socket, V6Localhost) != Fit::None;
}

bool isManaged(const UnitInfo &unit)
{
    switch (unit.kind) {
    case UnitKind::None:
    case UnitKind::Scope:
        return false; // a session or a terminal: many servers run in one
    case UnitKind::SystemService:
    case UnitKind::UserService:
    case UnitKind::Container:
        return true;
    }
    return false;
}

bool areRelated(const ProcessInfo &one, const ProcessInfo &other)
{
    return one.id == other.id || one.parentPid == other.id.pid || other.parentPid == one.id.pid;
}

/// Such as the docker-proxy of each address family.
bool areSiblings(const ProcessInfo &one, const ProcessInfo &other)
{
    return one.parentPid == other.parentPid && one.name == other.name;
}

/// Whether two listeners of one port belong to one server. Where it cannot be told the answer is yes: no false alarm.
bool belongTogether(const Listener &one, const Listener &other)
{
    const bool isUndecided = one.knowledge == OwnerKnowledge::Pending || other.knowledge == OwnerKnowledge::Pending;
    const bool isSameSocket = one.socket.inode != 0 && one.socket.inode == other.socket.inode;
    const bool isSameEndpoint = unmapped(one.socket.localAddress) == unmapped(other.socket.localAddress)
        && one.socket.interfaceIndex == other.socket.interfaceIndex; // SO_REUSEPORT: both asked for it
    if (isUndecided || isSameSocket || isSameEndpoint) {
        return true;
    }
    const bool isSameUnit = one.socket.uid == other.socket.uid && one.unit.path == other.unit.path;
    if (one.owners.empty() || other.owners.empty()) {
        return isSameUnit;
    }
    const bool isOneService = isSameUnit && isManaged(one.unit);
    return std::ranges::any_of(one.owners, [&](const Owner &owner) {
        return std::ranges::any_of(other.owners, [&](const Owner &candidate) {
            return areRelated(*owner.process, *candidate.process)
                || (isOneService && areSiblings(*owner.process, *candidate.process));
        });
    });
}

/// Listeners of one port, put together into servers.
class Servers
{
public:
    explicit Servers(const std::vector<ListenerPtr> &listeners)
        : m_server(listeners.size())
    {
        std::iota(m_server.begin(), m_server.end(), std::size_t{0});
        for (std::size_t i = 0; i < listeners.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (m_server[i] != m_server[j] && belongTogether(*listeners[i], *listeners[j])) {
                    std::ranges::replace(m_server, m_server[i], m_server[j]);
                }
            }
        }
    }

    [[nodiscard]] bool isOne() const
    {
        return std::ranges::all_of(m_server, [this](std::size_t server) { return server == m_server.front(); });
    }

private:
    std::vector<std::size_t> m_server; ///< of each listener; equal numbers are one server
};

std::string endpointOf(const Listener &listener)
{
    return endpointText(listener.socket.localAddress, listener.socket.localPort);
}

std::string endpointOr(const ListenerPtr &listener)
{
    return listener ? endpointOf(*listener) : std::string("refused");
}

void addHolder(std::vector<Fact> &facts, const Listener &listener)
{
    facts.push_back({.key = "endpoint", .value = endpointOf(listener)});
    if (!listener.owners.empty()) {
        facts.push_back({.key = "pid", .value = std::to_string(listener.owners.front().process->id.pid)});
        return;
    }
    facts.push_back({.key = "uid", .value = std::to_string(listener.socket.uid)});
    if (!listener.unit.name.empty()) {
        facts.push_back({.key = "unit", .value = listener.unit.name});
    }
}

Warning warningFor(const std::vector<ListenerPtr> &listeners)
{
    const auto view = localhostView(listeners);
    Warning warning{.kind = WarningKind::SplitBrain, .facts = {}};
    warning.facts.push_back({.key = "localhost", .value = endpointOr(view.first())});
    warning.facts.push_back({.key = "over IPv6", .value = endpointOr(view.overV6)});
    warning.facts.push_back({.key = "over IPv4", .value = endpointOr(view.overV4)});
    for (const auto &listener : listeners) {
        addHolder(warning.facts, *listener);
    }
    return warning;
}

} // namespace

LocalhostView localhostView(std::span<const ListenerPtr> sameport)
{
    return {.overV6 = reachedAt(V6Localhost, sameport), .overV4 = reachedAt(V4Localhost, sameport)};
}

std::vector<std::optional<Warning>> splitBrainWarnings(std::span<const ListenerPtr> sameport)
{
    std::vector<std::optional<Warning>> warnings(sameport.size());
    std::vector<ListenerPtr> meant;
    std::ranges::copy_if(sameport, std::back_inserter(meant),
                         [](const ListenerPtr &listener) { return isMeantByLocalhost(*listener); });
    if (meant.size() < 2 || Servers(meant).isOne()) {
        return warnings;
    }
    const auto warning = warningFor(meant);
    for (std::size_t i = 0; i < sameport.size(); ++i) {
        if (isMeantByLocalhost(*sameport[i])) {
            warnings[i] = warning;
        }
    }
    return warnings;
}

} // namespace Quay
