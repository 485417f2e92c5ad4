// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/supervisor.h"

#include "app/supervise/descendants.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procstat.h"
#include "core/kernel/unixsocket.h"
#include "core/supervise/criline.h"
#include "core/supervise/runmark.h"
#include "core/supervise/serverkey.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto GrowthInterval = 20ms;
constexpr auto RecordRetryInterval = 1s;

std::chrono::microseconds durationOf(const timeval &time)
{
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

ResourceUsage usageOf(const rusage &usage)
{
    return {.userTime = durationOf(usage.ru_utime),
            .systemTime = durationOf(usage.ru_stime),
            .mostResidentKib = static_cast<std::uint64_t>(std::max(usage.ru_maxrss, 0L))};
}

} // namespace

Supervisor::Supervisor(RunPremises premises)
    : m_premises(std::move(premises))
    , m_control(m_premises.loop, std::move(m_premises.control),
                [this](const ControlRequest &request, const SocketPeer &peer) { return answer(request, peer); })
    , m_journal(std::move(m_premises.record), m_control)
    , m_output(m_premises.loop, std::move(m_premises.log))
    , m_ending(m_premises.proc, m_premises.cgroupOrNull())
    , m_words(m_premises.proc, m_journal, m_premises.run.watchdog, [this](pid_t pid) { makeMain(pid); })
    , m_main(m_premises.proc, m_premises.loop, [this] { mainEndedElsewhere(); })
{
}

std::expected<std::unique_ptr<Supervisor>, LaunchFailure> Supervisor::start(RunDescription run)
{
    auto premises = RunPremises::open(std::move(run));
    if (!premises) {
        return std::unexpected(std::move(premises).error());
    }
    std::unique_ptr<Supervisor> supervisor(new Supervisor(*std::move(premises)));
    if (auto failure = supervisor->startTheServer()) {
        supervisor->m_premises.claim.release();
        return std::unexpected(*std::move(failure));
    }
    return supervisor;
}

std::optional<LaunchFailure> Supervisor::startTheServer()
{
    const auto &run = m_premises.run;
    std::vector<std::string> additional{runMark(serverKey(run.server), run.runId)};
    if (m_premises.notify) {
        additional.push_back(m_premises.notify->variable());
    }
    if (run.watchdog.count() > 0) {
        additional.push_back("WATCHDOG_USEC=" + std::to_string(std::chrono::microseconds(run.watchdog).count()));
    }
    auto server = startServer(m_premises.proc, run, additional, m_premises.cgroupOrNull());
    if (!server) {
        RunEvent event{.kind = RunEventKind::StartFailed};
        event.text = server.error().error.subject;
        event.sysErrno = server.error().error.sysErrno;
        m_journal.add(std::move(event));
        m_journal.add({.kind = RunEventKind::Ended});
        return std::move(server).error();
    }
    RunEvent event{.kind = RunEventKind::Started};
    event.process = server->mark;
    m_journal.add(std::move(event));
    if (const auto watched = watch(*server); !watched) {
        static_cast<void>(killDescendants(m_premises.proc, m_premises.cgroupOrNull()));
        return LaunchFailure{.problem = LaunchProblem::Failed, .error = watched.error()};
    }
    m_main.begin(server->mark, std::move(server->handle));
    // Left-overs are found by their marks as well: a server that runs is not ended because of this.
    static_cast<void>(m_premises.claim.setServer(server->mark));
    return std::nullopt;
}

Result<> Supervisor::watch(StartedServer &server)
{
    const auto firstOutput = [this](OutputStream stream) {
        return [this, stream] {
            RunEvent event{.kind = RunEventKind::FirstOutput};
            event.stream = streamWord(stream);
            m_journal.add(std::move(event));
        };
    };
    m_output.setClockSetBack([this](RunTime at) { m_journal.addNote({.kind = RunEventKind::ClockSetBack}, at); });
    auto watched = m_output.open(OutputStream::Output, std::move(server.output), firstOutput(OutputStream::Output));
    if (watched && server.error) {
        watched = m_output.open(OutputStream::Error, std::move(server.error), firstOutput(OutputStream::Error));
    }
    if (watched && m_premises.notify) {
        watched = m_premises.loop.watch(m_premises.notify->descriptor(),
                                        [this, &socket = *m_premises.notify] { m_words.take(socket); });
    }
    return watched.and_then([this] { return m_control.watch(); }).and_then([this] {
        return m_premises.loop.watch(m_premises.signals.get(), [this] { takeSignals(); });
    });
}

Launched Supervisor::launched() const
{
    return {.supervisor = m_premises.claim.lease().supervisor, .server = m_main.first()};
}

void Supervisor::run()
{
    while (!m_isOver) {
        m_premises.loop.wait(timeUntilWork());
        work();
    }
}

void Supervisor::takeSignals()
{
    signalfd_siginfo info{};
    while (::read(m_premises.signals.get(), &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGCHLD) {
            continue; // one may stand for several: all are looked for below
        }
        RunEvent event{.kind = RunEventKind::StopAsked};
        event.uid = info.ssi_uid;
        beginStop(m_premises.run.stop, std::move(event));
    }
    collectChildren();
}

