// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/serverrunner.h"

#include "core/base/clock.h"
#include "core/base/earliest.h"
#include "core/base/error.h"
#include "core/base/pollset.h"
#include "core/kernel/pidfd.h"
#include "core/servers/checklabel.h"
#include "core/servers/foundrun.h"
#include "core/servers/preflight.h"
#include "core/servers/probecourse.h"
#include "core/servers/runaccount.h"
#include "core/servers/runlink.h"
#include "core/servers/runplan.h"
#include "core/servers/serverhealth.h"
#include "core/servers/serverlife.h"
#include "core/servers/serverrun.h"
#include "core/servers/serverspec.h"
#include "core/servers/serverstate.h"
#include "core/servers/startpreparation.h"
#include "core/servers/startupwatch.h"
#include "core/servers/stopcourse.h"
#include "core/supervise/runpresence.h"
#include "core/supervise/serverkey.h"

#include <chrono>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

namespace Quay {

ServerRunner::ServerRunner(ServerSpec spec, const RunnerSettings &settings, RunnerListener &listener)
    : m_settings(settings)
    , m_listener(listener)
    , m_start(std::move(spec), settings.inherited, settings.preflight)
    , m_places(settings.places.of({.project = settings.project, .name = m_start.spec().name}))
    , m_life(m_start.spec().restart, *settings.probes.clock, settings.chance)
    , m_run(*settings.probes.proc, *settings.probes.clock, m_places, identity())
    , m_health(m_start.spec(), settings.probes)
    , m_probeLog(m_places.probes())
    , m_startup(m_start.spec(), settings.probes, settings.file)
    , m_stop(*settings.probes.proc, m_places, identity())
    , m_alerts(std::in_place, alertRules(m_start.spec()), m_places.log(), m_places.alerts())
    , m_files(std::in_place, m_start.spec())
{
}

std::chrono::nanoseconds ServerRunner::now() const
{
    return m_settings.probes.clock->monotonic();
}

void ServerRunner::setSpec(ServerSpec spec)
{
    m_start.setWritten(std::move(spec));
    if (!isUp(m_life.state())) {
        takeWritten();
    }
}

void ServerRunner::takeWritten()
{
    const ServerSpec before = m_start.takeWritten();
    if (before.alerts != spec().alerts) {
        m_alerts.reset(); // it writes down what was counted
        m_alerts.emplace(alertRules(spec()), m_places.log(), m_places.alerts());
    }
    if (before.watch != spec().watch || before.onExit != spec().onExit) {
        m_files.emplace(spec());
    }
    m_life.setRule(spec().restart);
}

bool ServerRunner::isOutdated() const
{
    return isUp(m_life.state()) && m_start.isOutdated();
}

ServerIdentity ServerRunner::identity() const
{
    return {.project = m_settings.project, .name = spec().name};
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
    } else if (auto *const past = std::get_if<PastRun>(&found)) {
        m_run.conclude(std::move(past->account));
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
    const bool wasReady = found.wasReady;
    m_run.attach(std::move(found), known);
    m_start.readEnvironment();
    auto actions = m_life.adopt(now() - m_run.launchedAt());
    if (wasReady) {
        actions = m_life.readinessMet();
    }
    carryOut(actions);
    // Not before its probes are there: what they wait for may have been said already.
    m_run.followLog(!wasReady && awaitsLine(spec()));
    readLog();
    if (known.run == m_run.moment()->id && known.state == m_life.state()) {
        m_life.setSince(known.since);
    }
}

void ServerRunner::conclude(const EndedRun &found)
{
    m_run.conclude(found.account);
    std::ignore = m_life.adopt(found.ranFor); // for as long as it takes to say how it ended
    if (found.account.wasAskedToStop) {
        m_life.stopSeen();
    }
    carryOut(found.hasEnded ? m_life.exited(found.account.exit.value_or(ExitStatus())) : m_life.supervisorGone(false));
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

void ServerRunner::needFailed(const std::string &server, Observation seen)
{
    m_awaitsNeeds = false;
    m_troubleSeen = std::move(seen);
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
        m_start.giveUp();
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
        m_startup.follow(m_life, m_run.supervisor());
        m_listener.stateChanged(*this);
        tellStartup();
    }
}

void ServerRunner::tellStartup()
{
    for (const auto &news : m_startup.takeNews()) {
        m_listener.startupNewsCame(*this, news);
    }
}

void ServerRunner::check()
{
    takeWritten();
    m_start.readEnvironment();
    m_start.check();
}

void ServerRunner::takeChecks(const PollSet &set)
{
    if (m_start.proceed(set)) {
        m_startup.blockedBy(blockersIn(checks()));
        carryOut(m_life.checked(mayStart(checks())));
    }
}

void ServerRunner::launch()
{
    if (const auto failure =
            m_run.launch(m_settings.superviseProgram, spec(), m_start.environment(), m_settings.scopes)) {
        take(*failure);
    }
}

void ServerRunner::takeNews(const PollSet &set)
{
    if (m_run.link() == nullptr || !set.hasCome(m_run.link()->awaited())) {
        return;
    }
    for (const auto &news : m_run.link()->proceed()) {
        take(news);
    }
}

void ServerRunner::take(const RunNews &news)
{
    if (const auto *const launched = std::get_if<Launched>(&news)) {
        m_run.note(*launched);
        m_startup.launched(m_run.supervisor());
        carryOut(m_life.launched());
    } else if (const auto *const failure = std::get_if<LaunchFailure>(&news)) {
        m_run.note(*failure);
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
    m_run.note(event);
    m_listener.eventCame(*this, event);
    m_startup.eventCame(event);
    if (event.kind == RunEventKind::StopAsked) {
        m_life.stopSeen();
        carryOut({}); // nobody probes it any more
    } else if (event.kind == RunEventKind::Ready) {
        m_health.readyCame();
    } else if (event.kind == RunEventKind::Watchdog || event.kind == RunEventKind::WatchdogSilent) {
        m_health.aliveCame(event.kind == RunEventKind::Watchdog);
    }
}

void ServerRunner::supervisorGone(bool hasEnded)
{
    readLog();
    m_run.lose();
    if (hasEnded) {
        carryOut(m_life.exited(m_run.account().exit.value_or(ExitStatus{})));
        return;
    }
    carryOut(m_life.supervisorGone(m_run.presence().state == RunState::LeftOver));
}

std::optional<Lease> ServerRunner::runElsewhere() const
{
    const ServerState state = m_life.state();
    if (m_run.link() != nullptr || isUp(state) || state == ServerState::Waiting || state == ServerState::Checking) {
        return std::nullopt; // one of those is about to find out by itself
    }
    return m_run.elsewhere();
}

void ServerRunner::readLog()
{
    if (!m_run.hasLog()) {
        return;
    }
    m_alerts->logHasGrown();
    m_run.readLog([this](const OutputLine &line) {
        m_listener.outputCame(*this, line);
        m_startup.lineCame(line);
        m_health.lineCame(line.text);
    });
}

/// Begins what is to be found out in the present state.
void ServerRunner::probe()
{
    m_health.begin(m_life.state(),
                   {.supervisor = m_run.supervisor(), .environment = m_start.environment(), .fact = nullptr},
                   m_run.launchedAt(), now());
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
        if (m_run.moment()) {
            m_probeLog.note(m_run.moment()->id, probe, attempt, m_settings.probes.clock->realTime());
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
        m_run.becameReady();
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

const Observation *ServerRunner::healthUnknownFor() const
{
    const auto *const probe = m_life.state() == ServerState::Ready ? m_health.liveness().unknown() : nullptr;
    return probe != nullptr ? &probe->seen() : nullptr;
}

/// While it is launched: ServerLife::launched() has this called again.
void ServerRunner::askToStop()
{
    m_stop.ask({.spec = spec(), .environment = m_start.environment(), .link = m_run.link()}, now());
}

void ServerRunner::proceedToStop(const PollSet &set)
{
    if (m_stop.proceed(set, m_run.link(), now())) {
        carryOut(m_life.exited({}));
    }
}

void ServerRunner::collect(PollSet &set) const
{
    if (m_run.link() != nullptr) {
        set.add(m_run.link()->awaited());
    }
    m_start.collect(set);
    m_stop.collect(set);
    m_health.collect(set);
    m_files->collect(set);
}

std::optional<std::chrono::nanoseconds> ServerRunner::due() const
{
    return earliestOf({m_start.due(), m_pauseUntil, m_stop.due(), m_health.due(), m_startup.due(), m_alerts->due(),
                       m_files->due(m_life)});
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
