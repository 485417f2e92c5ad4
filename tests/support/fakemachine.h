// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/procfs.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/portmonitor.h"
#include "core/processes/processtable.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakediag.h"
#include "tests/support/fakeproc.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>

#include <sys/types.h>

namespace Quay::Test {

/**
 * A machine with processes and sockets of the test's choice, on which a PortMonitor can look.
 *
 * Nothing runs unless it is told to: a change under /proc without a run() is one that the code under test has no right
 * to notice, but for what it looks at in turn (see RecheckRounds).
 */
class FakeMachine
{
public:
    FakeMachine();

    /// Adds a process, or changes it: it counts as having run.
    void start(const FakeProcess &process);
    /// Changes what /proc says without the process having run.
    void changeUnnoticed(const FakeProcess &process) { m_proc.add(process); }
    /// The process uses a millisecond of CPU time, or @p time.
    void run(pid_t pid, std::chrono::nanoseconds time = std::chrono::milliseconds(1));
    void end(pid_t pid);

    /// Adds a TCP listener on 127.0.0.1 with inode @p inode, cookie the same.
    void listen(std::uint64_t inode, std::uint16_t port, uid_t uid = 0);
    void close(std::uint64_t inode);

    [[nodiscard]] FakeSockets &sockets() { return *m_sockets; }
    [[nodiscard]] FakeClock &clock() { return m_clock; }
    [[nodiscard]] FakeProc &proc() { return m_proc; }
    [[nodiscard]] CpuClock cpuClock() const;

    /// For PortMonitor::open().
    [[nodiscard]] PortMonitorSources sources();

private:
    FakeProc m_proc;
    FakeClock m_clock;
    std::shared_ptr<FakeSockets> m_sockets = std::make_shared<FakeSockets>();
    std::map<pid_t, std::chrono::nanoseconds> m_cpuTimes;
};

/// A TCP listener on 127.0.0.1.
[[nodiscard]] SocketRecord listeningRecord(std::uint64_t inode, std::uint16_t port, uid_t uid = 0);

} // namespace Quay::Test
