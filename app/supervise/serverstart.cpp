// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/serverstart.h"

#include "app/supervise/serverenvironment.h"
#include "core/base/error.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/kernel/execution.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/runcgroup.h"
#include "core/supervise/launch.h"
#include "core/supervise/processmark.h"
#include "core/supervise/rundescription.h"

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/ioctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr int PipeBytes = 1 << 20; // the most that Linux gives to everybody: a server may run ahead of us by that
constexpr winsize TerminalSize{.ws_row = 50, .ws_col = 160, .ws_xpixel = 0, .ws_ypixel = 0};

enum class Step : std::uint8_t
{
    Prepare,
    ChangeDirectory,
    Execute,
};

/// What the child tells when it does not come to the program; when it does, its end of the pipe is closed.
struct Report
{
    Step step = Step::Prepare;
    int sysErrno = 0;
    std::size_t candidate = 0;
};

/// What the server is given for input and output, and our ends of it.
struct Channels
{
    UniqueFd input;
    UniqueFd output;
    UniqueFd error;
    UniqueFd ourOutput;
    UniqueFd ourError;
};

/// All that the child needs.
struct Prepared
{
    std::vector<char *> programs; ///< to try, in order
    std::vector<char *> arguments;
    std::vector<char *> environment;
    const char *directory = nullptr;
    const RunCgroup *cgroup = nullptr;
    bool hasTerminal = false;
    int input = -1;
    int output = -1;
    int error = -1;
    int reports = -1;
};

struct Pipe
{
    UniqueFd reading;
    UniqueFd writing;
};

Result<Pipe> makePipe()
{
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return failErrno(errno, "pipe");
    }
    return Pipe{.reading = UniqueFd(ends[0]), .writing = UniqueFd(ends[1])};
}

Result<Channels> makePipes()
{
    auto output = makePipe();
    auto error = makePipe();
    UniqueFd input(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (!output || !error || !input) {
        return failErrno(errno, "/dev/null");
    }
    for (const int fd : {output->reading.get(), error->reading.get()}) {
        ::fcntl(fd, F_SETFL, O_NONBLOCK); // of our end only
        ::fcntl(fd, F_SETPIPE_SZ, PipeBytes); // refused when this user has many: 64 KiB do as well, only slower
    }
    return Channels{.input = std::move(input),
                    .output = std::move(output->writing),
                    .error = std::move(error->writing),
                    .ourOutput = std::move(output->reading),
                    .ourError = std::move(error->reading)};
}

/// A terminal that neither echoes nor adds a carriage return to each line.
Result<Channels> makeTerminal()
{
    UniqueFd ours(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK));
    std::array<char, PATH_MAX> name{};
    if (!ours || ::grantpt(ours.get()) != 0 || ::unlockpt(ours.get()) != 0
        || ::ptsname_r(ours.get(), name.data(), name.size()) != 0) {
        return failErrno(errno, "/dev/ptmx");
    }
    const auto openOther = [&name] { return UniqueFd(::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC)); };
    Channels channels{
        .input = openOther(), .output = openOther(), .error = openOther(), .ourOutput = {}, .ourError = {}};
    termios settings{};
    if (!channels.input || !channels.output || !channels.error || ::tcgetattr(channels.input.get(), &settings) != 0) {
        return failErrno(errno, name.data());
    }
    settings.c_oflag &= ~static_cast<tcflag_t>(OPOST);
    settings.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(channels.input.get(), TCSANOW, &settings);
    ::ioctl(ours.get(), TIOCSWINSZ, &TerminalSize);
    channels.ourOutput = std::move(ours);
    return channels;
}

/// Of the errors of several tries that which says most: there is a file, but it may not be executed.
bool saysMore(int sysErrno)
{
    return sysErrno != ENOENT && sysErrno != ENOTDIR;
}

