// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/serverrunner.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/pollset.h"
#include "core/kernel/pidfd.h"
#include "core/logs/runspan.h"
#include "core/servers/checklabel.h"
#include "core/servers/foundrun.h"
#include "core/servers/preflight.h"
#include "core/servers/preflightrun.h"
#include "core/servers/probecourse.h"
#include "core/servers/runaccount.h"
#include "core/servers/runlink.h"
#include "core/servers/runplan.h"
#include "core/servers/serverhealth.h"
#include "core/servers/serverlife.h"
#include "core/servers/serverspec.h"
#include "core/servers/serverstate.h"
#include "core/servers/startupwatch.h"
#include "core/servers/stopcourse.h"
#include "core/supervise/rundescription.h"
#include "core/supervise/runpresence.h"
#include "core/supervise/runrecord.h"
#include "core/supervise/serverkey.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace Quay {

namespace {

/// Whether it was over, or in the pause before a restart: then that goes on.
bool canBeRecalled(const KnownServer &known)
{
    switch (known.state) {
    case ServerState::Failed:
    case ServerState::CrashLoop:
        return true;
    case ServerState::Stopped:
        return known.reason.cause != StateCause::Nothing && !known.isWanted;
    case ServerState::Waiting:
        return known.isWanted && known.reason.cause == StateCause::Pause;
    case ServerState::LeftOver:
    case ServerState::Checking:
    case ServerState::Starting:
    case ServerState::Ready:
    case ServerState::Unhealthy:
    case ServerState::Stopping:
        break;
    }
    return false;
}

} // namespace

ServerRunner::ServerRunner(ServerSpec spec, const RunnerSettings &settings, RunnerListener &listener)
    : m_written(std::move(spec))
    , m_started(m_written)
    , m_spec(m_written)
    , m_settings(settings)
    , m_listener(listener)
    , m_places(settings.places.of({.project = settings.project, .name = m_spec.name}))
    , m_life(m_spec.restart, *settings.probes.clock, settings.chance)
    , m_health(m_spec, settings.probes)
    , m_probeLog(m_places.probes())
    , m_startup(m_spec, settings.probes, settings.file)
    , m_stop(*settings.probes.proc, m_places, identity())
    , m_alerts(std::in_place, alertRules(m_spec), m_places.log(), m_places.alerts())
    , m_files(std::in_place, m_spec)
{
}

std::chrono::nanoseconds ServerRunner::now() const
{
    return m_settings.probes.clock->monotonic();
}

void ServerRunner::setSpec(ServerSpec spec)
{
    m_written = std::move(spec);
    if (!isUp(m_life.state())) {
        beginWith(m_written);
    }
}

void ServerRunner::beginWith(const ServerSpec &spec)
{
    const ServerSpec before = std::exchange(m_started, spec);
    if (before.alerts != spec.alerts) {
        m_alerts.reset(); // it writes down what was counted
        m_alerts.emplace(alertRules(spec), m_places.log(), m_places.alerts());
    }
    if (before.watch != spec.watch || before.onExit != spec.onExit) {
        m_files.emplace(spec);
    }
    m_spec = spec; // the ports of the last run may have been the next ones
    m_life.setRule(m_spec.restart);
}

bool ServerRunner::isOutdated() const
{
    return isUp(m_life.state()) && m_written != m_started;
}

ServerIdentity ServerRunner::identity() const
{
    return {.project = m_settings.project, .name = m_spec.name};
}

void ServerRunner::takeUp(const KnownServer &known)
{
    m_life.rememberRestarts(known.restarts);
    auto found = findRun(*m_settings.probes.proc, m_places, identity(), known);
    if (auto *const running = std::get_if<RunningRun>(&found)) {
        attach(std::move(*running), known);
    } else if (const auto *const ended = std::get_if<EndedRun>(&found)) {
        conclude(*ended);
    } else if (std::holds_alternative<OrphanedRun>(found)) {
        carryOut(m_life.supervisorGone(true));
    } else if (canBeRecalled(known)) {
        m_account = accountOf(m_places, lastRun());
        carryOut(m_life.recall(known.state, known.reason, known.since));
    } else if (known.isWanted) {
        start();
        m_life.rememberRestarts(known.restarts); // nobody has asked for a new beginning
    }
}

void ServerRunner::adopt()
{
    if (!runElsewhere()) {
        return;
    }
    auto found = findRun(*m_settings.probes.proc, m_places, identity(), {});
    if (auto *const running = std::get_if<RunningRun>(&found)) {
        attach(std::move(*running), {});
    }
}

