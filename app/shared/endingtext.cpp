// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/endingtext.h"

#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "app/shared/privilegedtext.h"
#include "core/base/signalname.h"
#include "core/control/containerhost.h"
#include "core/control/shellcommand.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <csignal>
#include <string>

namespace Quay {

namespace {

struct EndingText
{
    Q_DECLARE_TR_FUNCTIONS(EndingText)
};

QString countText(const Remains &remains)
{
    const auto count = static_cast<int>(remains.count);
    switch (remains.state) {
    case SocketState::Established:
        return EndingText::tr("%n connection(s) that somebody else holds open", nullptr, count);
    case SocketState::TimeWait:
        return EndingText::tr("%n closed connection(s) that the kernel keeps for a minute (TIME_WAIT)", nullptr, count);
    case SocketState::CloseWait:
        return EndingText::tr("%n connection(s) that the peer has closed and nobody here (CLOSE_WAIT)", nullptr, count);
    case SocketState::FinWait:
        return EndingText::tr("%n connection(s) that the peer has not closed yet (FIN_WAIT)", nullptr, count);
    case SocketState::Closed:
        return EndingText::tr("%n socket(s) that were bound and do not listen", nullptr, count);
    case SocketState::SynSent:
    case SocketState::SynReceived:
    case SocketState::Listening:
    case SocketState::Other:
        break;
    }
    return EndingText::tr("%n connection(s) that are being closed", nullptr, count);
}

QString remainsText(const Remains &remains)
{
    QString text = countText(remains);
    if (remains.users.empty()) {
        return text;
    }
    QStringList names;
    for (const auto &user : remains.users) {
        names << QString(shownText(user.name) + u' ' + QString::number(user.pid));
    }
    return EndingText::tr("%1, of %2", "connections, of node 4711").arg(text, names.join(QStringLiteral(", ")));
}

/// @p owner: whose parent is known.
QString startedAgainText(int number, const Owner &owner)
{
    const auto &unit = owner.profile->unit;
    const QString taker = processText(*owner.process);
    const QString starter = processText(*starterOf(owner)->process);
    switch (unit.kind) {
    case UnitKind::SystemService:
    case UnitKind::UserService:
        return EndingText::tr("Port %1 was free and came back: %2 took it, started by %3 for the unit %4.")
            .arg(number)
            .arg(taker, starter, shownText(unit.name));
    case UnitKind::Container:
        return EndingText::tr("Port %1 was free and came back: %2 took it, started by %3 in the container %4.")
            .arg(number)
            .arg(taker, starter, shownText(unit.name));
    case UnitKind::None:
    case UnitKind::Scope:
        break;
    }
    return EndingText::tr("Port %1 was free and came back: %2 took it, started by %3.").arg(number).arg(taker, starter);
}

QString cameBackText(const PortOutcome &port, const std::vector<ListenerPtr> &holders)
{
    const int number = port.listener->socket.localPort;
    for (const auto &listener : holders) {
        for (const auto &owner : listener->owners) {
            if (starterOf(owner) != nullptr) {
                return startedAgainText(number, owner);
            }
        }
    }
    return EndingText::tr("Port %1 was free and came back: %2 took it.").arg(number).arg(heldByText(holders));
}

/// Those who have bound the port and do not listen: unlike a connection, that lasts as long as they do.
QString boundersText(const PortProof &proof)
{
    QStringList pids;
    for (const auto &remains : proof.remains) {
        for (const auto &user : remains.users) {
            if (remains.state == SocketState::Closed) {
                pids << QString::number(user.pid);
            }
        }
    }
    pids.removeDuplicates();
    return pids.join(u' ');
}

QString lingeringText(const PortOutcome &port)
{
    const int number = port.listener->socket.localPort;
    const QString remains = remainsText(port.proof);
    if (remains.isEmpty()) {
        return EndingText::tr("Nobody listens on port %1, but it cannot be bound yet.").arg(number);
    }
    const QString text =
        EndingText::tr("Nobody listens on port %1, but it cannot be bound yet: %2.").arg(number).arg(remains);
    const QString holders = boundersText(port.proof);
    return holders.isEmpty()
        ? text
        : EndingText::tr("%1 It does not go away by itself: 'quay stop %2' ends who has it.", "a sentence, pids")
              .arg(text, holders);
}

/// Whoever listens on the port at another address is not in the way, and is not to be kept quiet about.
QString nowFreeText(const PortOutcome &port)
{
    const auto &socket = port.listener->socket;
    QStringList others;
    for (const auto &other : port.proof.beside) {
        others << QString::fromStdString(toString(other.localAddress));
    }
    others.removeDuplicates();
    return others.isEmpty() ? EndingText::tr("Port %1 is free.").arg(socket.localPort)
                            : EndingText::tr("Port %1 is free at %2; somebody else listens at %3.", "port, addresses")
                                  .arg(socket.localPort)
                                  .arg(addressText(*port.listener), others.join(QStringLiteral(", ")));
}

/// What remains is in the way of those only who bind a port in the plainest of all ways.
QString freeText(const PortOutcome &port)
{
    const QString free = nowFreeText(port);
    const QString remains = remainsText(port.proof);
    return remains.isEmpty() ? free
                             : EndingText::tr("%1 A program without SO_REUSEADDR has to wait for what remains: %2.",
                                              "a sentence, connections")
                                   .arg(free, remains);
}

QString endedText(const TargetProgress &target, const QString &name, bool isManaged)
{
    if (target.wasZombie && target.process->parentPid <= 0) {
        return EndingText::tr("%1 had ended before, and stays until its parent takes note of it or ends.").arg(name);
    }
    if (target.wasZombie) {
        return EndingText::tr("%1 had ended before, and stays until its parent (%2) takes note of it or ends.")
            .arg(name)
            .arg(target.process->parentPid);
    }
    const auto last = std::ranges::find_last_if(
        target.signals, [](const SentSignal &sent) { return !sent.error && sent.signal != SIGCONT; });
    if (last.empty() || !target.endedAfter) {
        return isManaged ? EndingText::tr("%1 ended with what it ran in.").arg(name)
                         : EndingText::tr("%1 ended by itself.").arg(name);
    }
    const int asked = last.front().signal;
    const QString elapsed = elapsedText(*target.endedAfter);
    if (target.exit && target.exit->signal != 0 && target.exit->signal != asked) {
        return EndingText::tr("%1 ended on %2 after %3, by %4.")
            .arg(name, signalText(asked), elapsed, signalText(target.exit->signal));
    }
    if (target.exit && target.exit->code.value_or(0) != 0) {
        return EndingText::tr("%1 ended on %2 after %3, with exit code %4.")
            .arg(name, signalText(asked), elapsed)
            .arg(*target.exit->code);
    }
    return EndingText::tr("%1 ended on %2 after %3.").arg(name, signalText(asked), elapsed);
}

/// Of one that nobody waits for any longer.
QString leftText(const TargetProgress &target, const QString &name)
{
    if (target.signals.empty()) {
        return EndingText::tr("%1 was not asked to stop, and still runs.").arg(name);
    }
    const bool isKilled = std::ranges::contains(target.signals, SIGKILL, &SentSignal::signal);
    if (isKilled && target.isUninterruptible) {
        return EndingText::tr("%1 was killed, but the kernel waits for a device (state D); it will end when that "
                              "answers.")
            .arg(name);
    }
    return EndingText::tr("%1 was asked to stop and still runs.").arg(name);
}

/// Whether to end it takes nothing with it that somebody works in.
bool mayBeEnded(const AncestryStep &step)
{
    switch (step.launcher) {
    case LauncherKind::None:
    case LauncherKind::ProcessManager:
    case LauncherKind::PackageScript:
        return step.process->id.pid > 1;
    case LauncherKind::Shell:
        return runsOneCommand(step.process->arguments);
    case LauncherKind::Init:
    case LauncherKind::ServiceManager:
    case LauncherKind::Timer:
    case LauncherKind::ContainerRuntime:
    case LauncherKind::DesktopSession:
    case LauncherKind::Terminal:
    case LauncherKind::Multiplexer:
    case LauncherKind::Ssh:
    case LauncherKind::Ide:
    case LauncherKind::CodingAgent:
        break;
    }
    return false;
}

} // namespace

QString processText(const ProcessInfo &process)
{
    return QString(shownText(process.name) + u' ' + QString::number(process.id.pid));
}

QString signalText(int signal)
{
    const auto name = signalName(signal);
    return name.empty() ? EndingText::tr("signal %1").arg(signal) : QString(QLatin1String("SIG") + shownText(name));
}

QString leaveOutText(LeaveOutReason reason)
{
    switch (reason) {
    case LeaveOutReason::Init:
        return EndingText::tr("the first process of the system");
    case LeaveOutReason::KernelThread:
        return EndingText::tr("a thread of the kernel");
    case LeaveOutReason::Ourselves:
        return EndingText::tr("Quaymaster, or what started it");
    case LeaveOutReason::Shell:
        return EndingText::tr("shell");
    case LeaveOutReason::Terminal:
        return EndingText::tr("terminal");
    case LeaveOutReason::Ide:
        return EndingText::tr("development environment");
    case LeaveOutReason::DesktopSession:
        return EndingText::tr("desktop session");
    case LeaveOutReason::ServiceManager:
        return EndingText::tr("service manager");
    case LeaveOutReason::Protected:
        return EndingText::tr("on your list of protected programs");
    case LeaveOutReason::ContainerProxy:
        return EndingText::tr("holds ports for a container only, which is to be stopped instead");
    case LeaveOutReason::SocketHolder:
        return EndingText::tr("holds the port for a unit that it starts on demand, which is to be stopped instead");
    }
    return {};
}

QString containerText(const Reviver &reviver)
{
    const QString name = shownText(reviver.name);
    if (containerHostOf(reviver.unit) == ContainerHost::Kubernetes) {
        return EndingText::tr(
                   "Kubernetes runs it in the container %1 and will start it again. Only kubectl can stop that: "
                   "delete its pod, or what has made the pod.")
            .arg(name);
    }
    if (const auto command = stopCommandOf(reviver.unit); !command.empty()) {
        return EndingText::tr("It runs in the container %1, which may start it again. To stop that: %2")
            .arg(name, shownText(command));
    }
    return name.isEmpty() ? EndingText::tr("It runs in a container, which may start it again.")
                          : EndingText::tr("It runs in the container %1, which may start it again.").arg(name);
}

QString reviverText(const Reviver &reviver)
{
    switch (reviver.kind) {
    case ReviverKind::Unit:
        return EndingText::tr("systemd may start it again: it belongs to %1.").arg(shownText(reviver.name));
    case ReviverKind::Container:
        return containerText(reviver);
    case ReviverKind::ProcessManager:
        break;
    }
    return reviver.process != nullptr
        ? EndingText::tr("%1 (%2) may start it again.").arg(shownText(reviver.name)).arg(reviver.process->id.pid)
        : EndingText::tr("%1 may start it again.").arg(shownText(reviver.name));
}

QString stageText(const TargetProgress &target, std::optional<std::chrono::nanoseconds> forcesIn)
{
    switch (target.stage) {
    case TargetStage::Waiting:
        return EndingText::tr("waiting for its connections to end");
    case TargetStage::NeedsPermission:
        return EndingText::tr("waiting for permission");
    case TargetStage::Asked:
        return forcesIn ? EndingText::tr("asked to stop, %1 left").arg(durationText(*forcesIn))
                        : EndingText::tr("asked to stop");
    case TargetStage::Forced:
        return target.isUninterruptible ? EndingText::tr("killed, but the kernel waits for a device")
                                        : EndingText::tr("killed, ending");
    case TargetStage::Ended:
        return EndingText::tr("ended");
    case TargetStage::Recycled:
        return EndingText::tr("had ended before");
    case TargetStage::Left:
        return EndingText::tr("left running");
    case TargetStage::Refused:
        return EndingText::tr("could not be stopped");
    }
    return {};
}

QString targetOutcomeText(const TargetProgress &target, bool isManaged)
{
    const QString name = processText(*target.process);
    switch (target.stage) {
    case TargetStage::Ended:
        return endedText(target, name, isManaged);
    case TargetStage::Recycled:
        return EndingText::tr("%1 had ended before; its number belongs to another process now, which was not touched.")
            .arg(name);
    case TargetStage::NeedsPermission:
        return EndingText::tr("%1 belongs to another user, and may not be stopped by you.").arg(name);
    case TargetStage::Left:
        return leftText(target, name);
    case TargetStage::Refused:
        return target.error
            ? EndingText::tr("%1 could not be stopped: %2").arg(name, privilegedErrorText(*target.error))
            : EndingText::tr("%1 could not be stopped.").arg(name);
    case TargetStage::Forced:
        if (target.isUninterruptible) {
            return EndingText::tr("%1 was killed, but the kernel waits for a device (state D); it will end when that "
                                  "answers.")
                .arg(name);
        }
        break;
    case TargetStage::Waiting:
    case TargetStage::Asked:
        break;
    }
    return EndingText::tr("%1 still runs.").arg(name);
}

const AncestryStep *starterOf(const Owner &owner)
{
    const auto &steps = owner.profile->ancestry.steps;
    if (steps.size() < 2) {
        return nullptr;
    }
    const auto isWrapper = [](const AncestryStep &step) {
        const bool isScript = step.launcher == LauncherKind::Shell && runsOneCommand(step.process->arguments);
        return isScript || step.launcher == LauncherKind::PackageScript;
    };
    const auto above = std::find_if_not(steps.begin() + 1, steps.end(), isWrapper);
    const bool isManager = above != steps.end() && above->launcher == LauncherKind::ProcessManager;
    return isManager ? &*above : &steps[1];
}

const AncestryStep *starterToEnd(const Owner &owner)
{
    const auto *const starter = starterOf(owner);
    return starter != nullptr && mayBeEnded(*starter) ? starter : nullptr;
}

QString heldByText(const std::vector<ListenerPtr> &holders)
{
    QStringList names;
    for (const auto &listener : holders) {
        for (const auto &owner : listener->owners) {
            names << processText(*owner.process);
        }
    }
    names.removeDuplicates();
    return names.isEmpty() ? EndingText::tr("a process that is hidden from you") : names.join(QStringLiteral(", "));
}

QString connectionsCutText(const EndingReport &report)
{
    return EndingText::tr("%n connection(s) had not ended after %1, and end with the process.", nullptr,
                          static_cast<int>(report.connectionsCut.value_or(0)))
        .arg(durationText(report.drain.value_or(std::chrono::milliseconds(0))));
}

QString zombieOutcomeText(const ZombieOutcome &zombie)
{
    const QString name = processText(*zombie.process);
    return zombie.isGone ? EndingText::tr("%1, which had ended before, is gone now.").arg(name)
                         : EndingText::tr("%1 has ended, but nobody has taken note of it yet.").arg(name);
}

std::vector<ListenerPtr> holdersOf(const PortOutcome &port, const PortSnapshot &now)
{
    const auto isHolder = [&port](const ListenerPtr &listener) {
        return std::ranges::contains(port.proof.holders, listener->socket.inode, &SocketRecord::inode);
    };
    std::vector<ListenerPtr> holders;
    std::ranges::copy_if(now.listeners, std::back_inserter(holders), isHolder);
    return holders;
}

QString remainsText(const PortProof &proof)
{
    QStringList parts;
    for (const auto &remains : proof.remains) {
        parts << remainsText(remains);
    }
    return parts.join(QStringLiteral(", "));
}

QString portOutcomeText(const PortOutcome &port, const std::vector<ListenerPtr> &holders)
{
    const int number = port.listener->socket.localPort;
    if (port.cameBack) {
        return cameBackText(port, holders);
    }
    switch (port.proof.state) {
    case PortState::Free:
        return freeText(port);
    case PortState::FreeUntested:
        return port.wasHeld ? EndingText::tr("Nobody listens on port %1 any more.").arg(number)
                            : EndingText::tr("Nobody listens on port %1.").arg(number);
    case PortState::Held:
        return EndingText::tr("Port %1 is held by %2.").arg(number).arg(heldByText(holders));
    case PortState::Lingering:
        return lingeringText(port);
    case PortState::Unknown:
        break;
    }
    return port.proof.error ? EndingText::tr("Whether port %1 is free could not be found out: %2")
                                  .arg(number)
                                  .arg(errorText(*port.proof.error))
                            : EndingText::tr("Whether port %1 is free could not be found out.").arg(number);
}

} // namespace Quay
