// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeproc.h"

#include "core/kernel/procfs.h"

#include <QtGlobal>

#include <algorithm>
#include <filesystem>
#include <format>
#include <fstream>
#include <ios>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

constexpr unsigned KernelThreadFlag = 0x00200000; // PF_KTHREAD

std::string statText(const FakeProcess &process)
{
    return std::format("{} ({}) {} {} {} {} {} -1 {} 0 0 0 0 {} {} 0 0 20 0 {} 0 {} 4096000 {} 18446744073709551615 "
                       "1 1 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n",
                       process.pid, process.comm, process.state, process.parentPid,
                       process.processGroup.value_or(process.pid), process.session.value_or(process.pid),
                       static_cast<int>(process.terminal), process.isKernelThread ? KernelThreadFlag : 0U,
                       process.userTicks, process.systemTicks, process.threadCount, process.startTicks,
                       process.residentPages);
}

/// proc_pid_status(5): the kernel escapes these two, so that a name cannot add a line.
std::string escapedName(std::string_view name)
{
    std::string escaped;
    for (const char byte : name) {
        if (byte == '\n') {
            escaped += "\\n";
        } else if (byte == '\\') {
            escaped += "\\\\";
        } else {
            escaped += byte;
        }
    }
    return escaped;
}

std::string statusText(const FakeProcess &process, uid_t uid)
{
    return std::format("Name:\t{0}\nUmask:\t0022\nState:\t{1} (made up)\nTgid:\t{2}\nPid:\t{2}\nPPid:\t{3}\n"
                       "Uid:\t{4}\t{4}\t{4}\t{4}\nGid:\t{4}\t{4}\t{4}\t{4}\nNSpid:\t{2}\n"
                       "VmSwap:\t       0 kB\nThreads:\t{5}\n",
                       escapedName(process.comm), process.state, process.pid, process.parentPid, uid,
                       process.threadCount);
}

std::string terminatedByNuls(const std::vector<std::string> &parts)
{
    std::string bytes;
    for (const auto &part : parts) {
        bytes += part;
        bytes += '\0';
    }
    return bytes;
}

} // namespace

FakeProc::FakeProc()
{
    Q_ASSERT(m_directory.isValid());
    // A temporary directory is its owner's alone; /proc is everybody's.
    using std::filesystem::perms;
    std::filesystem::permissions(
        path(), perms::owner_all | perms::group_read | perms::group_exec | perms::others_read | perms::others_exec);
    setLastPid(0);
}

std::string FakeProc::path() const
{
    return m_directory.path().toStdString();
}

ProcFs FakeProc::open() const
{
    return ProcFs::open(path()).value();
}

void FakeProc::add(const FakeProcess &process)
{
    remove(process.pid);
    const std::string pid = std::to_string(process.pid);
    const uid_t uid = process.uid.value_or(::getuid());
    std::filesystem::create_directories(below(pid + "/fd"));
    write(pid + "/stat", statText(process));
    write(pid + "/status", statusText(process, uid));
    write(pid + "/cmdline", terminatedByNuls(process.arguments));
    write(pid + "/environ", terminatedByNuls(process.environment));
    write(pid + "/cgroup", process.cgroup);
    link(pid + "/cwd", process.workingDirectory);
    if (!process.executable.empty()) {
        link(pid + "/exe", process.executable);
    }
    for (const auto &socket : process.sockets) {
        link(std::format("{}/fd/{}", pid, socket.fd), std::format("socket:[{}]", socket.inode));
    }
    for (const auto &[fd, target] : process.files) {
        link(std::format("{}/fd/{}", pid, fd), target);
    }
    if (process.uid) {
        [[maybe_unused]] const int result = ::chown(below(pid).c_str(), uid, static_cast<gid_t>(-1));
        Q_ASSERT(result == 0);
    }
    setLastPid(std::max(m_lastPid, process.pid));
}

void FakeProc::remove(pid_t pid)
{
    std::filesystem::remove_all(below(std::to_string(pid)));
}

void FakeProc::setLastPid(pid_t pid)
{
    m_lastPid = pid;
    writeLoad();
}

void FakeProc::setRunnable(int threads)
{
    m_runnable = threads;
    writeLoad();
}

void FakeProc::writeLoad()
{
    write("loadavg", std::format("0.20 0.18 0.12 {}/80 {}\n", m_runnable, m_lastPid));
}

void FakeProc::write(const std::string &name, std::string_view bytes)
{
    const std::filesystem::path file = below(name);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    Q_ASSERT(stream.good());
}

void FakeProc::link(const std::string &name, const std::string &target)
{
    const std::filesystem::path file = below(name);
    std::filesystem::create_directories(file.parent_path());
    std::filesystem::remove(file);
    std::filesystem::create_symlink(target, file);
}

void FakeProc::deny(const std::string &name)
{
    std::filesystem::permissions(below(name), std::filesystem::perms::none);
}

std::string FakeProc::below(const std::string &name) const
{
    return path() + '/' + name;
}

} // namespace Quay::Test
