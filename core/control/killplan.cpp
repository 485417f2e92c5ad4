// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/killplan.h"

#include "core/control/killscope.h"
#include "core/control/leaveoutrules.h"
#include "core/control/processtree.h"
#include "core/control/revivers.h"

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <expected>
#include <iterator>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using Index = ProcessTree::Index;
using ListenersByOwner = std::unordered_map<ProcessId, std::vector<ListenerPtr>>;

OwnerProfiles profilesOf(const PortSnapshot &ports)
{
    OwnerProfiles profiles;
    for (const auto &listener : ports.listeners) {
        for (const auto &owner : listener->owners) {
            profiles.emplace(owner.process->id, owner.profile.get());
        }
    }
    return profiles;
}

ListenersByOwner listenersByOwner(const PortSnapshot &ports)
{
    ListenersByOwner listeners;
    for (const auto &listener : ports.listeners) {
        for (const auto &owner : listener->owners) {
            listeners[owner.process->id].push_back(listener);
        }
    }
    return listeners;
}

/// Makes one plan from one set of facts.
class Planner
{
public:
    Planner(const KillRequest &request, const KillPlanFacts &facts)
        : m_request(request)
        , m_facts(facts)
        , m_tree(facts.processes)
        , m_profiles(profilesOf(*facts.ports))
        , m_listeners(listenersByOwner(*facts.ports))
        , m_rules(facts, m_tree, m_profiles)
    {
    }

    [[nodiscard]] PlanResult plan()
    {
        if (const auto found = findAsked(); !found) {
            return std::unexpected(found.error());
        }
        m_plan.scope = m_request.scope;
        m_plan.isForced = m_request.isForced;
        m_plan.protectedNames = m_facts.protectedNames;
        m_plan.drain = m_request.isForced ? std::nullopt : m_request.drain;
        m_members = membersOf(m_request.scope, m_asked, m_tree, m_rules);
        addTargets();
        addProxies();
        addZombies();
        addLeftOut();
        addRemaining();
        addParents();
        addListeners();
        auto revivers = reviversOf(m_plan.targets, m_members, m_facts, m_tree, m_profiles, m_rules);
        std::ranges::move(revivers, std::back_inserter(m_plan.revivers));
        return std::move(m_plan);
    }

private:
    [[nodiscard]] std::expected<void, PlanFailure> findAsked()
    {
        std::set<Index> seen;
        for (const auto &id : m_request.processes) {
            if (const auto added = addAsked(id, true, seen); !added) {
                return added;
            }
        }
        for (const auto &id : m_request.holders) {
            if (const auto added = addAsked(id, false, seen); !added) {
                return added;
            }
        }
        return {};
    }

    [[nodiscard]] std::expected<void, PlanFailure> addAsked(const ProcessId &id, bool isNamed, std::set<Index> &seen)
    {
        const auto index = m_tree.find(id);
        if (!index) {
            return std::unexpected(PlanFailure{.pid = id.pid});
        }
        if (holdsForUnits(*index)) {
            m_plan.leftOut.push_back({.process = m_tree.process(*index), .reason = LeaveOutReason::SocketHolder});
            return {};
        }
        const auto reason = isNamed || m_rules.isContainerProxy(*index) ? std::nullopt : m_rules.reason(*index);
        if (reason && !seen.contains(*index)) {
            m_plan.leftOut.push_back({.process = m_tree.process(*index), .reason = *reason});
            return {};
        }
        if (const auto never = m_rules.neverEnded(*index)) {
            return std::unexpected(PlanFailure{.pid = id.pid, .neverEnded = never});
        }
        if (seen.insert(*index).second) {
            const bool isZombie = isDead(m_tree.info(*index));
            (isZombie ? m_zombies : m_rules.isContainerProxy(*index) ? m_proxies : m_asked).push_back(*index);
        }
        return {};
    }

