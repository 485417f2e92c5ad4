// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/uptext.h"

#include "app/cli/waittext.h"
#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "core/servers/configpath.h"
#include "core/servers/filewatch.h"
#include "core/servers/runaccount.h"
#include "core/servers/serverstate.h"
#include "core/service/serverstatus.h"

#include <QCoreApplication>

#include <cerrno>

namespace Quay {

namespace {

struct UpTexts
{
    Q_DECLARE_TR_FUNCTIONS(UpText)
};

QString runsSinceText(const ForeignRun &run)
{
    return UpTexts::tr("runs already since %1, supervised by process %2")
        .arg(timeText(run.since), QString::number(run.supervisor.id.pid));
}

QString runsAlreadyText(const LaunchFailure &failure, const QString &server)
{
    QString text = UpTexts::tr("runs already");
    if (failure.holder && failure.since) {
        text = runsSinceText({.supervisor = *failure.holder, .since = failure.since->realTime});
    } else if (failure.holder) {
        text = UpTexts::tr("runs already, supervised by process %1").arg(failure.holder->id.pid);
    }
    return UpTexts::tr("%1: 'quay stop %2' stops it, or Ctrl-C where 'quay up --foreground' runs it",
                       "what is so: the way out")
        .arg(text, server);
}

/// How its last run ended.
QString endText(const ServerStatus &server)
{
    const QString text = exitText(server.reason.exit.value_or(ExitStatus()));
    return server.account.wasOutOfMemory
        ? UpTexts::tr("%1, for the kernel had no memory left for it", "how a server ended").arg(text)
        : text;
}

/// What makes room for the files of a server.
QString wayToWrite(const Error &error)
{
    switch (error.sysErrno) {
    case ENOSPC:
    case EDQUOT:
        return UpTexts::tr("room has to be made there");
    case EROFS:
        return UpTexts::tr("XDG_STATE_HOME and XDG_RUNTIME_DIR can name another place");
    default:
        return UpTexts::tr("its directory has to be there and writable for you, or XDG_STATE_HOME and XDG_RUNTIME_DIR "
                           "name another place");
    }
}

QString launchText(const LaunchFailure &failure, const QString &server)
{
    const QString subject = shownText(failure.error.subject);
    switch (failure.problem) {
    case LaunchProblem::AlreadyRunning:
        return runsAlreadyText(failure, server);
    case LaunchProblem::LeftOvers:
        return UpTexts::tr("is not started: processes of an earlier run are left");
    case LaunchProblem::CannotWriteState:
        return UpTexts::tr("is not started: %1 cannot be written (%2); %3", "a path, the system's reason, the way out")
            .arg(subject, reasonText(failure.error), wayToWrite(failure.error));
    case LaunchProblem::CannotEnterDirectory:
        return UpTexts::tr("is not started: the directory %1 cannot be entered (%2)")
            .arg(subject, reasonText(failure.error));
    case LaunchProblem::CannotExecute:
        return UpTexts::tr("is not started: %1 cannot be run (%2)").arg(subject, reasonText(failure.error));
    case LaunchProblem::Lost:
        return UpTexts::tr("is not started: its supervisor ended without a word");
    case LaunchProblem::Failed:
    case LaunchProblem::BadDescription:
        break;
    }
    return UpTexts::tr("is not started. %1").arg(errorText(failure.error));
}

QString needText(const ServerStatus &server)
{
    const QString needed = shownText(server.reason.subject);
    return server.seen.what == Observation::What::NotTried
        ? UpTexts::tr("is not started, for it needs %1").arg(needed)
        : UpTexts::tr("is not started, for it needs %1 to be healthy, and that %2",
                      "a server, what its probe saw: 'cannot be asked: ...'")
              .arg(needed, observationText(server.seen));
}

QString failedText(const ServerStatus &server)
{
    const StateReason &reason = server.reason;
    switch (reason.cause) {
    case StateCause::Need:
        return needText(server);
    case StateCause::Preflight:
        return UpTexts::tr("is not started: a check was not passed");
    case StateCause::Launch:
        return server.launchFailure ? launchText(*server.launchFailure, shownText(server.name))
                                    : UpTexts::tr("is not started. %1").arg(errorText(reason.error.value_or(Error())));
    case StateCause::Exit:
        return UpTexts::tr("has ended: %1").arg(endText(server));
    case StateCause::Supervisor:
        return UpTexts::tr("has ended: its supervisor was killed");
    case StateCause::Nothing:
    case StateCause::Asked:
    case StateCause::Pause:
    case StateCause::CrashLoop:
    case StateCause::Probe:
    case StateCause::Files:
    case StateCause::GroupEnded:
    case StateCause::Adopted:
        break; // bring nobody into this state
    }
    return UpTexts::tr("has failed");
}

QString troubleText(const ServerStatus &server)
{
    const QString probe = shownText(server.reason.subject);
    return server.seen.what == Observation::What::NotTried // by this agent
        ? probe
        : UpTexts::tr("%1, %2", "the name of a probe, what it saw").arg(probe, observationText(server.seen));
}

QString waitingText(const ServerStatus &server)
{
    const StateReason &reason = server.reason;
    if (reason.cause == StateCause::Need) {
        return UpTexts::tr("waits for %1").arg(shownText(reason.subject));
    }
    if (reason.cause == StateCause::Files) {
        return UpTexts::tr("is started again, for %1 has changed")
            .arg(shownText(relativePath(reason.subject, directoryOf(server.file))));
    }
    if (reason.cause != StateCause::Pause) {
        return {};
    }
    const QString pause = elapsedText(reason.pause.value_or(std::chrono::milliseconds(0)));
    if (!reason.subject.empty()) {
        return UpTexts::tr("was not well (%1) and is started again in %2").arg(troubleText(server), pause);
    }
    return reason.exit ? UpTexts::tr("has ended (%1) and is started again in %2").arg(endText(server), pause)
                       : UpTexts::tr("is started again in %1").arg(pause);
}

QString stoppedText(const ServerStatus &server)
{
    const StateReason &reason = server.reason;
    if (reason.cause == StateCause::Exit && reason.exit) {
        return UpTexts::tr("has ended: %1").arg(endText(server));
    }
    return reason.cause == StateCause::Nothing ? QString() : UpTexts::tr("is stopped");
}

} // namespace

QString watchProblemText(const WatchProblem &problem)
{
    const QString path = shownText(problem.path);
    switch (problem.kind) {
    case WatchProblemKind::CannotWatch:
        return UpTexts::tr("%1 cannot be watched for changes: %2")
            .arg(path, errorText(errorFromErrno(problem.sysErrno, problem.path)));
    case WatchProblemKind::Missing:
        return UpTexts::tr("%1 is to be watched and is not there yet.").arg(path);
    case WatchProblemKind::TooManyDirectories:
        return UpTexts::tr(
                   "Not all of %1 is watched: it has more than %2 directories. Name fewer under watch.paths, or "
                   "leave some out with watch.exclude.")
            .arg(path, QString::number(FileWatch::MostDirectories));
    case WatchProblemKind::TooManyWatches:
        return UpTexts::tr("Not all of %1 is watched: the kernel's limit fs.inotify.max_user_watches is reached, which "
                           "sysctl(8) raises.")
            .arg(path);
    case WatchProblemKind::TooManyInstances:
        return UpTexts::tr("%1 is not watched: the kernel's limit fs.inotify.max_user_instances is reached, which "
                           "sysctl(8) raises.")
            .arg(path);
    case WatchProblemKind::RestartsForEver:
        return unwatchedText(problem.path);
    }
    return {};
}

QString unwatchedText(const std::string &file)
{
    return UpTexts::tr(
               "is not restarted for changed files any more: %1 has changed right after each start, which would "
               "go on for ever. When the server writes it, name it under watch.exclude.")
        .arg(shownText(file));
}

QString elsewhereText(const ForeignRun &run)
{
    return UpTexts::tr("%1: Ctrl-C where 'quay up --foreground' runs it stops it", "what is so: the way out")
        .arg(runsSinceText(run));
}

QString killedText(const UnstoppedProcess &process)
{
    const QString pid = QString::number(process.process.id.pid);
    const QString command = shownText(process.command);
    if (process.sysErrno != 0) {
        return UpTexts::tr("did not end in time, and its process %1 cannot be killed (%2): %3")
            .arg(pid, reasonText(errorFromErrno(process.sysErrno, process.command)), command);
    }
    return UpTexts::tr("did not end in time: its process %1 was killed: %2").arg(pid, command);
}

QString usageText(const ResourceUsage &usage)
{
    const auto cpu = usage.userTime + usage.systemTime;
    return UpTexts::tr("used %1 of CPU time and at most %2 of memory")
        .arg(elapsedText(cpu), bytesText(usage.mostResidentKib * 1024));
}

QString exitText(const ExitStatus &exit)
{
    if (exit.code) {
        return UpTexts::tr("exit code %1").arg(*exit.code);
    }
    const QString signal = signalText(exit.signal);
    return exit.dumpedCore ? UpTexts::tr("%1, core dumped", "a signal").arg(signal) : signal;
}

QString stateText(const ServerStatus &server)
{
    const StateReason &reason = server.reason;
    switch (server.state) {
    case ServerState::Failed:
        return failedText(server);
    case ServerState::CrashLoop:
        return UpTexts::tr("has ended too often (%n time(s)) and is given up: %1", nullptr, reason.count)
            .arg(endText(server));
    case ServerState::LeftOver:
        return UpTexts::tr("is left over: its supervisor is gone, processes of it are not");
    case ServerState::Stopped:
        return stoppedText(server);
    case ServerState::Waiting:
        return waitingText(server);
    case ServerState::Checking:
    case ServerState::Starting:
        return {};
    case ServerState::Ready:
        return server.readyAfter ? UpTexts::tr("is ready after %1").arg(elapsedText(*server.readyAfter))
                                 : UpTexts::tr("is ready");
    case ServerState::Unhealthy:
        return UpTexts::tr("is not well: %1").arg(troubleText(server));
    case ServerState::Stopping:
        return UpTexts::tr("is being stopped");
    }
    return {};
}

} // namespace Quay
