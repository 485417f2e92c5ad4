// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/procfd.h"
#include "core/kernel/procfs.h"

#include <QTemporaryDir>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace Quay::Test {

/// What a made-up process looks like under /proc. Name what matters to the test, the rest is an ordinary server.
struct FakeProcess
{
    pid_t pid = 100;
    std::string comm = "server"; ///< Raw bytes, written as they are.
    char state = 'S';
    pid_t parentPid = 1;
    std::optional<pid_t> processGroup; ///< Else the pid itself.
    std::optional<pid_t> session; ///< Else the pid itself.
    std::uint32_t terminal = 0;
    bool isKernelThread = false;
    std::uint64_t userTicks = 10;
    std::uint64_t systemTicks = 5;
    std::uint64_t threadCount = 1;
    std::uint64_t startTicks = 1000;
    std::uint64_t residentPages = 2000;
    /// Owner of the directory; else whoever runs the test. Another one can be given as root only.
    std::optional<uid_t> uid;
    std::vector<std::string> arguments = {"/usr/bin/server"};
    std::vector<std::string> environment;
    std::string cgroup = "0::/\n"; ///< The whole text of the file.
    std::string workingDirectory = "/";
    std::string executable = "/usr/bin/server"; ///< Empty: no link, like a kernel thread.
    std::vector<SocketFd> sockets;
    std::map<int, std::string> files; ///< Descriptors that are not sockets, with the target of their link.
};

/**
 * A /proc in a temporary directory.
 *
 * What it cannot make up: the size of PID/fd, which is what the file system of the temporary directory says, and
 * processCpuTime(), which asks the kernel itself.
 */
class FakeProc
{
public:
    FakeProc();

    [[nodiscard]] std::string path() const;
    [[nodiscard]] ProcFs open() const;

    /// Adds a process, or replaces the one with the same pid. Raises the last pid to its own.
    void add(const FakeProcess &process);
    void remove(pid_t pid);
    /// What /proc/loadavg says.
    void setLastPid(pid_t pid);
    /// The threads that are on a CPU at this instant, or wait for one, whoever looks included: two unless it is told.
    void setRunnable(int threads);

    /// Writes any file: `net/tcp`, `100/stat`. Makes its directories.
    void write(const std::string &name, std::string_view bytes);
    /// Makes or replaces a symbolic link.
    void link(const std::string &name, const std::string &target);
    /// Takes every permission off a file or directory. For root nothing is denied: see Unprivileged.
    void deny(const std::string &name);

private:
    [[nodiscard]] std::string below(const std::string &name) const;

    void writeLoad();

    QTemporaryDir m_directory;
    pid_t m_lastPid = 0;
    int m_runnable = 2;
};

} // namespace Quay::Test
