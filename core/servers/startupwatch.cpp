// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/startupwatch.h"

#include "core/base/clock.h"
#include "core/probes/waitprobe.h"
#include "core/processes/secrettext.h"
#include "core/servers/probecourse.h"
#include "core/servers/probegroup.h"
#include "core/servers/probespec.h"
#include "core/servers/serverlife.h"
#include "core/servers/serverspec.h"
#include "core/servers/serverstate.h"
#include "core/servers/startuplooks.h"
#include "core/servers/startupplan.h"
#include "core/startup/startuprules.h"
#include "core/supervise/criline.h"
#include "core/supervise/runevent.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr std::size_t LastLines = 5;
constexpr auto Afterwards = 300ms; // what it printed before it was ready may arrive so late

} // namespace

StartupWatch::StartupWatch(const ServerSpec &spec, const ProbeMachine &machine, std::string file)
    : m_spec(spec)
    , m_machine(machine)
    , m_file(std::move(file))
{
}

nanoseconds StartupWatch::now() const
{
    return m_machine.clock->monotonic();
}

/// Whether it is to open a port by itself, at some time.
bool StartupWatch::isToListen() const
{
    return opensPorts(m_spec);
}

bool StartupWatch::isLooking() const
{
    return m_isUnderWay && m_looks && !m_readyAt;
}

ReachabilityClaim StartupWatch::claim() const
{
    return {.saidUpAt = m_saidUpAt, .listenedAt = m_listenedAt, .isUnwell = m_isUnwell};
}

LookWishes StartupWatch::wishes() const
{
    return {.forListening = isLooking() && !m_listenedAt,
            .forUsage = isLooking(),
            .forReachability = isLooking() || m_isUnwell ? std::optional(claim()) : std::nullopt};
}

std::vector<StartupNews> StartupWatch::takeNews()
{
    return std::exchange(m_news, {});
}

std::optional<Contradiction> StartupWatch::contradiction() const
{
    return m_looks ? m_looks->contradiction() : std::nullopt;
}

std::vector<std::string> StartupWatch::lastLines() const
{
    std::vector<std::string> lines;
    std::ranges::transform(m_lines, std::back_inserter(lines), maskedText);
    return lines;
}

std::vector<OverduePhase> StartupWatch::overdue() const
{
    if (!m_timeline || !m_looks) {
        return {};
    }
    auto overdue = overduePhases(*m_timeline, m_deadlines, m_looks->samples(), now());
    for (auto &phase : overdue) { // who listens by now is not what it waits for
        std::erase_if(phase.refused, [this](const auto &endpoint) { return isListenedAt(*m_machine.diag, endpoint); });
    }
    return overdue;
}

void StartupWatch::begin()
{
    m_timeline.emplace(now(), m_machine.clock->realTime());
    m_timeline->begin(m_spec.needs.empty() ? BuiltInPhase::Preflight : BuiltInPhase::WaitingForNeeds, now());
    m_recogniser.emplace(StartupRules::builtIn(), startedKind(m_spec), ownPhases(m_spec));
    m_looks.reset();
    m_deadlines = ownDeadlines(m_spec);
    const auto more = builtInDeadlines(m_spec);
    m_deadlines.insert(m_deadlines.end(), more.begin(), more.end());
    m_toldOverdue.clear();
    m_blockers.clear();
    m_nextDeadline.reset();
    m_isUnderWay = true;
    m_wasGivenUp = false;
    m_isUnwell = false;
    m_launchedAt.reset();
    m_listenedAt.reset();
    m_saidUpAt.reset();
    m_readyAt.reset();
    m_lines.clear();
}

