// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/endingtext.h"

#include "app/shared/format.h"
#include "app/shared/privilegedtext.h"
#include "core/base/signalname.h"
#include "core/control/containerhost.h"
#include "core/processes/wholename.h"

#include <QCoreApplication>

#include <algorithm>
#include <csignal>
#include <ranges>
#include <string>

namespace Quay {

namespace {

struct EndingText
{
    Q_DECLARE_TR_FUNCTIONS(EndingText)
};

QString endedText(const TargetProgress &target, const QString &name, bool isManaged)
{
    if (target.wasZombie && target.process->parentPid <= 0) {
        return EndingText::tr("%1 had ended before, and stays until its parent takes note of it or ends.").arg(name);
    }
    if (target.wasZombie) {
        return EndingText::tr("%1 had ended before, and stays until its parent (%2) takes note of it or ends.")
            .arg(name, QString::number(target.process->parentPid));
    }
    auto asked = target.signals | std::views::filter(hasAskedToEnd);
    if (asked.empty() || !target.endedAfter) {
        return isManaged ? EndingText::tr("%1 ended with what it ran in.").arg(name)
                         : EndingText::tr("%1 ended by itself.").arg(name);
    }
    const int first = asked.front().signal;
    const int last = asked.back().signal;
    const QString elapsed = *target.endedAfter < std::chrono::milliseconds(1)
        ? EndingText::tr("less than 1 ms", "after which a process ended")
        : elapsedText(*target.endedAfter);
    if (target.exit && target.exit->signal != 0 && target.exit->signal != last) {
        return EndingText::tr("%1 ended %2 after %3, by %4.", "process, time, signal, signal")
            .arg(name, elapsed, signalText(first), signalText(target.exit->signal));
    }
    if (target.exit && target.exit->code.value_or(0) != 0) {
        return EndingText::tr("%1 ended %2 after %3, with exit code %4.", "process, time, signal, number")
            .arg(name, elapsed, signalText(first))
            .arg(*target.exit->code);
    }
    if (last != first) {
        return EndingText::tr("%1 ended %2 after %3, once %4 was sent.", "process, time, signal, signal")
            .arg(name, elapsed, signalText(first), signalText(last));
    }
    return EndingText::tr("%1 ended %2 after %3.", "process, time, signal").arg(name, elapsed, signalText(first));
}

/// Of one that nobody waits for any longer.
QString leftText(const TargetProgress &target, const QString &name)
{
    auto asked = target.signals | std::views::filter(hasAskedToEnd);
    if (asked.empty()) {
        return EndingText::tr("%1 was not asked to stop, and still runs.").arg(name);
    }
    const bool isKilled = std::ranges::contains(asked, SIGKILL, &SentSignal::signal);
    if (isKilled && target.isUninterruptible) {
        return EndingText::tr("%1 was killed, but the kernel waits for a device (state D); it will end when that "
                              "answers.")
            .arg(name);
    }
    return EndingText::tr("%1 was asked to stop and still runs.").arg(name);
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

} // namespace

QString processText(std::string_view name, std::span<const std::string> arguments, pid_t pid)
{
    return QString(shownText(wholeName(name, arguments)) + u' ' + QString::number(pid));
}

QString processText(const ProcessInfo &process)
{
    return processText(process.name, process.arguments, process.id.pid);
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
    return reviver.process != nullptr ? EndingText::tr("%1 (%2) may start it again.")
                                            .arg(shownText(reviver.name), QString::number(reviver.process->id.pid))
                                      : EndingText::tr("%1 may start it again.").arg(shownText(reviver.name));
}

QString starterText(const ProcessInfo &starter)
{
    return EndingText::tr("%1 started it, still runs, and may start it again.").arg(processText(starter));
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

QString connectionsCutText(std::uint32_t count, std::optional<std::chrono::milliseconds> drain)
{
    return EndingText::tr("%n connection(s) had not ended after %1, and are cut.", nullptr, static_cast<int>(count))
        .arg(elapsedText(drain.value_or(std::chrono::milliseconds(0))));
}

QString zombieOutcomeText(const ZombieOutcome &zombie)
{
    const QString name = processText(*zombie.process);
    return zombie.isGone ? EndingText::tr("%1, which had ended before, is gone now.").arg(name)
                         : EndingText::tr("%1 has ended, but nobody has taken note of it yet.").arg(name);
}

} // namespace Quay
