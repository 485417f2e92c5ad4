// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/portproof.h"
#include "core/ports/portmonitor.h"
#include "core/ports/portsnapshot.h"
#include "core/ports/toldholders.h"

#include <memory>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// What the verbs ask of the machine they run on. A test hands out made-up answers instead.
class Machine
{
public:
    Machine() = default;
    Machine(const Machine &) = delete;
    Machine &operator=(const Machine &) = delete;
    virtual ~Machine() = default;

    /// Errors: as PortMonitor::look().
    [[nodiscard]] virtual Result<PortSnapshotPtr> look(const LookOptions &options) = 0;
    /// The last look again, with every owner that can be found. Only after a look().
    [[nodiscard]] virtual PortSnapshotPtr verifyAllOwners() = 0;
    /// As PortMonitor::tell(), from the next look on.
    virtual void tell(const std::vector<ToldHolder> &holders) = 0;
    /// Null when there is no such process, or it is hidden from us.
    [[nodiscard]] virtual ProcessInfoPtr findProcess(pid_t pid) = 0;
    /// Whether there is a process that findProcess() does not find: /proc may be mounted with hidepid.
    [[nodiscard]] virtual bool isHidden(pid_t pid) = 0;
    /// Null when the process is gone.
    [[nodiscard]] virtual std::shared_ptr<const OwnerProfile> profileOf(const ProcessInfoPtr &process) = 0;
    /// Whether somebody who wants @p claim can have it now.
    [[nodiscard]] virtual PortProof prove(const PortClaim &claim) = 0;
};

/// The real machine; opened at the first question.
class MonitoredMachine : public Machine
{
public:
    [[nodiscard]] Result<PortSnapshotPtr> look(const LookOptions &options) override;
    [[nodiscard]] PortSnapshotPtr verifyAllOwners() override;
    void tell(const std::vector<ToldHolder> &holders) override;
    [[nodiscard]] ProcessInfoPtr findProcess(pid_t pid) override;
    [[nodiscard]] bool isHidden(pid_t pid) override;
    [[nodiscard]] std::shared_ptr<const OwnerProfile> profileOf(const ProcessInfoPtr &process) override;
    [[nodiscard]] PortProof prove(const PortClaim &claim) override;

private:
    [[nodiscard]] Result<> open();

    std::unique_ptr<PortMonitor> m_monitor;
};

} // namespace Quay