void Supervisor::collectChildren()
{
    bool isMainGone = false;
    bool isAnybodyGone = false;
    for (;;) {
        int waitStatus = 0;
        rusage usage{};
        const pid_t pid = ::wait4(-1, &waitStatus, WNOHANG, &usage);
        if (pid < 0 && errno == EINTR) {
            continue;
        }
        if (pid == 0) {
            break;
        }
        if (pid < 0) { // ECHILD: as their subreaper we would be the parent of any that were left
            m_isOver = true;
            break;
        }
        isAnybodyGone = true;
        if (m_main.waitedFor(pid, exitStatusFromWait(waitStatus))) {
            mainExited(usage);
            isMainGone = true;
        }
    }
    if (m_isOver) {
        becomeEmpty();
    } else if (isMainGone) {
        goOnWithoutMain();
    } else if (isAnybodyGone && m_ending.hasBegun() && m_main.isOver()) {
        m_ending.askOrphans();
    }
}

void Supervisor::mainExited(const rusage &usage)
{
    const auto at = runTimeOf(systemClock());
    m_output.drain(); // its last words are in the log before anybody hears of its end
    RunEvent event{.kind = RunEventKind::Exited};
    event.process = m_main.mark();
    event.status = m_main.exit();
    event.usage = usageOf(usage);
    event.outOfMemory = m_premises.cgroup ? m_premises.cgroup->ranOutOfMemory() : std::nullopt;
    m_journal.add(std::move(event), at);
}

void Supervisor::mainEndedElsewhere()
{
    if (!m_main.isOver()) {
        return; // what was to be told is of the one before it
    }
    const ProcessMark ended = m_main.mark();
    collectChildren(); // it may have become our child in the meantime, and another one the server
    if (m_isOver || m_main.mark() != ended || !m_main.hasEndedElsewhere()) {
        return;
    }
    RunEvent event{.kind = RunEventKind::Exited};
    event.process = m_main.mark();
    event.status = m_main.exit();
    m_journal.add(std::move(event));
    goOnWithoutMain();
}

void Supervisor::goOnWithoutMain()
{
    if (m_ending.hasBegun()) {
        m_ending.askTheOthers(m_main.first().id.pid);
        return;
    }
    const auto left = ownDescendants(m_premises.proc);
    const bool hasEndedWell = m_main.exit() && m_main.exit()->code == 0;
    RunEvent event{.kind = hasEndedWell ? RunEventKind::Daemonised : RunEventKind::LeftBehind};
    event.count = left.size();
    m_journal.add(std::move(event));
    if (!hasEndedWell) {
        m_ending.ask(m_premises.run.stop, 0);
        return;
    }
    const auto isOurChild = [](const ProcStat &stat) { return stat.parentPid == ::getpid(); };
    if (std::ranges::count_if(left, isOurChild) == 1) { // the others are its own: it is the server now
        makeMain(std::ranges::find_if(left, isOurChild)->pid);
    }
}

void Supervisor::makeMain(pid_t pid)
{
    if (pid == m_main.mark().id.pid || !m_main.become(pid)) {
        return;
    }
    RunEvent event{.kind = RunEventKind::MainProcess};
    event.process = m_main.mark();
    m_journal.add(std::move(event));
}

void Supervisor::becomeEmpty()
{
    m_output.close();
    tellLosses();
    if (m_control.hasSubscribers()) {
        m_control.publish(m_output.log().position());
    }
    m_journal.end([this] { m_premises.claim.release(); });
}

void Supervisor::work()
{
    if (m_isOver) {
        return;
    }
    m_output.work();
    m_words.work();
    for (const auto &killed : m_ending.work()) {
        RunEvent event{.kind = RunEventKind::Killed};
        event.process = killed.process;
        event.text = killed.command;
        event.sysErrno = killed.sysErrno == 0 ? std::nullopt : std::optional(killed.sysErrno);
        m_journal.add(std::move(event));
    }
    tellLosses();
    tellGrowth();
    const auto now = systemClock().monotonic();
    if (m_journal.recordErrno() && now - m_recordRetriedAt >= RecordRetryInterval) {
        m_recordRetriedAt = now;
        m_journal.retryRecord();
    }
}

void Supervisor::tellLosses()
{
    if (const auto loss = m_output.log().takeNews()) {
        RunEvent event{.kind = RunEventKind::OutputLost};
        event.count = loss->bytes;
        event.sysErrno = loss->sysErrno;
        m_journal.addNote(std::move(event));
    }
}

void Supervisor::tellGrowth()
{
    const auto position = m_output.log().position();
    const auto now = systemClock().monotonic();
    if (position == m_told || now - m_toldAt < GrowthInterval || !m_control.hasSubscribers()) {
        return;
    }
    m_told = position;
    m_toldAt = now;
    m_control.publish(position);
}

std::optional<std::chrono::nanoseconds> Supervisor::timeUntilWork() const
{
    std::optional<std::chrono::nanoseconds> next = m_output.nextWork();
    const auto consider = [&next](std::chrono::nanoseconds time) { next = next ? std::min(*next, time) : time; };
    if (const auto kill = m_ending.nextWork()) {
        consider(*kill);
    }
    if (const auto silence = m_words.nextWork()) {
        consider(*silence);
    }
    if (m_output.log().position() != m_told && m_control.hasSubscribers()) {
        consider(m_toldAt + GrowthInterval);
    }
    if (m_journal.recordErrno()) {
        consider(m_recordRetriedAt + RecordRetryInterval);
    }
    if (!next) {
        return std::nullopt;
    }
    return std::max(*next - systemClock().monotonic(), std::chrono::nanoseconds(0));
}

} // namespace Quay
