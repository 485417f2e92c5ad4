// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/logs/alertwatch.h"
#include "core/servers/filerestart.h"
#include "core/servers/foundrun.h"
#include "core/servers/preflight.h"
#include "core/servers/probefactory.h"
#include "core/servers/probelog.h"
#include "core/servers/runaccount.h"
#include "core/servers/runlink.h"
#include "core/servers/serverhealth.h"
#include "core/servers/serverlife.h"
#include "core/servers/serverrun.h"
#include "core/servers/serverspec.h"
#include "core/servers/startpreparation.h"
#include "core/servers/startupwatch.h"
#include "core/servers/stopcourse.h"
#include "core/servers/variables.h"
#include "core/supervise/lease.h"
#include "core/supervise/serverplaces.h"
#include "core/supervise/userscopes.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

class ServerRunner;

/// Is told what happens to servers.
class RunnerListener
{
public:
    RunnerListener() = default;
    RunnerListener(const RunnerListener &) = delete;
    RunnerListener &operator=(const RunnerListener &) = delete;
    virtual ~RunnerListener() = default;

    /// It is in another state, or waits for somebody else.
    virtual void stateChanged(const ServerRunner &server) = 0;
    virtual void outputCame(const ServerRunner &server, const OutputLine &line) = 0;
    virtual void eventCame(const ServerRunner &server, const RunEvent &event) = 0;
    /// What is new about its start, or about whether it can be reached; see ServerRunner::startup().
    virtual void startupNewsCame(const ServerRunner &server, const StartupNews &news) = 0;
    /// Something was found in its output that one of its alerts is about: AlertNews::rule is the index of that.
    virtual void alertMet(const ServerRunner & /*server*/, const AlertNews & /*news*/) { }
    /// Not all of the files are watched that are to be.
    virtual void watchLimited(const ServerRunner & /*server*/, const WatchProblem & /*problem*/) { }
};

/// What all servers are run with. Outlives them.
struct RunnerSettings
{
    std::string superviseProgram; ///< The file of `quaymaster-supervise`.
    std::optional<UserScopes> scopes; ///< In which each runs; nothing: none.
    std::string project; ///< See ServerIdentity.
    std::string file; ///< That describes the servers; absolute. See StartupRun.
    ServersPlaces places;
    VariableMap inherited; ///< The environment that those of the servers are made from.
    ProbeMachine probes;
    PreflightMachine preflight;
    Chance chance = systemChance();
};

/**
 * Runs one server as its spec says: checks, launches, probes, restarts and stops it.
 *
 * It decides nothing: ServerLife does, and this carries out what that asks for. Whether what the server needs is there
 * is told by whoever knows the others.
 *
 * Threads: not shared. Never blocks for longer than a look into /proc.
 */
class ServerRunner
{
public:
    ServerRunner(ServerSpec spec, const RunnerSettings &settings, RunnerListener &listener);
    ServerRunner(const ServerRunner &) = delete;
    ServerRunner &operator=(const ServerRunner &) = delete;

