// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/audittext.h"

#include "app/shared/format.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>

namespace Quay {

namespace {

struct AuditTexts
{
    Q_DECLARE_TR_FUNCTIONS(AuditText)
};

QString endedText(const AuditEntry &entry)
{
    const auto gone =
        std::ranges::count_if(entry.targets, [](const AuditTarget &target) { return isGone(target.outcome); });
    if (std::cmp_less(gone, entry.targets.size())) {
        return AuditTexts::tr("%1 of %2 ended").arg(gone).arg(entry.targets.size());
    }
    return entry.isForced || entry.forcedAt ? AuditTexts::tr("ended by force") : AuditTexts::tr("ended");
}

QString portsOutcomeText(const AuditEntry &entry)
{
    const bool isOne = entry.ports.size() == 1;
    const auto isSome = [&entry](auto isSo) { return std::ranges::any_of(entry.ports, isSo); };
    if (isSome([](const AuditPort &port) { return port.cameBack; })) {
        return AuditTexts::tr("came back");
    }
    if (isSome([](const AuditPort &port) { return port.state == PortState::Held; })) {
        return isOne ? AuditTexts::tr("port held by others") : AuditTexts::tr("ports held by others");
    }
    if (isSome([](const AuditPort &port) { return port.state == PortState::Lingering; })) {
        return isOne ? AuditTexts::tr("port not free yet") : AuditTexts::tr("ports not free yet");
    }
    if (isSome([](const AuditPort &port) { return port.state == PortState::Unknown; })) {
        return isOne ? AuditTexts::tr("port not looked at") : AuditTexts::tr("ports not looked at");
    }
    return isOne ? AuditTexts::tr("port free") : AuditTexts::tr("ports free");
}

QString actionOutcomeText(const AuditAction &action)
{
    const QString subject = shownText(action.subject);
    return action.error ? AuditTexts::tr("%1 could not be stopped").arg(subject)
                        : AuditTexts::tr("%1 was stopped").arg(subject);
}

} // namespace

QString auditAskerText(AuditAsker asker)
{
    switch (asker) {
    case AuditAsker::Unknown:
        return AuditTexts::tr("unknown", "who asked");
    case AuditAsker::Window:
        return AuditTexts::tr("window");
    case AuditAsker::CommandLine:
        return AuditTexts::tr("command line");
    case AuditAsker::Agent:
        return AuditTexts::tr("agent");
    }
    return {};
}

QString auditScopeText(KillScope scope)
{
    switch (scope) {
    case KillScope::Process:
        return AuditTexts::tr("process");
    case KillScope::Tree:
        return AuditTexts::tr("tree", "a process and all below it");
    case KillScope::Session:
        return AuditTexts::tr("session", "all that was started together");
    }
    return {};
}

QString auditTargetsText(const AuditEntry &entry)
{
    if (entry.targets.empty()) {
        return entry.actions.empty() ? QString() : shownText(entry.actions.front().subject);
    }
    auto first = std::ranges::find(entry.targets, TargetRole::Asked, &AuditTarget::role);
    if (first == entry.targets.end()) {
        first = entry.targets.begin();
    }
    const QString name = QStringLiteral("%1 %2").arg(shownText(first->name)).arg(first->id.pid);
    return entry.targets.size() == 1 ? name
                                     : QString(name + QStringLiteral(" +") + QString::number(entry.targets.size() - 1));
}

QString auditPortsText(const AuditEntry &entry)
{
    constexpr std::size_t MostShown = 3;
    std::set<std::uint16_t> ports; // IPv4 and IPv6 are the same to the reader
    for (const auto &port : entry.ports) {
        ports.insert(port.port);
    }
    QStringList texts;
    for (const auto port : ports) {
        if (std::cmp_equal(texts.size(), MostShown)) {
            texts << QStringLiteral("…");
            break;
        }
        texts << QString::number(port);
    }
    return texts.join(QStringLiteral(", "));
}

QString auditOutcomeText(const AuditEntry &entry)
{
    switch (entry.state) {
    case AuditState::Interrupted:
        return AuditTexts::tr("interrupted");
    case AuditState::Running:
        return AuditTexts::tr("under way");
    case AuditState::Ended:
        break;
    }
    QStringList parts;
    if (!entry.targets.empty()) {
        parts << endedText(entry);
    }
    for (const auto &action : entry.actions) {
        parts << actionOutcomeText(action);
    }
    if (!entry.ports.empty()) {
        parts << portsOutcomeText(entry);
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace Quay