void StartupWatch::follow(const ServerLife &life, pid_t supervisor)
{
    m_isUnwell = life.state() == ServerState::Unhealthy;
    switch (life.state()) {
    case ServerState::Checking:
        if (m_isUnderWay && !m_spec.needs.empty()) {
            m_timeline->end(BuiltInPhase::WaitingForNeeds, PhaseSource::Agent, now());
            m_timeline->begin(BuiltInPhase::Preflight, now());
        }
        return;
    case ServerState::Starting:
        if (m_isUnderWay) {
            m_timeline->end(BuiltInPhase::Preflight, PhaseSource::Agent, now());
            m_timeline->begin(BuiltInPhase::Spawned, now());
        }
        return;
    case ServerState::Ready:
        becameReady();
        return;
    case ServerState::Unhealthy:
        m_wasGivenUp = true;
        if (m_readyAt) {
            conclude(StartOutcome::Ready, false);
        } else if (m_isUnderWay) {
            m_news.emplace_back(runWith(*m_timeline, StartOutcome::Failed)); // its end, if it comes, takes the place
        }
        if (!m_looks && supervisor != 0 && m_spec.externalTool.empty()) {
            m_looks.emplace(m_spec, m_machine, supervisor);
        }
        return;
    case ServerState::Waiting:
    case ServerState::Stopping:
    case ServerState::Stopped:
    case ServerState::Failed:
    case ServerState::CrashLoop:
    case ServerState::LeftOver:
        break;
    }
    const auto cause = life.reason().cause;
    if (cause == StateCause::Need) {
        m_blockers = life.reason().subject;
    }
    const bool isAsked = cause == StateCause::Asked || cause == StateCause::GroupEnded || cause == StateCause::Files;
    const auto unready = isAsked && !m_wasGivenUp ? StartOutcome::Stopped : StartOutcome::Failed;
    conclude(m_readyAt ? StartOutcome::Ready : unready, true);
    m_looks.reset(); // those of a server that was not well
}

void StartupWatch::blockedBy(std::string checks)
{
    m_blockers = std::move(checks);
}

void StartupWatch::launched(pid_t supervisor)
{
    if (!m_isUnderWay) {
        return;
    }
    m_launchedAt = now();
    m_timeline->end(BuiltInPhase::Spawned, PhaseSource::Agent, *m_launchedAt);
    if (m_spec.externalTool.empty()) { // else its processes are somewhere else
        m_looks.emplace(m_spec, m_machine, supervisor);
        m_looks->begin();
    }
    m_timeline->begin(isToListen() ? BuiltInPhase::Listening : BuiltInPhase::Ready, *m_launchedAt);
    m_nextDeadline = nextDeadline(*m_timeline, m_deadlines, *m_launchedAt);
}

void StartupWatch::eventCame(const RunEvent &event)
{
    if (!m_isUnderWay) {
        return;
    }
    const auto at = now() - std::max(m_machine.clock->sinceBoot() - event.at.sinceBoot, nanoseconds{});
    if (event.kind == RunEventKind::FirstOutput) {
        m_timeline->end(BuiltInPhase::FirstOutput, PhaseSource::Output, at);
    } else if (event.kind == RunEventKind::Ready) {
        m_saidUpAt = m_saidUpAt.value_or(at);
    }
}

void StartupWatch::lineCame(const OutputLine &line)
{
    if (!m_isUnderWay || !m_launchedAt) {
        return;
    }
    m_lines.push_back(line.text.substr(0, MostMarkLineBytes));
    if (m_lines.size() > LastLines) {
        m_lines.pop_front();
    }
    // Arrival is by the wall clock, which may have been set meanwhile.
    const auto at = std::clamp(now() - (m_machine.clock->realTime() - line.realTime), *m_launchedAt, now());
    m_timeline->end(BuiltInPhase::FirstOutput, PhaseSource::Output, at);
    for (const auto &mark : m_recogniser->feed(line.text, line.stream, at)) {
        m_timeline->apply(mark);
        take(mark);
        m_nextDeadline = nextDeadline(*m_timeline, m_deadlines, now());
    }
}

void StartupWatch::take(const StartupMark &mark)
{
    if (mark.says == Saying::Listening || mark.says == Saying::Ready) {
        m_saidUpAt = m_saidUpAt.value_or(mark.at);
    } else if (mark.says == Saying::Refused && mark.port && m_looks) {
        m_looks->refusalSaid(mark.host, *mark.port);
    }
}

void StartupWatch::probed(const ProbeGroup &readiness)
{
    if (!m_isUnderWay || !m_timeline) {
        return;
    }
    for (const auto *const course : readiness.courses()) {
        const auto what = course->seen().what;
        const bool hasAnswered = what == Observation::What::HttpStatus || what == Observation::What::HttpBodyMismatch
            || what == Observation::What::HttpHeaderMissing;
        const bool wasAccepted = what == Observation::What::Connected
            && (std::holds_alternative<AcceptingCondition>(course->spec().condition)
                || (m_looks && m_looks->areQueuesEmpty()));
        if (hasAnswered || wasAccepted) {
            m_timeline->end(BuiltInPhase::Accepting, PhaseSource::Probe, now());
        }
    }
}

