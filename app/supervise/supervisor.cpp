// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/supervisor.h"

#include "app/supervise/descendants.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procstat.h"
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

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto GrowthInterval = 20ms;
constexpr auto RecordRetryInterval = 1s;
constexpr int NotifiesAtOnce = 32; // then others have their turn

std::unexpected<LaunchFailure> failedWith(LaunchProblem problem, Error error)
{
    return std::unexpected(LaunchFailure{.problem = problem, .error = std::move(error)});
}

/// Signals come as bytes; a file that may not grow, or a reader who is gone, is an error of write() and no signal.
Result<UniqueFd> prepareProcess()
{
    ::setsid(); // fails only for who is a session leader already
    for (const int ignored : {SIGPIPE, SIGXFSZ, SIGHUP}) {
        std::signal(ignored, SIG_IGN);
    }
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int taken : {SIGCHLD, SIGTERM, SIGINT}) {
        ::sigaddset(&signals, taken);
    }
    UniqueFd fd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!fd || ::sigprocmask(SIG_BLOCK, &signals, nullptr) != 0 || ::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) {
        return failErrno(errno, "supervisor");
    }
    return fd;
}

ExitStatus exitStatusOf(int waitStatus)
{
    if (WIFSIGNALED(waitStatus)) {
        return {.code = std::nullopt, .signal = WTERMSIG(waitStatus), .dumpedCore = WCOREDUMP(waitStatus) != 0};
    }
    return {.code = WEXITSTATUS(waitStatus), .signal = 0, .dumpedCore = false};
}

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

/// Whoever asked, if it can still be told apart from others.
RunEvent askedBy(const ProcFs &proc, RunEventKind kind, const SocketPeer &peer)
{
    RunEvent event{.kind = kind};
    event.uid = peer.uid;
    if (const auto mark = markOf(proc, peer.pid)) {
        event.process = *mark;
    }
    return event;
}

} // namespace

Supervisor::Supervisor(RunDescription run, ProcFs proc, EventLoop loop, RunClaim claim)
    : m_run(std::move(run))
    , m_proc(std::move(proc))
    , m_loop(std::move(loop))
    , m_claim(std::move(claim))
    , m_control(m_loop, [this](const ControlRequest &request, const SocketPeer &peer) { return answer(request, peer); })
{
}

std::expected<std::unique_ptr<Supervisor>, LaunchFailure> Supervisor::start(RunDescription run)
{
    auto signals = prepareProcess();
    auto proc = ProcFs::open();
    auto loop = EventLoop::open();
    if (!signals || !proc || !loop) {
        return failedWith(LaunchProblem::Failed, !signals ? signals.error() : !proc ? proc.error() : loop.error());
    }
    auto claim = RunClaim::take(*proc, run);
    if (!claim) {
        return std::unexpected(std::move(claim).error());
    }
    std::unique_ptr<Supervisor> supervisor(
        new Supervisor(std::move(run), *std::move(proc), *std::move(loop), *std::move(claim)));
    supervisor->m_signals = *std::move(signals);
    auto failure = supervisor->openEverything();
    if (!failure) {
        failure = supervisor->startTheServer();
    }
    if (failure) {
        supervisor->m_claim.release();
        return std::unexpected(*std::move(failure));
    }
    return supervisor;
}

std::optional<LaunchFailure> Supervisor::openEverything()
{
    auto record = RecordWriter::open(m_run.places.record(m_run.runId));
    auto log = LogFile::open(m_run.places.log(), m_run.log);
    const auto listening = m_control.listen(m_run.places.control());
    if (!record || !log || !listening) {
        return LaunchFailure{.problem = LaunchProblem::CannotWriteState,
                             .error = !record ? record.error()
                                 : !log       ? log.error()
                                              : listening.error()};
    }
    m_journal.emplace(*std::move(record), m_control);
    m_output.emplace(m_loop, *std::move(log));
    if (m_run.expectsNotify) {
        auto notify = NotifySocket::open(m_run.places.notify());
        if (!notify) {
            return LaunchFailure{.problem = LaunchProblem::CannotWriteState, .error = notify.error()};
        }
        m_notify.emplace(*std::move(notify));
    }
    if (auto cgroup = RunCgroup::make(m_proc, m_run.runId)) {
        m_cgroup.emplace(*std::move(cgroup));
        // The lease was written a moment ago: that it cannot be now is told when the server's process is added.
        static_cast<void>(m_claim.setCgroup(m_cgroup->directory()));
    }
    m_ending.emplace(m_proc, m_cgroup ? &*m_cgroup : nullptr);
    auto watched = m_loop.watch(m_signals.get(), [this] { takeSignals(); });
    if (watched && m_notify) {
        watched = m_loop.watch(m_notify->descriptor(), [this] { takeNotify(); });
    }
    return watched ? std::nullopt
                   : std::optional(LaunchFailure{.problem = LaunchProblem::Failed, .error = watched.error()});
}

