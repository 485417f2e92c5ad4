// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/whycommand.h"

#include "app/cli/jsonwords.h"
#include "app/cli/listenerjson.h"
#include "app/cli/machine.h"
#include "app/cli/portnotes.h"
#include "app/cli/watchticker.h"
#include "app/cli/whytext.h"
#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "app/shared/usernames.h"
#include "core/ports/listener.h"
#include "core/ports/listenerwarnings.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include <CLI/App.hpp>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto LookAgainAfter = 100ms;
constexpr auto MostLooks = (NobodyAcceptsAfter / LookAgainAfter) + 5;

struct WhyTexts
{
    Q_DECLARE_TR_FUNCTIONS(WhyCommand)
};

QString nothingFoundText(const WhyQuery &query)
{
    if (!query.pid) {
        return WhyTexts::tr("Nobody listens on port %1.").arg(query.port.value_or(0));
    }
    if (!query.port) {
        return WhyTexts::tr("There is no process %1.").arg(*query.pid);
    }
    return WhyTexts::tr("Nobody listens on port %1, and there is no process %1.").arg(*query.pid);
}

/// Whether connections wait there, and it remains to be seen if anybody takes them.
bool isUndecided(const Listener &listener)
{
    return listener.socket.protocol == Protocol::Tcp && listener.socket.receiveQueue > 0
        && !std::ranges::contains(listener.warnings, WarningKind::NobodyAccepts, &Warning::kind);
}

bool isHeldBy(const Listener &listener, pid_t pid)
{
    return std::ranges::contains(listener.owners, pid, [](const Owner &owner) { return owner.process->id.pid; });
}

/// Looks, and where connections wait looks on until one was seen to wait for too long, or all were taken.
Result<PortSnapshotPtr> lookUntilDecided(CommandContext &context, const LookOptions &options,
                                         std::optional<pid_t> pid = {})
{
    auto found = context.machine.look(options);
    const auto isUnfinished = [pid](const ListenerPtr &listener) {
        return isUndecided(*listener) && (!pid || isHeldBy(*listener, *pid));
    };
    for (auto looks = MostLooks; found && looks > 0 && std::ranges::any_of((*found)->listeners, isUnfinished)
         && context.ticker.wait(LookAgainAfter) == WatchTicker::Wake::Tick;
         --looks) {
        found = context.machine.look(options);
    }
    return found;
}

} // namespace

struct WhyCommand::Answer
{
    WhyQuery query;
    PortSnapshotPtr snapshot; ///< In which they were looked for.
    std::vector<ListenerPtr> listeners;
    ProcessInfoPtr process; ///< Set when a process was asked for and found.
    std::shared_ptr<const OwnerProfile> profile;
    bool isProcessHidden = false; ///< It is there, and the system does not show it.

    [[nodiscard]] bool isNothing() const { return listeners.empty() && process == nullptr; }
};

QString WhyCommand::description() const
{
    return WhyTexts::tr("Show who holds a port, and why it runs");
}

QString WhyCommand::arguments() const
{
    return QStringLiteral("PORT|PID");
}

void WhyCommand::setup(CLI::App &parser)
{
    parser
        .add_option("PORT|PID", m_word,
                    WhyTexts::tr("A port when somebody listens there, else a process. :3000 is always a port, "
                                 "pid:4711 always a process")
                        .toStdString())
        ->option_text(" ")
        ->required();
    parser.add_flag("--json", m_json, WhyTexts::tr("Print JSON").toStdString());
}

ExitCode WhyCommand::execute(CommandContext &context)
{
    const auto query = whyQueryFromText(m_word);
    if (!query) {
        complain(context,
                 WhyTexts::tr("'%1' is neither a port nor a process. Allowed are numbers, :3000 for a port from 1 to "
                              "65535, and pid:4711 for a process.")
                     .arg(shownText(query.error().subject)));
        return ExitCode::Usage;
    }
    Result<Answer> answer;
    if (query->port) {
        answer = lookForPort(context, *query->port);
    }
    if (answer && answer->isNothing() && query->pid) {
        answer = lookForProcess(context, *query->pid);
    }
    if (answer) {
        answer->query = *query;
    }
    if (!answer) {
        return complainAbout(context, answer.error());
    }
    if (m_json) {
        printJson(context, *answer);
    } else {
        printText(context, *answer);
    }
    return conclude(context, *answer);
}

