// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/revivers.h"

#include "core/processes/wholename.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using Index = ProcessTree::Index;

/// What is at the end of the way up from a target.
struct Above
{
    std::optional<Index> manager; ///< Else:
    bool isStartedAsService = false;
};

/// A user's systemd: with it all would end that the user runs, and it restarts nobody who is not a unit of its own.
bool isUsersManager(const UnitInfo &unit)
{
    return unit.name.starts_with("user@");
}

bool isService(const UnitInfo &unit)
{
    switch (unit.kind) {
    case UnitKind::SystemService:
        return !isUsersManager(unit);
    case UnitKind::UserService:
    case UnitKind::Container:
        return true;
    case UnitKind::None:
    case UnitKind::Scope:
        return false;
    }
    return false;
}

bool startsServices(LauncherKind launcher)
{
    return launcher == LauncherKind::Init || launcher == LauncherKind::ServiceManager
        || launcher == LauncherKind::ContainerRuntime;
}

class ReviverSearch
{
public:
    ReviverSearch(const ScopeMembers &members, const KillPlanFacts &facts, const ProcessTree &tree,
                  const OwnerProfiles &profiles, LeaveOutRules &rules)
        : m_members(members)
        , m_facts(facts)
        , m_tree(tree)
        , m_profiles(profiles)
        , m_rules(rules)
    {
    }

    [[nodiscard]] std::vector<Reviver> take() && { return std::move(m_revivers); }

    void add(const KillTarget &target)
    {
        const auto index = m_tree.find(target.process->id);
        if (!index) {
            return;
        }
        const auto parent = m_tree.parentOf(*index);
        const bool isBelowTarget = parent && m_aboveTargets.contains(*parent);
        const bool hasMaster = !isBelowTarget && parent && isMasterOf(*parent, target);
        const Above above = isBelowTarget ? m_aboveTargets.at(*parent)
            : hasMaster                   ? Above{.manager = parent, .isStartedAsService = false}
                                          : aboveFrom(parent);
        m_aboveTargets.emplace(*index, above);
        if (above.manager) {
            addManager(*above.manager);
        } else if (above.isStartedAsService) {
            addUnitOf(target);
        }
    }

private:
    [[nodiscard]] Above aboveFrom(std::optional<Index> parent)
    {
        if (!parent) {
            return {.manager = std::nullopt, .isStartedAsService = true}; // in a container the rest cannot be seen
        }
        const auto known = m_aboveParents.find(*parent);
        if (known != m_aboveParents.end()) {
            return known->second;
        }
        std::size_t steps = 0;
        auto at = parent;
        while (at && goesOn(*at) && ++steps < m_tree.size()) { // the limit ends circles
            at = m_tree.parentOf(*at);
        }
        Above above;
        if (!at || startsServices(m_rules.launcher(*at)) || m_tree.info(*at).id.pid == 1) {
            above.isStartedAsService = true;
        } else if (m_rules.launcher(*at) == LauncherKind::ProcessManager && !m_members.isTarget(*at)) {
            above.manager = at;
        }
        m_aboveParents.emplace(*parent, above);
        return above;
    }

    /// Whether it neither starts anything again nor hides who does.
    [[nodiscard]] bool goesOn(Index index)
    {
        if (m_members.isTarget(index)) {
            return true;
        }
        return !m_rules.reason(index) && m_rules.launcher(index) != LauncherKind::ProcessManager;
    }

    [[nodiscard]] bool isMasterOf(Index parent, const KillTarget &target)
    {
        if (m_members.isTarget(parent) || startsServices(m_rules.launcher(parent))) {
            return false; // systemd keeps the sockets of what it starts on demand
        }
        const auto id = m_tree.info(parent).id;
        return std::ranges::any_of(target.listeners, [id](const ListenerPtr &listener) {
            return std::ranges::contains(listener->owners, id, [](const Owner &owner) { return owner.process->id; });
        });
    }

    void addManager(Index index)
    {
        const auto &process = m_tree.process(index);
        const auto isSame = [&process](const Reviver &known) { return known.process == process; };
        if (std::ranges::any_of(m_revivers, isSame)) {
            return;
        }
        std::string name = m_facts.rules->launcherName(factsOf(*process));
        if (name.empty()) {
            const auto kind = kindOf(*process, m_profiles, *m_facts.rules);
            name = kind ? kind->name : std::string(wholeName(*process));
        }
        m_revivers.push_back({.kind = ReviverKind::ProcessManager,
                              .name = std::move(name),
                              .unit = {},
                              .process = process,
                              .published = {},
                              .neverEnded = m_rules.neverEnded(index)});
    }

    void addUnitOf(const KillTarget &target)
    {
        const auto unit = unitOf(target);
        const auto isSame = [&unit](const Reviver &known) {
            return known.unit.kind == unit.kind && known.name == unit.name && known.unit.user == unit.user;
        };
        if (!isService(unit) || std::ranges::any_of(m_revivers, isSame)) {
            return;
        }
        const bool isContainer = unit.kind == UnitKind::Container;
        m_revivers.push_back({.kind = isContainer ? ReviverKind::Container : ReviverKind::Unit,
                              .name = unit.name,
                              .unit = unit,
                              .process = nullptr,
                              .published = {}});
    }

    [[nodiscard]] UnitInfo unitOf(const KillTarget &target) const
    {
        const auto profile = m_profiles.find(target.process->id);
        if (profile != m_profiles.end() && profile->second->unit.kind != UnitKind::None) {
            return profile->second->unit;
        }
        const auto lookedUp = m_facts.units.find(target.process->id);
        if (lookedUp != m_facts.units.end()) {
            return lookedUp->second;
        }
        return target.listeners.empty() ? UnitInfo{} : target.listeners.front()->unit;
    }

    const ScopeMembers &m_members;
    const KillPlanFacts &m_facts;
    const ProcessTree &m_tree;
    const OwnerProfiles &m_profiles;
    LeaveOutRules &m_rules;
    std::unordered_map<Index, Above> m_aboveTargets;
    std::unordered_map<Index, Above> m_aboveParents; ///< By the parent at which the way begins.
    std::vector<Reviver> m_revivers;
};

} // namespace

std::vector<Reviver> reviversOf(const std::vector<KillTarget> &targets, const ScopeMembers &members,
                                const KillPlanFacts &facts, const ProcessTree &tree, const OwnerProfiles &profiles,
                                LeaveOutRules &rules)
{
    ReviverSearch search(members, facts, tree, profiles, rules);
    for (const auto &target : targets) {
        search.add(target);
    }
    return std::move(search).take();
}

std::optional<Reviver> serviceOf(const ListenerPtr &listener)
{
    constexpr std::string_view DockersUnit = "docker.service";
    const UnitInfo &unit = listener->unit;
    if (!isService(unit)) {
        return std::nullopt;
    }
    const bool isProxys = unit.kind != UnitKind::Container && unit.name == DockersUnit;
    const bool isContainer = isProxys || unit.kind == UnitKind::Container;
    return Reviver{.kind = isContainer ? ReviverKind::Container : ReviverKind::Unit,
                   .name = isProxys ? std::string() : unit.name,
                   .unit = isProxys ? UnitInfo{} : unit,
                   .process = nullptr,
                   .published = {listener}};
}

void addPublishedPorts(KillPlan &plan)
{
    for (const auto &reviver : plan.revivers) {
        for (const auto &listener : reviver.published) {
            if (!std::ranges::contains(plan.listeners, listener)) {
                plan.listeners.push_back(listener);
            }
        }
    }
}

} // namespace Quay
