// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/endingteller.h"

#include "app/cli/command.h"
#include "app/cli/machine.h"
#include "app/cli/managerstop.h"
#include "app/shared/endingtext.h"
#include "app/shared/portoutcometext.h"
#include "core/base/error.h"
#include "core/history/auditentry.h"

#include <algorithm>

namespace Quay {

namespace {

/// Also when there is nobody with more rights who could be asked. One who does not answer is another matter.
bool isDeniedToUs(const TargetProgress &target)
{
    const bool isNobodyThere = target.error && target.error->code == ErrorCode::Unsupported
        && std::ranges::any_of(target.signals, isDenial, &SentSignal::error);
    return target.stage == TargetStage::NeedsPermission
        || (target.stage == TargetStage::Refused && (isDenial(target.error) || isNobodyThere));
}

} // namespace

EndingTeller::EndingTeller(CommandContext &context, bool hasJson)
    : m_context(context)
    , m_hasJson(hasJson)
{
}

void EndingTeller::tellManagers(const ManagerStop &managers)
{
    for (const auto &outcome : managers.outcomes()) {
        say(outcome.text, outcome.isGood);
    }
}

void EndingTeller::tell(const EndingReport &report, const ManagerStop &managers)
{
    tellManagers(managers);
    if (managers.error()) {
        return; // nothing else was done
    }
    for (const auto &target : report.targets) {
        say(targetOutcomeText(target, !managers.isEmpty()), isGone(target.stage));
    }
    for (const auto &zombie : report.zombies) {
        say(zombieOutcomeText(zombie), zombie.isGone);
    }
    tellPorts(report.ports);
    for (const auto &starter : report.starters) {
        complain(m_context, starterText(*starter));
    }
}

void EndingTeller::tellPorts(const std::vector<PortOutcome> &ports)
{
    for (const auto &line : portOutcomeLines(ports, [this](const PortOutcome &port) { return holdersNow(port); })) {
        say(line.text, line.isGood);
    }
}

void EndingTeller::say(const QString &text, bool isGood)
{
    if (!isGood) {
        complain(m_context, text);
    } else if (!m_hasJson) {
        std::ignore = m_context.out.writeLine(text);
    }
}

const std::vector<ListenerPtr> &EndingTeller::holdersNow(const PortOutcome &port)
{
    const auto [known, isNew] = m_holders.try_emplace(port.listener->key());
    if (isNew) {
        const auto now = m_context.machine.look({.onlyPort = port.listener->socket.localPort});
        known->second = now ? holdersOf(port, **now) : std::vector<ListenerPtr>();
    }
    return known->second;
}

ExitCode exitCodeOf(const EndingReport &report, const ManagerStop &managers)
{
    if (const auto &error = managers.error()) {
        return error->code == ErrorCode::Denied ? ExitCode::NotPermitted : ExitCode::NotAchieved;
    }
    if (isSuccess(report) && !report.isInterrupted) {
        return ExitCode::Done;
    }
    const bool isDenied = std::ranges::any_of(report.targets, isDeniedToUs);
    return isDenied ? ExitCode::NotPermitted : ExitCode::NotAchieved;
}

} // namespace Quay
