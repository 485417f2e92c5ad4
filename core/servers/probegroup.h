// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/probes/waitprobe.h"
#include "core/servers/factprobe.h"
#include "core/servers/probecourse.h"
#include "core/servers/probefactory.h"
#include "core/servers/probespec.h"
#include "core/servers/serverspec.h"

#include <QRegularExpression>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

/// How an attempt of a probe ended.
struct ProbedAttempt
{
    std::string probe; ///< Its name.
    Attempt attempt;
};

/// What the probes of a group are for, and so what it means that one of them cannot be made: nothing speaks HTTP here.
enum class ProbePurpose : std::uint8_t
{
    Readiness, ///< It is not met, and fails in the end: what nobody has asked is not ready.
    /// It is Unknown until it can: nothing is known against the server, which is neither called well nor restarted.
    Liveness,
};

/// Several probes of one run, and what they amount to together. Threads: not shared. Never blocks.
class ProbeGroup
{
public:
    /// @p server and @p machine outlive this object.
    ProbeGroup(const ServerSpec &server, const ProbeMachine &machine, ProbePurpose purpose = ProbePurpose::Readiness);

    /// @p run: its fact is made here, for each probe its own.
    void begin(const std::vector<ProbeSpec> &specs, const ProbedRun &run, std::chrono::nanoseconds startedAt);
    void clear() noexcept { m_probings.clear(); }
    [[nodiscard]] bool isEmpty() const noexcept { return m_probings.empty(); }

    /// The server has written that; whole lines. Raw bytes.
    void lineCame(const std::string &line);
    /// It has said that it is ready, by sd_notify.
    void readyCame();
    /// It has said that it is alive, or not for longer than it may.
    void aliveCame(bool isAlive);

    void collect(PollSet &set) const;
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const;
    /// Whether the standing of one has changed.
    bool proceed(std::chrono::nanoseconds now, const PollSet &set);

    /// The attempts that have ended since this was last asked, also of probes that are not asked any more.
    [[nodiscard]] std::vector<ProbedAttempt> takeAttempts() { return std::exchange(m_attempts, {}); }

    /// Met when all are, Failed when one is, else Unknown when one is. Met without any.
    [[nodiscard]] ProbeStanding standing() const;
    /// The first that has failed; null when none has.
    [[nodiscard]] const ProbeCourse *failed() const;
    /// The first that is Unknown although it was tried; null when there is none.
    [[nodiscard]] const ProbeCourse *unknown() const;
    /// All of them, in the order of the configuration; until the next begin() or clear().
    [[nodiscard]] std::vector<const ProbeCourse *> courses() const;

private:
    struct Probing
    {
        ProbeCourse course;
        std::shared_ptr<AwaitedFact> fact; ///< Of one that awaits one.
        QRegularExpression pattern; ///< Of a line; empty for all others.
        bool awaitsReady = false;
        bool awaitsAlive = false;
    };

    /// The course of one; also when the probe cannot be made.
    [[nodiscard]] ProbeCourse courseOf(const ProbeSpec &spec, const ProbedRun &run,
                                       std::chrono::nanoseconds startedAt) const;

    const ServerSpec &m_server;
    const ProbeMachine &m_machine;
    ProbePurpose m_purpose;
    std::vector<Probing> m_probings;
    std::vector<ProbedAttempt> m_attempts; ///< Not taken yet.
};

} // namespace Quay
