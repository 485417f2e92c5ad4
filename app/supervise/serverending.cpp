// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/serverending.h"

#include "app/supervise/descendants.h"
#include "core/base/clock.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "core/supervise/rundescription.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto RoundInterval = 10ms; // dying takes a while, with much memory
constexpr auto LateRoundInterval = 1s; // of those that cannot be killed: another user's, or stuck in the kernel
constexpr int QuickRounds = 100;
constexpr auto OrphanLookInterval = 100ms; // a shell has executed what it was forked for by then, or some looks later
constexpr int OrphanLooks = 5;

/// The number of a process group cannot come to mean another one while its leader was not waited for.
void signalGroup(pid_t leader, int signal)
{
    ::kill(-leader, signal);
}

} // namespace

ServerEnding::ServerEnding(const ProcFs &proc, const RunCgroup *cgroup, const Clock &clock)
    : m_proc(proc)
    , m_cgroup(cgroup)
    , m_clock(clock)
{
}

void ServerEnding::ask(const StopManner &manner, pid_t leader)
{
    m_signal = manner.signal;
    m_killsAt = m_clock.monotonic() + manner.grace;
    m_asked.clear();
    if (leader <= 0) {
        std::ranges::for_each(ownDescendants(m_proc), std::bind_front(&ServerEnding::askOnce, this));
        return;
    }
    // Looked at before: whoever joins the group while it is signalled may have missed it.
    for (const auto &stat : ownDescendants(m_proc)) {
        if (stat.processGroup == leader) {
            m_asked.try_emplace(idOf(stat), stat.comm);
        }
    }
    signalGroup(leader, manner.signal);
    signalGroup(leader, SIGCONT); // who is stopped would not hear of it
}

void ServerEnding::askTheOthers(pid_t group)
{
    for (const auto &stat : ownDescendants(m_proc)) {
        if (stat.processGroup != group) {
            askOnce(stat);
        }
    }
    askOrphans();
    lookAgainSoon();
}

void ServerEnding::askOrphans()
{
    for (const auto &stat : ownDescendants(m_proc)) {
        if (stat.parentPid == ::getpid()) {
            askOnce(stat);
        }
    }
}

void ServerEnding::lookAgainSoon()
{
    m_looksLeft = OrphanLooks;
    m_looksAgainAt = m_clock.monotonic() + OrphanLookInterval;
}

void ServerEnding::askOnce(const ProcStat &stat)
{
    const auto [known, isNew] = m_asked.try_emplace(idOf(stat), stat.comm);
    if (isNew || std::exchange(known->second, stat.comm) != stat.comm) {
        lookAgainSoon();
        // Whoever cannot be signalled has ended meanwhile, or SIGKILL will tell.
        static_cast<void>(signalExactly(m_proc, idOf(stat), m_signal));
        static_cast<void>(signalExactly(m_proc, idOf(stat), SIGCONT));
    }
}

void ServerEnding::force()
{
    m_killsAt = m_clock.monotonic();
}

std::optional<std::chrono::milliseconds> ServerEnding::timeLeft() const
{
    if (!m_killsAt || m_rounds > 0) {
        return std::nullopt;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*m_killsAt - m_clock.monotonic());
    return std::max(left, std::chrono::milliseconds(0));
}

std::optional<std::chrono::nanoseconds> ServerEnding::nextWork() const noexcept
{
    return m_killsAt && m_looksAgainAt ? std::min(m_killsAt, m_looksAgainAt) : m_killsAt;
}

std::vector<KilledProcess> ServerEnding::work()
{
    const auto now = m_clock.monotonic();
    if (m_looksAgainAt && *m_looksAgainAt <= now) {
        m_looksAgainAt = --m_looksLeft > 0 ? std::optional(now + OrphanLookInterval) : std::nullopt;
        askOrphans();
    }
    if (!m_killsAt || *m_killsAt > now) {
        return {};
    }
    auto killed = killDescendants(m_proc, m_cgroup);
    std::erase_if(killed, [this](const KilledProcess &process) {
        return m_told.size() >= MostTold || !m_told.insert(process.process.id).second;
    });
    ++m_rounds;
    m_killsAt = m_clock.monotonic()
        + (m_rounds < QuickRounds ? std::chrono::nanoseconds(RoundInterval)
                                  : std::chrono::nanoseconds(LateRoundInterval));
    return killed;
}

} // namespace Quay
