// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/commandrun.h"

#include "core/kernel/descriptorlimit.h"
#include "core/kernel/execution.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"
#include "core/servers/programpath.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <set>
#include <utility>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay {

namespace {

/// All that the child needs, where nothing may be allocated any more.
struct Prepared
{
    std::vector<char *> arguments;
    std::vector<char *> environment;
    const char *executable = nullptr;
    const char *directory = nullptr;
    int nothing = -1;
    int output = -1;
    volatile int *sysErrno = nullptr; ///< Of this process, which waits: why the child did not come to the program.
};

/// In the process that becomes the command. Only what is safe in memory that is not its own.
[[noreturn]] void become(const void *given)
{
    const auto &prepared = *static_cast<const Prepared *>(given);
    resetSignals();
    restoreDescriptorLimit();
    if (beginSession(prepared.nothing, prepared.output, prepared.output) && ::chdir(prepared.directory) == 0) {
        ::close_range(STDERR_FILENO + 1, UINT_MAX, CLOSE_RANGE_CLOEXEC);
        ::execve(prepared.executable, prepared.arguments.data(), prepared.environment.data());
    }
    *prepared.sysErrno = errno;
    ::_exit(EXIT_FAILURE);
}

bool isDirectory(const std::string &path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

/// A process of the session of @p leader, or below it.
struct Relative
{
    ProcStat stat;
    PidFd process;
};

/// Looks once. Each is pinned before it is told, so that its pid cannot mean another one.
std::vector<Relative> relativesOf(const ProcFs &proc, pid_t leader)
{
    std::vector<Relative> relatives;
    std::set<pid_t> known{leader};
    const auto pids = listPids(proc).value_or(std::vector<pid_t>());
    for (std::size_t found = 0; found != known.size();) { // a parent may have a higher pid than its child
        found = known.size();
        for (const pid_t pid : pids) {
            if (known.contains(pid)) {
                continue;
            }
            auto pinned = PidFd::open(pid);
            auto stat = readProcStat(proc, pid);
            const bool isSame = pinned && stat && !pinned->isReaped().value_or(true);
            if (isSame && (stat->session == leader || known.contains(stat->parentPid))) {
                known.insert(pid);
                relatives.push_back({.stat = std::move(*stat), .process = std::move(*pinned)});
            }
        }
    }
    return relatives;
}

/// Stops everybody until nobody new is found, so that no one escapes by forking, and kills them then.
void killFamily(const PidFd &leader, pid_t pid)
{
    constexpr int MostRounds = 100;
    (void)leader.signal(SIGSTOP);
    const auto proc = ProcFs::open();
    std::vector<Relative> family;
    std::size_t before = 0;
    for (int round = 0; proc && round < MostRounds; ++round) {
        family = relativesOf(*proc, pid);
        for (const auto &relative : family) {
            (void)relative.process.signal(SIGSTOP);
        }
        if (family.size() == before) {
            break;
        }
        before = family.size();
    }
    for (const auto &relative : family) {
        (void)relative.process.signal(SIGKILL);
    }
    (void)leader.signal(SIGKILL);
}

} // namespace

Result<CommandRun> CommandRun::start(const CommandStart &command)
{
    if (!isDirectory(command.directory)) {
        return failErrno(ENOENT, command.directory);
    }
    const auto searchPath = command.environment.find("PATH");
    const std::string program = command.arguments.empty() ? std::string() : command.arguments.front();
    const auto executable = findProgram(
        program, searchPath != command.environment.end() ? searchPath->second : "/usr/bin:/bin", command.directory);
    if (!executable) {
        return std::unexpected(executable.error());
    }
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return failErrno(errno, program);
    }
    UniqueFd reading(ends[0]);
    UniqueFd writing = aboveStreams(UniqueFd(ends[1]));
    const UniqueFd nothing = aboveStreams(UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC)));
    if (!writing || !nothing) {
        return failErrno(errno, program);
    }
    ::fcntl(writing.get(), F_SETFL, 0); // the command's end waits as it is used to
    const auto texts = environmentTexts(command.environment);
    volatile int sysErrno = 0; // the child writes to it, which no compiler could know
    const Prepared prepared{.arguments = execPointers(command.arguments),
                            .environment = execPointers(texts),
                            .executable = executable->c_str(),
                            .directory = command.directory.c_str(),
                            .nothing = nothing.get(),
                            .output = writing.get(),
                            .sysErrno = &sysErrno};
    const pid_t pid = forkSharing(become, &prepared);
    if (pid < 0) {
        return failErrno(errno, program);
    }
    if (sysErrno != 0) {
        while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) { }
        return failErrno(sysErrno, program);
    }
    writing.reset();
    auto process = PidFd::open(pid);
    auto events = EventPoll::open();
    if (!process || !events || !events->add(process->descriptor(), 0) || !events->add(reading.get(), 1)) {
        ::kill(pid, SIGKILL); // a child of ours that was not reaped: the number is its own
        ::waitpid(pid, nullptr, 0);
        return fail(ErrorCode::Io, program);
    }
    return CommandRun(std::move(*process), pid, std::move(reading), std::move(*events));
}

CommandRun::CommandRun(PidFd process, pid_t pid, UniqueFd output, EventPoll events)
    : m_process(std::move(process))
    , m_pid(pid)
    , m_outputPipe(std::move(output))
    , m_events(std::move(events))
{
}

CommandRun::CommandRun(CommandRun &&other) noexcept
    : m_process(std::move(other.m_process))
    , m_pid(std::exchange(other.m_pid, 0))
    , m_outputPipe(std::move(other.m_outputPipe))
    , m_events(std::move(other.m_events))
    , m_output(std::move(other.m_output))
{
}

CommandRun::~CommandRun()
{
    endAll();
}

std::optional<CommandResult> CommandRun::proceed()
{
    (void)m_events.take();
    readOutput();
    if (m_pid == 0 || !m_process.hasEnded().value_or(true)) {
        return std::nullopt;
    }
    readOutput(); // what came between the two looks
    const auto status = m_process.exitStatus().value_or(std::nullopt);
    CommandResult result{.exit = status.value_or(ExitStatus{}), .output = m_output};
    endAll();
    return result;
}

void CommandRun::readOutput()
{
    constexpr int MostReads = 256; // a megabyte: whoever writes without end must not keep us here
    std::array<char, 4096> buffer{};
    for (int reads = 0; reads < MostReads;) {
        const ssize_t count = ::read(m_outputPipe.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return;
        }
        ++reads;
        const auto room = MostOutputBytes - m_output.size();
        m_output.append(buffer.data(), std::min(static_cast<std::size_t>(count), room));
    }
    m_events.remove(m_outputPipe.get()); // told once more, at once, when there is more
    (void)m_events.add(m_outputPipe.get(), 1);
}

void CommandRun::endAll()
{
    if (m_pid == 0) {
        return;
    }
    killFamily(m_process, m_pid);
    while (::waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) { }
    m_pid = 0;
}

} // namespace Quay