void ServerRunner::attach(RunningRun found, const KnownServer &known)
{
    const RunTime &startedAt = found.lease.startedAt;
    const auto ranFor = m_settings.probes.clock->sinceBoot() - startedAt.sinceBoot;
    m_link = std::move(found.link);
    m_account = {}; // all that was recorded of it is told again
    m_run = RunMoment{.id = found.lease.runId,
                      .startedAt = startedAt.realTime,
                      .supervisor = found.lease.supervisor,
                      .server = found.lease.server};
    m_launchedAt = now() - ranFor;
    m_environment = environmentFor(m_spec, m_settings.inherited).variables;
    auto actions = m_life.adopt(ranFor);
    if (found.wasReady) {
        m_startedIn = known.readyAfter;
        actions = m_life.readinessMet();
    }
    carryOut(actions);
    m_log.emplace(m_places.log()); // not before its probes are there, which look for lines
    if (found.wasReady || !awaitsLine(m_spec)) {
        m_log->skipToEnd();
    } else {
        // What it waits for may have been said already.
        const auto span = findRunSpan(m_places, found.lease.runId);
        m_logSince = span ? span->begin : startedAt.realTime;
    }
    readLog();
    if (known.run == found.lease.runId && known.state == m_life.state()) {
        m_life.setSince(known.since);
    }
}

void ServerRunner::conclude(const EndedRun &found)
{
    m_account = found.account;
    std::ignore = m_life.adopt(found.ranFor); // for as long as it takes to say how it ended
    if (m_account.wasAskedToStop) {
        m_life.stopSeen();
    }
    carryOut(found.hasEnded ? m_life.exited(m_account.exit.value_or(ExitStatus())) : m_life.supervisorGone(false));
}

void ServerRunner::start(StateReason why)
{
    carryOut(m_life.start(std::move(why)));
}

void ServerRunner::stop()
{
    m_files->stopAsked();
    carryOut(m_life.stop());
}

void ServerRunner::restart()
{
    carryOut(m_life.restart());
}

void ServerRunner::stopWith(const std::string &server)
{
    m_files->stopAsked();
    carryOut(m_life.stop({.cause = StateCause::GroupEnded, .subject = server}));
}

void ServerRunner::kill()
{
    m_stop.kill();
    const bool wasAsked = m_life.state() == ServerState::Stopping;
    stop();
    if (wasAsked) {
        askToStop();
    }
}

void ServerRunner::needsMet()
{
    m_awaitsNeeds = false;
    carryOut(m_life.needsMet());
}

void ServerRunner::needFailed(const std::string &server)
{
    m_awaitsNeeds = false;
    carryOut(m_life.needFailed(server));
}

void ServerRunner::waitsFor(const std::string &server)
{
    if (m_life.reason().cause != StateCause::Need || m_life.reason().subject != server) {
        m_life.waitsFor(server);
        m_listener.stateChanged(*this);
    }
}

void ServerRunner::carryOut(const LifeActions &actions)
{
    const ServerState state = m_life.state();
    m_awaitsNeeds = m_awaitsNeeds && state == ServerState::Waiting;
    if (state != ServerState::Checking) {
        m_preflight.reset();
    }
    if (!isUp(state) || state == ServerState::Stopping || state == ServerState::LeftOver) {
        m_health.clear();
    }
    if (state != ServerState::Stopping) {
        m_stop.clear();
    }
    m_pauseUntil.reset();
    m_files->follow(m_life);
    tellIfChanged();
    for (const LifeAction action : actions) {
        switch (action) {
        case LifeAction::WatchNeeds:
            m_startup.begin();
            m_awaitsNeeds = true;
            break;
        case LifeAction::CheckMachine:
            check();
            break;
        case LifeAction::Launch:
            launch();
            break;
        case LifeAction::Probe:
            probe();
            break;
        case LifeAction::AskToStop:
            askToStop();
            break;
        case LifeAction::AwaitPause:
            m_pauseUntil = m_life.since() + m_life.reason().pause.value_or(std::chrono::milliseconds(0));
            break;
        }
    }
}

void ServerRunner::tellIfChanged()
{
    if (std::exchange(m_toldGeneration, m_life.generation()) != m_life.generation()) {
        readLog(); // what it has written belongs to the state before
        m_startup.follow(m_life, supervisor());
        m_listener.stateChanged(*this);
        tellStartup();
    }
}

/// 0 without a run.
pid_t ServerRunner::supervisor() const
{
    return m_link && m_run && m_run->supervisor ? m_run->supervisor->id.pid : 0;
}

void ServerRunner::tellStartup()
{
    for (const auto &news : m_startup.takeNews()) {
        m_listener.startupNewsCame(*this, news);
    }
}

