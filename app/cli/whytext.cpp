// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/whytext.h"

#include "app/cli/tableprinter.h"
#include "app/shared/format.h"
#include "app/shared/linktext.h"
#include "app/shared/listenertext.h"
#include "app/shared/socketlist.h"
#include "app/shared/usernames.h"
#include "core/kernel/ipaddress.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <iterator>
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

QString processText(const ProcessInfo &process)
{
    return QString(shownText(process.name) + u' ' + QString::number(process.id.pid));
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

QString reachTextOf(const Listener &listener)
{
    return listener.reach() == Reach::ThisMachine ? WhyTexts::tr("this machine only")
                                                  : WhyTexts::tr("other machines too, if no firewall forbids it");
}

QString connectionsText(const Listener &listener)
{
    if (!listener.connections && !listener.sharedConnections) {
        return {};
    }
    const QLocale locale;
    QString established = listener.connections
        ? WhyTexts::tr("%n established", nullptr, static_cast<int>(*listener.connections))
        : WhyTexts::tr("%n established, shared with other sockets at this address", nullptr,
                       static_cast<int>(*listener.sharedConnections));
    const auto queue = listener.acceptQueue();
    if (!queue) {
        return established;
    }
    return WhyTexts::tr("%1, %2 waiting to be accepted (backlog %3)")
        .arg(established, locale.toString(queue->waiting), locale.toString(queue->limit));
}

void addListener(Facts &facts, const Listener &listener, bool isOnlyOne)
{
    const QString endpoint = shownText(listener.endpoint());
    const auto label = [&](const QString &text) {
        return isOnlyOne ? text : WhyTexts::tr("%1 of %2", "property of endpoint").arg(text, endpoint);
    };
    facts.add(label(WhyTexts::tr("Reach")), reachTextOf(listener));
    facts.add(label(WhyTexts::tr("Connections")), connectionsText(listener));
}

QString cpuText(const ProcessInfo &process, const Clock &clock)
{
    const auto running = runningTime(process.id.startTicks, clock);
    QString used = elapsedText(process.cpuTime);
    if (running <= std::chrono::nanoseconds::zero()) {
        return used;
    }
    const double share = std::chrono::duration<double>(process.cpuTime) / std::chrono::duration<double>(running);
    return WhyTexts::tr("%1 in all, %2 of a core on average").arg(used, percentText(share));
}

void addProcess(Facts &facts, const ProcessInfo &process, UserNames &users, const Clock &clock)
{
    facts.add(WhyTexts::tr("Command"), commandText(process));
    facts.add(WhyTexts::tr("User"), users.name(process.uid));
    facts.add(WhyTexts::tr("Since"),
              WhyTexts::tr("%1 (%2)", "duration (time of day)")
                  .arg(durationText(runningTime(process.id.startTicks, clock)),
                       timeText(startTime(process.id.startTicks, clock))));
    facts.add(WhyTexts::tr("CPU"), cpuText(process, clock));
    facts.add(WhyTexts::tr("Memory"), bytesText(process.residentBytes));
}

void addProfile(Facts &facts, const OwnerProfile &profile)
{
    facts.add(WhyTexts::tr("Program"), linkText(profile.executable));
    facts.add(WhyTexts::tr("Directory"), linkText(profile.workingDirectory));
    if (profile.project != nullptr) {
        facts.add(WhyTexts::tr("Project"),
                  WhyTexts::tr("%1 in %2", "project in directory")
                      .arg(projectText(profile.project), shownText(profile.project->root)));
    }
    facts.add(WhyTexts::tr("Kind"), profile.kind ? shownText(profile.kind->name) : QString());
    facts.add(WhyTexts::tr("Unit"), unitText(profile.unit));
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
    return names.join(QStringLiteral(", "));
}

QString stepText(const AncestryStep &step)
{
    const QString process = processText(*step.process);
    const QString role = launcherText(step.launcher);
    if (!step.launcherName.empty()) {
        return QString(shownText(step.launcherName) + QStringLiteral(" (") + process + u')');
    }
    return role.isEmpty() ? process : QString(process + QStringLiteral(" (") + role + u')');
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
        const auto known = std::ranges::find_if(subjects, [&first](const WhySubject &subject) {
            return subject.process != nullptr && subject.process->id == first.process->id;
        });
        if (known != subjects.end()) {
            known->listeners.push_back(listener);
        } else {
            subjects.push_back({.process = first.process, .profile = first.profile, .listeners = {listener}});
        }
    }
    return subjects;
}

QString whyText(const WhySubject &subject, const OutputTraits &traits, UserNames &users, const Clock &clock)
{
    Facts facts;
    for (const auto &listener : subject.listeners) {
        addListener(facts, *listener, subject.listeners.size() == 1);
    }
    if (subject.process != nullptr) {
        addProcess(facts, *subject.process, users, clock);
    } else if (!subject.listeners.empty()) {
        facts.add(WhyTexts::tr("User"), users.name(subject.listeners.front()->socket.uid));
        facts.add(WhyTexts::tr("Unit"), unitText(subject.listeners.front()->unit));
    }
    if (subject.profile != nullptr) {
        addProfile(facts, *subject.profile);
    }
    facts.add(WhyTexts::tr("Also held by"), otherOwnersText(subject));
    if (subject.process != nullptr && !subject.listeners.empty()) {
        facts.add(WhyTexts::tr("Owners"), ownerKnowledgeText(*subject.listeners.front(), users));
    }

    QString text = styled(headingOf(subject, users), TextStyle::Heading, traits.hasColours) + u'\n';
    text += warningsText(subject, traits);
    text += facts.text();
    if (subject.profile != nullptr && !subject.profile->ancestry.steps.empty()) {
        text += Indent + WhyTexts::tr("Why it runs") + u'\n' + ancestryText(subject.profile->ancestry, traits);
    }
    return text;
}

} // namespace Quay
