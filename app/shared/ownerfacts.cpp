// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/ownerfacts.h"

#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "app/shared/usernames.h"

#include <QCoreApplication>

#include <chrono>
#include <set>

namespace Quay {

namespace {

struct OwnerFacts
{
    Q_DECLARE_TR_FUNCTIONS(OwnerFacts)
};

QString cpuFact(const ProcessInfo &process, const Clock &clock)
{
    const QString used = elapsedText(process.cpuTime);
    const auto running = runningTime(process.id.startTicks, clock);
    if (running <= std::chrono::nanoseconds::zero()) {
        return OwnerFacts::tr("%1 CPU time").arg(used);
    }
    const double share = std::chrono::duration<double>(process.cpuTime) / std::chrono::duration<double>(running);
    return OwnerFacts::tr("%1 CPU time (%2 of a core on average)").arg(used, percentText(share));
}

} // namespace

QString reachFact(const Listener &listener)
{
    return listener.reach() == Reach::ThisMachine ? OwnerFacts::tr("this machine only")
                                                  : OwnerFacts::tr("other machines too, if no firewall forbids it");
}

QStringList connectionFacts(const Listener &listener)
{
    if (listener.socket.protocol != Protocol::Tcp) {
        return {};
    }
    QStringList facts;
    if (listener.connections) {
        facts << OwnerFacts::tr("%n established", nullptr, static_cast<int>(*listener.connections));
    } else if (listener.sharedConnections) {
        facts << OwnerFacts::tr("%n established, shared with other sockets at this address", nullptr,
                                static_cast<int>(*listener.sharedConnections));
    }
    if (const auto queue = listener.acceptQueue()) {
        facts << OwnerFacts::tr("%n waiting to be accepted (backlog %1)", nullptr, static_cast<int>(queue->waiting))
                     .arg(queue->limit);
    }
    return facts;
}

QString userFact(uid_t user, std::span<const uid_t> openers, UserNames &users)
{
    std::set<uid_t> others(openers.begin(), openers.end());
    others.erase(user);
    if (others.empty()) {
        return users.name(user);
    }
    QStringList names;
    for (const uid_t other : others) {
        names << users.name(other);
    }
    const QString text = openers.size() == 1
        ? OwnerFacts::tr("%1; the socket was opened by %2: the process has changed its user since, or the socket was "
                         "handed to it")
        : OwnerFacts::tr("%1; sockets were opened by %2: the process has changed its user since, or the sockets were "
                         "handed to it");
    return text.arg(users.name(user), names.join(QStringLiteral(", ")));
}

QString sinceFact(const ProcessInfo &process, const Clock &clock)
{
    return OwnerFacts::tr("%1 (%2)", "time of day (duration)")
        .arg(timeText(startTime(process.id.startTicks, clock)),
             durationText(runningTime(process.id.startTicks, clock)));
}

QString projectFact(const ProjectPtr &project)
{
    return project == nullptr
        ? QString()
        : OwnerFacts::tr("%1 in %2", "project in directory").arg(projectText(project), shownText(project->root));
}

QStringList usageFacts(const ProcessInfo &process, const Clock &clock)
{
    QStringList facts{cpuFact(process, clock), OwnerFacts::tr("%1 memory").arg(bytesText(process.residentBytes))};
    if (process.threadCount > 0) { // of one that is just being reaped the kernel says 0, which is no answer
        facts << OwnerFacts::tr("%n thread(s)", nullptr, static_cast<int>(process.threadCount));
    }
    return facts;
}

} // namespace Quay
