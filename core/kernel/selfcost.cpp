// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/selfcost.h"

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/textcursor.h"
#include "core/kernel/procfs.h"

#include <cstdint>
#include <string>
#include <string_view>
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

} // namespace

Result<std::uint64_t> parseResidentPages(std::string_view statm)
{
    TextCursor cursor(statm);
    const auto total = numberFromText<std::uint64_t>(cursor.takeField());
    const auto resident = numberFromText<std::uint64_t>(cursor.takeField());
    if (!total || !resident) {
        return fail(ErrorCode::Malformed, std::string(statm));
    }
    return *resident;
}

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
    const auto pages = readFileAt(m_proc->directory(), "self/statm").and_then(parseResidentPages);
    if (!pages) {
        return std::unexpected(pages.error());
    }
    const auto pageBytes = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    SelfCostSample sample{.cpuShare = std::nullopt, .residentBytes = *pages * pageBytes};
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
