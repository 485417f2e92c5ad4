// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/portmonitor.h"

#include "core/base/clock.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/kernel/cgroupindex.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/costmeter.h"
#include "core/ports/listener.h"
#include "core/ports/listenerbook.h"
#include "core/ports/ownercomposer.h"
#include "core/ports/ownersearch.h"
#include "core/ports/portjudge.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/kindrules.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

namespace Quay {

namespace {

constexpr std::chrono::nanoseconds FirstRetryGap = std::chrono::milliseconds(20);
constexpr std::chrono::nanoseconds LongestRetryGap = std::chrono::seconds(64);
constexpr int RetryGrowth = 3; // of the time since it was first looked for
constexpr auto AccountedAfter = std::chrono::milliseconds(100); // many ticks of the slowest kernel
constexpr auto TidyInterval = std::chrono::seconds(60);
constexpr std::uint64_t MostDepartures = 128; // until what is remembered of them is dropped
constexpr auto CompleteHolds = std::chrono::seconds(30);
constexpr auto ProfileRecheckInterval =
    std::chrono::milliseconds(500); // of no account in a loop, and every look at 1 Hz
constexpr std::size_t ProfileRecheckTurns = 20; // each holder once in so many

std::optional<std::string> cgroupMount(const std::string &mountinfoPath)
{
    const auto mountinfo = readFile(mountinfoPath);
    return mountinfo ? findCgroup2Mount(*mountinfo) : std::nullopt;
}

std::string homeDirectory(const std::string &given)
{
    if (!given.empty()) {
        return given;
    }
    const char *const home = std::getenv("HOME"); // NOLINT(concurrency-mt-unsafe): nobody changes the environment
    return home != nullptr ? home : "/";
}

} // namespace

Result<std::unique_ptr<PortMonitor>> PortMonitor::open(PortMonitorSources sources)
{
    auto proc = ProcFs::open(sources.procPath);
    if (!proc) {
        return std::unexpected(proc.error());
    }
    return std::make_unique<PortMonitor>(std::move(*proc), std::move(sources));
}

PortMonitor::PortMonitor(ProcFs proc, PortMonitorSources sources)
    : m_proc(std::move(proc))
    , m_clock(sources.clock != nullptr ? *sources.clock : systemClock())
    , m_source(m_proc, std::move(sources.transport))
    , m_cgroups(cgroupMount(sources.cgroupMountinfoPath), m_clock)
    , m_table(m_proc, sources.cpuClock ? std::move(sources.cpuClock) : CpuClock(processCpuTime), m_clock)
    , m_holders(m_proc, m_table)
    , m_search(m_proc, m_table, m_holders, m_cgroups, m_clock)
    , m_profiles(m_proc, m_table, sources.rules != nullptr ? *sources.rules : KindRules::builtIn(),
                 homeDirectory(sources.home))
    , m_composer(m_table, m_holders, m_told, m_profiles, m_cgroups, ::geteuid())
    , m_judge(m_clock)
    , m_book(m_clock)
    , m_connections(m_source, m_book, m_clock)
    , m_tidiedAt(m_clock.monotonic())
{
}

void PortMonitor::setStopToken(std::stop_token token)
{
    m_source.setStopToken(token);
    m_table.setStopToken(token);
    m_search.setStopToken(token);
    m_stop = std::move(token);
}

Result<PortSnapshotPtr> PortMonitor::look(const LookOptions &options)
{
    auto sockets = lookAtSockets(options);
    if (!sockets || !options.owners) {
        return sockets;
    }
    return lookAtOwners();
}

Result<PortSnapshotPtr> PortMonitor::lookAtSockets(const LookOptions &options)
{
    m_cost = {};
    {
        const CostMeter meter(m_cost, m_clock);
        m_options = options;
        m_cgroups.refresh();
        auto table = m_source.listeners({.udp = options.udp, .onlyPort = options.onlyPort});
        if (!table) {
            return std::unexpected(table.error());
        }
        noteNews(m_book.update(*table, [this](Listener &listener) { m_composer.compose(listener, {}); }, m_stop));
        m_source.reuse(*std::move(table));
    }
    return snapshot();
}

void PortMonitor::noteNews(const TableNews &news)
{
    for (const auto &listener : news.gone) {
        const auto key = listener->key();
        if (!m_book.hasSocket(key.inode)) {
            m_holders.unwatch(key.inode);
            m_told.forget(key.inode);
        }
        m_unowned.erase(key);
        m_touched.erase(key);
        m_bereft.erase(key);
        m_judge.forget(key);
    }
    for (const auto &record : news.rows) {
        m_judge.update(record);
    }
    std::vector<std::uint64_t> inodes;
    for (const auto &listener : news.appeared) {
        m_unowned.insert(listener->key());
        m_judge.touch(listener->socket.localPort);
        if (listener->socket.inode != 0) {
            inodes.push_back(listener->socket.inode);
        }
    }
    m_holders.watch(inodes);
}

PortSnapshotPtr PortMonitor::lookAtOwners()
{
    {
        const CostMeter meter(m_cost, m_clock);
        followOwners();
        recheckProfiles();
        if (m_options.allOwners) {
            searchAllOwners();
        } else {
            searchMissingOwners();
        }
        for (const auto inode : m_holders.takeChanged()) {
            touchSocket(inode);
        }
        composeTouched();
        if (m_options.connections) {
            m_connections.count(m_options.onlyPort);
        } else {
            m_connections.forget();
        }
        judge();
        tidy();
    }
    return snapshot();
}

void PortMonitor::followOwners()
{
    const auto ran = m_search.beginLook();
    // A failure to list /proc leaves the table as it was: sockets are shown without new owners, and tried again next
    // time.
    if (m_options.processes && m_search.readInTurn()) {
        auto processes = m_table.all();
        m_isChanged = m_isChanged || processes != m_processes;
        m_processes = std::move(processes);
    }
    followTold();
    m_search.follow();
    doubtOwners(ran);
    for (const pid_t pid : m_options.processes ? m_holders.holders() : ran) {
        if (m_stop.stop_requested()) {
            return;
        }
        if (m_composer.isOutdated(pid, m_options.processes)) {
            touchSocketsOf(pid);
        }
    }
}

void PortMonitor::followTold()
{
    const auto isGone = [this](ProcessId process) { return m_table.find(process) == nullptr; };
    for (const auto inode : m_told.dropIf(isGone)) {
        touchSocket(inode);
    }
}

/// Once in a while, so that steady looks stay cheap and what is said does not change with each of them.
void PortMonitor::doubtOwners(const std::vector<pid_t> &ran)
{
    m_ranSinceVerified.insert(ran.begin(), ran.end());
    const auto now = m_clock.monotonic();
    if (now < m_doubtDue) {
        return;
    }
    m_doubtDue = now + CompleteHolds;
    for (const pid_t pid : std::exchange(m_ranSinceVerified, {})) {
        for (const auto inode : m_holders.watchedSocketsOf(pid)) {
            doubtOwnersOf(inode);
        }
    }
}

void PortMonitor::doubtOwnersOf(std::uint64_t inode)
{
    for (const auto &key : m_book.keysOf(inode)) {
        if (std::exchange(m_book.at(key).progress.isComplete, false)) {
            m_touched.insert(key);
        }
    }
}

/// A branch is checked out or a program file replaced without the server having run: a part of the holders is asked at
/// a time, and each of them in turn.
void PortMonitor::recheckProfiles()
{
    const auto now = m_clock.monotonic();
    if (now - m_profilesRecheckedAt < ProfileRecheckInterval) {
        return;
    }
    m_profilesRecheckedAt = now;
    auto holders = m_holders.holders();
    if (holders.empty()) {
        return;
    }
    std::ranges::rotate(holders, std::ranges::upper_bound(holders, m_recheckedLast));
    const std::span turn(holders.begin(), (holders.size() + ProfileRecheckTurns - 1) / ProfileRecheckTurns);
    m_recheckedLast = turn.back();
    for (const pid_t pid : m_profiles.changedAmong(turn, m_stop)) {
        touchSocketsOf(pid);
    }
}

void PortMonitor::touchSocketsOf(pid_t pid)
{
    for (const auto inode : m_holders.watchedSocketsOf(pid)) {
        touchSocket(inode);
    }
}

void PortMonitor::touchSocket(std::uint64_t inode)
{
    for (const auto &key : m_book.keysOf(inode)) {
        m_touched.insert(key);
        m_unowned.insert(key); // searchMissingOwners() knows better when it is owned
    }
}

bool PortMonitor::isMissingOwners(TrackedListener &tracked) const
{
    const auto now = m_clock.monotonic();
    if (!tracked.progress.isSearched || !tracked.soughtSince) {
        tracked.soughtSince = now;
        tracked.retryDue = now; // a descriptor may be on its way between two processes
        return true;
    }
    if (now < tracked.retryDue) {
        return false;
    }
    // Less and less often, and by the clock: a search in vain costs as much as thirty quiet looks.
    tracked.retryDue = now + std::clamp((now - *tracked.soughtSince) * RetryGrowth, FirstRetryGap, LongestRetryGap);
    return true;
}

void PortMonitor::searchMissingOwners()
{
    for (const auto inode : m_holders.takeChanged()) {
        doubtOwnersOf(inode); // it was passed on: perhaps to others too
        touchSocket(inode);
    }
    std::vector<WantedSocket> wanted;
    std::vector<TrackedListener *> searched;
    for (auto key = m_unowned.begin(); key != m_unowned.end();) {
        auto &tracked = m_book.at(*key);
        const auto &socket = tracked.listener->socket;
        if (!m_holders.holdersOf(socket.inode).empty() && tracked.progress.isSearched) {
            tracked.soughtSince.reset();
            key = m_unowned.erase(key);
            continue;
        }
        if (socket.inode != 0 && isMissingOwners(tracked)) {
            wanted.push_back({.inode = socket.inode,
                              .cgroupId = socket.cgroupId,
                              .isOurs = m_composer.mayRead(socket),
                              .isRetry = tracked.progress.isSearched,
                              .isRecent = m_clock.monotonic() - *tracked.soughtSince < AccountedAfter});
            searched.push_back(&tracked);
            m_touched.insert(*key);
        }
        ++key;
    }
    if (wanted.empty()) {
        return;
    }
    if (m_options.onlyPort && !m_options.processes) {
        (void)m_search.discover();
    }
    const bool isComplete = m_options.onlyPort ? m_search.findFirst(wanted) : m_search.find(wanted);
    for (auto *const tracked : searched) {
        tracked->progress = {.isSearched = true, .isComplete = isComplete};
    }
}

/// Whoever ends between the look at the sockets and the one at him takes his socket with him: mostly it is gone at the
/// next look, and who had it is what is to be remembered of it, not that it was nobody's for an instant.
void PortMonitor::composeTouched()
{
    const auto bereft = std::exchange(m_bereft, {});
    m_touched.insert(bereft.begin(), bereft.end());
    while (!m_touched.empty() && !m_stop.stop_requested()) {
        const auto key = m_touched.extract(m_touched.begin()).value();
        auto &tracked = m_book.at(key);
        Listener listener = *tracked.listener;
        m_composer.compose(listener, tracked.progress);
        if (listener.owners.empty() && !tracked.listener->owners.empty() && !bereft.contains(key)) {
            m_bereft.insert(key);
            continue;
        }
        m_judge.touch(listener.socket.localPort);
        m_book.publish(tracked, std::move(listener));
    }
}

void PortMonitor::judge()
{
    const auto waitingConnections = [this](std::uint16_t port) { return m_source.waitingConnections(port); };
    for (auto &judged : m_judge.judge(m_book.list(), waitingConnections, m_stop)) {
        auto &tracked = m_book.at(judged.key());
        m_book.publish(tracked, std::move(judged));
    }
}

void PortMonitor::tell(std::span<const ToldHolder> holders)
{
    m_told.add(holders);
    for (const auto &holder : holders) {
        touchSocket(holder.inode);
    }
}

PortSnapshotPtr PortMonitor::verifyAllOwners()
{
    m_cost = {};
    {
        const CostMeter meter(m_cost, m_clock);
        searchAllOwners();
        composeTouched();
        judge();
    }
    return snapshot();
}

void PortMonitor::searchAllOwners()
{
    const bool isComplete = m_search.scanEverything();
    m_ranSinceVerified.clear();
    m_doubtDue = m_clock.monotonic() + CompleteHolds;
    for (auto &[key, tracked] : m_book) {
        tracked.progress.isSearched = true;
        tracked.progress.isComplete = tracked.progress.isComplete || isComplete;
        m_touched.insert(key);
    }
    (void)m_holders.takeChanged();
}

void PortMonitor::tidy()
{
    const auto now = m_clock.monotonic();
    if (m_search.departures() - m_tidiedDepartures < MostDepartures && now - m_tidiedAt < TidyInterval) {
        return;
    }
    m_tidiedAt = now;
    (void)m_search.sweep();
    m_tidiedDepartures = m_search.departures();
    const auto pids = m_table.pids();
    m_holders.keepOnly(pids);
    m_profiles.keepOnly(pids);
    m_composer.keepOnly(pids);
}

OwnerProfilePtr PortMonitor::profileOf(const ProcessInfoPtr &process)
{
    return process ? m_profiles.profileOf(process) : nullptr;
}

PortSnapshotPtr PortMonitor::snapshot()
{
    const auto processCount = m_table.count();
    m_isChanged = m_book.takeChanged() || m_isChanged;
    if (m_snapshot && !m_isChanged && m_snapshot->processCount == processCount) {
        return m_snapshot;
    }
    m_isChanged = false;
    auto fresh = std::make_shared<PortSnapshot>();
    fresh->generation = m_snapshot ? m_snapshot->generation + 1 : 1;
    fresh->listeners = m_book.list().all();
    fresh->processes = m_processes;
    fresh->processCount = processCount;
    fresh->source = m_source.kind();
    fresh->fallbackReason = m_source.fallbackReason();
    fresh->isInterrupted = m_book.isInterrupted();
    fresh->cost = m_cost;
    m_snapshot = std::move(fresh);
    return m_snapshot;
}

} // namespace Quay
