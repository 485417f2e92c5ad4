// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/launch.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/uniquefd.h"
#include "core/kernel/descriptorlimit.h"
#include "core/kernel/execution.h"
#include "core/kernel/memoryfile.h"
#include "core/supervise/rundescription.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/userscopes.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstddef>
#include <cstdlib>
#include <expected>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr const char *ProgramName = "quaymaster-supervise";
constexpr const char *ScopeProgramName = "quaymaster-scope";
constexpr std::size_t MostReportBytes = std::size_t{64} << 10U;

/// All that the child needs, where nothing may be allocated any more.
struct Prepared
{
    const char *program = nullptr;
    const char *key = nullptr; ///< So that a list of processes shows which server it is.
    const UserScopes *scopes = nullptr; ///< Null: no scope.
    const char *unit = nullptr;
    int nothing = -1;
    int description = -1;
    int reports = -1;
};

std::unexpected<LaunchFailure> failedWith(Error error)
{
    return std::unexpected(LaunchFailure{.problem = LaunchProblem::Failed, .error = std::move(error)});
}

/// Nothing in its environment: it needs none, and those who look for marks of runs shall not find it.
void execute(const char *file, std::initializer_list<const char *> words)
{
    constexpr std::size_t MostWords = 6;
    std::array<char *, MostWords + 1> arguments{};
    std::ranges::transform(words, arguments.begin(), [](const char *word) { return const_cast<char *>(word); });
    std::array<char *, 1> environment{nullptr};
    ::execve(file, arguments.data(), environment.data());
}

/// In the process that becomes the supervisor. Only what is safe in memory that is not its own.
[[noreturn]] void become(const void *given)
{
    const auto &prepared = *static_cast<const Prepared *>(given);
    resetSignals();
    restoreDescriptorLimit();
    const bool isReady = beginSession(prepared.nothing, prepared.nothing, prepared.nothing)
        && ::dup2(prepared.description, DescriptionFd) >= 0 && ::dup2(prepared.reports, ReportFd) >= 0
        && ::chdir("/") == 0;
    if (isReady) {
        ::close_range(ReportFd + 1, UINT_MAX, CLOSE_RANGE_CLOEXEC);
        // What is missing is to be reported from here. Comes back only when there is no such program.
        if (prepared.scopes != nullptr && ::access(prepared.program, X_OK) == 0) {
            execute(prepared.scopes->program.c_str(),
                    {ScopeProgramName, prepared.scopes->busAddress.c_str(), prepared.unit, prepared.program,
                     ProgramName, prepared.key});
        }
        execute(prepared.program, {ProgramName, prepared.key});
    }
    // The reader knows by the bare number that it is not a supervisor who speaks.
    const int sysErrno = errno;
    [[maybe_unused]] const ssize_t written = ::write(prepared.reports, &sysErrno, sizeof sysErrno);
    ::_exit(EXIT_FAILURE);
}

LaunchOutcome lost()
{
    return std::unexpected(LaunchFailure{.problem = LaunchProblem::Lost,
                                         .error = {.code = ErrorCode::Gone, .subject = ProgramName, .sysErrno = 0}});
}

} // namespace

Launch::Launch(UniqueFd reports) noexcept
    : m_reports(std::move(reports))
{
}

std::expected<Launch, LaunchFailure> Launch::begin(const std::string &program, const RunDescription &description,
                                                   const std::optional<UserScopes> &scopes)
{
    auto memory = makeMemoryFile(descriptionText(description));
    if (!memory) {
        return failedWith(std::move(memory).error());
    }
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return failedWith(errorFromErrno(errno, program));
    }
    UniqueFd reading(ends[0]);
    const UniqueFd writing = aboveStreams(UniqueFd(ends[1]));
    const UniqueFd handed = aboveStreams(*std::move(memory));
    const UniqueFd nothing = aboveStreams(UniqueFd(::open("/dev/null", O_RDWR | O_CLOEXEC)));
    if (!writing || !handed || !nothing) {
        return failedWith(errorFromErrno(errno, program));
    }
    ::fcntl(reading.get(), F_SETFL, O_NONBLOCK);
    const std::string key = serverKey(description.server);
    const std::string unit = scopeUnit(key, description.runId);
    const Prepared prepared{.program = program.c_str(),
                            .key = key.c_str(),
                            .scopes = scopes ? &*scopes : nullptr,
                            .unit = unit.c_str(),
                            .nothing = nothing.get(),
                            .description = handed.get(),
                            .reports = writing.get()};
    if (const int sysErrno = forkDetached(become, &prepared); sysErrno != 0) {
        return failedWith(errorFromErrno(sysErrno, program));
    }
    return Launch(std::move(reading));
}

std::optional<LaunchOutcome> Launch::take()
{
    std::array<char, 4096> buffer{};
    for (;;) {
        const ssize_t count = ::read(m_reports.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0 && errno == EAGAIN) {
            return std::nullopt;
        }
        if (count <= 0 || m_report.size() > MostReportBytes) {
            break;
        }
        m_report.append(buffer.data(), static_cast<std::size_t>(count));
        if (m_report.ends_with('\n')) {
            break;
        }
    }
    if (m_report.size() == sizeof(int)) {
        int sysErrno = 0;
        m_report.copy(reinterpret_cast<char *>(&sysErrno), sizeof sysErrno);
        return failedWith(errorFromErrno(sysErrno, ProgramName));
    }
    auto outcome = launchOutcomeFrom(m_report);
    return outcome ? outcome : lost();
}

LaunchOutcome Launch::wait(std::chrono::milliseconds timeout)
{
    const auto deadline = systemClock().monotonic() + timeout;
    for (;;) {
        if (auto outcome = take()) {
            return *std::move(outcome);
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - systemClock().monotonic());
        pollfd watched{.fd = m_reports.get(), .events = POLLIN, .revents = 0};
        if (left.count() <= 0 || ::poll(&watched, 1, static_cast<int>(left.count())) == 0) {
            return lost();
        }
    }
}

} // namespace Quay