Result<WhyCommand::Answer> WhyCommand::lookForPort(CommandContext &context, std::uint16_t port)
{
    const auto found = lookUntilDecided(context, {.connections = true, .onlyPort = port});
    if (!found) {
        return std::unexpected(found.error());
    }
    Answer answer;
    answer.snapshot = *found;
    if (!(*found)->listeners.empty()) {
        answer.listeners = context.machine.verifyAllOwners()->listeners;
    }
    return answer;
}

Result<WhyCommand::Answer> WhyCommand::lookForProcess(CommandContext &context, pid_t pid)
{
    const auto found = lookUntilDecided(context, {.connections = true}, pid);
    if (!found) {
        return std::unexpected(found.error());
    }
    Answer answer;
    answer.snapshot = *found;
    answer.process = context.machine.findProcess(pid);
    if (answer.process == nullptr) {
        answer.isProcessHidden = context.machine.isHidden(pid);
        return answer;
    }
    answer.profile = context.machine.profileOf(answer.process);
    for (const auto &listener : context.machine.verifyAllOwners()->listeners) {
        if (isHeldBy(*listener, pid)) {
            answer.listeners.push_back(listener);
        }
    }
    return answer;
}

void WhyCommand::printText(CommandContext &context, const Answer &answer) const
{
    std::vector<WhySubject> subjects;
    if (answer.process != nullptr) {
        WhySubject subject{.process = answer.process, .profile = answer.profile, .listeners = answer.listeners};
        if (const auto &profile = answer.profile) {
            subject.project = profile->project;
            subject.kind = profile->kind ? &*profile->kind : nullptr;
        }
        subjects.push_back(std::move(subject));
    } else {
        subjects = subjectsOf(answer.listeners);
    }
    QString text;
    for (const auto &subject : subjects) {
        text += text.isEmpty() ? QString() : QStringLiteral("\n");
        text += whyText(subject, context.out.traits(), context.users, context.clock);
    }
    std::ignore = context.out.write(text.toStdString()); // the caller asks Output::state()
}

void WhyCommand::printJson(CommandContext &context, const Answer &answer) const
{
    const JsonContext json{.users = context.users, .clock = context.clock};
    QJsonArray listeners;
    for (const auto &listener : answer.listeners) {
        listeners.append(toJson(*listener, JsonDetail::WithAncestry, json));
    }
    QJsonValue process(QJsonValue::Null);
    if (answer.process != nullptr) {
        const OwnerProfile unknown;
        const OwnerProfile &profile = answer.profile != nullptr ? *answer.profile : unknown;
        process = toJson(*answer.process, profile, JsonDetail::WithAncestry, json);
    }
    QString found = QStringLiteral("nothing");
    if (!answer.isNothing()) {
        found = answer.process != nullptr ? QStringLiteral("process") : QStringLiteral("port");
    }
    std::ignore = context.out.write(jsonDocument({
        {QStringLiteral("schema"), JsonSchemaVersion},
        {QStringLiteral("query"), jsonText(m_word)},
        {QStringLiteral("found"), found},
        {QStringLiteral("listeners"), listeners},
        {QStringLiteral("process"), process},
        {QStringLiteral("source"), jsonWord(answer.snapshot->source)},
        {QStringLiteral("isInterrupted"), answer.snapshot->isInterrupted},
    }));
}

ExitCode WhyCommand::conclude(CommandContext &context, const Answer &answer) const
{
    noteHowRead(context, *answer.snapshot);
    if (answer.isProcessHidden) {
        complain(context,
                 WhyTexts::tr("Process %1 is there, but the system hides it from you. Run quay as root to see it.")
                     .arg(*answer.query.pid));
        return ExitCode::NotPermitted;
    }
    if (answer.isNothing()) {
        complain(context, nothingFoundText(answer.query));
        return ExitCode::NothingThere;
    }
    const auto isHidden = [](const ListenerPtr &listener) { return listener->knowledge == OwnerKnowledge::Hidden; };
    if (answer.process == nullptr && std::ranges::all_of(answer.listeners, isHidden)) {
        const uid_t owner = answer.listeners.front()->socket.uid;
        complain(context,
                 mayLookInto(context.uid, owner)
                     ? WhyTexts::tr("The process is hidden: the system does not let its open files be read.")
                     : WhyTexts::tr("The process is hidden: it belongs to %1. Run quay as that user or as root to "
                                    "see it.")
                           .arg(context.users.name(owner)));
        return ExitCode::NotPermitted;
    }
    return ExitCode::Done;
}

} // namespace Quay
