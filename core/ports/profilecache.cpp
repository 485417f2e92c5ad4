// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/profilecache.h"

#include "core/kernel/proccgroup.h"
#include "core/kernel/proccmdline.h"
#include "core/kernel/proclink.h"
#include "core/ports/listener.h"
#include "core/processes/ancestry.h"
#include "core/processes/kindrules.h"
#include "core/processes/processinfo.h"
#include "core/processes/processtable.h"
#include "core/processes/unit.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr std::uint64_t UsesBeforeReread = 8;

template<typename T>
std::optional<T> known(Result<T> result)
{
    return result ? std::optional(std::move(*result)) : std::nullopt;
}

/// Whether the process that @p profile was of is on its way out: its program is let go of before its descriptors are.
bool isDying(const OwnerProfile &profile, const Result<ProcLink> &executable)
{
    return profile.executable && !executable && executable.error().code == ErrorCode::Gone;
}

/// Ancestors that merely used some CPU time are no difference.
bool isSameAncestry(const Ancestry &left, const Ancestry &right)
{
    return left.origin == right.origin && left.isReparented == right.isReparented
        && std::ranges::equal(left.steps, right.steps, [](const AncestryStep &one, const AncestryStep &other) {
               return one.launcher == other.launcher && one.launcherName == other.launcherName
                   && isSameProgram(*one.process, *other.process);
           });
}

bool isSameProfile(const OwnerProfile &left, const OwnerProfile &right)
{
    const bool sameProject =
        left.project == right.project || (left.project && right.project && *left.project == *right.project);
    return sameProject && left.workingDirectory == right.workingDirectory
        && left.isDirectoryElsewhere == right.isDirectoryElsewhere && left.isDirectorySilent == right.isDirectorySilent
        && left.executable == right.executable && left.unit == right.unit && left.kind == right.kind
        && isSameAncestry(left.ancestry, right.ancestry);
}

/// As ProjectLooks::find() told it.
std::optional<ProjectPtr> projectAsTold(const OwnerProfile &profile)
{
    return profile.isDirectorySilent ? std::nullopt : std::optional(profile.project);
}

/// The timer behind a service; nothing where there is none or its environment may not be read.
std::optional<std::string> timerOf(const ProcFs &proc, pid_t pid, const UnitInfo &unit)
{
    if (unit.kind != UnitKind::SystemService && unit.kind != UnitKind::UserService) {
        return std::nullopt;
    }
    const auto environment = readEnvironment(proc, pid);
    return environment ? triggeringTimer(*environment) : std::nullopt;
}

} // namespace

ProfileCache::ProfileCache(const ProcFs &proc, ProcessTable &table, const KindRules &rules, ProjectLooks projects)
    : m_proc(proc)
    , m_table(table)
    , m_rules(rules)
    , m_projects(std::move(projects))
{
}

OwnerProfilePtr ProfileCache::profileOf(const ProcessInfoPtr &process)
{
    auto &cached = m_cached[process->id.pid];
    ++cached.uses;
    const bool isSame = cached.process && isSameProgram(*cached.process, *process);
    if (isSame && !cached.isOutdated && cached.uses % UsesBeforeReread != 0) {
        return cached.profile;
    }
    if (isSame && cached.profile && isDying(*cached.profile, readExecutable(m_proc, process->id.pid))) {
        return cached.profile; // the last that can be known of it
    }
    auto fresh = read(process);
    if (!cached.profile || !isSameProfile(*cached.profile, *fresh)) {
        cached.profile = std::move(fresh);
    }
    cached.process = process;
    cached.isOutdated = false;
    return cached.profile;
}

OwnerProfilePtr ProfileCache::read(const ProcessInfoPtr &process)
{
    const auto pid = process->id.pid;
    auto profile = std::make_shared<OwnerProfile>();
    readDirectory(*profile, pid);
    profile->executable = known(readExecutable(m_proc, pid));
    if (const auto cgroup = readProcCgroup(m_proc, pid)) {
        profile->unit = unitFromCgroup(*cgroup);
    }
    const auto &executable = profile->executable;
    const ProcessFacts facts{.name = process->name,
                             .arguments = &process->arguments,
                             .executable = executable ? std::string_view(executable->path) : std::string_view{}};
    profile->kind = m_rules.serverKind(facts);
    profile->ancestry =
        ancestryOf(process, [this](pid_t parent) { return m_table.find(parent); }, m_rules, profile->unit);
    if (const auto timer = timerOf(m_proc, pid, profile->unit)) {
        attributeToTimer(profile->ancestry, *timer);
    }
    return profile;
}

