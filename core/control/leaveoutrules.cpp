// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/leaveoutrules.h"

#include "core/processes/commandview.h"
#include "core/processes/shellcommand.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace Quay {

namespace {

constexpr std::string_view OurPrefix = "quaymaster"; // the window, its agent, its supervisors and its helper

std::optional<LeaveOutReason> reasonOf(LauncherKind launcher, const ProcessInfo &process)
{
    switch (launcher) {
    case LauncherKind::Init:
        return LeaveOutReason::Init;
    case LauncherKind::ServiceManager:
    case LauncherKind::Timer:
    case LauncherKind::ContainerRuntime:
        return LeaveOutReason::ServiceManager;
    case LauncherKind::DesktopSession:
        return LeaveOutReason::DesktopSession;
    case LauncherKind::Terminal:
    case LauncherKind::Multiplexer:
    case LauncherKind::Ssh:
        return LeaveOutReason::Terminal;
    case LauncherKind::Ide:
    case LauncherKind::CodingAgent:
        return LeaveOutReason::Ide;
    case LauncherKind::Shell:
        return runsOneCommand(process.arguments) ? std::nullopt : std::optional(LeaveOutReason::Shell);
    case LauncherKind::None:
    case LauncherKind::ProcessManager:
    case LauncherKind::PackageScript:
        return std::nullopt;
    }
    return std::nullopt;
}

bool isNamed(const ProcessInfo &process, const std::set<std::string> &names)
{
    return names.contains(process.name)
        || (!process.arguments.empty() && names.contains(std::string(baseName(process.arguments.front()))));
}

} // namespace

ProcessFacts factsOf(const ProcessInfo &process)
{
    return {.name = process.name, .arguments = &process.arguments, .executable = {}};
}

std::optional<ServerKind> kindOf(const ProcessInfo &process, const OwnerProfiles &profiles, const KindRules &rules)
{
    const auto profile = profiles.find(process.id);
    if (profile != profiles.end() && profile->second->kind) {
        return profile->second->kind;
    }
    return rules.serverKind(factsOf(process));
}

bool isQuaymaster(const ProcessInfo &process)
{
    const std::string_view first = process.arguments.empty() ? std::string_view() : process.arguments.front();
    return process.name.starts_with(OurPrefix) || baseName(first).starts_with(OurPrefix);
}

std::optional<LeaveOutReason> reasonByName(const ProcessInfo &process, const KindRules &rules,
                                           const std::set<std::string> &protectedNames)
{
    const bool isDemoServer = process.arguments.size() > 1 && process.arguments[1] == DemoServerOption;
    if (isQuaymaster(process) && !isDemoServer) {
        return LeaveOutReason::Ourselves;
    }
    return isNamed(process, protectedNames) ? LeaveOutReason::Protected
                                            : reasonOf(rules.launcherKind(factsOf(process)), process);
}

LeaveOutRules::LeaveOutRules(const KillPlanFacts &facts, const ProcessTree &tree, const OwnerProfiles &profiles)
    : m_facts(facts)
    , m_tree(tree)
    , m_profiles(profiles)
    , m_isOurs(tree.size())
    , m_verdicts(tree.size())
{
    for (auto ours = tree.find(facts.self); ours && !m_isOurs[*ours]; ours = tree.parentOf(*ours)) {
        m_isOurs[*ours] = true;
    }
}

std::optional<NeverEndedReason> LeaveOutRules::neverEnded(ProcessTree::Index index) const
{
    const auto &process = m_tree.info(index);
    if (process.id.pid <= 1) {
        return NeverEndedReason::Init;
    }
    if (process.isKernelThread) {
        return NeverEndedReason::KernelThread;
    }
    if (!m_isOurs[index]) {
        return std::nullopt;
    }
    return process.id.pid == m_facts.self ? NeverEndedReason::Ourselves : NeverEndedReason::OurParent;
}

bool LeaveOutRules::isContainerProxy(ProcessTree::Index index)
{
    return verdict(index).isContainerProxy;
}

std::optional<LeaveOutReason> LeaveOutRules::reason(ProcessTree::Index index)
{
    return verdict(index).reason;
}

LauncherKind LeaveOutRules::launcher(ProcessTree::Index index)
{
    return verdict(index).launcher;
}

const LeaveOutRules::Verdict &LeaveOutRules::verdict(ProcessTree::Index index)
{
    auto &known = m_verdicts[index];
    if (!known) {
        known = judge(index);
    }
    return *known;
}

LeaveOutRules::Verdict LeaveOutRules::judge(ProcessTree::Index index) const
{
    const auto &process = m_tree.info(index);
    const auto kind = kindOf(process, m_profiles, *m_facts.rules);
    Verdict verdict{.launcher = m_facts.rules->launcherKind(factsOf(process)),
                    .isContainerProxy = kind && kind->isContainerProxy,
                    .reason = std::nullopt};
    if (process.id.pid <= 1) {
        verdict.reason = LeaveOutReason::Init;
    } else if (process.isKernelThread) {
        verdict.reason = LeaveOutReason::KernelThread;
    } else if (m_isOurs[index]) {
        verdict.reason = LeaveOutReason::Ourselves;
    } else if (hasProtectedFile(process) || isNamed(process, m_facts.protectedNames)) {
        verdict.reason = LeaveOutReason::Protected;
    } else if (verdict.isContainerProxy) {
        verdict.reason = LeaveOutReason::ContainerProxy;
    } else {
        verdict.reason = reasonByName(process, *m_facts.rules, m_facts.protectedNames);
    }
    return verdict;
}

bool LeaveOutRules::hasProtectedFile(const ProcessInfo &process) const
{
    const auto profile = m_profiles.find(process.id);
    return profile != m_profiles.end() && profile->second->executable
        && m_facts.protectedNames.contains(std::string(baseName(profile->second->executable->path)));
}

} // namespace Quay
