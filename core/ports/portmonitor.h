// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/kindrules.h"
#include "core/processes/processtable.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace Quay {

/// Where a PortMonitor looks. The defaults are the machine it runs on; a test gives recorded or made-up ones.
struct PortMonitorSources
{
    std::string procPath = "/proc";
    std::string cgroupMountinfoPath = "/proc/self/mountinfo";
    std::unique_ptr<DiagTransport> transport; ///< Null: a netlink socket is opened, /proc/net is read when refused.
    CpuClock cpuClock; ///< Empty: processCpuTime().
    const Clock *clock = nullptr; ///< Null: systemClock().
    const KindRules *rules = nullptr; ///< Null: KindRules::builtIn().
    std::string home; ///< For ProjectFinder.
};

/// What a look includes.
struct LookOptions
{
    bool udp = true;
    bool connections = false; ///< Count established connections: dear on a machine that has tens of thousands.
    bool processes = false; ///< Read every process that ran, not only the owners.
    std::optional<std::uint16_t> onlyPort; ///< Filtered in the kernel. For one look of a command line tool.
};

/**
 * Joins sockets with the processes that hold them, again and again, touching only what changed.
 *
 * lookAtSockets() is one kernel dump and a diff by cookie. lookAtOwners() then finds the owners of what is new, drops
 * those that are gone, and gives the finished snapshot. A steady look costs the dump and one clock reading an owner.
 *
 * Errors:  Denied, Unsupported or Io when neither netlink nor /proc/net can be read.
 * Threads: not shared; belongs to one thread, which it blocks. See PortScanner for use from a GUI.
 */
class PortMonitor
{
public:
    /// Errors: as ProcFs::open().
    [[nodiscard]] static Result<std::unique_ptr<PortMonitor>> open(PortMonitorSources sources = {});
    ~PortMonitor();

    /// The sockets as they are now; new ones have OwnerKnowledge::Pending.
    [[nodiscard]] Result<PortSnapshotPtr> lookAtSockets(const LookOptions &options);
    /// Completes what lookAtSockets() found. The same pointer as before when nothing changed at all.
    [[nodiscard]] PortSnapshotPtr lookAtOwners();
    /// Both in one.
    [[nodiscard]] Result<PortSnapshotPtr> look(const LookOptions &options);
    /// Reads the descriptors of every readable process, so that all owners of all listeners become Complete.
    [[nodiscard]] PortSnapshotPtr verifyAllOwners();

    /// For chains of parents and details. Valid on this object's thread.
    [[nodiscard]] ProcessTable &processes();
    /// The profile of any process, also one without ports. Null when it is gone.
    [[nodiscard]] std::shared_ptr<const OwnerProfile> profileOf(const ProcessInfoPtr &process);

private:
    struct Private;
    explicit PortMonitor(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace Quay