std::optional<LaunchFailure> Supervisor::startTheServer()
{
    std::vector<std::string> additional{runMark(serverKey(m_run.server), m_run.runId)};
    if (m_notify) {
        additional.push_back(m_notify->variable());
    }
    auto server = startServer(m_proc, m_run, additional, m_cgroup ? &*m_cgroup : nullptr);
    if (!server) {
        RunEvent event{.kind = RunEventKind::StartFailed};
        event.text = server.error().error.subject;
        event.sysErrno = server.error().error.sysErrno;
        m_journal->add(std::move(event));
        m_journal->add({.kind = RunEventKind::Ended});
        return std::move(server).error();
    }
    m_first = server->mark;
    m_main = server->mark;
    m_mainHandle = std::move(server->handle);
    RunEvent event{.kind = RunEventKind::Started};
    event.process = m_first;
    m_journal->add(std::move(event));
    if (auto failure = watchOutputs(*server)) {
        static_cast<void>(killDescendants(m_proc, m_cgroup ? &*m_cgroup : nullptr));
        return failure;
    }
    // Left-overs are found by their marks as well: a server that runs is not ended because of this.
    static_cast<void>(m_claim.setServer(m_first));
    return std::nullopt;
}

std::optional<LaunchFailure> Supervisor::watchOutputs(StartedServer &server)
{
    const auto firstOutput = [this](OutputStream stream) {
        return [this, stream] {
            RunEvent event{.kind = RunEventKind::FirstOutput};
            event.stream = streamWord(stream);
            m_journal->add(std::move(event));
        };
    };
    auto opened = m_output->open(OutputStream::Output, std::move(server.output), firstOutput(OutputStream::Output));
    if (opened && server.error) {
        opened = m_output->open(OutputStream::Error, std::move(server.error), firstOutput(OutputStream::Error));
    }
    return opened ? std::nullopt
                  : std::optional(LaunchFailure{.problem = LaunchProblem::Failed, .error = opened.error()});
}

Launched Supervisor::launched() const
{
    return {.supervisor = m_claim.lease().supervisor, .server = m_first};
}

void Supervisor::run()
{
    while (!m_isOver) {
        m_loop.wait(timeUntilWork());
        work();
    }
}

pid_t Supervisor::leader() const
{
    return m_firstHasEnded ? 0 : m_first.id.pid;
}

void Supervisor::takeSignals()
{
    signalfd_siginfo info{};
    while (::read(m_signals.get(), &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGCHLD) {
            continue; // one may stand for several: all are looked for below
        }
        RunEvent event{.kind = RunEventKind::StopAsked};
        event.uid = info.ssi_uid;
        beginStop(m_run.stop, std::move(event));
    }
    collectChildren();
}

void Supervisor::collectChildren()
{
    bool isMainGone = false;
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
        m_firstHasEnded = m_firstHasEnded || pid == m_first.id.pid;
        if (m_mainHandle && pid == m_main.id.pid) {
            mainExited(waitStatus, usage);
            isMainGone = true;
        }
    }
    if (m_isOver) {
        becomeEmpty();
    } else if (isMainGone) {
        goOnWithoutMain();
    }
}

void Supervisor::mainExited(int waitStatus, const rusage &usage)
{
    const auto at = runTimeOf(systemClock());
    m_loop.forget(m_mainHandle->descriptor());
    m_mainHandle.reset();
    m_exit = exitStatusOf(waitStatus);
    m_output->drain(); // its last words are in the log before anybody hears of its end
    RunEvent event{.kind = RunEventKind::Exited};
    event.process = m_main;
    event.status = m_exit;
    event.usage = usageOf(usage);
    event.outOfMemory = m_cgroup ? m_cgroup->ranOutOfMemory() : std::nullopt;
    m_journal->add(std::move(event), at);
}

