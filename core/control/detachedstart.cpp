// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/detachedstart.h"

#include "core/base/makedirectories.h"
#include "core/base/uniquefd.h"
#include "core/kernel/descriptorlimit.h"
#include "core/kernel/execution.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <vector>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/file.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr mode_t LogMode = 0600;

enum class Step : std::uint8_t
{
    Prepare,
    ChangeDirectory,
    Execute,
};

/// What a child tells through the pipe: first who it is, and then, when it did not come to the program, why.
struct Report
{
    pid_t pid = 0;
    int sysErrno = 0;
    Step step = Step::Prepare;
};

/// All that the child needs, where nothing may be allocated any more.
struct Prepared
{
    std::vector<char *> arguments;
    std::vector<char *> environment;
    const char *executable = nullptr;
    const char *directory = nullptr;
    int nothing = -1;
    int log = -1;
    int reports = -1;
};

void tell(int fd, const Report &report)
{
    // Shorter than PIPE_BUF: all of it is written at once, or nobody listens any more.
    [[maybe_unused]] const ssize_t written = ::write(fd, &report, sizeof(report));
}

/// In the process that becomes the program. Only what is safe in memory that is not its own.
[[noreturn]] void become(const void *given)
{
    const auto &prepared = *static_cast<const Prepared *>(given);
    Report report{.pid = ::getpid()};
    tell(prepared.reports, report);
    resetSignals();
    restoreDescriptorLimit();
    const bool isReady = beginSession(prepared.nothing, prepared.log, prepared.log);
    // Ours are all closed on execution, those of libraries may not be. Before Linux 5.11 that has to do.
    ::close_range(STDERR_FILENO + 1, UINT_MAX, CLOSE_RANGE_CLOEXEC);
    if (isReady) {
        report.step = Step::ChangeDirectory;
        if (::chdir(prepared.directory) == 0) {
            report.step = Step::Execute;
            ::execve(prepared.executable, prepared.arguments.data(), prepared.environment.data());
        }
    }
    report.sysErrno = errno;
    tell(prepared.reports, report);
    ::_exit(EXIT_FAILURE);
}

/// The next report; nothing once the program runs, for then its end of the pipe is closed.
std::optional<Report> nextReport(int fd)
{
    Report report;
    ssize_t length = 0;
    do {
        length = ::read(fd, &report, sizeof(report));
    } while (length < 0 && errno == EINTR);
    return length == sizeof(report) ? std::optional(report) : std::nullopt;
}

std::string subjectOf(Step step, const StartSpec &spec, const std::string &logPath)
{
    switch (step) {
    case Step::Prepare:
        break;
    case Step::ChangeDirectory:
        return spec.directory;
    case Step::Execute:
        return spec.executable;
    }
    return logPath;
}

} // namespace

Result<pid_t> startDetached(const StartSpec &spec, const std::string &logPath)
{
    if (const auto made = makeDirectoriesOf(logPath); !made) {
        return std::unexpected(made.error());
    }
    const UniqueFd log =
        aboveStreams(UniqueFd(::open(logPath.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, LogMode)));
    // Shared by all who inherit it: held until the last of them has closed it. Who tidies up sees by it that it is in
    // use.
    const bool isMarked = log && ::flock(log.get(), LOCK_EX | LOCK_NB) == 0;
    const UniqueFd nothing = aboveStreams(UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC)));
    std::array<int, 2> ends{-1, -1};
    if (!isMarked || !nothing || ::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return failErrno(errno, logPath);
    }
    const UniqueFd reading(ends[0]);
    UniqueFd writing = aboveStreams(UniqueFd(ends[1]));
    if (!writing) {
        return failErrno(errno, logPath);
    }
    const Prepared prepared{.arguments = execPointers(spec.arguments),
                            .environment = execPointers(spec.environment),
                            .executable = spec.executable.c_str(),
                            .directory = spec.directory.c_str(),
                            .nothing = nothing.get(),
                            .log = log.get(),
                            .reports = writing.get()};
    if (const int sysErrno = forkDetached(become, &prepared); sysErrno != 0) {
        return failErrno(sysErrno, logPath);
    }
    writing.reset();
    const auto started = nextReport(reading.get());
    if (!started) {
        return fail(ErrorCode::Io, logPath, ECHILD); // somebody killed it before it could say who it is
    }
    if (const auto failed = nextReport(reading.get())) {
        return failErrno(failed->sysErrno, subjectOf(failed->step, spec, logPath));
    }
    return started->pid;
}

} // namespace Quay
