// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakemachine.h"

#include "core/kernel/socketrecord.h"
#include "core/ports/portmonitor.h"
#include "core/processes/processtable.h"
#include "tests/support/fakediag.h"
#include "tests/support/fakeproc.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <sys/types.h>

namespace Quay::Test {

SocketRecord listeningRecord(std::uint64_t inode, std::uint16_t port, uid_t uid)
{
    return {.cookie = inode,
            .inode = inode,
            .uid = uid,
            .sendQueue = 128,
            .state = SocketState::Listening,
            .localPort = port,
            .localAddress = {.bytes = {127, 0, 0, 1}}};
}

FakeMachine::FakeMachine()
{
    start({.pid = 1, .comm = "init", .parentPid = 0, .arguments = {"/sbin/init"}});
}

void FakeMachine::start(const FakeProcess &process)
{
    m_proc.add(process);
    run(process.pid);
}

void FakeMachine::run(pid_t pid, std::chrono::nanoseconds time)
{
    m_cpuTimes[pid] += time;
}

void FakeMachine::end(pid_t pid)
{
    m_proc.remove(pid);
    m_cpuTimes.erase(pid);
}

void FakeMachine::listen(std::uint64_t inode, std::uint16_t port, uid_t uid)
{
    m_sockets->records.push_back(listeningRecord(inode, port, uid));
}

void FakeMachine::close(std::uint64_t inode)
{
    std::erase_if(m_sockets->records, [inode](const SocketRecord &record) { return record.inode == inode; });
}

CpuClock FakeMachine::cpuClock() const
{
    return [this](pid_t pid) -> std::optional<std::chrono::nanoseconds> {
        const auto found = m_cpuTimes.find(pid);
        return found == m_cpuTimes.end() ? std::nullopt : std::optional(found->second);
    };
}

PortMonitorSources FakeMachine::sources()
{
    return {.procPath = m_proc.path(),
            .mountinfoPath = m_proc.path() + "/none",
            .transport = std::make_unique<FakeDiag>(m_sockets),
            .cpuClock = cpuClock(),
            .clock = &m_clock,
            .rules = nullptr,
            .home = "/nowhere"};
}

} // namespace Quay::Test
