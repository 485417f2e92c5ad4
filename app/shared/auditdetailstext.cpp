// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/auditdetailstext.h"

#include "app/shared/audittext.h"
#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "app/shared/portoutcometext.h"
#include "app/shared/usernames.h"
#include "core/control/ending.h"
#include "core/kernel/proccmdline.h"
#include "core/ports/listener.h"
#include "core/processes/processid.h"
#include "core/processes/processinfo.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using namespace std::chrono_literals;

struct AuditDetails
{
    Q_DECLARE_TR_FUNCTIONS(AuditDetailsText)
};

/// Of an attempt whose end is not recorded.
QString actionPlanText(const AuditAction &action)
{
    const QString subject = shownText(action.subject);
    return action.key.starts_with("start") ? AuditDetails::tr("%1 was to be started again").arg(subject)
                                           : AuditDetails::tr("%1 was to be stopped").arg(subject);
}

/// Why nobody was signalled.
QString refusalText(AuditRefusal refusal)
{
    switch (refusal) {
    case AuditRefusal::Unknown:
        break;
    case AuditRefusal::NeverEnded:
        return AuditDetails::tr("Nothing was signalled: the first process of the system, threads of the kernel, "
                                "Quaymaster itself and what started it are never ended.");
    case AuditRefusal::Gone:
        return AuditDetails::tr(
            "Nothing was signalled: it had ended by then, and its number may mean another process.");
    case AuditRefusal::OwnerHidden:
        return AuditDetails::tr("Nothing was signalled: who holds the port is hidden from you.");
    case AuditRefusal::Stays:
        return AuditDetails::tr(
            "Nothing was signalled: who is protected, a shell, a terminal or the like is ended only "
            "when it is named itself.");
    case AuditRefusal::Zombie:
        return AuditDetails::tr(
            "Nothing was signalled: it had ended before, and stays until its parent takes note of it "
            "or ends.");
    case AuditRefusal::ManagerFailed:
        return AuditDetails::tr("Nothing was signalled: who runs it was to stop it, and could not be asked.");
    }
    return AuditDetails::tr("Nothing was signalled.");
}

QString targetPlanText(const AuditTarget &target)
{
    const QString name = processText(target.name, target.arguments, target.id.pid);
    return target.plannedSignal ? AuditDetails::tr("%1, planned: %2", "node 4711, planned: SIGTERM")
                                      .arg(name, signalText(*target.plannedSignal))
                                : name;
}

ProcessInfoPtr processOf(ProcessId id, const std::string &name, const std::vector<std::string> &arguments)
{
    ProcessInfo process;
    process.id = id;
    process.name = name;
    process.arguments = arguments;
    return std::make_shared<const ProcessInfo>(std::move(process));
}

/// The target as those who ended it saw it, so that the same is said about it.
TargetProgress progressOf(const AuditTarget &target)
{
    return {.process = processOf(target.id, target.name, target.arguments),
            .role = target.role,
            .stage = target.outcome,
            .isLate = target.isLate,
            .wasZombie = target.wasZombie,
            .isUninterruptible = target.isUninterruptible,
            .signals = target.signals,
            .endedAfter = target.endedAfter,
            .exit = target.exit,
            .error = target.error};
}

QStringList zombieTexts(const std::vector<AuditZombie> &zombies)
{
    QStringList texts;
    for (const auto &zombie : zombies) {
        texts << zombieOutcomeText({.process = processOf(zombie.id, zombie.name, {}), .isGone = zombie.isGone});
    }
    return texts;
}

PortOutcome outcomeOf(const AuditPort &port)
{
    Listener listener;
    listener.socket.protocol = port.protocol;
    listener.socket.localAddress = port.address;
    listener.socket.localPort = port.port;
    return {.listener = std::make_shared<const Listener>(listener),
            .proof = {.state = port.state, .remains = port.remains, .error = port.error}};
}

/// Of who held it after all, the user is recorded.
QString portText(const AuditPort &port, UserNames &users)
{
    if (!port.cameBack && port.state != PortState::Held) {
        return portOutcomeText(outcomeOf(port), {});
    }
    const QString text = port.cameBack ? AuditDetails::tr("Port %1 was free, and then taken again.").arg(port.port)
                                       : AuditDetails::tr("Port %1 was not free.").arg(port.port);
    QStringList names;
    for (const auto &holder : port.holders) {
        names << users.name(holder.uid);
    }
    names.removeDuplicates();
    return names.isEmpty() ? text
                           : AuditDetails::tr("%1 It was held by a process of %2.", "sentence, user")
                                 .arg(text, names.join(QStringLiteral(", ")));
}

/// To the millisecond: who came first is told by it.
QString exactTimeText(std::chrono::nanoseconds realTime)
{
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(realTime).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString signalsText(const AuditTarget &target)
{
    QStringList words;
    for (const auto &sent : target.signals) {
        const QString text =
            AuditDetails::tr("%1 at %2", "signal at time").arg(signalText(sent.signal), exactTimeText(sent.at));
        words << (sent.error ? AuditDetails::tr("%1, refused").arg(text) : text);
    }
    return words.join(QStringLiteral(", "));
}

} // namespace

QString auditDetailsText(const AuditEntry &entry, UserNames &users)
{
    const bool hasEnded = entry.state == AuditState::Ended;
    QStringList lines;
    for (const auto &target : entry.targets) {
        lines << (hasEnded ? targetOutcomeText(progressOf(target), !entry.actions.empty()) : targetPlanText(target));
        if (!target.arguments.empty()) {
            lines << shownText(joinArguments(target.arguments)) % (target.isCut ? u"…" : u"");
        }
        if (!target.signals.empty()) {
            lines << signalsText(target);
        }
        lines << QString();
    }
    if (hasEnded) {
        lines << zombieTexts(entry.zombies);
    }
    if (entry.connectionsCut) {
        lines << connectionsCutText(*entry.connectionsCut,
                                    std::chrono::floor<std::chrono::milliseconds>(entry.drain.value_or(0ns)));
    }
    for (const auto &action : entry.actions) {
        lines << (hasEnded ? auditActionText(action) : actionPlanText(action));
    }
    if (!hasEnded && entry.forcedAt) {
        lines << AuditDetails::tr("SIGKILL for whoever was left, at %1").arg(exactTimeText(*entry.forcedAt));
    }
    if (entry.state == AuditState::Refused) {
        lines << refusalText(entry.refusal.value_or(AuditRefusal::Unknown));
    }
    if (entry.state == AuditState::Interrupted) {
        lines << AuditDetails::tr("The program that did this was ended before it was over. What became of them, and of "
                                  "their ports, is not known.");
    }
    if (entry.isLeft) {
        lines << AuditDetails::tr("It was interrupted before it was over, so that this is how it stood then.");
    }
    for (const auto &port : hasEnded ? entry.ports : std::vector<AuditPort>()) {
        lines << portText(port, users);
    }
    return lines.join(u'\n').trimmed();
}

} // namespace Quay