    /// A holder of the port may be in the scope of another one as well.
    void addLeftOut()
    {
        for (auto &left : m_members.leftOut) {
            if (!std::ranges::contains(m_plan.leftOut, left.process, &LeftOut::process)) {
                m_plan.leftOut.push_back(std::move(left));
            }
        }
    }

    /// systemd holds the sockets of what it starts on demand, and with it all that it runs would end.
    [[nodiscard]] bool holdsForUnits(Index index)
    {
        const auto launcher = m_rules.launcher(index);
        return (launcher == LauncherKind::ServiceManager || launcher == LauncherKind::Init)
            && m_listeners.contains(m_tree.info(index).id);
    }

    /// Parents before their children, and what belongs together side by side; the oldest first.
    void addTargets()
    {
        std::vector<Index> roots;
        for (Index index = 0; index < m_tree.size(); ++index) {
            const auto parent = m_tree.parentOf(index);
            if (m_members.isTarget(index) && !(parent && m_members.isTarget(*parent))) {
                roots.push_back(index);
            }
        }
        std::vector<bool> isAdded(m_tree.size());
        std::ranges::sort(roots, {}, [this](Index index) { return age(index); });
        for (const auto root : roots) {
            addTargetsFrom(root, isAdded);
        }
        for (Index index = 0; index < m_tree.size(); ++index) { // a circle has no root
            addTargetsFrom(index, isAdded);
        }
    }

    void addTargetsFrom(Index root, std::vector<bool> &isAdded)
    {
        std::vector<Index> open{root};
        while (!open.empty()) {
            const auto index = open.back();
            open.pop_back();
            if (!m_members.isTarget(index) || isAdded[index]) {
                continue;
            }
            isAdded[index] = true;
            m_plan.targets.push_back(targetFrom(index));
            const auto begin = static_cast<std::ptrdiff_t>(open.size());
            std::ranges::copy(m_tree.childrenOf(index), std::back_inserter(open));
            std::ranges::sort(open.begin() + begin, open.end(), std::greater{},
                              [this](Index child) { return age(child); });
        }
    }

    [[nodiscard]] KillTarget targetFrom(Index index)
    {
        const auto &process = m_tree.process(index);
        const auto held = m_listeners.find(process->id);
        return {.process = process,
                .role = *m_members.roles[index],
                .signal = signalFor(*process),
                .listeners = held != m_listeners.end() ? held->second : std::vector<ListenerPtr>{},
                .staysUnlessNamed = m_rules.reason(index)};
    }

    [[nodiscard]] int signalFor(const ProcessInfo &process) const
    {
        if (m_request.isForced) {
            return SIGKILL;
        }
        return m_request.signal ? *m_request.signal : stopSignalOf(kindOf(process, m_profiles, *m_facts.rules));
    }

    void addProxies()
    {
        for (const auto index : m_proxies) {
            const auto &process = m_tree.process(index);
            const auto held = m_listeners.find(process->id);
            const auto profile = m_profiles.find(process->id);
            Reviver reviver{
                .kind = ReviverKind::Container, .name = {}, .unit = {}, .process = process, .published = {}};
            if (held != m_listeners.end()) {
                reviver.published = held->second;
            }
            if (profile != m_profiles.end() && profile->second->unit.kind == UnitKind::Container) {
                reviver.unit = profile->second->unit;
                reviver.name = reviver.unit.name;
            }
            m_plan.revivers.push_back(std::move(reviver));
            m_plan.leftOut.push_back({.process = process, .reason = LeaveOutReason::ContainerProxy});
        }
    }

    void addZombies()
    {
        for (const auto index : m_zombies) {
            const auto parent = m_tree.parentOf(index);
            const bool isParentTarget = parent && m_members.isTarget(*parent);
            m_plan.zombies.push_back(
                {.process = m_tree.process(index),
                 .parent = parent ? m_tree.process(*parent) : nullptr,
                 .isParentTarget = isParentTarget,
                 .parentStays = parent && !isParentTarget ? m_rules.reason(*parent) : std::nullopt});
        }
    }

