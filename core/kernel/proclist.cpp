// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/proclist.h"

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/kernel/directory.h"
#include "core/kernel/procfs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>

namespace Quay {

namespace {

constexpr std::size_t LoadLimitBytes = 128;
constexpr std::size_t AverageCount = 3; // of one, five and fifteen minutes

} // namespace

Result<std::vector<pid_t>> listPids(const ProcFs &proc)
{
    // A descriptor of its own: the one in ProcFs has a position that threads would share.
    const auto directory = openDirectoryAt(proc.directory(), ".");
    if (!directory) {
        return fail(directory.error().code, proc.path(), directory.error().sysErrno);
    }
    std::vector<pid_t> pids;
    DirectoryReader reader(directory->get(), proc.path());
    for (;;) {
        const auto entry = reader.next();
        if (!entry) {
            return std::unexpected(entry.error());
        }
        if (!*entry) {
            break;
        }
        if (const auto pid = numberFromText<pid_t>((*entry)->name); pid && *pid > 0) {
            pids.push_back(*pid);
        }
    }
    if (!std::ranges::is_sorted(pids)) {
        std::ranges::sort(pids); // the kernel lists them ascending, a made-up /proc need not
    }
    return pids;
}

Result<uid_t> processUid(const ProcFs &proc, pid_t pid)
{
    const std::string path = std::to_string(pid);
    struct stat status{};
    if (::fstatat(proc.directory(), path.c_str(), &status, 0) != 0) {
        return failErrno(errno, path);
    }
    return status.st_uid;
}

Result<SchedulerLoad> parseSchedulerLoad(std::string_view text)
{
    TextCursor cursor(text);
    for (std::size_t i = 0; i < AverageCount; ++i) {
        (void)cursor.takeField();
    }
    const auto threads = cursor.takeField(); // runnable/all
    const auto runnable = numberFromText<std::uint32_t>(threads.substr(0, threads.find('/')));
    const auto lastPid = numberFromText<pid_t>(cursor.takeField());
    if (!runnable || !lastPid || *lastPid < 0 || !cursor.takeField().empty()) {
        return fail(ErrorCode::Malformed, std::string(text));
    }
    return SchedulerLoad{.runnable = *runnable, .lastPid = *lastPid};
}

Result<SchedulerLoad> readSchedulerLoad(const ProcFs &proc)
{
    std::array<char, LoadLimitBytes> buffer{};
    return readOnceAt(proc.directory(), "loadavg", buffer).and_then(parseSchedulerLoad);
}

std::optional<std::chrono::nanoseconds> processCpuTime(pid_t pid)
{
    if (pid <= 0) {
        return std::nullopt; // 0 would mean ourselves
    }
    constexpr unsigned ScheduledTime = 2; // CPUCLOCK_SCHED
    const auto clock = static_cast<clockid_t>((~static_cast<unsigned>(pid) << 3U) | ScheduledTime);
    timespec time{};
    if (::clock_gettime(clock, &time) != 0) {
        return std::nullopt;
    }
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace Quay
