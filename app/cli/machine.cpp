// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/machine.h"

#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"

#include <utility>

namespace Quay {

Result<> MonitoredMachine::open()
{
    if (m_monitor != nullptr) {
        return {};
    }
    auto monitor = PortMonitor::open();
    if (!monitor) {
        return std::unexpected(monitor.error());
    }
    m_monitor = std::move(*monitor);
    return {};
}

Result<PortSnapshotPtr> MonitoredMachine::look(const LookOptions &options)
{
    return open().and_then([&] { return m_monitor->look(options); });
}

PortSnapshotPtr MonitoredMachine::verifyAllOwners()
{
    return m_monitor->verifyAllOwners();
}

void MonitoredMachine::tell(const std::vector<ToldHolder> &holders)
{
    m_monitor->tell(holders);
}

ProcessInfoPtr MonitoredMachine::findProcess(pid_t pid)
{
    return open() ? m_monitor->processes().find(pid) : nullptr;
}

bool MonitoredMachine::isHidden(pid_t pid)
{
    return PidFd::open(pid) && findProcess(pid) == nullptr; // in this order: it may just have been started
}

std::shared_ptr<const OwnerProfile> MonitoredMachine::profileOf(const ProcessInfoPtr &process)
{
    return open() ? m_monitor->profileOf(process) : nullptr;
}

PortProof MonitoredMachine::prove(const PortClaim &claim)
{
    SockDiag diag(diagTransportOrRefusal());
    PortProof proof = provePort(diag, claim);
    if (isFree(proof.state)) {
        return proof;
    }
    const auto proc = ProcFs::open();
    return proc ? withUsers(*proc, std::move(proof)) : proof;
}

} // namespace Quay
