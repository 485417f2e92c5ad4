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
    return link->isDeleted ? fail(ErrorCode::Gone, link->path) : Result<std::string>(link->path);
}

bool isBelowTarget(const KillTarget &target, const KillPlan &plan)
{
    return std::ranges::any_of(plan.targets, [&target](const KillTarget &other) {
        return other.process->id.pid == target.process->parentPid;
    });
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
        auto spec = readStartSpec(proc, *target.process);
        if (!spec || specs.size() == MostStartsAgain) {
            return {};
        }
        specs.push_back(*std::move(spec));
    }
    return specs;
}

} // namespace Quay
