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
#include "core/ports/ownerupkeep.h"
#include "core/ports/portjudge.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/kindrules.h"

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

constexpr auto TidyInterval = std::chrono::seconds(60);
constexpr std::uint64_t MostDepartures = 128; // until what is remembered of them is dropped
constexpr std::size_t ProfileTurns = 20; // ten seconds at the least
constexpr std::size_t DescriptorTurns = 60;

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
    , m_cgroups(cgroupMount(sources.mountinfoPath), m_clock)
    , m_table(m_proc, sources.cpuClock ? std::move(sources.cpuClock) : CpuClock(processCpuTime), m_clock)
    , m_holders(m_proc, m_table)
    , m_search(m_proc, m_table, m_holders, m_cgroups, m_clock)
    , m_profiles(m_proc, m_table, sources.rules != nullptr ? *sources.rules : KindRules::builtIn(),
                 ProjectLooks(homeDirectory(sources.home), sources.mountinfoPath))
    , m_composer(m_table, m_holders, m_told, m_profiles, m_cgroups, ::geteuid())
    , m_judge(m_clock)
    , m_book(m_clock)
    , m_connections(m_source, m_book, m_clock)
    , m_upkeep(m_book, m_holders, m_composer, m_clock)
    , m_profileRounds(m_clock, ProfileTurns)
    , m_descriptorRounds(m_clock, DescriptorTurns)
    , m_tidiedAt(m_clock.monotonic())
{
}

void PortMonitor::setStopToken(std::stop_token token)
{
    m_source.setStopToken(token);
    m_table.setStopToken(token);
    m_search.setStopToken(token);
    m_profiles.setStopToken(token);
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
        m_upkeep.forget(key);
        m_judge.forget(key);
    }
    for (const auto &record : news.rows) {
        m_judge.update(record);
    }
    std::vector<std::uint64_t> inodes;
    for (const auto &listener : news.appeared) {
        m_upkeep.add(listener->key());
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
        recheckInTurn();
        if (m_options.allOwners) {
            searchAllOwners();
        } else {
            searchMissingOwners();
        }
        m_upkeep.composeTouched(m_judge, m_stop);
        countConnections();
        judge();
        tidy();
    }
    return snapshot();
}

void PortMonitor::followOwners()
{
    const auto ran = m_search.beginLook();
    readProcesses();
    followTold();
    m_search.follow();
    m_upkeep.doubtAfter(ran);
    if (m_options.processes) {
        touchOutdated(m_holders.holders());
    } else {
        touchOutdated(ran);
    }
}

/// A failure to list /proc leaves the table as it was: sockets are shown without new owners, and tried again next time.
void PortMonitor::readProcesses()
{
    if (!m_options.processes) {
        m_isChanged = m_isChanged || !m_processes.empty();
        m_processes.clear();
    } else if (m_search.readInTurn()) {
        auto processes = m_table.all();
        m_isChanged = m_isChanged || processes != m_processes;
        m_processes = std::move(processes);
    }
}

void PortMonitor::followTold()
{
    const auto isGone = [this](ProcessId process) { return m_table.find(process) == nullptr; };
    for (const auto inode : m_told.dropIf(isGone)) {
        m_upkeep.touchSocket(inode);
    }
}

void PortMonitor::touchOutdated(std::span<const pid_t> pids)
{
    for (const pid_t pid : pids) {
        if (m_stop.stop_requested()) {
            return;
        }
        if (m_composer.isOutdated(pid, m_options.processes)) {
            m_upkeep.touchSocketsOf(pid);
        }
    }
}

void PortMonitor::recheckInTurn()
{
    if (!m_profileRounds.takeDue()) {
        return;
    }
    const auto holders = m_holders.holders();
    m_holders.scanChanged(m_descriptorRounds.nextTurn(holders));
    for (const pid_t pid : m_profiles.changedAmong(m_profileRounds.nextTurn(holders), m_stop)) {
        m_upkeep.touchSocketsOf(pid);
    }
}

void PortMonitor::searchMissingOwners()
{
    m_upkeep.searchMissing([this](std::span<const WantedSocket> wanted) {
        if (!m_options.onlyPort) {
            return m_search.find(wanted);
        }
        if (!m_options.processes) {
            (void)m_search.discover();
        }
        return m_search.findFirst(wanted);
    });
}

void PortMonitor::searchAllOwners()
{
    m_upkeep.noteSearchedAll(m_search.scanEverything());
}

void PortMonitor::countConnections()
{
    if (m_options.connections) {
        m_connections.count(m_options.onlyPort);
    } else {
        m_connections.forget();
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
        m_upkeep.touchSocket(holder.inode);
    }
}

PortSnapshotPtr PortMonitor::verifyAllOwners()
{
    m_cost = {};
    {
        const CostMeter meter(m_cost, m_clock);
        searchAllOwners();
        m_upkeep.composeTouched(m_judge, m_stop);
        judge();
    }
    return snapshot();
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
    fresh->udpFallbackReason = m_source.udpFallbackReason();
    fresh->isInterrupted = m_book.isInterrupted();
    fresh->cost = m_cost;
    m_snapshot = std::move(fresh);
    return m_snapshot;
}

} // namespace Quay
