// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/startingagain.h"

#include "core/again/againlogs.h"
#include "core/base/clock.h"
#include "core/base/safetext.h"
#include "core/control/detachedstart.h"
#include "core/history/auditlog.h"
#include "core/kernel/procfs.h"
#include "core/kernel/userdirectories.h"
#include "core/processes/wholename.h"

#include <algorithm>
#include <cerrno>
#include <format>
#include <optional>
#include <utility>
#include <vector>

#include <unistd.h>

namespace Quay {

namespace {

constexpr std::string_view Extension = ".log";

/// The name as a part of a file's name: whatever else it holds, the time before it makes it unlike all others.
std::string fileNamePart(const std::string &name)
{
    std::string part = name.substr(0, 32);
    std::ranges::replace_if(
        part,
        [](unsigned char c) { return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')); },
        '-');
    return part;
}

std::vector<ProcessId> processesOf(const std::vector<StartedThing> &things)
{
    std::vector<ProcessId> processes;
    for (const auto &thing : things) {
        if (thing.process) {
            processes.push_back(*thing.process);
        }
    }
    return processes;
}

void noteEnds(const StartWatch &watch, std::vector<StartedThing> &things)
{
    std::size_t index = 0;
    for (auto &thing : things) {
        if (thing.pid) {
            thing.earlyEnd = watch.earlyEnd(index);
            if (watch.hasEnded(index++)) {
                thing.pid.reset();
            }
        }
    }
}

std::vector<AuditAction> actionsOf(const std::vector<StartedThing> &things)
{
    std::vector<AuditAction> actions;
    std::ranges::transform(things, std::back_inserter(actions), actionStarting);
    return actions;
}

void startService(StartedThing &thing, const ManagedService &service, ServiceManagers &managers, const GoesOn &goesOn)
{
    if (const auto started = managers.start(service, goesOn); !started) {
        thing.error = started.error();
    }
}

/// Nothing: it is gone already.
std::optional<ProcessId> identityOf(pid_t pid)
{
    const auto proc = ProcFs::open();
    const auto stat = proc ? readProcStat(*proc, pid) : fail(ErrorCode::Gone, {});
    return stat ? std::optional(ProcessId{.pid = stat->pid, .startTicks = stat->startTicks}) : std::nullopt;
}

void startProcess(StartedThing &thing, const StartSpec &spec, StartWatch &watch)
{
    if (const auto started = startDetached(spec, thing.logPath)) {
        watch.add(*started, thing.logPath);
        thing.pid = *started;
        thing.process = identityOf(*started);
    } else {
        thing.error = started.error();
    }
}

} // namespace

Result<std::string> againLogDirectory()
{
    return userStateDirectory().transform([](const std::string &directory) { return directory + "/again"; });
}

std::vector<ProcStat> stillRunning(const EndedThings &ended)
{
    std::vector<ProcStat> running;
    const auto proc = ProcFs::open();
    for (const ProcessId process : ended.started) {
        auto stat = proc ? readProcStat(*proc, process.pid) : fail(ErrorCode::Gone, {});
        if (stat && stat->startTicks == process.startTicks && stat->state != 'Z') {
            running.push_back(*std::move(stat));
        }
    }
    return running;
}

bool runs(const StartedThing &thing)
{
    return !thing.error && !thing.earlyEnd;
}

AuditAction actionStarting(const StartedThing &thing)
{
    const char *const key = !thing.kind    ? "startProcess"
        : *thing.kind == ReviverKind::Unit ? "startUnit"
                                           : "startContainer";
    const auto error = thing.earlyEnd ? Error{.code = ErrorCode::Gone, .subject = safeText(thing.name)} : thing.error;
    return {.key = key, .subject = safeText(thing.name), .error = error, .process = thing.process};
}

std::vector<StartedThing> plannedThings(const EndedThings &ended)
{
    std::vector<StartedThing> things;
    things.reserve(ended.services.size() + ended.processes.size());
    for (const auto &service : ended.services) {
        things.push_back(
            {.kind = service.kind, .name = service.name, .pid = {}, .logPath = {}, .error = {}, .earlyEnd = {}});
    }
    for (const auto &spec : ended.processes) {
        things.push_back({.kind = {},
                          .name = std::string(wholeName(spec.name, spec.arguments)),
                          .pid = {},
                          .logPath = {},
                          .error = {},
                          .earlyEnd = {}});
    }
    return things;
}

StartingAgain leftToAnother(const EndedThings &ended)
{
    StartingAgain result{
        .things = plannedThings(ended), .silentPorts = {}, .foreignPorts = {}, .isInterrupted = false, .recorded = {}};
    for (auto &thing : result.things) {
        thing.isLeftToAnother = true;
        thing.error = {.code = ErrorCode::Io, .subject = thing.name, .sysErrno = EALREADY};
    }
    return result;
}

StartingAgain startAgain(const EndedThings &ended, ServiceManagers &managers, AuditLog &log,
                         const std::string &logDirectory, const GoesOn &goesOn)
{
    StartingAgain result{
        .things = plannedThings(ended), .silentPorts = {}, .foreignPorts = {}, .isInterrupted = false, .recorded = {}};
    StartWatch watch(ended.ports);
    const std::string attempt = log.newAttempt();
    EndingReport report = reportOfNothing({}, log.now());
    const auto begin = systemClock().monotonic();
    result.recorded = log.begun(attempt, {}, actionsOf(result.things));
    const auto store = againDirectory().transform([](const std::string &directory) { return AgainStore(directory); });
    if (!store || store->claimStart(ended, identityOf(::getpid()))) {
        auto thing = result.things.begin();
        for (const auto &service : ended.services) {
            startService(*thing++, service, managers, goesOn);
        }
        for (std::size_t index = 0; index < ended.processes.size(); ++index, ++thing) {
            const auto &spec = ended.processes[index];
            thing->logPath =
                std::format("{}/{}-{}-{}{}", logDirectory, attempt, index, fileNamePart(spec.name), Extension);
            startProcess(*thing, spec, watch);
        }
        if (store) { // so that whoever says "again" twice does not have it twice
            store->noteStarted(ended.attempt, processesOf(result.things));
        }
    } else {
        result.things = leftToAnother(ended).things;
    }
    if (std::ranges::any_of(result.things, runs)) {
        watch.wait(goesOn);
        noteEnds(watch, result.things);
        result.isInterrupted = watch.wasInterrupted();
        if (std::ranges::all_of(result.things, runs)) {
            result.silentPorts = watch.silentPorts();
            if (ended.services.empty()) { // whose processes are not known
                result.foreignPorts = watch.foreignPorts();
            }
        }
    }
    tidyAgainLogs(logDirectory);
    report.isInterrupted = result.isInterrupted;
    report.elapsed = systemClock().monotonic() - begin;
    const auto written = log.ended(attempt, report, actionsOf(result.things));
    result.recorded = result.recorded.and_then([&written] { return written; });
    return result;
}

} // namespace Quay
