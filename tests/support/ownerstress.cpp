// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ownerstress.h"

#include "core/kernel/procfd.h"
#include "core/kernel/procfs.h"
#include "core/ports/portmonitor.h"
#include "tests/support/childprocess.h"
#include "tests/support/testserver.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace Quay::Test {

namespace {

using Inode = std::uint64_t;

struct Actor
{
    ChildProcess process;
    std::string mailbox;
};

/// What one actor has of one socket.
struct Share
{
    bool isOwn = false;
    std::set<pid_t> children;
};

enum class Event
{
    Listen,
    NewInheritedParentCloses,
    NewInheritedBothKeep,
    NewExecuted,
    NewHandedOver,
    NewHandedOverBothKeep,
    InheritedParentCloses,
    InheritedBothKeep,
    ExecutedBothKeep,
    HandedOver,
    HandedOverBothKeep,
    Moved,
    Close,
};

constexpr std::array EventNames{
    "listen",
    "new, inherited, parent closes",
    "new, inherited, both keep",
    "new, executed over",
    "new, handed over",
    "new, handed over, both keep",
    "inherited, parent closes",
    "inherited, both keep",
    "executed, both",
    "handed over",
    "handed over, both keep",
    "moved to another number",
    "closed",
};

constexpr std::size_t MostSockets = 60;

class OwnerStress
{
public:
    OwnerStress(PortMonitor &monitor, const StressOptions &options)
        : m_monitor(monitor)
        , m_options(options)
        , m_random(options.seed)
    {
    }

    Result<StressReport> run();

private:
    Result<> startActors();
    Result<std::string> tell(std::size_t actor, const std::string &command);
    Result<> doRandomEvent();
    Result<> doToNew(std::size_t actor, Event event);
    Result<> doToExisting(std::size_t actor, Inode inode, Event event);
    Result<> share(std::size_t actor, Inode inode, bool executes, bool keeps);
    Result<> handOver(std::size_t actor, Inode inode, bool keeps);
    Result<> close(std::size_t actor, Inode inode);
    Result<> lookAndCompare(Event event);
    void compare(const PortSnapshot &snapshot, Event event, Inode inode);
    [[nodiscard]] std::set<pid_t> holders(Inode inode) const;
    [[nodiscard]] std::size_t below(std::size_t limit) { return m_random() % limit; }
    [[nodiscard]] std::optional<std::pair<std::size_t, Inode>> randomOwnSocket();

