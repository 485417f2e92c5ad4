// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/splitbrain.h"

#include "core/kernel/ipaddress.h"
#include "core/kernel/netinterface.h"
#include "core/kernel/socketrecord.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr std::size_t MostListed = 16; // each listener carries the list of all
constexpr pid_t FirstPid = 1;

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
    if (!takesLoopback(socket.interfaceIndex)) {
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

/// Listeners of one port, put together into servers. Linear, because one port can have thousands of SO_REUSEPORT ones.
class Servers
{
public:
    explicit Servers(std::span<const ListenerPtr> listeners)
        : m_listeners(listeners)
        , m_parent(listeners.size())
    {
        std::iota(m_parent.begin(), m_parent.end(), std::size_t{0});
        for (std::size_t i = 0; i < m_listeners.size(); ++i) {
            joinSockets(i);
            joinOwners(i);
        }
        joinParents();
    }

    /// Whether there are two of them for certain: a hidden one may be any other of its user and unit.
    [[nodiscard]] bool areSeveral()
    {
        std::set<std::size_t> known;
        std::set<UserAndUnit> knownPlaces;
        std::set<UserAndUnit> hiddenPlaces;
        for (std::size_t i = 0; i < m_listeners.size(); ++i) {
            const bool isHidden = m_listeners[i]->owners.empty();
            (isHidden ? hiddenPlaces : knownPlaces).insert(placeOf(*m_listeners[i]));
            if (!isHidden) {
                known.insert(serverOf(i));
            }
        }
        const auto unexplained = std::ranges::count_if(
            hiddenPlaces, [&knownPlaces](const UserAndUnit &place) { return !knownPlaces.contains(place); });
        return known.size() + static_cast<std::size_t>(unexplained) > 1;
    }

private:
    using UserAndUnit = std::pair<std::uint32_t, std::string_view>;
    using Endpoint = std::pair<IpAddress, std::uint32_t>;
    using Sibling = std::tuple<UserAndUnit, pid_t, std::string_view>;

    static UserAndUnit placeOf(const Listener &listener) { return {listener.socket.uid, listener.unit.path}; }

    std::size_t serverOf(std::size_t listener)
    {
        while (m_parent[listener] != listener) {
            m_parent[listener] = m_parent[m_parent[listener]];
            listener = m_parent[listener];
        }
        return listener;
    }

    /// Puts @p listener into one server with the others that came with the same key.
    template<typename Key>
    void join(std::map<Key, std::size_t> &firstByKey, const Key &key, std::size_t listener)
    {
        const auto [first, isNew] = firstByKey.try_emplace(key, listener);
        if (!isNew) {
            m_parent[serverOf(listener)] = serverOf(first->second);
        }
    }

    void joinSockets(std::size_t listener)
    {
        const auto &socket = m_listeners[listener]->socket;
        join(m_byEndpoint, {unmapped(socket.localAddress), socket.interfaceIndex}, listener);
        if (socket.inode != 0) {
            join(m_byInode, socket.inode, listener);
        }
    }

    void joinOwners(std::size_t listener)
    {
        const auto &unit = m_listeners[listener]->unit;
        const auto &owners = m_listeners[listener]->owners;
        if (!owners.empty() && std::ranges::all_of(owners, isServiceManager)) { // it answers for nobody yet
            join(m_byAwaitedUnit, placeOf(*m_listeners[listener]), listener);
            return;
        }
        for (const auto &owner : owners) {
            if (isServiceManager(owner)) { // holds the sockets of many servers
                continue;
            }
            join(m_byPid, owner.process->id.pid, listener);
            if (isManaged(unit)) { // such as the docker-proxy of each address family
                join(m_bySibling, {placeOf(*m_listeners[listener]), owner.process->parentPid, owner.process->name},
                     listener);
            }
        }
    }

    void joinParents()
    {
        for (std::size_t i = 0; i < m_listeners.size(); ++i) {
            for (const auto &owner : m_listeners[i]->owners) {
                const pid_t parent = owner.process->parentPid;
                if (parent > FirstPid && m_byPid.contains(parent)) { // pid 1 is the parent of strangers too
                    join(m_byPid, parent, i);
                }
            }
        }
    }

    std::span<const ListenerPtr> m_listeners;
    std::vector<std::size_t> m_parent; ///< Of a disjoint-set forest; its roots stand for the servers.
    std::map<Endpoint, std::size_t> m_byEndpoint; ///< SO_REUSEPORT: both asked for it.
    std::map<std::uint64_t, std::size_t> m_byInode;
    std::map<pid_t, std::size_t> m_byPid;
    std::map<Sibling, std::size_t> m_bySibling;
    std::map<UserAndUnit, std::size_t> m_byAwaitedUnit; ///< Whose service has not been started yet.
};

bool isPending(const ListenerPtr &listener)
{
    return listener->knowledge == OwnerKnowledge::Pending;
}

std::string endpointOf(const Listener &listener)
{
    return listener.endpoint();
}

std::string endpointOr(const ListenerPtr &listener)
{
    return listener ? endpointOf(*listener) : std::string(RefusedValue);
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

Warning warningFor(const std::vector<ListenerPtr> &listeners, std::span<const IpFamily> families)
{
    const auto view = localhostView(listeners);
    Warning warning{.kind = WarningKind::SplitBrain, .facts = {}};
    warning.facts.push_back({.key = "localhost", .value = endpointOr(view.reached(families))});
    warning.facts.push_back({.key = "over IPv6", .value = endpointOr(view.overV6)});
    warning.facts.push_back({.key = "over IPv4", .value = endpointOr(view.overV4)});
    for (const auto &listener : listeners | std::views::take(MostListed)) {
        addHolder(warning.facts, *listener);
    }
    if (listeners.size() > MostListed) {
        warning.facts.push_back({.key = "more", .value = std::to_string(listeners.size() - MostListed)});
    }
    return warning;
}

} // namespace

ListenerPtr LocalhostView::reached(std::span<const IpFamily> families) const
{
    for (const auto family : families) {
        if (const auto &listener = family == IpFamily::V6 ? overV6 : overV4) {
            return listener;
        }
    }
    return nullptr;
}

LocalhostView localhostView(std::span<const ListenerPtr> sameport)
{
    return {.overV6 = reachedAt(V6Localhost, sameport), .overV4 = reachedAt(V4Localhost, sameport)};
}

std::vector<std::optional<Warning>> splitBrainWarnings(std::span<const ListenerPtr> sameport,
                                                       const std::function<std::vector<IpFamily>()> &families)
{
    std::vector<std::optional<Warning>> warnings(sameport.size());
    std::vector<ListenerPtr> meant;
    std::ranges::copy_if(sameport, std::back_inserter(meant),
                         [](const ListenerPtr &listener) { return isMeantByLocalhost(*listener); });
    if (meant.size() < 2 || std::ranges::any_of(meant, isPending) || !Servers(meant).areSeveral()) {
        return warnings;
    }
    const auto warning = warningFor(meant, families());
    for (std::size_t i = 0; i < sameport.size(); ++i) {
        if (isMeantByLocalhost(*sameport[i])) {
            warnings[i] = warning;
        }
    }
    return warnings;
}

} // namespace Quay