void ProfileCache::readDirectory(OwnerProfile &profile, pid_t pid)
{
    profile.workingDirectory = known(readWorkingDirectory(m_proc, pid));
    const auto &directory = profile.workingDirectory;
    if (!directory || directory->isDeleted) {
        return;
    }
    profile.isDirectoryElsewhere = isDirectoryElsewhere(m_proc, pid, directory->path);
    if (profile.isDirectoryElsewhere) {
        return;
    }
    const auto project = m_projects.find(directory->path);
    profile.isDirectorySilent = !project;
    profile.project = project.value_or(nullptr);
}

std::vector<pid_t> ProfileCache::changedAmong(std::span<const pid_t> pids, const std::stop_token &stop)
{
    std::unordered_map<std::string, std::optional<ProjectPtr>> projects; // many servers run in one directory
    const auto projectOf = [this, &projects](const std::string &directory) {
        const auto [entry, isNew] = projects.try_emplace(directory);
        if (isNew) {
            entry->second = m_projects.find(directory);
        }
        return entry->second;
    };
    std::unordered_map<pid_t, ProcessInfoPtr> parents; // and were started by the same
    const auto parentNow = [this, &parents](pid_t pid) {
        const auto [entry, isNew] = parents.try_emplace(pid);
        if (isNew) {
            entry->second = m_table.find(pid);
        }
        return entry->second;
    };
    std::vector<pid_t> changed;
    for (const pid_t pid : pids) {
        if (stop.stop_requested()) {
            break;
        }
        const auto found = m_cached.find(pid);
        if (found == m_cached.end() || !found->second.profile) {
            continue;
        }
        auto &[process, profile, uses, isOutdated] = found->second;
        const auto executable = readExecutable(m_proc, pid);
        if (isDying(*profile, executable)) {
            continue;
        }
        const auto directory = known(readWorkingDirectory(m_proc, pid));
        isOutdated = directory != profile->workingDirectory || known(executable) != profile->executable
            || (directory && !directory->isDeleted && !profile->isDirectoryElsewhere
                && projectOf(directory->path) != projectAsTold(*profile))
            || hasOtherUnit(*process, *profile) || hasOtherParents(profile->ancestry, parentNow);
        if (isOutdated) {
            changed.push_back(pid);
        }
    }
    return changed;
}

/// One that somebody else moves into another cgroup shows that once it runs: a cgroup is far dearer to read than a
/// clock.
bool ProfileCache::hasOtherUnit(const ProcessInfo &process, const OwnerProfile &profile) const
{
    if (m_table.cpuTime(process.id.pid) == process.cpuTime) {
        return false;
    }
    const auto cgroup = readProcCgroup(m_proc, process.id.pid);
    return cgroup && unitFromCgroup(*cgroup) != profile.unit;
}

/// When a parent ended, those below it have another one, which they notice as little as the process table does.
bool ProfileCache::hasOtherParents(const Ancestry &ancestry, const std::function<ProcessInfoPtr(pid_t)> &now)
{
    const auto isOther = [&now](const AncestryStep &step) {
        const auto process = now(step.process->id.pid);
        return !process || process->state == 'Z' || !isSameProgram(*process, *step.process);
    };
    const auto &steps = ancestry.steps;
    const auto changed = std::ranges::find_if(steps | std::views::drop(1), isOther);
    if (changed == steps.end()) {
        return false;
    }
    for (const auto &step : std::ranges::subrange(steps.begin(), changed)) {
        m_table.reread(step.process->id.pid);
    }
    return true;
}

void ProfileCache::keepOnly(std::span<const pid_t> pids)
{
    std::erase_if(m_cached, [pids](const auto &entry) { return !std::ranges::binary_search(pids, entry.first); });
}

} // namespace Quay
