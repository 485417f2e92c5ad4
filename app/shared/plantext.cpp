// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/plantext.h"

#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "app/shared/socketlist.h"
#include "app/shared/usernames.h"
#include "core/ports/listener.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <csignal>
#include <iterator>

namespace Quay {

namespace {

/// A plan of a thousand processes is not read: so many are listed.
constexpr std::size_t MostLines = 40;

struct PlanTexts
{
    Q_DECLARE_TR_FUNCTIONS(PlanText)
};

QString targetLine(const KillTarget &target, UserNames &users)
{
    const QString line = PlanTexts::tr("%1 to %2 of %3: %4", "signal to process of user: command")
                             .arg(signalText(target.signal), processText(*target.process),
                                  users.name(target.process->uid), shortened(maskedCommandText(*target.process)));
    const auto inferred = inferredListeners(target);
    std::vector<ListenerPtr> held;
    std::ranges::copy_if(target.listeners, std::back_inserter(held), [&inferred](const ListenerPtr &listener) {
        return !std::ranges::contains(inferred, listener);
    });
    return held.empty()
        ? line
        : PlanTexts::tr("%1 (holds %2)", "signal to process (holds sockets)").arg(line, socketListText(held));
}

QString namedLine(const KillTarget &target)
{
    return PlanTexts::tr("%1 would stay if it were not named: %2", "process: why")
        .arg(processText(*target.process), leaveOutText(*target.staysUnlessNamed));
}

QString inferredLine(const KillTarget &target)
{
    return PlanTexts::tr("%1 is taken to hold %2, as the only process of its unit. More rights are needed to see who "
                         "does.",
                         "process, sockets")
        .arg(processText(*target.process), socketListText(inferredListeners(target)));
}

QString leftOutLine(const LeftOut &left)
{
    return PlanTexts::tr("%1 stays: %2", "process stays: why")
        .arg(processText(*left.process), leaveOutText(left.reason));
}

QString remainingLine(const KillPlan &plan)
{
    QStringList names;
    for (const auto &process : plan.remaining) {
        names << processText(*process);
    }
    return PlanTexts::tr("Its children go on: %1.").arg(names.join(QStringLiteral(", ")));
}

QString sharedLine(const KillPlan &plan)
{
    return PlanTexts::tr("Other processes hold the same socket, so it stays open: %1").arg(socketListText(plan.shared));
}

/// Empty when there is nothing to say about them.
QString connectionsLine(const KillPlan &plan)
{
    const auto count = static_cast<int>(plan.connections.value_or(0));
    if (!plan.drain && count > 0 && !plan.remaining.empty()) { // who was forked may have them
        return PlanTexts::tr("%n established connection(s) will be cut, unless a child that goes on has them too.",
                             nullptr, count);
    }
    if (!plan.drain) {
        return count > 0 ? PlanTexts::tr("%n established connection(s) will be cut.", nullptr, count) : QString();
    }
    const QString limit = elapsedText(*plan.drain);
    return count > 0
        ? PlanTexts::tr("Waits at most %1 for %n connection(s) to end before the signal goes.", nullptr, count)
              .arg(limit)
        : PlanTexts::tr("Waits at most %1 for connections to end before the signal goes, if there are any by then.")
              .arg(limit);
}

QString zombieLine(const Zombie &zombie)
{
    const QString name = processText(*zombie.process);
    if (zombie.parent == nullptr) {
        return PlanTexts::tr("%1 has ended already, so it cannot be ended. It stays until its parent takes note of it, "
                             "which cannot be seen from here.")
            .arg(name);
    }
    const QString parent = processText(*zombie.parent);
    if (zombie.isParentTarget) {
        return PlanTexts::tr("%1 has ended already, and goes with its parent %2.").arg(name, parent);
    }
    const QString line =
        PlanTexts::tr("%1 has ended already, so it cannot be ended. It stays until its parent %2 takes "
                      "note of it, or ends.")
            .arg(name, parent);
    return zombie.parentStays ? PlanTexts::tr("%1 That one is not offered to be ended: %2.", "sentence, why")
                                    .arg(line, leaveOutText(*zombie.parentStays))
                              : line;
}

/// What else becomes of it, but for the ports.
QStringList consequenceLines(const KillPlan &plan)
{
    QStringList lines;
    if (!plan.remaining.empty()) {
        lines << remainingLine(plan);
    }
    if (!plan.shared.empty()) {
        lines << sharedLine(plan);
    }
    if (const QString line = connectionsLine(plan); !line.isEmpty()) {
        lines << line;
    }
    return lines;
}

QString neverEndedText(const QString &subject, NeverEndedReason reason)
{
    switch (reason) {
    case NeverEndedReason::Init:
        return PlanTexts::tr("%1 is never ended: it is the first process of the system.").arg(subject);
    case NeverEndedReason::KernelThread:
        return PlanTexts::tr("%1 is never ended: it is a thread of the kernel.").arg(subject);
    case NeverEndedReason::Ourselves:
        return PlanTexts::tr("%1 is never ended: it is Quaymaster itself.").arg(subject);
    case NeverEndedReason::OurParent:
        return PlanTexts::tr("%1 is never ended: Quaymaster was started from it.").arg(subject);
    }
    return {};
}

} // namespace

QString planText(const KillPlan &plan, UserNames &users)
{
    QStringList lines;
    for (const auto &target : plan.targets) {
        if (static_cast<std::size_t>(lines.size()) == MostLines) {
            lines << PlanTexts::tr("... and %n more process(es)", nullptr,
                                   static_cast<int>(plan.targets.size() - MostLines));
            break;
        }
        lines << targetLine(target, users);
    }
    for (const auto &target : plan.targets) {
        if (target.staysUnlessNamed) {
            lines << namedLine(target);
        }
        if (!inferredListeners(target).empty()) {
            lines << inferredLine(target);
        }
    }
    for (const auto &zombie : plan.zombies) {
        lines << zombieLine(zombie);
    }
    for (const auto &left : plan.leftOut) {
        lines << leftOutLine(left);
    }
    lines << consequenceLines(plan);
    for (const auto &reviver : plan.revivers) {
        lines << reviverText(reviver);
    }
    lines << QString();
    return lines.join(u'\n');
}

QString permissionText(const KillPlan &plan, const UserNames &users)
{
    const auto others = std::ranges::count_if(plan.targets, [viewer = users.viewer()](const KillTarget &target) {
        return !mayLookInto(viewer, target.process->uid);
    });
    return others > 0 ? PlanTexts::tr("Permission will be asked for, to end %n process(es) of somebody else.", nullptr,
                                      static_cast<int>(others))
                      : QString();
}

QString consequencesText(const KillPlan &plan, const ListenerPtr &asked)
{
    std::vector<ListenerPtr> others;
    for (const auto &target : plan.targets) {
        std::ranges::copy_if(target.listeners, std::back_inserter(others), [&asked](const ListenerPtr &listener) {
            return asked == nullptr || listener->key() != asked->key();
        });
    }
    QStringList lines;
    if (!others.empty()) {
        lines << PlanTexts::tr("Closes as well: %1").arg(socketListText(others));
    }
    return (lines + consequenceLines(plan)).join(u'\n');
}

QString planFailureText(const PlanFailure &failure)
{
    const QString subject = QStringLiteral("pid %1").arg(failure.pid);
    return failure.neverEnded ? neverEndedText(subject, *failure.neverEnded)
                              : PlanTexts::tr("%1 has ended in the meantime. Nothing was done.").arg(subject);
}

} // namespace Quay
