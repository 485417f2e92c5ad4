// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/childprocess.h"

#include "tests/support/endchild.h"
#include "tests/support/pseudoterminal.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

struct Pipe
{
    UniqueFd readEnd;
    UniqueFd writeEnd;
};

/// Both ends of what it reads from and writes to.
struct Channels
{
    Pipe input;
    Pipe output;
};

Result<Pipe> makePipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return failErrno(errno, "pipe");
    }
    return Pipe{.readEnd = UniqueFd(ends[0]), .writeEnd = UniqueFd(ends[1])};
}

Result<Channels> makePipes()
{
    auto input = makePipe();
    auto output = makePipe();
    if (!input || !output) {
        return std::unexpected((!input ? input : output).error());
    }
    return Channels{.input = *std::move(input), .output = *std::move(output)};
}

Result<Channels> makeTerminal(unsigned short columns)
{
    auto terminal = openTerminal(columns);
    if (!terminal) {
        return std::unexpected(terminal.error());
    }
    UniqueFd itsToo(::fcntl(terminal->its.get(), F_DUPFD_CLOEXEC, 0));
    UniqueFd oursToo(::fcntl(terminal->ours.get(), F_DUPFD_CLOEXEC, 0));
    if (!itsToo || !oursToo) {
        return failErrno(errno, "terminal");
    }
    return Channels{.input = {.readEnd = std::move(terminal->its), .writeEnd = std::move(terminal->ours)},
                    .output = {.readEnd = std::move(oursToo), .writeEnd = std::move(itsToo)}};
}

std::chrono::nanoseconds asDuration(const timeval &time)
{
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

/// Runs in the child, on our memory: system calls only.
[[noreturn]] void execute(char *const *arguments, int input, int output, const ChildOptions &options)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(input, STDIN_FILENO);
    if (options.isOnTerminal) {
        ::signal(SIGINT, SIG_DFL); // which a shell ignores for what it runs in the background
        ::setsid();
        ::ioctl(STDIN_FILENO, TIOCSCTTY, 0);
        ::dup2(input, STDERR_FILENO);
    }
    if (options.isSilent) {
        const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(null, STDOUT_FILENO);
        ::dup2(null, STDERR_FILENO);
    } else {
        ::dup2(output, STDOUT_FILENO);
    }
    if (options.workingDirectory.empty() || ::chdir(options.workingDirectory.c_str()) == 0) {
        ::execvp(arguments[0], arguments);
    }
    ::_exit(127);
}

} // namespace

Result<ChildProcess> ChildProcess::start(const ChildOptions &options)
{
    auto channels = options.isOnTerminal ? makeTerminal(options.columns) : makePipes();
    if (!channels) {
        return std::unexpected(channels.error());
    }
    std::vector<std::string> words = options.arguments;
    std::vector<char *> arguments;
    arguments.reserve(words.size() + 1);
    std::ranges::transform(words, std::back_inserter(arguments), [](std::string &word) { return word.data(); });
    arguments.push_back(nullptr);

    ChildProcess child;
    // Not fork(): it would make each of our pages fault once more, in the midst of what a benchmark measures.
    child.m_pid = ::vfork(); // NOLINT(clang-analyzer-security.insecureAPI.vfork)
    if (child.m_pid < 0) {
        return failErrno(errno, "vfork");
    }
    if (child.m_pid == 0) {
        execute(arguments.data(), channels->input.readEnd.get(), channels->output.writeEnd.get(), options);
    }
    child.m_input = std::move(channels->input.writeEnd);
    child.m_output = TextReader(std::move(channels->output.readEnd));
    return child;
}

ChildProcess::ChildProcess(ChildProcess &&other) noexcept
    : m_pid(std::exchange(other.m_pid, 0))
    , m_input(std::move(other.m_input))
    , m_output(std::move(other.m_output))
{
}

ChildProcess &ChildProcess::operator=(ChildProcess &&other) noexcept
{
    if (this != &other) {
        end();
        m_pid = std::exchange(other.m_pid, 0);
        m_input = std::move(other.m_input);
        m_output = std::move(other.m_output);
    }
    return *this;
}

ChildProcess::~ChildProcess()
{
    end();
}

Result<> ChildProcess::write(std::string_view bytes)
{
    if (::write(m_input.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
        return failErrno(errno, "write to child");
    }
    return {};
}

Result<> ChildProcess::writeLine(std::string_view line)
{
    return write(std::string(line) + '\n');
}

Result<std::string> ChildProcess::readLine(std::chrono::milliseconds timeout)
{
    auto line = m_output.readUntil("\n", timeout);
    if (line) {
        line->pop_back();
    }
    return line;
}

Result<ChildUsage> ChildProcess::wait()
{
    int status = 0;
    rusage usage{};
    while (::wait4(m_pid, &status, 0, &usage) < 0) {
        if (errno != EINTR) {
            return failErrno(errno, "wait");
        }
    }
    m_pid = 0;
    return ChildUsage{.waitStatus = status, .cpuTime = asDuration(usage.ru_utime) + asDuration(usage.ru_stime)};
}

void ChildProcess::end() noexcept
{
    m_input.reset();
    if (m_pid > 0) {
        endChild(m_pid);
        m_pid = 0;
    }
}

Result<ChildUsage> runSilently(std::vector<std::string> arguments)
{
    auto child = ChildProcess::start(
        {.arguments = std::move(arguments), .workingDirectory = {}, .isSilent = true, .isOnTerminal = false});
    if (!child) {
        return std::unexpected(child.error());
    }
    child->closeInput();
    return child->wait();
}

} // namespace Quay::Test