/// Of a main process that was no child of ours: its parent has waited for it.
void Supervisor::mainEndedUnseen()
{
    if (!m_mainHandle) {
        return;
    }
    m_loop.forget(m_mainHandle->descriptor());
    collectChildren(); // it may have become our child in the meantime
    if (!m_mainHandle || m_isOver) {
        return;
    }
    m_exit = m_mainHandle->exitStatus().value_or(std::nullopt);
    m_mainHandle.reset();
    RunEvent event{.kind = RunEventKind::Exited};
    event.process = m_main;
    event.status = m_exit;
    m_journal->add(std::move(event));
    goOnWithoutMain();
}

void Supervisor::goOnWithoutMain()
{
    if (m_ending->hasBegun()) {
        m_ending->askTheOthers(m_first.id.pid);
        return;
    }
    const auto left = ownDescendants(m_proc);
    const bool hasEndedWell = m_exit && m_exit->code == 0;
    RunEvent event{.kind = hasEndedWell ? RunEventKind::Daemonised : RunEventKind::LeftBehind};
    event.count = left.size();
    m_journal->add(std::move(event));
    if (!hasEndedWell) {
        m_ending->ask(m_run.stop, 0);
        return;
    }
    const auto isOurChild = [](const ProcStat &stat) { return stat.parentPid == ::getpid(); };
    if (std::ranges::count_if(left, isOurChild) == 1) { // the others are its own: it is the server now
        makeMain(std::ranges::find_if(left, isOurChild)->pid);
    }
}

void Supervisor::makeMain(pid_t pid)
{
    auto handle = PidFd::open(pid);
    const auto mark = markOf(m_proc, pid);
    if (!handle || !mark || !isOwnDescendant(m_proc, pid)) {
        return; // ended meanwhile, or is nobody of this run
    }
    if (m_mainHandle) {
        m_loop.forget(m_mainHandle->descriptor());
    }
    m_main = *mark;
    m_mainHandle = *std::move(handle);
    m_exit.reset();
    // That it cannot be watched is the case of too many descriptors: of children of ours we hear all the same.
    static_cast<void>(m_loop.watch(m_mainHandle->descriptor(), [this] { mainEndedUnseen(); }));
    RunEvent event{.kind = RunEventKind::MainProcess};
    event.process = m_main;
    m_journal->add(std::move(event));
}

void Supervisor::becomeEmpty()
{
    m_output->close();
    tellLosses();
    if (m_control.hasSubscribers()) {
        m_control.publish(m_output->log().position());
    }
    m_journal->add({.kind = RunEventKind::Ended});
    m_claim.release();
}

void Supervisor::takeNotify()
{
    for (int count = 0; count < NotifiesAtOnce; ++count) {
        const auto received = m_notify->receive();
        if (!received) {
            return;
        }
        if (!isOwnDescendant(m_proc, received->sender)) {
            continue;
        }
        const auto &message = received->message;
        if (message.mainPid && *message.mainPid != m_main.id.pid) {
            makeMain(*message.mainPid);
        }
        if (message.status && message.status != m_statusText) {
            m_statusText = message.status;
            RunEvent event{.kind = RunEventKind::Status};
            event.text = message.status;
            m_journal->addNote(std::move(event));
        }
        if (message.isReady) {
            m_isReady = true;
            m_journal->addNote({.kind = RunEventKind::Ready});
        }
        if (message.isStopping) {
            m_isReady = false;
            m_journal->addNote({.kind = RunEventKind::Stopping});
        }
        if (message.isAlive) {
            if (!m_aliveAt) {
                m_journal->addNote({.kind = RunEventKind::Watchdog});
            }
            m_aliveAt = systemClock().sinceBoot();
        }
    }
}

ControlReply Supervisor::answer(const ControlRequest &request, const SocketPeer &peer)
{
    ControlReply reply;
    switch (request.verb) {
    case ControlVerb::Status:
    case ControlVerb::Subscribe:
        break;
    case ControlVerb::Stop:
        reply.error = stop(request, peer);
        break;
    case ControlVerb::Signal:
        reply.error = signal(request, peer);
        break;
    }
    reply.status = status();
    return reply;
}