void StartupWatch::becameReady()
{
    if (!m_isUnderWay) {
        if (m_looks && m_looks->clearContradiction()) {
            m_news.emplace_back(ContradictionChanged{});
        }
        return;
    }
    if (m_readyAt) {
        return;
    }
    const auto at = now();
    if (m_looks) {
        lookForListening();
        m_looks->lookAtUsage();
        if (m_looks->clearContradiction()) {
            m_news.emplace_back(ContradictionChanged{});
        }
    }
    m_timeline->end(BuiltInPhase::Ready, PhaseSource::Probe, at);
    m_readyAt = at;
    if (!m_spec.liveness.empty()) {
        m_timeline->begin(BuiltInPhase::Healthy, at);
    }
    m_deadlines = ownDeadlines(m_spec);
    m_nextDeadline = nextDeadline(*m_timeline, m_deadlines, at);
}

void StartupWatch::conclude(StartOutcome outcome, bool hasEnded)
{
    if (!m_isUnderWay) {
        return;
    }
    m_isUnderWay = false;
    if (m_looks && !m_readyAt) {
        m_looks->lookAtUsage();
    }
    if (hasEnded) {
        m_timeline->serverEnded(now(), m_blockers);
    }
    m_news.emplace_back(runWith(*m_timeline, outcome));
    m_recogniser.reset();
    m_looks.reset();
}

/// As far as it is known by now.
StartupRun StartupWatch::runWith(Timeline timeline, StartOutcome outcome) const
{
    if (m_looks) {
        timeline.attribute(m_looks->samples(), m_readyAt.value_or(now()));
    }
    return {.file = m_file,
            .server = m_spec.name,
            .beganAt = timeline.beginWall(),
            .outcome = outcome,
            .readyAfter = timeline.readyAfter(),
            .phases = timeline.phases()};
}

void StartupWatch::lookForListening()
{
    if (m_listenedAt) {
        return;
    }
    if (const auto endpoint = m_looks->lookForListening()) {
        m_listenedAt = now();
        m_timeline->end(BuiltInPhase::Listening, PhaseSource::Kernel, *m_listenedAt, *endpoint);
        m_timeline->begin(BuiltInPhase::Ready, *m_listenedAt);
    }
}

void StartupWatch::checkDeadlines(nanoseconds now)
{
    m_nextDeadline = nextDeadline(*m_timeline, m_deadlines, now);
    for (auto &phase : overdue()) {
        if (m_toldOverdue.insert(phase.phase).second) {
            m_news.emplace_back(std::move(phase));
        }
    }
}

/// Whether nothing more is to be expected of a start that came to its end.
bool StartupWatch::isSettled(nanoseconds now, const ProbeGroup &liveness) const
{
    return m_readyAt && now >= *m_readyAt + Afterwards && !m_nextDeadline && liveness.standing() != ProbeStanding::Open;
}

std::optional<nanoseconds> StartupWatch::due() const
{
    std::optional<nanoseconds> earliest;
    const auto consider = [&earliest](std::optional<nanoseconds> due) {
        if (due && (!earliest || *due < *earliest)) {
            earliest = due;
        }
    };
    if (m_isUnderWay) {
        consider(m_nextDeadline);
    }
    if (m_looks) {
        consider(m_looks->due(wishes()));
    }
    if (m_isUnderWay && m_readyAt && now() < *m_readyAt + Afterwards) {
        consider(*m_readyAt + Afterwards);
    }
    return earliest;
}

void StartupWatch::proceed(const ProbeGroup &readiness, const ProbeGroup &liveness)
{
    const auto at = now();
    if (isLooking()) {
        if (!m_listenedAt && m_looks->isListeningDue()) {
            lookForListening();
        }
        m_looks->lookAtUsageIfDue();
    }
    if (m_isUnderWay && m_nextDeadline && at >= *m_nextDeadline) {
        checkDeadlines(at);
    }
    if (m_looks && (isLooking() || m_isUnwell)
        && m_looks->judgeReachability(claim(), readiness.isEmpty() ? liveness : readiness)) {
        m_news.emplace_back(ContradictionChanged{});
    }
    if (m_isUnderWay && m_readyAt && !liveness.isEmpty() && liveness.standing() == ProbeStanding::Met) {
        m_timeline->end(BuiltInPhase::Healthy, PhaseSource::Probe, at);
    }
    if (m_isUnderWay && isSettled(at, liveness)) {
        conclude(StartOutcome::Ready, false);
    }
}

} // namespace Quay
