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
#include "core/ports/connectioncounts.h"
#include "core/ports/costmeter.h"
#include "core/ports/listener.h"
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
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <stop_token>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <unistd.h>

namespace Quay {

namespace {

constexpr std::uint32_t LongestRetryGap = 64; // looks
constexpr std::uint64_t LooksPerTidying = 64;
constexpr std::size_t FewGone = 8; // so few are looked for one by one
constexpr auto CompleteHolds = std::chrono::seconds(30);
constexpr std::uint32_t MostInterruptedLooks = 10; // in a row; then a table that is never whole is believed
constexpr auto ProfileRecheckInterval = std::chrono::seconds(1);
constexpr pid_t ProfileRecheckTurns = 10; // so that each holder has its turn every ten seconds

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

std::size_t PortMonitor::KeyHash::operator()(const ListenerKey &key) const noexcept
{
    // From /proc/net there is no cookie, and for some sockets no inode either.
    const auto place = (static_cast<std::uint64_t>(key.port) << 1U) | static_cast<std::uint64_t>(key.protocol);
    return std::hash<std::uint64_t>{}(key.cookie ^ (key.inode << 1U) ^ (place << 40U));
}

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
    , m_search(m_proc, m_table, m_holders, m_cgroups)
    , m_profiles(m_proc, m_table, sources.rules != nullptr ? *sources.rules : KindRules::builtIn(),
                 homeDirectory(sources.home))
    , m_composer(m_table, m_holders, m_profiles, m_cgroups, ::geteuid())
    , m_judge(m_clock)
    , m_countShare(m_clock)
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
    const auto sockets = lookAtSockets(options);
    if (!sockets) {
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
        const bool wasInterrupted = std::exchange(m_isInterrupted, table->isInterrupted);
        m_isChanged = m_isChanged || wasInterrupted != m_isInterrupted;
        const auto change =
            m_isTracked ? changeOf(m_records, table->records) : TableChange{.before = {}, .after = table->records};
        if (!m_isTracked || !change.isNothing()) {
            const bool isApplied = applyRecords(table->records, change);
            // One that is named twice was tracked as it was the second time, and may be the first next time.
            m_isTracked = isApplied && !m_isInterrupted && m_tracked.size() == table->records.size();
            if (isApplied) {
                m_records = std::move(table->records);
            }
        }
        ++m_looks;
    }
    return snapshot();
}

bool PortMonitor::applyRecords(std::span<const SocketRecord> records, const TableChange &change)
{
    // A dump that was interrupted may lack rows that are there: who is gone, the next whole one tells.
    m_interruptedLooks = m_isInterrupted ? m_interruptedLooks + 1 : 0;
    if (m_interruptedLooks % MostInterruptedLooks == 0) {
        removeAllBut(records, change);
    }
    std::vector<ListenerKey> appeared;
    std::vector<std::uint64_t> inodes;
    for (const auto &record : change.after) {
        if (m_stop.stop_requested()) {
            break;
        }
        const auto key = listenerKey(record);
        auto &tracked = m_tracked[key];
        if (tracked.listener) {
            updateRecord(tracked, record);
            continue;
        }
        Listener listener;
        listener.socket = record;
        listener.firstSeen = m_clock.monotonic();
        m_composer.compose(listener, {});
        tracked.listener = std::make_shared<const Listener>(std::move(listener));
        updateRecord(tracked, record);
        appeared.push_back(key);
        m_unowned.insert(key);
        m_judge.touch(record.localPort);
        if (record.inode != 0) {
            m_byInode.emplace(record.inode, key);
            inodes.push_back(record.inode);
        }
    }
    m_isChanged = m_isChanged || !appeared.empty();
    // Now, not at once: a dump that was interrupted may give a new socket twice, the second time as it has become.
    std::vector<ListenerPtr> fresh;
    std::ranges::transform(appeared, std::back_inserter(fresh),
                           [this](const ListenerKey &key) { return m_tracked.at(key).listener; });
    m_list.update({}, std::move(fresh));
    m_holders.watch(inodes);
    return !m_stop.stop_requested();
}

/// Those that may be gone and are not among @p records. A dump during which sockets come and go may name one twice.
std::vector<ListenerKey> PortMonitor::goneFrom(std::span<const SocketRecord> records, const TableChange &change) const
{
    std::vector<ListenerKey> candidates;
    if (m_isTracked) {
        std::ranges::transform(change.before, std::back_inserter(candidates), listenerKey);
    } else {
        std::ranges::copy(m_tracked | std::views::keys, std::back_inserter(candidates));
    }
    const auto eraseThoseIn = [&candidates](std::span<const SocketRecord> table) {
        std::unordered_set<ListenerKey, KeyHash> present;
        present.reserve(table.size());
        for (const auto &record : table) {
            present.insert(listenerKey(record));
        }
        std::erase_if(candidates, [&present](const ListenerKey &key) { return present.contains(key); });
    };
    eraseThoseIn(change.after);
    if (candidates.size() > FewGone) {
        eraseThoseIn(records);
    } else {
        std::erase_if(candidates,
                      [records](const ListenerKey &key) { return std::ranges::contains(records, key, listenerKey); });
    }
    return candidates;
}

void PortMonitor::removeAllBut(std::span<const SocketRecord> records, const TableChange &change)
{
    const auto gone = goneFrom(records, change);
    m_list.update(gone, {});
    for (const auto &key : gone) {
        const auto tracked = m_tracked.extract(key);
        const auto &socket = tracked.mapped().listener->socket;
        forgetInode(socket.inode, key);
        m_unowned.erase(key);
        m_touched.erase(key);
        m_judge.forget(key);
    }
    m_isChanged = m_isChanged || !gone.empty();
}

void PortMonitor::forgetInode(std::uint64_t inode, const ListenerKey &key)
{
    const auto [first, last] = m_byInode.equal_range(inode);
    const auto found = std::find_if(first, last, [&key](const auto &entry) { return entry.second == key; });
    if (found == last) {
        return;
    }
    m_byInode.erase(found);
    if (!m_byInode.contains(inode)) {
        m_holders.unwatch(inode);
    }
}

void PortMonitor::updateRecord(Tracked &tracked, const SocketRecord &record)
{
    m_judge.update(record);
    if (tracked.listener->socket != record) {
        Listener changed = *tracked.listener;
        changed.socket = record;
        publish(tracked, std::move(changed));
    }
}

PortSnapshotPtr PortMonitor::lookAtOwners()
{
    {
        const CostMeter meter(m_cost, m_clock);
        followOwners();
        recheckProfiles();
        searchMissingOwners();
        for (const auto inode : m_holders.takeChanged()) {
            touchSocket(inode);
        }
        composeTouched();
        countConnections();
        judge();
        tidy();
    }
    return snapshot();
}

void PortMonitor::followOwners()
{
    // A failure to list /proc leaves the table as it was: sockets are shown without new owners, and tried again next
    // time.
    if (m_options.processes) {
        (void)m_search.readAll();
    }
    const auto ran = m_search.follow(m_options.processes);
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
    const auto [first, last] = m_byInode.equal_range(inode);
    for (const auto &[same, key] : std::ranges::subrange(first, last)) {
        if (std::exchange(m_tracked.at(key).progress.isComplete, false)) {
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
    ++m_recheckTurn;
    for (const pid_t pid : m_holders.holders()) {
        if (m_stop.stop_requested()) {
            return;
        }
        if ((pid + m_recheckTurn) % ProfileRecheckTurns == 0 && m_profiles.hasChanged(pid)) {
            touchSocketsOf(pid);
        }
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
    const auto [first, last] = m_byInode.equal_range(inode);
    for (const auto &[same, key] : std::ranges::subrange(first, last)) {
        m_touched.insert(key);
        m_unowned.insert(key); // searchMissingOwners() knows better when it is owned
    }
}

bool PortMonitor::isMissingOwners(Tracked &tracked) const
{
    if (!tracked.progress.isSearched) {
        return true;
    }
    if (tracked.looksToRetry > 0) {
        --tracked.looksToRetry;
        return false;
    }
    // Nobody was found: a descriptor may have been on its way between two processes. Ask again, less and less often.
    tracked.retryGap = std::min(tracked.retryGap * 2, LongestRetryGap);
    tracked.looksToRetry = tracked.retryGap;
    return true;
}

void PortMonitor::searchMissingOwners()
{
    for (const auto inode : m_holders.takeChanged()) {
        doubtOwnersOf(inode); // it was passed on: perhaps to others too
        touchSocket(inode);
    }
    std::vector<WantedSocket> wanted;
    std::vector<Tracked *> searched;
    for (auto key = m_unowned.begin(); key != m_unowned.end();) {
        auto &tracked = m_tracked.at(*key);
        const auto &socket = tracked.listener->socket;
        if (!m_holders.holdersOf(socket.inode).empty() && tracked.progress.isSearched) {
            key = m_unowned.erase(key);
            continue;
        }
        if (socket.inode != 0 && isMissingOwners(tracked)) {
            wanted.push_back({.inode = socket.inode,
                              .cgroupId = socket.cgroupId,
                              .isOurs = m_composer.mayRead(socket),
                              .isRetry = tracked.progress.isSearched});
            searched.push_back(&tracked);
            m_touched.insert(*key);
        }
        ++key;
    }
    if (wanted.empty()) {
        return;
    }
    if (!m_options.processes) {
        (void)m_search.discover();
    }
    const bool isComplete = m_options.onlyPort ? m_search.findFirst(wanted) : m_search.find(wanted);
    for (auto *const tracked : searched) {
        tracked->progress = {.isSearched = true, .isComplete = isComplete};
    }
}

void PortMonitor::composeTouched()
{
    while (!m_touched.empty() && !m_stop.stop_requested()) {
        const auto found = m_tracked.find(m_touched.extract(m_touched.begin()).value());
        if (found == m_tracked.end()) {
            continue;
        }
        auto &tracked = found->second;
        Listener listener = *tracked.listener;
        m_composer.compose(listener, tracked.progress);
        m_judge.touch(listener.socket.localPort);
        publish(tracked, std::move(listener));
    }
}

void PortMonitor::publish(Tracked &tracked, Listener listener)
{
    if (listener == *tracked.listener) {
        return;
    }
    tracked.listener = std::make_shared<const Listener>(std::move(listener));
    m_list.replace(tracked.listener);
    m_isChanged = true;
}

void PortMonitor::countConnections()
{
    if (!m_options.connections) {
        if (std::exchange(m_isCounted, false)) {
            showConnections([](const SocketRecord &) { return std::nullopt; });
        }
        return;
    }
    if (m_isCounted && !m_countShare.isDue()) {
        return;
    }
    m_countShare.spend([this] {
        const auto connections = m_source.connections(m_options.onlyPort);
        if (!connections) {
            return; // the numbers stay what they were
        }
        const ConnectionCounts counts(*connections, m_records);
        showConnections([&counts](const SocketRecord &socket) { return counts.of(socket); });
        m_isCounted = true;
    });
}

void PortMonitor::showConnections(const std::function<std::optional<ConnectionCount>(const SocketRecord &)> &countOf)
{
    for (auto &[key, tracked] : m_tracked) {
        if (key.protocol != Protocol::Tcp) {
            continue;
        }
        const auto count = countOf(tracked.listener->socket);
        const auto number = count ? std::optional(count->connections) : std::nullopt;
        const bool isShared = count && count->isShared;
        const auto own = isShared ? std::nullopt : number;
        const auto shared = isShared ? number : std::nullopt;
        if (tracked.listener->connections != own || tracked.listener->sharedConnections != shared) {
            Listener changed = *tracked.listener;
            changed.connections = own;
            changed.sharedConnections = shared;
            publish(tracked, std::move(changed));
        }
    }
}

void PortMonitor::judge()
{
    const auto waitingConnections = [this](std::uint16_t port) { return m_source.waitingConnections(port); };
    for (auto &judged : m_judge.judge(m_list, waitingConnections, m_stop)) {
        publish(m_tracked.at(judged.key()), std::move(judged));
    }
}

PortSnapshotPtr PortMonitor::verifyAllOwners()
{
    m_cost = {};
    {
        const CostMeter meter(m_cost, m_clock);
        (void)m_search.sweep();
        const bool isComplete = m_search.scanEverything();
        m_ranSinceVerified.clear();
        m_doubtDue = m_clock.monotonic() + CompleteHolds;
        for (auto &[key, tracked] : m_tracked) {
            tracked.progress.isSearched = true;
            tracked.progress.isComplete = tracked.progress.isComplete || isComplete;
            m_touched.insert(key);
        }
        (void)m_holders.takeChanged();
        composeTouched();
        judge();
    }
    return snapshot();
}

void PortMonitor::tidy()
{
    if (m_looks % LooksPerTidying != 0) {
        return;
    }
    (void)m_search.sweep();
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
    if (m_options.processes) {
        auto processes = m_table.all();
        if (processes != m_processes) {
            m_processes = std::move(processes);
            m_isChanged = true;
        }
    }
    const auto processCount = m_table.count();
    if (m_snapshot && !m_isChanged && m_snapshot->processCount == processCount) {
        return m_snapshot;
    }
    m_isChanged = false;
    auto fresh = std::make_shared<PortSnapshot>();
    fresh->generation = m_snapshot ? m_snapshot->generation + 1 : 1;
    fresh->listeners = m_list.all();
    fresh->processes = m_processes;
    fresh->processCount = processCount;
    fresh->source = m_source.kind();
    fresh->fallbackReason = m_source.fallbackReason();
    fresh->isInterrupted = m_isInterrupted;
    fresh->cost = m_cost;
    m_snapshot = std::move(fresh);
    return m_snapshot;
}

} // namespace Quay
