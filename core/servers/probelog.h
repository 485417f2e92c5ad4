// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/waitprobe.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// Attempts of a probe in a row that ended alike.
struct ProbeAttempts
{
    std::string run; ///< Its id.
    std::string probe; ///< Its name. Raw bytes.
    Attempt attempt;
    std::uint64_t count = 1;
    std::chrono::nanoseconds firstAt{}; ///< since 1970
    std::chrono::nanoseconds lastAt{}; ///< since 1970

    bool operator==(const ProbeAttempts &) const = default;
};

/**
 * Writes down how each attempt of a server's probes ended.
 *
 * A server that starts is looked at every few milliseconds, and one that is well for months: attempts that end as the
 * one before are counted, and the count is written when it has doubled, when another one ends otherwise, and at the
 * end. Who is killed loses less than half of a count, and no outcome.
 *
 * Nothing becomes of a failure to write: a server is none the worse for that.
 *
 * Threads: not shared; blocks for as long as the file system does.
 */
class ProbeLog
{
public:
    /// At this size the file is renamed and a new one begun; the one that was renamed before is gone then.
    static constexpr std::uint64_t MostBytes = std::uint64_t{256} * 1024;

    /// @p path: see ServerPlaces::probes().
    explicit ProbeLog(std::string path);
    ProbeLog(const ProbeLog &) = delete;
    ProbeLog &operator=(const ProbeLog &) = delete;
    /// As conclude().
    ~ProbeLog();

    /// @p at: since 1970.
    void note(const std::string &run, const std::string &probe, const Attempt &attempt, std::chrono::nanoseconds at);
    /// Writes down all counts: the probes are not asked any more.
    void conclude();

private:
    struct Course
    {
        ProbeAttempts attempts;
        std::uint64_t writtenCount = 1;
    };

    void writeCount(Course &course) const;
    void write(const std::string &line) const;

    std::string m_path;
    std::map<std::string, Course> m_courses; ///< By probe.
};

/// What a log of probes says, by the time of the first of each. Lines that are torn or of a later version are left out.
/// Threads: pure function.
[[nodiscard]] std::vector<ProbeAttempts> probeAttemptsFrom(std::string_view text);

/// The same of the files that ProbeLog writes. Empty when there are none. Threads: any; blocks.
[[nodiscard]] std::vector<ProbeAttempts> readProbeLog(const std::string &path);

} // namespace Quay