    PortMonitor &m_monitor;
    StressOptions m_options;
    std::mt19937 m_random; // NOLINT(bugprone-random-generator-seed): a run that found something is to be repeated
    std::vector<Actor> m_actors;
    std::map<Inode, std::map<std::size_t, Share>> m_sockets;
    Inode m_affected = 0;
    bool m_isVerified = false; ///< Whether what is compared is the answer of verifyAllOwners().
    StressReport m_report;
};

Result<StressReport> OwnerStress::run()
{
    auto churn =
        ChildProcess::start({.arguments = {programPath("testload"), "--active", std::to_string(m_options.active),
                                           "--forks-per-second", std::to_string(m_options.forksPerSecond)},
                             .workingDirectory = {}});
    if (!churn) {
        return std::unexpected(churn.error());
    }
    if (const auto ready = churn->readLine(); !ready) {
        return std::unexpected(ready.error());
    }
    if (const auto started = startActors(); !started) {
        return std::unexpected(started.error());
    }
    while (m_report.events < m_options.events) {
        if (const auto done = doRandomEvent(); !done) {
            return std::unexpected(done.error());
        }
    }
    return std::move(m_report);
}

Result<> OwnerStress::startActors()
{
    for (unsigned index = 0; index < m_options.actors; ++index) {
        auto process = ChildProcess::start({.arguments = {programPath("testserver"), "actor"}, .workingDirectory = {}});
        if (!process) {
            return std::unexpected(process.error());
        }
        const auto ready = process->readLine();
        if (!ready) {
            return std::unexpected(ready.error());
        }
        std::string mailbox = ready->substr(ready->rfind('=') + 1);
        m_actors.push_back({.process = *std::move(process), .mailbox = std::move(mailbox)});
    }
    return {};
}

/// The words after `OK`.
Result<std::string> OwnerStress::tell(std::size_t actor, const std::string &command)
{
    ChildProcess &process = m_actors[actor].process;
    return process.writeLine(command)
        .and_then([&process] { return process.readLine(); })
        .transform([](std::string line) { return line.size() > 3 ? line.substr(3) : std::string(); });
}

std::optional<std::pair<std::size_t, Inode>> OwnerStress::randomOwnSocket()
{
    std::vector<std::pair<std::size_t, Inode>> choices;
    for (const auto &[inode, shares] : m_sockets) {
        for (const auto &[actor, share] : shares) {
            if (share.isOwn) {
                choices.emplace_back(actor, inode);
            }
        }
    }
    return choices.empty() ? std::nullopt : std::optional(choices[below(choices.size())]);
}

Result<> OwnerStress::doRandomEvent()
{
    auto event = static_cast<Event>(below(EventNames.size()));
    if (m_sockets.size() > MostSockets) {
        event = Event::Close;
    }
    Result<> done;
    if (event <= Event::NewHandedOverBothKeep) {
        done = doToNew(below(m_actors.size()), event);
    } else if (event == Event::Close && !m_sockets.empty()) {
        const auto &[inode, shares] =
            *std::next(m_sockets.begin(), static_cast<std::ptrdiff_t>(below(m_sockets.size())));
        done = doToExisting(std::next(shares.begin(), static_cast<std::ptrdiff_t>(below(shares.size())))->first, inode,
                            event);
    } else if (const auto socket = randomOwnSocket()) {
        done = doToExisting(socket->first, socket->second, event);
    } else {
        return {}; // nothing there to do it to yet
    }
    if (!done) {
        return done;
    }
    ++m_report.events;
    return lookAndCompare(event);
}

Result<> OwnerStress::doToNew(std::size_t actor, Event event)
{
    const auto answer = tell(actor, "listen");
    if (!answer) {
        return std::unexpected(answer.error());
    }
    const Inode inode = std::stoull(*answer);
    m_sockets[inode][actor].isOwn = true;
    m_affected = inode;
    switch (event) {
    case Event::NewInheritedParentCloses:
        return share(actor, inode, false, false);
    case Event::NewInheritedBothKeep:
        return share(actor, inode, false, true);
    case Event::NewExecuted:
        return share(actor, inode, true, false);
    case Event::NewHandedOver:
        return handOver(actor, inode, false);
    case Event::NewHandedOverBothKeep:
        return handOver(actor, inode, true);
    default:
        return {};
    }
}

Result<> OwnerStress::doToExisting(std::size_t actor, Inode inode, Event event)
{
    m_affected = inode;
    switch (event) {
    case Event::InheritedParentCloses:
        return share(actor, inode, false, false);
    case Event::InheritedBothKeep:
        return share(actor, inode, false, true);
    case Event::ExecutedBothKeep:
        return share(actor, inode, true, true);
    case Event::HandedOver:
        return handOver(actor, inode, false);
    case Event::HandedOverBothKeep:
        return handOver(actor, inode, true);
    case Event::Moved:
        return tell(actor, "shift " + std::to_string(inode)).transform([](const std::string &) { });
    default:
        return close(actor, inode);
    }
}

Result<> OwnerStress::share(std::size_t actor, Inode inode, bool executes, bool keeps)
{
    const auto answer =
        tell(actor, (executes ? "exec " : "share ") + std::to_string(inode) + (keeps ? " keep" : " close"));
    if (!answer) {
        return std::unexpected(answer.error());
    }
    Share &share = m_sockets[inode][actor];
    share.children.insert(std::stoi(*answer));
    share.isOwn = keeps;
    return {};
}

Result<> OwnerStress::handOver(std::size_t actor, Inode inode, bool keeps)
{
    std::size_t receiver = below(m_actors.size());
    while (m_sockets[inode].contains(receiver)) {
        receiver = (receiver + 1) % m_actors.size();
    }
    const std::string command =
        "send " + std::to_string(inode) + ' ' + m_actors[receiver].mailbox + (keeps ? " keep" : " close");
    const auto answer = tell(actor, command).and_then([&](const std::string &) { return tell(receiver, "receive"); });
    if (!answer) {
        return std::unexpected(answer.error());
    }
    m_sockets[inode][receiver].isOwn = true;
    Share &senders = m_sockets[inode][actor];
    senders.isOwn = keeps;
    if (!keeps && senders.children.empty()) {
        m_sockets[inode].erase(actor);
    }
    return {};
}

Result<> OwnerStress::close(std::size_t actor, Inode inode)
{
    m_sockets[inode].erase(actor);
    if (m_sockets[inode].empty()) {
        m_sockets.erase(inode);
    }
    return tell(actor, "close " + std::to_string(inode)).transform([](const std::string &) { });
}

std::set<pid_t> OwnerStress::holders(Inode inode) const
{
    std::set<pid_t> pids;
    if (const auto shares = m_sockets.find(inode); shares != m_sockets.end()) {
        for (const auto &[actor, share] : shares->second) {
            pids.insert(share.children.begin(), share.children.end());
            if (share.isOwn) {
                pids.insert(m_actors[actor].process.pid());
            }
        }
    }
    return pids;
}

Result<> OwnerStress::lookAndCompare(Event event)
{
    const auto begin = std::chrono::steady_clock::now();
    const auto snapshot = m_monitor.look(m_options.look);
    m_report.looks.push_back(std::chrono::steady_clock::now() - begin);
    if (!snapshot) {
        return std::unexpected(snapshot.error());
    }
    compare(**snapshot, event, m_affected);
    constexpr unsigned WholeComparisonEvery = 50;
    if (m_report.events % WholeComparisonEvery == 0) {
        for (const auto &[inode, shares] : m_sockets) {
            compare(**snapshot, event, inode);
        }
    }
    return {};
}

/// Who has it by /proc, as far as that says so now: tells a wrong look from a wrong expectation.
std::set<pid_t> trueHolders(Inode inode, const std::set<pid_t> &pids)
{
    std::set<pid_t> holding;
    const auto proc = ProcFs::open();
    for (const pid_t pid : pids) {
        const auto fds = proc ? readSocketFds(*proc, pid) : std::unexpected(proc.error());
        if (fds && std::ranges::contains(fds->sockets, inode, &SocketFd::inode)) {
            holding.insert(pid);
        }
    }
    return holding;
}

std::string textOf(const std::set<pid_t> &pids)
{
    std::string text;
    for (const pid_t pid : pids) {
        text += ' ' + std::to_string(pid);
    }
    return text.empty() ? " nobody" : text;
}

void OwnerStress::compare(const PortSnapshot &snapshot, Event event, Inode inode)
{
    std::set<pid_t> seen;
    const auto listener = std::ranges::find(snapshot.listeners, inode,
                                            [](const ListenerPtr &candidate) { return candidate->socket.inode; });
    if (listener != snapshot.listeners.end()) {
        std::ranges::transform((*listener)->owners, std::inserter(seen, seen.end()),
                               [](const Owner &owner) { return owner.process->id.pid; });
    }
    ++m_report.comparisons;
    if (const auto expected = holders(inode); expected != seen) {
        if (!m_isVerified) {
            m_isVerified = true;
            ++m_report.late;
            compare(*m_monitor.verifyAllOwners(), event, inode);
            m_isVerified = false;
            return;
        }
        std::set<pid_t> all = expected;
        all.insert(seen.begin(), seen.end());
        m_report.mistakes.push_back("event " + std::to_string(m_report.events) + " ("
                                    + EventNames[static_cast<std::size_t>(event)] + "): held by" + textOf(expected)
                                    + ", seen with" + textOf(seen) + ", by /proc" + textOf(trueHolders(inode, all)));
    }
}

} // namespace

Result<StressReport> stressOwners(PortMonitor &monitor, const StressOptions &options)
{
    return OwnerStress(monitor, options).run();
}

} // namespace Quay::Test
