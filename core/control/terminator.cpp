// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/terminator.h"

#include "core/base/clock.h"
#include "core/base/earliest.h"
#include "core/base/error.h"
#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/runningending.h"
#include "core/kernel/eventpoll.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"
#include "core/processes/processid.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr unsigned IdShift = 32; // of a token: the ending's id above, the target's number below
constexpr std::uint64_t NumberMask = (std::uint64_t{1} << IdShift) - 1;
constexpr int MostRounds = 16; // of hearing at once; a fork bomb must not keep us

} // namespace

Result<std::unique_ptr<Terminator>> Terminator::open(Observer observer, TerminatorSources sources)
{
    auto proc = ProcFs::open(sources.procPath);
    if (!proc) {
        return std::unexpected(std::move(proc).error());
    }
    if (const auto self = PidFd::open(::getpid()); !self) {
        return std::unexpected(self.error());
    }
    auto poll = EventPoll::open();
    if (!poll) {
        return std::unexpected(std::move(poll).error());
    }
    const Clock &clock = sources.clock != nullptr ? *sources.clock : systemClock();
    return std::unique_ptr<Terminator>(
        new Terminator(std::move(observer), *std::move(proc), clock,
                       sources.transport ? std::move(sources.transport) : diagTransportOrRefusal(), *std::move(poll)));
}

Terminator::Terminator(Observer observer, ProcFs proc, const Clock &clock, std::unique_ptr<DiagTransport> transport,
                       EventPoll poll)
    : m_observer(std::move(observer))
    , m_proc(std::move(proc))
    , m_clock(clock)
    , m_diag(std::move(transport))
    , m_poll(std::move(poll))
    , m_tree(m_proc, m_clock)
{
}

Terminator::~Terminator() = default;

std::uint64_t Terminator::begin(const KillPlan &plan, const EndingOptions &options)
{
    const std::uint64_t id = ++m_lastId;
    perform([this, id, plan, options] {
        if (anyoneWatchesTree()) {
            meetNewcomers(); // who came before this moment is not new to the new ending
        }
        const EndingContext context{.proc = m_proc, .clock = m_clock, .diag = m_diag, .poll = m_poll, .tree = m_tree};
        const auto added =
            m_endings.emplace(id, std::make_unique<RunningEnding>(id, id << IdShift, plan, options, context));
        added.first->second->begin();
        lookForNewcomers();
    });
    return id;
}

void Terminator::forceNow(std::uint64_t ending)
{
    withEnding(ending, [](RunningEnding &running) { running.forceNow(); });
}

void Terminator::leave(std::uint64_t ending)
{
    withEnding(ending, [](RunningEnding &running) { running.leave(); });
}

void Terminator::signalled(std::uint64_t ending, ProcessId process, const Result<> &result)
{
    withEnding(ending, [process, result](RunningEnding &running) { running.signalled(process, result); });
}

void Terminator::withEnding(std::uint64_t ending, const std::function<void(RunningEnding &)> &command)
{
    perform([this, ending, command] {
        if (const auto running = m_endings.find(ending); running != m_endings.end()) {
            command(*running->second);
            lookForNewcomers();
        }
    });
}

/// One at a time: what the observer asks for while it is being told waits until it has returned.
void Terminator::perform(std::function<void()> command)
{
    m_commands.push_back(std::move(command));
    if (m_isBusy) {
        return;
    }
    m_isBusy = true;
    while (!m_commands.empty()) {
        const auto next = std::move(m_commands.front());
        m_commands.pop_front();
        next();
        publish();
    }
    m_isBusy = false;
}

void Terminator::publish()
{
    for (const auto &[id, ending] : m_endings) {
        if (ending->updateReport() && m_observer) {
            m_observer(ending->report());
        }
    }
    std::erase_if(m_endings, [](const auto &entry) { return entry.second->isFinished(); });
    letTreeRest();
}

int Terminator::descriptor() const noexcept
{
    return m_poll.descriptor();
}

bool Terminator::isIdle() const noexcept
{
    return m_endings.empty();
}

bool Terminator::anyoneWatchesTree() const
{
    return std::ranges::any_of(m_endings, [](const auto &entry) { return entry.second->watchesTree(); });
}

void Terminator::letTreeRest()
{
    if (m_tree.isAwake() && !anyoneWatchesTree()) {
        m_tree.rest();
    }
}

std::optional<std::chrono::nanoseconds> Terminator::nextDeadline() const
{
    std::optional<std::chrono::nanoseconds> next;
    for (const auto &[id, ending] : m_endings) {
        next = earliestOf({next, ending->nextDeadline()});
    }
    return anyoneWatchesTree() ? earliestOf({next, m_tree.nextWalk(), m_tree.nextHearing()}) : next;
}

void Terminator::advance()
{
    perform([this] {
        noteReadable();
        hearForks();
        for (const auto &[id, ending] : m_endings) {
            ending->advance();
        }
        lookForNewcomers();
    });
}

void Terminator::noteReadable()
{
    for (const std::uint64_t token : m_poll.take()) {
        const auto ending = m_endings.find(token >> IdShift);
        if (ending != m_endings.end()) {
            ending->second->noteReadable(static_cast<std::size_t>(token & NumberMask));
        }
    }
}

/// Until nobody waits to hear more: see Newcomers::hear().
void Terminator::hearForks()
{
    bool isWaiting = anyoneWatchesTree();
    for (int round = 0; isWaiting && round < MostRounds; ++round) {
        isWaiting = false;
        const auto heard = m_tree.hear();
        for (const auto &[id, ending] : m_endings) {
            if (ending->watchesTree()) {
                isWaiting = ending->hear(heard) || isWaiting;
            }
        }
    }
}

/// Walks when it is time, and as often as an ending cannot go on without.
void Terminator::lookForNewcomers()
{
    for (int round = 0; round < MostRounds; ++round) {
        bool isWanted = anyoneWatchesTree() && m_clock.monotonic() >= m_tree.nextWalk();
        for (const auto &[id, ending] : m_endings) {
            isWanted = ending->takeWantsWalk() || isWanted;
        }
        if (!isWanted) {
            return;
        }
        meetNewcomers();
        for (const auto &[id, ending] : m_endings) {
            ending->advance();
        }
    }
}

/// Tells those under way of everybody who came since they were told last.
void Terminator::meetNewcomers()
{
    hearForks();
    const auto arrived = m_tree.walk();
    for (const auto &[id, ending] : m_endings) {
        if (ending->watchesTree()) {
            ending->meet(arrived);
        }
    }
}

void Terminator::waitUntilDue(std::chrono::nanoseconds limit) const
{
    const auto now = m_clock.monotonic();
    const auto until = nextDeadline().value_or(std::chrono::nanoseconds::max());
    const auto left =
        std::clamp(until - now, std::chrono::nanoseconds(0), std::max(limit, std::chrono::nanoseconds(0)));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
    const timespec timeout{.tv_sec = seconds.count(), .tv_nsec = (left - seconds).count()};
    pollfd watched{.fd = descriptor(), .events = POLLIN, .revents = 0};
    static_cast<void>(::ppoll(&watched, 1, &timeout, nullptr)); // whatever woke us, advance() sees what there is
}

void Terminator::runFor(std::chrono::nanoseconds limit)
{
    const auto end = m_clock.monotonic() + limit;
    while (!isIdle() && m_clock.monotonic() < end) {
        waitUntilDue(end - m_clock.monotonic());
        advance();
    }
}

} // namespace Quay