    /// With the ports of its last start.
    [[nodiscard]] const ServerSpec &spec() const noexcept { return m_start.spec(); }
    /// It is run by this from its next start on.
    void setSpec(ServerSpec spec);
    /// Whether it runs, and by another spec than it would be started with now.
    [[nodiscard]] bool isOutdated() const;
    [[nodiscard]] const ServerLife &life() const noexcept { return m_life; }
    /// What its last run has told, and how that ended, once it has.
    [[nodiscard]] const RunAccount &account() const noexcept { return m_run.account(); }
    /// From launch to ready, of its last start.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> startedIn() const noexcept { return m_run.startedIn(); }
    /// The last outcomes of its checks.
    [[nodiscard]] const std::vector<CheckOutcome> &checks() const noexcept { return m_start.checks(); }
    /// Why its last start came to nothing, when it was not executed.
    [[nodiscard]] const std::optional<LaunchFailure> &launchFailure() const noexcept { return m_run.launchFailure(); }
    /// Its run, when there is or was one.
    [[nodiscard]] const std::optional<RunMoment> &run() const noexcept { return m_run.moment(); }
    /// While it does not run here: the lease of its run that somebody else looks after. Reads files.
    [[nodiscard]] std::optional<Lease> runElsewhere() const;
    /// What the probe saw for which it is not well, or is not started: then it is one of the server that it needs.
    [[nodiscard]] const Observation &troubleSeen() const noexcept { return m_troubleSeen; }
    /// How its last start went, or goes.
    [[nodiscard]] const StartupWatch &startup() const noexcept { return m_startup; }
    /// Whether it is ready and every liveness probe is met.
    [[nodiscard]] bool isHealthy() const;
    /// While it is ready: what the liveness probe saw for which nobody knows whether it is healthy, since there is
    /// nothing to ask with. Null: there is none such.
    [[nodiscard]] const Observation *healthUnknownFor() const;
    /// Whether there is output that its alerts were not looked for in yet.
    [[nodiscard]] bool areAlertsBehind() const { return m_alerts->isBehind(); }
    /// Whether it is over and is started again when a file changes.
    [[nodiscard]] bool awaitsFiles() const { return m_files->awaitsFiles(m_life); }
    /// The file whose changes came after each start again, until they were not watched any more.
    [[nodiscard]] const std::optional<std::string> &unwatchedFor() const noexcept { return m_files->unwatchedFor(); }
    /// Whether it awaits needsMet(), or that it failed.
    [[nodiscard]] bool awaitsNeeds() const noexcept { return m_awaitsNeeds; }

    /// Goes on with a run that somebody else looks after, while it does not run here. Reads files.
    void adopt();
    /// Finds whether it runs already, or how its last run ended, and goes on from there. Once, before anything else.
    void takeUp(const KnownServer &known);

    void start(StateReason why = {.cause = StateCause::Asked});
    void stop();
    void restart();
    /// Stops it at once, with SIGKILL; also one that is being stopped already.
    void kill();
    void needsMet();
    /// @p seen: for which nobody knows whether it is healthy, if that is why; else NotTried. See troubleSeen().
    void needFailed(const std::string &server, Observation seen);
    void waitsFor(const std::string &server);
    /// Because of somebody else's end.
    void stopWith(const std::string &server);

    void collect(PollSet &set) const;
    /// When proceed() is to be called at the latest; CLOCK_MONOTONIC.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const;
    void proceed(const PollSet &set);

private:
    void takeWritten();
    void carryOut(const LifeActions &actions);
    void check();
    void takeChecks(const PollSet &set);
    void launch();
    void attach(RunningRun found, const KnownServer &known);
    void conclude(const EndedRun &found);
    [[nodiscard]] ServerIdentity identity() const;
    void takeNews(const PollSet &set);
    void take(const RunNews &news);
    void takeEvent(const RunEvent &event);
    void supervisorGone(bool hasEnded);
    void probe();
    void takeProbes(const PollSet &set);
    void noteAttempts();
    void follow(HealthVerdict verdict);
    void readLog();
    void askToStop();
    void proceedToStop(const PollSet &set);
    void tellIfChanged();
    void tellStartup();
    void takeFiles(const PollSet &set);
    void takeAlerts();
    [[nodiscard]] std::chrono::nanoseconds now() const;

    const RunnerSettings &m_settings;
    RunnerListener &m_listener;
    StartPreparation m_start;
    ServerPlaces m_places;
    ServerLife m_life;
    std::uint64_t m_toldGeneration = 0;
    bool m_awaitsNeeds = false;
    ServerRun m_run;
    ServerHealth m_health;
    ProbeLog m_probeLog;
    StartupWatch m_startup;
    std::optional<std::chrono::nanoseconds> m_pauseUntil;
    Observation m_troubleSeen;
    StopCourse m_stop;
    std::optional<AlertWatch> m_alerts; ///< Always there, as the next; another one by another spec.
    std::optional<FileRestart> m_files;
};

} // namespace Quay