/// In the process that becomes the server.
[[noreturn]] void become(const void *given)
{
    const auto &prepared = *static_cast<const Prepared *>(given);
    Report report;
    resetSignals();
    if (prepared.cgroup != nullptr) {
        static_cast<void>(prepared.cgroup->enter());
    }
    const bool isReady = beginSession(prepared.input, prepared.output, prepared.error)
        && (!prepared.hasTerminal || ::ioctl(STDIN_FILENO, TIOCSCTTY, 0) == 0);
    report.sysErrno = errno;
    if (isReady) {
        ::close_range(STDERR_FILENO + 1, UINT_MAX, CLOSE_RANGE_CLOEXEC);
        report.step = Step::ChangeDirectory;
        const bool isThere = ::chdir(prepared.directory) == 0;
        report.sysErrno = errno;
        for (std::size_t index = 0; isThere && prepared.programs[index] != nullptr; ++index) {
            ::execve(prepared.programs[index], prepared.arguments.data(), prepared.environment.data());
            if (report.step != Step::Execute || (saysMore(errno) && !saysMore(report.sysErrno))) {
                report = {.step = Step::Execute, .sysErrno = errno, .candidate = index};
            }
        }
    }
    [[maybe_unused]] const ssize_t written = ::write(prepared.reports, &report, sizeof report);
    ::_exit(EXIT_FAILURE);
}

std::unexpected<LaunchFailure> failedWith(LaunchProblem problem, Error error)
{
    return std::unexpected(LaunchFailure{.problem = problem, .error = std::move(error)});
}

/// Waits until the child has become the server, or tells why not.
std::optional<Report> reportOf(int fd)
{
    Report report;
    ssize_t count = -1;
    do {
        count = ::read(fd, &report, sizeof report);
    } while (count < 0 && errno == EINTR);
    return count == sizeof report ? std::optional(report) : std::nullopt;
}

std::unexpected<LaunchFailure> failureOf(const Report &report, const RunDescription &run,
                                         const std::vector<std::string> &candidates)
{
    switch (report.step) {
    case Step::Prepare:
        break;
    case Step::ChangeDirectory:
        return failedWith(LaunchProblem::CannotEnterDirectory, errorFromErrno(report.sysErrno, run.directory));
    case Step::Execute:
        // When it is nowhere, what was looked for says more than the last place.
        return failedWith(
            LaunchProblem::CannotExecute,
            errorFromErrno(report.sysErrno,
                           saysMore(report.sysErrno) ? candidates.at(report.candidate) : run.arguments.front()));
    }
    return failedWith(LaunchProblem::Failed, errorFromErrno(report.sysErrno, run.arguments.front()));
}

} // namespace

std::expected<StartedServer, LaunchFailure> startServer(const ProcFs &proc, const RunDescription &run,
                                                        const std::vector<std::string> &additional,
                                                        const RunCgroup *cgroup)
{
    auto channels = run.hasTerminal ? makeTerminal() : makePipes();
    auto reports = makePipe();
    if (!channels || !reports) {
        return failedWith(LaunchProblem::Failed, channels ? reports.error() : channels.error());
    }
    const auto environment = serverEnvironment(run.environment, additional);
    const auto candidates = programCandidates(run.arguments.front(), environment);
    const Prepared prepared{.programs = execPointers(candidates),
                            .arguments = execPointers(run.arguments),
                            .environment = execPointers(environment),
                            .directory = run.directory.c_str(),
                            .cgroup = cgroup,
                            .hasTerminal = run.hasTerminal,
                            .input = channels->input.get(),
                            .output = channels->output.get(),
                            .error = channels->error.get(),
                            .reports = reports->writing.get()};
    const pid_t child = forkSharing(become, &prepared);
    if (child < 0) {
        return failedWith(LaunchProblem::Failed, errorFromErrno(errno, "fork"));
    }
    reports->writing.reset();
    if (const auto report = reportOf(reports->reading.get())) {
        while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) { }
        return failureOf(*report, run, candidates);
    }
    // Our child, not waited for: whatever it does, its pid is its own.
    auto handle = PidFd::open(child);
    auto mark = markOf(proc, child);
    if (!handle || !mark) {
        ::kill(child, SIGKILL);
        while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) { }
        return failedWith(LaunchProblem::Failed, handle ? mark.error() : handle.error());
    }
    return StartedServer{.mark = *mark,
                         .handle = *std::move(handle),
                         .output = std::move(channels->ourOutput),
                         .error = std::move(channels->ourError)};
}

} // namespace Quay
