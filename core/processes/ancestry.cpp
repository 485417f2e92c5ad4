// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/ancestry.h"

#include "core/processes/shellcommand.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace Quay {

namespace {

constexpr std::size_t MostSteps = 64;

AncestryStep stepOf(const ProcessInfoPtr &process, const KindRules &rules)
{
    const ProcessFacts facts{.name = process->name, .arguments = &process->arguments, .executable = {}};
    return {.process = process, .launcher = rules.launcherKind(facts), .launcherName = rules.launcherName(facts)};
}

ProcessInfoPtr parentOf(const Ancestry &ancestry, const ProcessLookup &lookup)
{
    const auto &child = ancestry.steps.back().process;
    if (child->parentPid <= 0) {
        return nullptr;
    }
    auto parent = lookup(child->parentPid);
    if (parent == nullptr || parent->id.startTicks > child->id.startTicks) {
        return nullptr; // the pid was given out again
    }
    const bool isCircle = std::ranges::any_of(
        ancestry.steps, [&parent](const AncestryStep &step) { return step.process->id.pid == parent->id.pid; });
    return isCircle ? nullptr : parent;
}

/// A child has its parent's session or, after setsid(), one of its own. With any other it came from somewhere else.
bool isFromAnotherSession(const ProcessInfo &child, const ProcessInfo &parent)
{
    const bool isSessionKnown = child.session > 0; // 0: its leader is in another pid namespace
    return isSessionKnown && child.session != child.id.pid && child.session != parent.session;
}

bool isManager(LauncherKind launcher)
{
    return launcher == LauncherKind::Init || launcher == LauncherKind::ServiceManager;
}

bool isReparented(const Ancestry &ancestry, const UnitInfo &unit)
{
    if (ancestry.steps.size() < 2) {
        return false;
    }
    switch (unit.kind) {
    case UnitKind::SystemService:
    case UnitKind::UserService:
        return false; // also a daemon that forked twice: it is still a process of its service
    case UnitKind::None:
    case UnitKind::Scope:
    case UnitKind::Container:
        break;
    }
    const auto &child = *ancestry.steps[0].process;
    const auto &parent = *ancestry.steps[1].process;
    if (isFromAnotherSession(child, parent)) {
        return true;
    }
    // systemd itself forks services only. What is in a scope was started by somebody else.
    return unit.kind == UnitKind::Scope && ancestry.steps[1].launcher == LauncherKind::ServiceManager;
}

/// A shell that runs one command or script is a part of what was started, as npm's own is.
bool explainsNothing(const AncestryStep &step)
{
    return step.launcher == LauncherKind::Shell && runsOneCommand(step.process->arguments);
}

std::optional<std::size_t> nearest(std::span<const AncestryStep> steps, std::initializer_list<LauncherKind> kinds)
{
    for (std::size_t index = 1; index < steps.size(); ++index) {
        if (std::ranges::contains(kinds, steps[index].launcher) && !explainsNothing(steps[index])) {
            return index;
        }
    }
    return std::nullopt;
}

/// The steps whose being above explains something: without whom only adopted the one below.
std::span<const AncestryStep> explainingSteps(const Ancestry &ancestry)
{
    const std::span steps(ancestry.steps);
    if (ancestry.isReparented) {
        return steps.first(1);
    }
    for (std::size_t index = 1; index < steps.size(); ++index) {
        const bool isAdopted =
            isManager(steps[index].launcher) && isFromAnotherSession(*steps[index - 1].process, *steps[index].process);
        if (isAdopted) {
            return steps.first(index);
        }
    }
    return steps;
}

std::optional<std::size_t> originOf(const Ancestry &ancestry)
{
    using enum LauncherKind;
    const auto steps = explainingSteps(ancestry);
    std::optional<std::size_t> origin =
        nearest(steps, {CodingAgent, Ide, Terminal, Multiplexer, Ssh, Timer, ContainerRuntime});
    for (const auto kind : {ProcessManager, DesktopSession, ServiceManager, Init, Shell}) {
        if (!origin) {
            origin = nearest(steps, {kind});
        }
    }
    const bool areOthersAdopters = steps.size() < ancestry.steps.size();
    if (!origin && areOthersAdopters && steps.size() > 1) {
        origin = steps.size() - 1; // who started that has ended
    }
    return origin;
}

} // namespace

std::optional<std::string> triggeringTimer(std::span<const std::string> environment)
{
    static constexpr std::string_view Name = "TRIGGER_UNIT=";
    const auto found =
        std::ranges::find_if(environment, [](const std::string &entry) { return entry.starts_with(Name); });
    if (found == environment.end() || !found->ends_with(".timer")) { // paths and sockets trigger as well
        return std::nullopt;
    }
    auto timer = found->substr(Name.size());
    return timer == ".timer" ? std::nullopt : std::optional(std::move(timer));
}

void attributeToTimer(Ancestry &ancestry, const std::string &timer)
{
    if (ancestry.origin && isManager(ancestry.steps[*ancestry.origin].launcher)) {
        auto &origin = ancestry.steps[*ancestry.origin];
        origin.launcher = LauncherKind::Timer;
        origin.launcherName = timer;
    }
}

Ancestry ancestryOf(const ProcessInfoPtr &process, const ProcessLookup &lookup, const KindRules &rules,
                    const UnitInfo &unit)
{
    Ancestry ancestry;
    for (auto next = process; next != nullptr && ancestry.steps.size() < MostSteps;) {
        ancestry.steps.push_back(stepOf(next, rules));
        next = parentOf(ancestry, lookup);
    }
    ancestry.isReparented = isReparented(ancestry, unit);
    ancestry.origin = originOf(ancestry);
    return ancestry;
}

} // namespace Quay
