// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/startspec.h"

#include "core/base/aside.h"
#include "core/base/readfile.h"
#include "core/control/leaveoutrules.h"
#include "core/kernel/proccmdline.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclink.h"
#include "core/kernel/procstat.h"
#include "core/processes/commandview.h"
#include "core/processes/kindrules.h"
#include "core/processes/shellcommand.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <ranges>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
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

/// Of `NAME=value`; empty when it is not there.
std::string_view valueOf(const std::vector<std::string> &environment, std::string_view assignment)
{
    const auto found = std::ranges::find_if(
        environment, [assignment](std::string_view variable) { return variable.starts_with(assignment); });
    return found != environment.end() ? std::string_view(*found).substr(assignment.size()) : std::string_view();
}

bool isSameFile(const std::string &path, const std::string &other)
{
    std::error_code error;
    return std::filesystem::equivalent(path, other, error) && ::access(path.c_str(), X_OK) == 0;
}

/// The path by which that program was called, so that the kernel gives it the name that it had: of links such as
/// python3 it knows only where they lead. The program file itself where that cannot be told.
std::string calledPath(const StartSpec &spec)
{
    const std::string &word = spec.arguments.front();
    const std::string called = word.starts_with('-') ? word.substr(1) : word; // a login shell
    if (called.contains('/')) {
        const auto path = (std::filesystem::path(spec.directory) / called).lexically_normal().string();
        return isSameFile(path, spec.executable) ? path : spec.executable;
    }
    for (const auto part : valueOf(spec.environment, "PATH=") | std::views::split(':')) {
        const auto path = (std::filesystem::path(std::string_view(part)) / called).string();
        if (path.starts_with('/') && isSameFile(path, spec.executable)) {
            return path;
        }
    }
    return spec.executable;
}

/// The words of a `#!` line: the interpreter, and all that follows it as one. Nothing for a file without one.
std::vector<std::string> interpreterOf(const std::string &path)
{
    constexpr std::size_t MostLineBytes = 256; // that the kernel reads
    constexpr std::string_view Mark = "#!";
    constexpr std::string_view Blanks = " \t";
    const auto text = readFileStartAt(AT_FDCWD, path, MostLineBytes);
    if (!text || !text->starts_with(Mark)) {
        return {};
    }
    const std::string_view line = std::string_view(*text).substr(Mark.size(), text->find('\n') - Mark.size());
    const auto begin = std::min(line.find_first_not_of(Blanks), line.size());
    const auto end = std::min(line.find_first_of(Blanks, begin), line.size());
    std::vector<std::string> words{std::string(line.substr(begin, end - begin))};
    if (const auto rest = line.find_first_not_of(Blanks, end); rest != std::string_view::npos) {
        words.emplace_back(line.substr(rest, line.find_last_not_of(Blanks) - rest + 1));
    }
    return words;
}

/// A process that has the name of its script was started through the `#!` line of that: it is again, for the kernel
/// would name it after the interpreter.
void callScript(StartSpec &spec)
{
    constexpr std::size_t MostNameBytes = 15;
    for (std::size_t index = 1; index < std::min(spec.arguments.size(), std::size_t{3}); ++index) {
        const std::string &script = spec.arguments[index];
        if (!script.contains('/') || baseName(script).substr(0, MostNameBytes) != spec.name) {
            continue;
        }
        const auto path = (std::filesystem::path(spec.directory) / script).lexically_normal().string();
        const bool isItsLine = std::ranges::equal(interpreterOf(path), std::span(spec.arguments).first(index));
        if (isItsLine && ::access(path.c_str(), X_OK) == 0) {
            spec.executable = path;
            spec.arguments.erase(spec.arguments.begin(), spec.arguments.begin() + static_cast<std::ptrdiff_t>(index));
            return;
        }
    }
}

/// Who types at it does so at a terminal, which nobody can give back.
bool isSomebodysShell(const std::string &name, const std::vector<std::string> &arguments)
{
    const ProcessFacts facts{.name = name, .arguments = &arguments, .executable = {}};
    return KindRules::builtIn().launcherKind(facts) == LauncherKind::Shell && !runsOneCommand(arguments);
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
/// work, and so has a shell: then how to start those. Whether there is a way.
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
    if (!areArguments(*arguments, *executable) || isSomebodysShell(process.name, *arguments) || isQuaymaster(process)) {
        return fail(ErrorCode::Unsupported, subject);
    }
    StartSpec spec{.name = process.name,
                   .executable = *std::move(executable),
                   .arguments = *std::move(arguments),
                   .directory = *std::move(directory),
                   .environment = *std::move(environment)};
    spec.executable = calledPath(spec);
    callScript(spec);
    return spec;
}

Result<> canStart(const StartSpec &spec)
{
    for (const auto &path : {spec.directory, spec.executable}) {
        if (::access(path.c_str(), X_OK) != 0) {
            return failErrno(errno, path);
        }
    }
    return {};
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

std::vector<StartSpec> startSpecsInTime(const KillPlan &plan)
{
    constexpr auto Patience =
        std::chrono::milliseconds(500); // a server in a directory of a dead machine is to end, too
    const auto specs = answerWithin(Patience, [plan] {
        const auto proc = ProcFs::open();
        return proc ? startSpecsOf(*proc, plan) : std::vector<StartSpec>();
    });
    return specs.value_or(std::vector<StartSpec>());
}

} // namespace Quay
