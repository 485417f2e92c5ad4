// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/refusal.h"

#include "app/cli/command.h"
#include "app/cli/endingjson.h"
#include "app/cli/endingrunner.h"
#include "app/cli/listenerjson.h"
#include "app/shared/audittext.h"
#include "core/history/auditlog.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace Quay {

namespace {

struct RefusalTexts
{
    Q_DECLARE_TR_FUNCTIONS(Refusal)
};

/// Of those who were named, and of the ports that were, with their holders.
RefusedAttempt refusedAttempt(const EndingWish &wish, const EndingSubject &subject, const KillPlan &plan,
                              AuditRefusal reason)
{
    RefusedAttempt attempt{
        .reason = reason, .scope = wish.scope, .isForced = wish.isForced, .processes = {}, .listeners = plan.listeners};
    const auto isAsked = [&subject](ProcessId id) {
        return std::ranges::contains(subject.processes, id) || std::ranges::contains(subject.holders, id);
    };
    const auto isHeldByAsked = [&isAsked](const ListenerPtr &listener) {
        return std::ranges::any_of(listener->owners, isAsked, [](const Owner &owner) { return owner.process->id; });
    };
    std::ranges::copy_if(subject.seen->processes, std::back_inserter(attempt.processes),
                         [&isAsked](const ProcessInfoPtr &process) { return isAsked(process->id); });
    for (const auto &listener : subject.seen->listeners) {
        if (isHeldByAsked(listener) && !std::ranges::contains(attempt.listeners, listener)) {
            attempt.listeners.push_back(listener);
        }
    }
    for (const auto &service : subject.services) {
        std::ranges::copy(service.published, std::back_inserter(attempt.listeners));
    }
    return attempt;
}

} // namespace

void refuseEnding(CommandContext &context, const EndingWish &wish, const EndingSubject &subject, const KillPlan &plan,
                  AuditRefusal reason)
{
    if (wish.json) {
        std::ignore = context.out.write(jsonDocument(refusalJson(plan, reason, wish.isDryRun)));
    }
    if (!wish.isDryRun) {
        const auto attempt = refusedAttempt(wish, subject, plan, reason);
        sayUnlessRecorded(context, recordRefused(AuditAsker::CommandLine, attempt, context.clock));
    }
}

void sayUnlessRecorded(CommandContext &context, const Result<> &recorded)
{
    if (!recorded) {
        complain(
            context,
            RefusalTexts::tr("This was not recorded for 'quay audit'. %1").arg(recordFailureText(recorded.error())));
    }
}

} // namespace Quay