std::optional<Error> Supervisor::stop(const ControlRequest &request, const SocketPeer &peer)
{
    if (m_isOver) {
        return Error{.code = ErrorCode::Gone, .subject = "server", .sysErrno = 0};
    }
    StopManner manner = m_run.stop;
    manner.signal = request.isForced ? SIGKILL : request.signal.value_or(manner.signal);
    manner.grace = request.isForced ? std::chrono::milliseconds(0) : request.grace.value_or(manner.grace);
    beginStop(manner, askedBy(m_proc, RunEventKind::StopAsked, peer));
    return std::nullopt;
}

void Supervisor::beginStop(const StopManner &manner, RunEvent event)
{
    event.signal = manner.signal;
    event.grace = manner.grace;
    m_journal->add(std::move(event));
    if (manner.signal == SIGKILL) {
        m_ending->force(); // all of them at once: from the killing of one the others might yet learn to escape
    } else {
        m_ending->ask(manner, leader());
    }
}

std::optional<Error> Supervisor::signal(const ControlRequest &request, const SocketPeer &peer)
{
    if (!m_mainHandle) {
        return Error{.code = ErrorCode::Gone, .subject = "server", .sysErrno = 0};
    }
    if (const auto sent = m_mainHandle->signal(*request.signal); !sent) {
        return sent.error();
    }
    auto event = askedBy(m_proc, RunEventKind::Signalled, peer);
    event.signal = request.signal;
    m_journal->add(std::move(event));
    return std::nullopt;
}

RunStatus Supervisor::status() const
{
    const auto &log = m_output->log();
    return {.phase = m_isOver          ? RunPhase::Ended
                : m_ending->hasBegun() ? RunPhase::Stopping
                                       : RunPhase::Running,
            .runId = m_run.runId,
            .startedAt = m_claim.lease().startedAt,
            .server = m_main,
            .isReady = m_isReady,
            .text = m_statusText,
            .aliveAt = m_aliveAt,
            .exit = m_exit,
            .killsIn = m_ending->timeLeft(),
            .eventCount = m_journal->count(),
            .log = log.position(),
            .lostBytes = log.lostBytes(),
            .logErrno = log.sysErrno(),
            .recordErrno = m_journal->recordErrno()};
}

void Supervisor::work()
{
    if (m_isOver) {
        return;
    }
    m_output->work();
    for (const auto &killed : m_ending->work()) {
        RunEvent event{.kind = RunEventKind::Killed};
        event.process = killed.process;
        event.text = killed.command;
        event.sysErrno = killed.sysErrno == 0 ? std::nullopt : std::optional(killed.sysErrno);
        m_journal->add(std::move(event));
    }
    tellLosses();
    tellGrowth();
    const auto now = systemClock().monotonic();
    if (m_journal->recordErrno() && now - m_recordRetriedAt >= RecordRetryInterval) {
        m_recordRetriedAt = now;
        m_journal->retryRecord();
    }
}

void Supervisor::tellLosses()
{
    if (const auto loss = m_output->log().takeNews()) {
        RunEvent event{.kind = RunEventKind::OutputLost};
        event.count = loss->bytes;
        event.sysErrno = loss->sysErrno;
        m_journal->addNote(std::move(event));
    }
}

void Supervisor::tellGrowth()
{
    const auto position = m_output->log().position();
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
    std::optional<std::chrono::nanoseconds> next = m_output->nextWork();
    const auto consider = [&next](std::chrono::nanoseconds time) { next = next ? std::min(*next, time) : time; };
    if (const auto kill = m_ending->nextWork()) {
        consider(*kill);
    }
    if (m_output->log().position() != m_told && m_control.hasSubscribers()) {
        consider(m_toldAt + GrowthInterval);
    }
    if (m_journal->recordErrno()) {
        consider(m_recordRetriedAt + RecordRetryInterval);
    }
    if (!next) {
        return std::nullopt;
    }
    return std::max(*next - systemClock().monotonic(), std::chrono::nanoseconds(0));
}

} // namespace Quay
