// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/audittext.h"

#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "app/shared/usernames.h"
#include "core/base/error.h"
#include "core/control/ending.h"
#include "core/kernel/userdirectories.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cerrno>
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

/// Also when somebody with more rights could not help.
bool isDenied(const AuditTarget &target)
{
    return target.outcome == TargetStage::NeedsPermission
        || (target.outcome == TargetStage::Refused
            && (isDenial(target.error) || std::ranges::any_of(target.signals, isDenial, &SentSignal::error)));
}

QString portsOutcomeText(const AuditEntry &entry)
{
    const bool isOne = entry.ports.size() == 1;
    const auto isSome = [&entry](auto isSo) { return std::ranges::any_of(entry.ports, isSo); };
    if (isSome([](const AuditPort &port) { return port.cameBack; })) {
        return AuditTexts::tr("came back");
    }
    const bool isEverybodyGone =
        std::ranges::all_of(entry.targets, [](const AuditTarget &target) { return isGone(target.outcome); });
    if (!isEverybodyGone && isSome([](const AuditPort &port) { return port.state == PortState::Held; })) {
        return isOne ? AuditTexts::tr("port not free") : AuditTexts::tr("ports not free"); // the target may hold it
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

/// See actionStarting(): a program that cannot be started is told by its path.
bool hasEndedEarly(const AuditAction &action)
{
    return action.key == "startProcess" && action.error->code == ErrorCode::Gone
        && action.error->subject == action.subject;
}

/// What came of starting something again.
QString startOutcomeText(const AuditAction &action)
{
    const QString subject = shownText(action.subject);
    const bool hasEnded = action.error && hasEndedEarly(action);
    if (action.error && !hasEnded) {
        return AuditTexts::tr("%1 could not be started again").arg(subject);
    }
    if (!action.process) {
        return hasEnded ? AuditTexts::tr("%1 was started again, but ended at once").arg(subject)
                        : AuditTexts::tr("%1 was started again").arg(subject);
    }
    const QString pid = QString::number(action.process->pid);
    return hasEnded ? AuditTexts::tr("%1 was started again as process %2, but ended at once").arg(subject, pid)
                    : AuditTexts::tr("%1 was started again as process %2").arg(subject, pid);
}

QString shortRefusalText(AuditRefusal refusal)
{
    switch (refusal) {
    case AuditRefusal::Unknown:
        break;
    case AuditRefusal::NeverEnded:
        return AuditTexts::tr("refused: never ended");
    case AuditRefusal::Gone:
        return AuditTexts::tr("refused: had ended");
    case AuditRefusal::OwnerHidden:
        return AuditTexts::tr("refused: holder hidden");
    case AuditRefusal::Stays:
        return AuditTexts::tr("refused: stays unless named");
    case AuditRefusal::Zombie:
        return AuditTexts::tr("refused: zombie");
    case AuditRefusal::ManagerFailed:
        return AuditTexts::tr("refused: manager not asked");
    }
    return AuditTexts::tr("refused");
}

/// Of an XDG_STATE_HOME that is set and of no use, whose user would not know what else to do. Empty: there is none.
QString ignoredStateHomeText()
{
    const auto ignored = ignoredStateHome();
    if (!ignored) {
        return {};
    }
    const QString text = ignored->code == ErrorCode::Denied
        ? AuditTexts::tr("The one that is set now, %1, is not used: it belongs to somebody else.", "path")
        : AuditTexts::tr("The one that is set now, %1, is not used: it does not begin with a /.", "path");
    return QString(u' ' + text.arg(shownText(ignored->subject)));
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

QString auditAuthorText(const AuditEntry &entry, uid_t viewer, UserNames &users)
{
    const QString asker = auditAskerText(entry.asker);
    return entry.uid == viewer ? asker
                               : AuditTexts::tr("%1 (%2)", "command line (root)").arg(asker, users.name(entry.uid));
}

QString recordFailureText(const Error &error)
{
    const auto slash = error.subject.rfind('/');
    if (error.sysErrno == 0 || slash == std::string::npos) {
        return errorText(error);
    }
    const QString file = shownText(error.subject);
    switch (error.sysErrno) {
    case ENOSPC:
    case EDQUOT:
        return AuditTexts::tr(
                   "There is no room for %1 (%2). Make some, or set XDG_STATE_HOME to a directory on another "
                   "disk.")
                   .arg(file, reasonText(error))
            + ignoredStateHomeText();
    case EISDIR:
    case ENXIO: // a FIFO that nobody reads
        return AuditTexts::tr("%1 is no file that can be written to (%2). Move it out of the way.")
            .arg(file, reasonText(error));
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOENT:
    case ENOTDIR:
    case EEXIST:
        return AuditTexts::tr(
                   "Nothing can be written to %1 (%2). Make that directory one that you may write to, or set "
                   "XDG_STATE_HOME to another one.")
                   .arg(shownText(error.subject.substr(0, slash)), reasonText(error))
            + ignoredStateHomeText();
    default:
        return errorText(error);
    }
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
    const QString name = processText(first->name, first->arguments, first->id.pid);
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

QString auditSubjectText(const AuditEntry &entry)
{
    const QString ports = auditPortsText(entry);
    const QString targets = auditTargetsText(entry);
    if (targets.isEmpty() && !ports.isEmpty()) {
        return AuditTexts::tr("port %1", "port 3000").arg(ports);
    }
    return ports.isEmpty() ? targets : AuditTexts::tr("%1 (%2)", "node 4711 (3000)").arg(targets, ports);
}

QString auditActionText(const AuditAction &action)
{
    if (action.key.starts_with("start")) {
        return startOutcomeText(action);
    }
    const QString subject = shownText(action.subject);
    return action.error ? AuditTexts::tr("%1 could not be stopped").arg(subject)
                        : AuditTexts::tr("%1 was stopped").arg(subject);
}

QString auditOutcomeText(const AuditEntry &entry)
{
    switch (entry.state) {
    case AuditState::Interrupted:
        return AuditTexts::tr("interrupted");
    case AuditState::Running:
        return AuditTexts::tr("under way");
    case AuditState::Refused:
        return shortRefusalText(entry.refusal.value_or(AuditRefusal::Unknown));
    case AuditState::Ended:
        break;
    }
    QStringList parts;
    if (!entry.targets.empty()) {
        parts << endedText(entry);
    }
    if (!std::ranges::all_of(entry.zombies, &AuditZombie::isGone)) {
        parts << AuditTexts::tr("zombie still listed");
    }
    if (std::ranges::any_of(entry.targets, isDenied)) {
        parts << AuditTexts::tr("not permitted");
    }
    for (const auto &action : entry.actions) {
        parts << auditActionText(action);
    }
    if (!entry.ports.empty()) {
        parts << portsOutcomeText(entry);
    }
    if (entry.isLeft) {
        parts << AuditTexts::tr("interrupted");
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace Quay
