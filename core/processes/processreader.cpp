// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/processreader.h"

#include "core/base/clock.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/proccmdline.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

namespace Quay {

namespace {

constexpr std::uint32_t YoungReads = 3; // a process that has just been forked is about to exec

std::uint64_t pageBytes()
{
    static const auto bytes = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return bytes;
}

/// In a made-up /proc a pid means nobody, or somebody else.
std::optional<PidFd> pinOf(const ProcFs &proc, pid_t pid)
{
    if (!proc.isKernels()) {
        return std::nullopt;
    }
    auto handle = PidFd::open(pid);
    return handle ? std::optional(*std::move(handle)) : std::nullopt;
}

/// Of the process whose stat was read since the handle was opened. Unknown when the pid may have changed hands.
std::optional<std::uint64_t> serialOf(const std::optional<PidFd> &handle)
{
    if (!handle || handle->isReaped().value_or(true)) {
        return std::nullopt;
    }
    const auto serial = handle->serial();
    return serial ? std::optional(*serial) : std::nullopt;
}

/// Who ended or is hidden from us is not asked again before it runs; any other failure may be over at the next look.
void drop(ProcessReading &reading, std::chrono::nanoseconds cpuTime, const Error &error)
{
    reading.info.reset();
    reading.isRefused = error.code == ErrorCode::Gone || error.code == ErrorCode::Denied;
    reading.cpuTime = cpuTime;
}

/// Whether it is on its way out: its memory is gone, and with that its command line, but its descriptors are not yet.
bool isDying(const ProcessInfo &now, const ProcessInfo &before)
{
    return !now.isKernelThread && now.state != 'Z' && now.residentBytes == 0 && before.residentBytes > 0;
}

std::shared_ptr<ProcessInfo> infoFrom(pid_t pid, ProcStat &&stat)
{
    auto info = std::make_shared<ProcessInfo>();
    info->id = {.pid = pid, .startTicks = stat.startTicks};
    info->parentPid = stat.parentPid;
    info->processGroup = stat.processGroup;
    info->session = stat.session;
    info->terminal = stat.terminal;
    info->state = stat.state;
    info->isKernelThread = stat.isKernelThread;
    info->name = std::move(stat.comm);
    info->threadCount = stat.threadCount;
    info->residentBytes = stat.residentPages * pageBytes();
    return info;
}

} // namespace

/// What stays the same as long as it executes nothing, but for titles.
struct ProcessReader::Identity
{
    uid_t uid = 0;
    std::vector<std::string> arguments;
};

ProcessReader::ProcessReader(const ProcFs &proc, const Clock &clock)
    : m_proc(proc)
    , m_clock(clock)
{
}

/// What the process that is meant by the pid now says.
Result<ProcStat> ProcessReader::readStat(pid_t pid, ProcessReading &reading) const
{
    if (reading.statFile.isOpen()) {
        if (auto stat = reading.statFile.read()) {
            return stat;
        }
        reading.statFile = {};
    }
    return readProcStat(m_proc, pid);
}

/// Errors: when it ended since: nobody's, not root's.
Result<ProcessReader::Identity> ProcessReader::readIdentity(pid_t pid, bool isKernelThread) const
{
    const auto uid = processUid(m_proc, pid);
    if (!uid) {
        return std::unexpected(uid.error());
    }
    if (isKernelThread) { // often half of all, and none has a command line
        return Identity{.uid = *uid, .arguments = {}};
    }
    auto arguments = readArguments(m_proc, pid);
    if (!arguments && arguments.error().code == ErrorCode::Gone) {
        return std::unexpected(arguments.error());
    }
    return Identity{.uid = *uid, .arguments = std::move(arguments).value_or(std::vector<std::string>{})};
}

void ProcessReader::read(pid_t pid, ProcessReading &reading, std::chrono::nanoseconds cpuTime,
                         bool readsArguments) const
{
    const auto begun = m_clock.sinceBoot();
    auto stat = readStat(pid, reading);
    const auto isKnown = [&] { return reading.info && reading.info->id.startTicks == stat->startTicks; };
    // A pid that is given out anew within one tick looks the same, and it may have been since the process was read.
    const auto isYoung = [&] { return begun <= timeFromTicks(stat->startTicks + 1); };
    std::optional<PidFd> handle;
    if (stat && (isYoung() || (isKnown() && !reading.isUnambiguous))) {
        handle = pinOf(m_proc, pid); // before it is read: only so does it tell of whom that is
        stat = readProcStat(m_proc, pid);
    }
    if (!stat) {
        drop(reading, cpuTime, stat.error());
        return;
    }
    const auto serial = handle ? serialOf(handle) : isKnown() ? reading.info->serial : std::nullopt;
    const bool isSame = isKnown() && reading.info->serial == serial;
    reading.isUnambiguous = !isYoung();
    if (!isSame) {
        reading.reads = 0;
        reading.cpuShare.reset();
    }
    auto info = infoFrom(pid, *std::move(stat));
    if (isSame && isDying(*info, *reading.info)) {
        reading.cpuTime = cpuTime;
        return; // what it was is the last that can be known of it
    }
    info->serial = serial;
    info->cpuTime = cpuTime;
    info->cpuShare = reading.cpuShare;
    if (!isSame || reading.info->name != info->name || reading.reads < YoungReads || readsArguments) {
        auto identity = readIdentity(pid, info->isKernelThread);
        if (!identity) {
            drop(reading, cpuTime, identity.error());
            return;
        }
        info->uid = identity->uid;
        info->arguments = std::move(identity->arguments);
    } else {
        info->uid = reading.info->uid;
        info->arguments = reading.info->arguments;
    }
    reading.isRefused = false;
    reading.cpuTime = cpuTime;
    reading.parentPid = info->parentPid;
    ++reading.reads;
    if (!isSame || *info != *reading.info) {
        reading.info = std::move(info);
    }
}

} // namespace Quay
