// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/startspec.h"

#include "core/kernel/proccmdline.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclink.h"
#include "core/kernel/procstat.h"
#include "core/processes/commandview.h"

#include <algorithm>
#include <utility>

#include <unistd.h>

namespace Quay {

namespace {

/// Whether it is what the program was called with. A title is one text that does not begin with the program's name.
bool areArguments(const std::vector<std::string> &arguments, std::string_view executable)
{
    return arguments.size() > 1
        || (arguments.size() == 1 && !arguments.front().contains(' ')
            && baseName(executable).starts_with(baseName(arguments.front())));
}

Result<std::string> pathOf(const Result<ProcLink> &link)
{
    if (!link) {
        return std::unexpected(link.error());
    }
    // A program that was built anew has another file of the same name, and so has a directory.
    const bool isThere = !link->isDeleted || ::access(link->path.c_str(), X_OK) == 0;
    return isThere ? Result<std::string>(link->path) : fail(ErrorCode::Gone, link->path);
}

bool isBelow(const KillTarget &target, const KillTarget &other)
{
    return target.process->parentPid == other.process->id.pid;
}

bool isBelowTarget(const KillTarget &target, const KillPlan &plan)
{
    return std::ranges::any_of(plan.targets, [&target](const KillTarget &other) { return isBelow(target, other); });
}

/// Adds how to start @p target again. One that hides what it was called with behind a title (npm) has others do the
/// work: then how to start those. Whether there is a way.
bool addSpecs(const ProcFs &proc, const KillPlan &plan, const KillTarget &target, std::vector<StartSpec> &specs)
{
    auto spec = readStartSpec(proc, *target.process);
    if (spec && specs.size() < MostStartsAgain) {
        specs.push_back(*std::move(spec));
        return true;
    }
    const auto before = specs.size();
    return !spec && spec.error().code == ErrorCode::Unsupported
        && std::ranges::all_of(
            plan.targets,
            [&](const KillTarget &other) { return !isBelow(other, target) || addSpecs(proc, plan, other, specs); })
        && specs.size() > before;
}

} // namespace

Result<StartSpec> readStartSpec(const ProcFs &proc, const ProcessInfo &process)
{
    const pid_t pid = process.id.pid;
    const std::string subject = "pid " + std::to_string(pid);
    if (process.uid != ::geteuid()) {
        return fail(ErrorCode::Denied, subject);
    }
    auto executable = pathOf(readExecutable(proc, pid));
    auto directory = pathOf(readWorkingDirectory(proc, pid));
    auto arguments = readArguments(proc, pid);
    auto environment = readEnvironment(proc, pid);
    if (!executable || !directory) {
        return std::unexpected(!executable ? executable.error() : directory.error());
    }
    if (!arguments || !environment) {
        return std::unexpected(!arguments ? arguments.error() : environment.error());
    }
    const auto stat = readProcStat(proc, pid);
    if (!stat || stat->startTicks != process.id.startTicks) {
        return fail(ErrorCode::Gone, subject);
    }
    if (!areArguments(*arguments, *executable)) {
        return fail(ErrorCode::Unsupported, subject);
    }
    return StartSpec{.name = process.name,
                     .executable = *std::move(executable),
                     .arguments = *std::move(arguments),
                     .directory = *std::move(directory),
                     .environment = *std::move(environment)};
}

std::vector<StartSpec> startSpecsOf(const ProcFs &proc, const KillPlan &plan)
{
    std::vector<StartSpec> specs;
    if (!plan.revivers.empty()) {
        return specs;
    }
    for (const auto &target : plan.targets) {
        if (isBelowTarget(target, plan)) {
            continue;
        }
        if (!addSpecs(proc, plan, target, specs)) {
            return {};
        }
    }
    return specs;
}

} // namespace Quay
