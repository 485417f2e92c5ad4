// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/selfcost.h"

#include "core/base/readfile.h"
#include "core/kernel/procfs.h"

#include <charconv>
#include <string>
#include <utility>

#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

namespace Quay {

namespace {

std::chrono::nanoseconds toNanoseconds(const timeval &time)
{
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

/// The second number of /proc/self/statm, in bytes.
Result<std::uint64_t> residentBytes(const std::string &statm)
{
    const auto blank = statm.find(' ');
    if (blank == std::string::npos) {
        return fail(ErrorCode::Malformed, statm);
    }
    std::uint64_t pages = 0;
    const auto parsed = std::from_chars(statm.data() + blank + 1, statm.data() + statm.size(), pages);
    if (parsed.ec != std::errc()) {
        return fail(ErrorCode::Malformed, statm);
    }
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

} // namespace

std::chrono::nanoseconds ownCpuTime()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage); // cannot fail with these arguments
    return toNanoseconds(usage.ru_utime) + toNanoseconds(usage.ru_stime);
}

SelfCost::SelfCost(const ProcFs &proc, OwnCpuTime cpuTime, const Clock &clock)
    : m_proc(&proc)
    , m_cpuTime(std::move(cpuTime))
    , m_clock(&clock)
{
}

Result<SelfCostSample> SelfCost::sample()
{
    const auto resident = readFileAt(m_proc->directory(), "self/statm").and_then(residentBytes);
    if (!resident) {
        return std::unexpected(resident.error());
    }
    SelfCostSample sample{.cpuShare = std::nullopt, .residentBytes = *resident};
    const auto cpu = m_cpuTime();
    const auto now = m_clock->monotonic();
    if (m_lastCpu && now > m_lastTime) {
        sample.cpuShare =
            std::chrono::duration<double>(cpu - *m_lastCpu) / std::chrono::duration<double>(now - m_lastTime);
    }
    m_lastCpu = cpu;
    m_lastTime = now;
    return sample;
}

} // namespace Quay