void ServerRunner::check()
{
    beginWith(m_written);
    m_environment = environmentFor(m_spec, m_settings.inherited).variables;
    m_preflight = std::make_unique<PreflightRun>(
        std::vector{PreflightServer{.spec = m_spec, .environment = m_environment}}, m_settings.preflight);
}

void ServerRunner::takeChecks(const PollSet &set)
{
    if (m_preflight == nullptr) {
        return;
    }
    m_preflight->proceed(set);
    if (!m_preflight->isDone()) {
        return;
    }
    m_checks = m_preflight->outcomes();
    m_preflight.reset();
    takeNextPorts(m_checks, m_spec, m_environment);
    m_startup.blockedBy(blockersIn(m_checks));
    carryOut(m_life.checked(mayStart(m_checks)));
}

/// Its id; empty when it never ran.
std::string ServerRunner::lastRun() const
{
    const auto runs = listRuns(m_places.records());
    return runs.empty() ? std::string() : runs.front();
}

void ServerRunner::launch()
{
    m_account = {};
    m_startedIn.reset();
    m_launchFailure.reset();
    m_launchedAt = now();
    m_logSince.reset();
    m_run = RunMoment{.id = makeRunId(*m_settings.probes.clock, lastRun()),
                      .startedAt = m_settings.probes.clock->realTime(),
                      .supervisor = {},
                      .server = {}};
    const auto description = describeRun(m_spec, identity(), m_places, m_run->id, m_environment);
    m_log.emplace(m_places.log());
    m_log->skipToEnd(); // what earlier runs wrote
    auto link = RunLink::launch(m_settings.superviseProgram, description, m_settings.scopes);
    if (!link) {
        take(link.error());
        return;
    }
    m_link = *std::move(link);
}

void ServerRunner::takeNews(const PollSet &set)
{
    if (!m_link || !set.hasCome(m_link->awaited())) {
        return;
    }
    for (const auto &news : m_link->proceed()) {
        take(news);
    }
}

void ServerRunner::take(const RunNews &news)
{
    if (const auto *const launched = std::get_if<Launched>(&news)) {
        m_run->supervisor = launched->supervisor;
        m_run->server = launched->server;
        m_launchedAt = now();
        m_startup.launched(supervisor());
        carryOut(m_life.launched());
    } else if (const auto *const failure = std::get_if<LaunchFailure>(&news)) {
        m_link.reset();
        m_run.reset();
        m_launchFailure = *failure;
        if (failure->problem == LaunchProblem::LeftOvers) {
            carryOut(m_life.supervisorGone(true));
        } else {
            carryOut(m_life.launchFailed(failure->error));
        }
    } else if (const auto *const event = std::get_if<RunEvent>(&news)) {
        takeEvent(*event);
    } else if (std::holds_alternative<LogPosition>(news)) {
        readLog();
    } else {
        supervisorGone(std::get<SupervisorGone>(news).hasEnded);
    }
}

void ServerRunner::takeEvent(const RunEvent &event)
{
    m_account.take(event);
    m_listener.eventCame(*this, event);
    m_startup.eventCame(event);
    if (event.kind == RunEventKind::StopAsked) {
        m_life.stopSeen();
        carryOut({}); // nobody probes it any more
    } else if (event.kind == RunEventKind::MainProcess && m_run) {
        m_run->server = event.process;
    } else if (event.kind == RunEventKind::Ready) {
        m_health.readyCame();
    } else if (event.kind == RunEventKind::Watchdog || event.kind == RunEventKind::WatchdogSilent) {
        m_health.aliveCame(event.kind == RunEventKind::Watchdog);
    }
}

void ServerRunner::supervisorGone(bool hasEnded)
{
    readLog();
    m_link.reset();
    if (hasEnded) {
        carryOut(m_life.exited(m_account.exit.value_or(ExitStatus{})));
        return;
    }
    carryOut(m_life.supervisorGone(presence().state == RunState::LeftOver));
}

RunPresence ServerRunner::presence() const
{
    return runPresence(*m_settings.probes.proc, m_places, serverKey(identity()));
}

std::optional<Lease> ServerRunner::runElsewhere() const
{
    const ServerState state = m_life.state();
    if (m_link || isUp(state) || state == ServerState::Waiting || state == ServerState::Checking) {
        return std::nullopt; // one of those is about to find out by itself
    }
    auto found = presence();
    const bool isOurs = found.lease && m_run && found.lease->runId == m_run->id; // whose supervisor is about to end
    return found.state == RunState::Running && !isOurs ? std::move(found.lease) : std::nullopt;
}

void ServerRunner::readLog()
{
    if (!m_log) {
        return;
    }
    m_alerts->logHasGrown();
    do {
        for (const auto &line : m_log->read()) {
            if (m_logSince && line.realTime < *m_logSince) {
                continue;
            }
            m_listener.outputCame(*this, line);
            m_startup.lineCame(line);
            m_health.lineCame(line.text);
        }
    } while (m_log->hasMore());
}

