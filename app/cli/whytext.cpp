// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/whytext.h"

#include "app/cli/tableprinter.h"
#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "app/shared/linktext.h"
#include "app/shared/listenerfacts.h"
#include "app/shared/listenertext.h"
#include "app/shared/ownerfacts.h"
#include "app/shared/socketlist.h"
#include "app/shared/usernames.h"
#include "core/control/killscope.h"
#include "core/kernel/ipaddress.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

namespace Quay {

namespace {

struct WhyTexts
{
    Q_DECLARE_TR_FUNCTIONS(WhyCommand)
};

const QString Indent = QStringLiteral("  ");

/// Lines of a label and a value each, the values below one another.
class Facts
{
public:
    void add(const QString &label, const QString &value)
    {
        if (!value.isEmpty()) {
            m_lines.emplace_back(label, value);
        }
    }

    [[nodiscard]] QString text() const
    {
        int width = 0;
        for (const auto &[label, value] : m_lines) {
            width = std::max(width, cellWidth(label));
        }
        QString text;
        for (const auto &[label, value] : m_lines) {
            text += Indent + label + QString(width - cellWidth(label), u' ') + Indent + value + u'\n';
        }
        return text;
    }

private:
    std::vector<std::pair<QString, QString>> m_lines;
};

QString joined(const QStringList &parts)
{
    return parts.join(QStringLiteral(", "));
}

QString headingOf(const WhySubject &subject, UserNames &users)
{
    const QString endpoints = socketListText(subject.listeners);
    QString who;
    if (subject.process != nullptr) {
        who = processText(*subject.process);
    } else if (!subject.listeners.empty()) {
        who = ownerKnowledgeText(*subject.listeners.front(), users);
    }
    return endpoints.isEmpty() ? who : WhyTexts::tr("%1: %2", "endpoints: who listens there").arg(endpoints, who);
}

/// Of many sockets each says much the same: one line where that is so.
void addOfEach(Facts &facts, const WhySubject &subject, const QString &label,
               const std::function<QString(const Listener &)> &fact)
{
    std::vector<std::pair<const Listener *, QString>> values;
    values.reserve(subject.listeners.size());
    for (const auto &listener : subject.listeners) {
        values.emplace_back(listener.get(), fact(*listener));
    }
    const bool isOneForAll =
        std::ranges::all_of(values, [&](const auto &value) { return value.second == values.front().second; });
    if (isOneForAll && !values.empty()) {
        facts.add(values.size() == 1 ? label : WhyTexts::tr("%1 of each", "property of every endpoint").arg(label),
                  values.front().second);
        return;
    }
    for (const auto &[listener, value] : values) {
        facts.add(WhyTexts::tr("%1 of %2", "property of endpoint").arg(label, shownText(listener->endpoint())), value);
    }
}

void addProcess(Facts &facts, const WhySubject &subject, UserNames &users, const Clock &clock)
{
    const ProcessInfo &process = *subject.process;
    const bool hasEnded = isDead(process);
    std::vector<uid_t> openers;
    std::ranges::transform(subject.listeners, std::back_inserter(openers),
                           [](const ListenerPtr &listener) { return listener->socket.uid; });
    facts.add(WhyTexts::tr("Command"), commandText(process));
    facts.add(WhyTexts::tr("User"), userFact(process.uid, openers, users));
    facts.add(hasEnded ? WhyTexts::tr("Started") : WhyTexts::tr("Since"), sinceFact(process, clock));
    facts.add(WhyTexts::tr("Uses"), hasEnded ? QString() : joined(usageFacts(process, clock)));
}

/// Of who has ended there is nothing left to be hidden, and the program of a thread of the kernel is the kernel.
void addFiles(Facts &facts, const ProcessInfo &process, const OwnerProfile &profile)
{
    const bool hasFiles = !process.isKernelThread && !isDead(process);
    const auto fact = [hasFiles](const std::optional<ProcLink> &link) {
        return link || hasFiles ? linkText(link) : QString();
    };
    facts.add(WhyTexts::tr("Program"),
              process.isKernelThread ? WhyTexts::tr("none: a thread of the kernel") : fact(profile.executable));
    facts.add(WhyTexts::tr("Directory"), profile.workingDirectory || hasFiles ? directoryText(profile) : QString());
}

void addProfile(Facts &facts, const WhySubject &subject)
{
    facts.add(WhyTexts::tr("Project"), projectFact(subject.project));
    facts.add(WhyTexts::tr("Kind"), subject.kind != nullptr ? shownText(subject.kind->name) : QString());
    facts.add(WhyTexts::tr("Unit"), unitText(subject.profile->unit));
}

/// The other processes that hold the same sockets, each once.
std::vector<ProcessInfoPtr> otherOwners(const WhySubject &subject)
{
    std::vector<ProcessInfoPtr> others;
    for (const auto &listener : subject.listeners) {
        for (const auto &owner : listener->owners) {
            const bool isKnown = std::ranges::contains(others, owner.process->id,
                                                       [](const ProcessInfoPtr &process) { return process->id; });
            if (!isKnown && subject.process != nullptr && owner.process->id != subject.process->id) {
                others.push_back(owner.process);
            }
        }
    }
    return others;
}

QString otherOwnersText(const WhySubject &subject)
{
    QStringList names;
    for (const auto &process : otherOwners(subject)) {
        names << processText(*process);
    }
    return joined(names);
}

QString stepText(const AncestryStep &step)
{
    const QString process = processText(*step.process);
    if (const QString name = launcherNameText(step); !name.isEmpty()) {
        return QString(name + QStringLiteral(" (") + process + u')');
    }
    const QString kind = launcherText(step.launcher);
    return kind.isEmpty() ? process : QString(process + QStringLiteral(" (") + kind + u')');
}

/// `npm 1020`; the number alone where no more is known, and nothing of one outside of this container.
QString parentText(const WhySubject &subject)
{
    const pid_t parent = subject.process->parentPid;
    const bool hasParent = subject.profile != nullptr && subject.profile->ancestry.steps.size() > 1;
    if (hasParent && subject.profile->ancestry.steps[1].process->id.pid == parent) {
        return processText(*subject.profile->ancestry.steps[1].process);
    }
    return parent > 0 ? QString::number(parent) : QString();
}

/// Empty of one that runs.
QString endText(const WhySubject &subject, const OutputTraits &traits)
{
    if (subject.process == nullptr || !isDead(*subject.process)) {
        return {};
    }
    const QString parent = parentText(subject);
    const QString text = parent.isEmpty()
        ? WhyTexts::tr("It has ended, and stays until its parent takes note of it, or ends.")
        : WhyTexts::tr("It has ended, and stays until its parent %1 takes note of it, or ends.", "a process")
              .arg(parent);
    return QString(Indent + styled(text, TextStyle::Attention, traits.hasColours) + u'\n');
}

/// From what explains it (or the oldest that can be seen) down to the process itself, one step deeper each.
QString ancestryText(const Ancestry &ancestry, const OutputTraits &traits)
{
    const std::size_t last = ancestry.origin.value_or(ancestry.steps.empty() ? 0 : ancestry.steps.size() - 1);
    QString text;
    int depth = 0;
    for (std::size_t i = std::min(last + 1, ancestry.steps.size()); i-- > 0; ++depth) {
        const QString branch = depth == 0
            ? QString()
            : QString(QString(qsizetype{3} * (depth - 1), u' ') + QStringLiteral("\u2514\u2500 "));
        const QString step = stepText(ancestry.steps[i]);
        text += Indent + Indent + branch
            + styled(step, i == 0 ? TextStyle::Heading : TextStyle::Plain, traits.hasColours) + u'\n';
    }
    if (ancestry.isReparented) {
        text += Indent + Indent + WhyTexts::tr("The process that started it has ended.") + u'\n';
    }
    return text;
}

QString warningsText(const WhySubject &subject, const OutputTraits &traits)
{
    QString text;
    std::vector<Warning> said;
    for (const auto &listener : subject.listeners) {
        for (const auto &warning : listener->warnings) {
            if (std::ranges::contains(said, warning)) {
                continue;
            }
            said.push_back(warning);
            text += Indent
                + styled(QString(QStringLiteral("! ") + warningText(warning)), TextStyle::Attention, traits.hasColours)
                + u'\n';
            for (const auto &fact : warning.facts) {
                text += Indent + Indent + Indent + factText(fact) + u'\n';
            }
        }
    }
    return text;
}

} // namespace

std::vector<WhySubject> subjectsOf(const std::vector<ListenerPtr> &listeners)
{
    std::vector<WhySubject> subjects;
    for (const auto &listener : listeners) {
        if (listener->owners.empty()) {
            subjects.push_back({.process = nullptr, .profile = nullptr, .listeners = {listener}});
            continue;
        }
        const Owner &first = listener->owners.front();
        auto subject = std::ranges::find_if(subjects, [&first](const WhySubject &known) {
            return known.process != nullptr && known.process->id == first.process->id;
        });
        if (subject == subjects.end()) {
            subject = subjects.insert(subject, WhySubject{.process = first.process, .profile = first.profile});
        }
        subject->listeners.push_back(listener);
        if (subject->project == nullptr) { // the other owners need not be the same for each socket
            subject->project = projectOf(*listener);
        }
        if (subject->kind == nullptr) {
            subject->kind = kindOf(*listener);
        }
    }
    return subjects;
}

QString whyText(const WhySubject &subject, const OutputTraits &traits, UserNames &users, const Clock &clock)
{
    Facts facts;
    addOfEach(facts, subject, WhyTexts::tr("Reach"), reachFact);
    addOfEach(facts, subject, WhyTexts::tr("Connections"),
              [](const Listener &listener) { return joined(connectionFacts(listener)); });
    if (subject.process != nullptr) {
        addProcess(facts, subject, users, clock);
    } else if (!subject.listeners.empty()) {
        facts.add(WhyTexts::tr("User"), users.name(subject.listeners.front()->socket.uid));
        facts.add(WhyTexts::tr("Unit"), unitText(subject.listeners.front()->unit));
    }
    if (subject.profile != nullptr) {
        addFiles(facts, *subject.process, *subject.profile);
        addProfile(facts, subject);
    }
    facts.add(WhyTexts::tr("Also held by"), otherOwnersText(subject));
    if (subject.process != nullptr && !subject.listeners.empty()) {
        facts.add(WhyTexts::tr("Owners"), ownerKnowledgeText(*subject.listeners.front(), users));
    }

    QString text = styled(headingOf(subject, users), TextStyle::Heading, traits.hasColours) + u'\n';
    text += endText(subject, traits);
    text += warningsText(subject, traits);
    text += facts.text();
    if (subject.profile != nullptr && !subject.profile->ancestry.steps.empty()) {
        const QString title = isDead(*subject.process) ? WhyTexts::tr("Why it ran") : WhyTexts::tr("Why it runs");
        text += Indent + title + u'\n' + ancestryText(subject.profile->ancestry, traits);
    }
    return text;
}

} // namespace Quay