    void addRemaining()
    {
        std::set<ProcessId> known;
        for (const auto &leftOut : m_plan.leftOut) {
            known.insert(leftOut.process->id);
        }
        for (const auto &target : m_plan.targets) {
            for (const auto child : m_tree.childrenOf(*m_tree.find(target.process->id))) {
                const auto &process = m_tree.process(child);
                if (!m_members.isTarget(child) && !known.contains(process->id) && !isDead(*process)) {
                    m_plan.remaining.push_back(process);
                }
            }
        }
    }

    void addParents()
    {
        for (const auto &target : m_plan.targets) {
            const auto parent = m_tree.parentOf(*m_tree.find(target.process->id));
            if (!parent || m_members.isTarget(*parent) || m_rules.isUntouchable(*parent)) {
                continue;
            }
            const auto &process = m_tree.process(*parent);
            auto *const known = isInTerminalOf(*target.process, *process) && !m_rules.reason(*parent)
                ? &m_plan.hosts
                : parentsLike(m_rules.reason(*parent));
            if (known != nullptr && !isDead(*process) && !std::ranges::contains(*known, process)) {
                known->push_back(process);
            }
        }
    }

    /// Where the plan keeps a parent that is left out for @p reason. Null: nowhere, it starts nothing again.
    [[nodiscard]] std::vector<ProcessInfoPtr> *parentsLike(std::optional<LeaveOutReason> reason)
    {
        if (!reason) {
            return &m_plan.parents;
        }
        if (*reason == LeaveOutReason::Shell) {
            return &m_plan.shells;
        }
        return *reason == LeaveOutReason::Terminal || *reason == LeaveOutReason::Ide ? &m_plan.hosts : nullptr;
    }

    void addListeners()
    {
        std::uint32_t connections = 0;
        bool isCounted = true;
        for (const auto &listener : m_facts.ports->listeners) {
            const auto isEnding = [this](const Owner &owner) { return isTarget(owner.process->id); };
            if (std::ranges::none_of(listener->owners, isEnding)) {
                continue;
            }
            m_plan.listeners.push_back(listener);
            if (!std::ranges::all_of(listener->owners, isEnding)) {
                m_plan.shared.push_back(listener);
            }
            if (listener->socket.protocol == Protocol::Tcp) {
                isCounted = isCounted && listener->connections;
                connections += listener->connections.value_or(0);
            }
        }
        m_plan.connections = isCounted ? std::optional(connections) : std::nullopt;
    }

    [[nodiscard]] bool isTarget(ProcessId id) const
    {
        const auto index = m_tree.find(id);
        return index && m_members.isTarget(*index);
    }

    /// Ascending from the oldest.
    [[nodiscard]] std::pair<std::uint64_t, pid_t> age(Index index) const
    {
        const auto &id = m_tree.info(index).id;
        return {id.startTicks, id.pid};
    }

    const KillRequest &m_request;
    const KillPlanFacts &m_facts;
    ProcessTree m_tree;
    OwnerProfiles m_profiles;
    ListenersByOwner m_listeners;
    LeaveOutRules m_rules;
    ScopeMembers m_members;
    std::vector<Index> m_asked;
    std::vector<Index> m_proxies; ///< Asked for as well, but not to be ended.
    std::vector<Index> m_zombies; ///< Asked for as well, but they have ended.
    KillPlan m_plan;
};

} // namespace

PlanResult makeKillPlan(const KillRequest &request, const KillPlanFacts &facts)
{
    return Planner(request, facts).plan();
}

std::vector<ListenerPtr> inferredListeners(const KillTarget &target)
{
    std::vector<ListenerPtr> inferred;
    std::ranges::copy_if(target.listeners, std::back_inserter(inferred), [](const ListenerPtr &listener) {
        return listener->knowledge == OwnerKnowledge::InferredFromUnit;
    });
    return inferred;
}

int stopSignalOf(const std::optional<ServerKind> &kind)
{
    return kind && kind->stopSignal ? *kind->stopSignal : SIGTERM;
}

} // namespace Quay
