// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/contradictionwatch.h"
#include "core/servers/startuplooks.h"
#include "core/startup/contradiction.h"
#include "core/startup/phasedeadlines.h"
#include "core/startup/recogniser.h"
#include "core/startup/startuprun.h"
#include "core/startup/timeline.h"

#include <chrono>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProbeGroup;
class ServerLife;
struct OutputLine;
struct ProbeMachine;
struct RunEvent;
struct ServerSpec;

/// What it says of itself and what can be seen of it contradict each other in another way than before, or no more: see
/// StartupWatch::contradiction().
struct ContradictionChanged
{
    bool operator==(const ContradictionChanged &) const = default;
};

/// What is new about a start: a phase did not end in time, a contradiction, or the start is over.
using StartupNews = std::variant<OverduePhase, ContradictionChanged, StartupRun>;

/**
 * Watches the starts of one server: tells each apart into phases, sees what its processes do meanwhile, and whether
 * what the server says of itself fits to what can be seen.
 *
 * A start is over when the server is ready and, where it has liveness probes, healthy; what its output says within a
 * moment, and until the deadlines of the user's own phases, still belongs to it. The kernel is looked at until it is
 * ready and no longer, but for a server that is not well: whether it can be reached is looked at now and then.
 *
 * Threads: not shared. Never blocks for longer than a look into /proc.
 */
class StartupWatch
{
public:
    /// @p spec and @p machine outlive this object. @p file: see StartupRun.
    StartupWatch(const ServerSpec &spec, const ProbeMachine &machine, std::string file);

    // What becomes of the server.
    /// It is to be started, once what it needs is there.
    void begin();
    /// It is in another state. @p supervisor: 0 without.
    void follow(const ServerLife &life, pid_t supervisor);
    /// @p checks: those that stand in the way of the start; see blockersIn(). Before follow() tells of its end.
    void blockedBy(std::string checks);
    /// Its program runs, below @p supervisor.
    void launched(pid_t supervisor);
    void eventCame(const RunEvent &event);
    void lineCame(const OutputLine &line);
    /// An attempt of a readiness probe has changed its standing.
    void probed(const ProbeGroup &readiness);

    /// When proceed() is to be called at the latest; CLOCK_MONOTONIC.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const;
    void proceed(const ProbeGroup &readiness, const ProbeGroup &liveness);
    /// What has come up since the last call.
    [[nodiscard]] std::vector<StartupNews> takeNews();

    /// Whether a start is timed: it has begun, and what belongs to it may still come.
    [[nodiscard]] bool isUnderWay() const noexcept { return m_isUnderWay; }
    /// Of the last start, as far as it has come; null when there was none.
    [[nodiscard]] const Timeline *timeline() const noexcept { return m_timeline ? &*m_timeline : nullptr; }
    /// The phases that are past their deadline by now.
    [[nodiscard]] std::vector<OverduePhase> overdue() const;
    /// What its words and what can be seen of it contradict each other in, while it runs.
    [[nodiscard]] std::optional<Contradiction> contradiction() const;
    /// The last lines of its start, the oldest first, without secrets. Raw bytes.
    [[nodiscard]] std::vector<std::string> lastLines() const;

private:
    [[nodiscard]] std::chrono::nanoseconds now() const;
    [[nodiscard]] bool isLooking() const;
    [[nodiscard]] bool isToListen() const;
    [[nodiscard]] ReachabilityClaim claim() const;
    [[nodiscard]] LookWishes wishes() const;
    void becameReady();
    void conclude(StartOutcome outcome, bool hasEnded);
    [[nodiscard]] StartupRun runWith(Timeline timeline, StartOutcome outcome) const;
    void take(const StartupMark &mark);
    void lookForListening();
    void checkDeadlines(std::chrono::nanoseconds now);
    [[nodiscard]] bool isSettled(std::chrono::nanoseconds now, const ProbeGroup &liveness) const;

    const ServerSpec &m_spec;
    const ProbeMachine &m_machine;
    std::string m_file;
    std::optional<Timeline> m_timeline;
    std::optional<Recogniser> m_recogniser; ///< While lines are of interest.
    std::optional<StartupLooks> m_looks; ///< Nothing without processes of its own.
    std::vector<PhaseDeadline> m_deadlines;
    std::set<std::string> m_toldOverdue; ///< Names of phases.
    std::string m_blockers; ///< What stood in the way of its start, as far as that is known.
    std::optional<std::chrono::nanoseconds> m_nextDeadline;
    bool m_isUnderWay = false;
    bool m_wasGivenUp = false; ///< Not ready in time, and still there.
    bool m_isUnwell = false;
    std::optional<std::chrono::nanoseconds> m_launchedAt;
    std::optional<std::chrono::nanoseconds> m_listenedAt;
    std::optional<std::chrono::nanoseconds> m_saidUpAt;
    std::optional<std::chrono::nanoseconds> m_readyAt;
    std::deque<std::string> m_lines; ///< The last ones.
    std::vector<StartupNews> m_news;
};

} // namespace Quay