/// Begins what is to be found out in the present state.
void ServerRunner::probe()
{
    m_health.begin(m_life.state(), {.supervisor = supervisor(), .environment = m_environment, .fact = nullptr},
                   m_launchedAt, now());
    if (m_life.state() == ServerState::Starting) {
        follow(m_health.judgeReadiness(m_life.state()));
    }
}

void ServerRunner::takeProbes(const PollSet &set)
{
    if (m_health.proceedToReady(now(), set)) {
        m_startup.probed(m_health.readiness());
        follow(m_health.judgeReadiness(m_life.state()));
    }
    if (m_health.proceedToStayWell(now(), set)) {
        follow(m_health.judgeLiveness(m_life.state()));
    }
    noteAttempts();
}

/// After what follows from them: a disk is slow at times.
void ServerRunner::noteAttempts()
{
    for (const auto &[probe, attempt] : m_health.takeAttempts()) {
        if (m_run) {
            m_probeLog.note(m_run->id, probe, attempt, m_settings.probes.clock->realTime());
        }
    }
    if (m_health.isEmpty()) {
        m_probeLog.conclude();
    }
}

void ServerRunner::follow(HealthVerdict verdict)
{
    switch (verdict) {
    case HealthVerdict::Open:
        break;
    case HealthVerdict::Ready:
        m_startedIn = m_startedIn ? m_startedIn : std::optional(now() - m_launchedAt);
        carryOut(m_life.readinessMet());
        break;
    case HealthVerdict::Well:
        carryOut(m_life.healthMet());
        break;
    case HealthVerdict::NotReady:
    case HealthVerdict::Unwell: {
        const auto &probe = *m_health.trouble();
        m_troubleSeen = probe.seen();
        ProbeOutcome outcome{.probe = probe.spec().name, .detail = {}};
        carryOut(verdict == HealthVerdict::NotReady ? m_life.readinessFailed(std::move(outcome))
                                                    : m_life.healthFailed(std::move(outcome)));
        break;
    }
    }
}

bool ServerRunner::isHealthy() const
{
    return m_life.state() == ServerState::Ready && m_health.liveness().standing() == ProbeStanding::Met;
}

/// While it is launched: ServerLife::launched() has this called again.
void ServerRunner::askToStop()
{
    m_stop.ask({.spec = m_spec, .environment = m_environment, .link = m_link ? &*m_link : nullptr}, now());
}

void ServerRunner::proceedToStop(const PollSet &set)
{
    if (m_stop.proceed(set, m_link ? &*m_link : nullptr, now())) {
        carryOut(m_life.exited({}));
    }
}

void ServerRunner::collect(PollSet &set) const
{
    if (m_link) {
        set.add(m_link->awaited());
    }
    if (m_preflight != nullptr) {
        m_preflight->collect(set);
    }
    m_stop.collect(set);
    m_health.collect(set);
    m_files->collect(set);
}

std::optional<std::chrono::nanoseconds> ServerRunner::due() const
{
    std::optional<std::chrono::nanoseconds> earliest;
    const auto consider = [&earliest](std::optional<std::chrono::nanoseconds> due) {
        if (due && (!earliest || *due < *earliest)) {
            earliest = due;
        }
    };
    if (m_preflight != nullptr) {
        consider(m_preflight->due());
    }
    consider(m_pauseUntil);
    consider(m_stop.due());
    consider(m_health.due());
    consider(m_startup.due());
    consider(m_alerts->due());
    consider(m_files->due(m_life));
    return earliest;
}

void ServerRunner::proceed(const PollSet &set)
{
    takeNews(set);
    takeChecks(set);
    takeProbes(set);
    proceedToStop(set);
    if (m_pauseUntil && now() >= *m_pauseUntil) {
        carryOut(m_life.pauseOver());
    }
    m_startup.proceed(m_health.readiness(), m_health.liveness());
    tellStartup();
    takeFiles(set);
    takeAlerts();
}

void ServerRunner::takeFiles(const PollSet &set)
{
    auto changed = m_files->proceed(now(), set, m_life);
    for (const auto &problem : m_files->takeProblems()) {
        m_listener.watchLimited(*this, problem);
    }
    if (changed) {
        carryOut(m_life.restart({.cause = StateCause::Files, .subject = *std::move(changed)}));
    }
}

void ServerRunner::takeAlerts()
{
    for (const auto &news : m_alerts->proceed(now())) {
        m_listener.alertMet(*this, news);
    }
}

} // namespace Quay
