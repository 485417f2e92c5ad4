// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kernel/cgroupindex.h"
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"
#include "core/ports/connectioncounter.h"
#include "core/ports/listenerbook.h"
#include "core/ports/listenersource.h"
#include "core/ports/ownercomposer.h"
#include "core/ports/ownersearch.h"
#include "core/ports/ownerupkeep.h"
#include "core/ports/portjudge.h"
#include "core/ports/portsnapshot.h"
#include "core/ports/profilecache.h"
#include "core/ports/recheckrounds.h"
#include "core/ports/socketholders.h"
#include "core/ports/toldholders.h"
#include "core/processes/kindrules.h"
#include "core/processes/processtable.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// Where a PortMonitor looks. The defaults are the machine it runs on; a test gives recorded or made-up ones.
struct PortMonitorSources
{
    std::string procPath = "/proc";
    std::string mountinfoPath = "/proc/self/mountinfo"; ///< Where cgroups and remote file systems are.
    std::unique_ptr<DiagTransport> transport; ///< Null: a netlink socket is opened, /proc/net is read when refused.
    CpuClock cpuClock; ///< Empty: processCpuTime().
    const Clock *clock = nullptr; ///< Null: systemClock().
    const KindRules *rules = nullptr; ///< Null: KindRules::builtIn().
    std::string home; ///< For ProjectFinder. Empty: $HOME.
};

/// What a look includes.
struct LookOptions
{
    bool udp = true;
    bool owners = true; ///< Find out who holds them; else look() is lookAtSockets().
    bool connections = false; ///< Count established connections: dear on a machine that has tens of thousands.
    bool processes = false; ///< Read every process that ran, not only the owners.
    bool allOwners = false; ///< Looks for owners as verifyAllOwners() does.
    /// Of sockets and connections, for a command line: filtered in the kernel, and the search ends with the first owner
    /// and its family, but for allOwners.
    std::optional<std::uint16_t> onlyPort;
};

/**
 * Joins sockets with the processes that hold them, again and again, touching only what changed.
 *
 * lookAtSockets() is one kernel dump and a diff by cookie. lookAtOwners() then finds the owners of what is new, drops
 * those that are gone, and gives the finished snapshot. A steady look costs the dump and one clock reading an owner.
 * Without LookOptions::processes, a process is shown as it was when it was last found to be another program.
 *
 * Errors:  Denied, Unsupported or Io when neither netlink nor /proc/net can be read.
 * Threads: not shared; belongs to one thread, which it blocks. See PortScanner for use from a GUI.
 */
class PortMonitor
{
public:
    /// Errors: as ProcFs::open().
    [[nodiscard]] static Result<std::unique_ptr<PortMonitor>> open(PortMonitorSources sources = {});

    PortMonitor(ProcFs proc, PortMonitorSources sources);

    /// The sockets as they are now; new ones have OwnerKnowledge::Pending.
    [[nodiscard]] Result<PortSnapshotPtr> lookAtSockets(const LookOptions &options);
    /// Completes what lookAtSockets() found. The same pointer as before when nothing changed at all.
    [[nodiscard]] PortSnapshotPtr lookAtOwners();
    /// Both in one.
    [[nodiscard]] Result<PortSnapshotPtr> look(const LookOptions &options);
    /// Reads the descriptors of every readable process that ran, so that all owners of all listeners become Complete.
    /// Those of whom a holder runs after that are FirstFound again half a minute later: who runs can hand a descriptor
    /// to somebody who has no more of them than before.
    [[nodiscard]] PortSnapshotPtr verifyAllOwners();

    /// Somebody with more rights has looked: from the next look on, these are shown where we may not look ourselves.
    void tell(std::span<const ToldHolder> holders);

    /// What the last look cost, owners included.
    [[nodiscard]] const LookCost &lastCost() const noexcept { return m_cost; }

    /// A look that is under way returns early, with owners still pending, once @p token asks for it.
    void setStopToken(std::stop_token token);

    /// For chains of parents and details. Valid on this object's thread.
    [[nodiscard]] ProcessTable &processes() noexcept { return m_table; }
    /// The profile of any process, also one without ports. Null when @p process is null.
    [[nodiscard]] OwnerProfilePtr profileOf(const ProcessInfoPtr &process);

private:
    void noteNews(const TableNews &news);
    void followOwners();
    void readProcesses();
    void followTold();
    void touchOutdated(std::span<const pid_t> pids);
    void recheckInTurn();
    void searchMissingOwners();
    void searchAllOwners();
    void countConnections();
    void judge();
    void tidy();
    [[nodiscard]] PortSnapshotPtr snapshot();

    ProcFs m_proc;
    const Clock &m_clock;
    std::stop_token m_stop;
    ListenerSource m_source;
    CgroupIndex m_cgroups;
    ProcessTable m_table;
    SocketHolders m_holders;
    ToldHolders m_told;
    OwnerSearch m_search;
    ProfileCache m_profiles;
    OwnerComposer m_composer;
    PortJudge m_judge;

    LookOptions m_options;
    ListenerBook m_book;
    ConnectionCounter m_connections;
    OwnerUpkeep m_upkeep;
    RecheckRounds m_profileRounds;
    RecheckRounds m_descriptorRounds; ///< Whenever a turn of the other is due.
    std::chrono::nanoseconds m_tidiedAt;
    std::uint64_t m_tidiedDepartures = 0;
    bool m_isChanged = true; ///< Something but the book.
    LookCost m_cost;
    std::vector<ProcessInfoPtr> m_processes; ///< As published.
    PortSnapshotPtr m_snapshot;
};

} // namespace Quay
