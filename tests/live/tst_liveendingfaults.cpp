// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/ending.h"
#include "core/control/terminator.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/processes/processtable.h"
#include "tests/live/livelook.h"
#include "tests/support/endingrun.h"
#include "tests/support/faultytransport.h"
#include "tests/support/forkedchild.h"
#include "tests/support/forkedwork.h"
#include "tests/support/otheruser.h"
#include "tests/support/testserver.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <array>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

using Quay::EndingReport;
using Quay::EndingStage;
using Quay::ErrorCode;
using Quay::PidFd;
using Quay::PortState;
using Quay::TargetStage;
using Quay::Test::EndingRun;
using Quay::Test::planOf;
using Quay::Test::sentSignals;
using Quay::Test::TestServer;
using Quay::Test::Unprivileged;
using Quay::Test::why;
using namespace std::chrono_literals;

/// What goes wrong, and must not go wrong badly.
class tst_LiveEndingFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void recycledPidIsNeverSignalled();
    void otherUsersProcessNeedsPermission();
    void refusedPermissionIsReported();
    void nobodyIsWaitedForWhoCannotAnswer();
    void permissionIsNeededAgainToForce();
    void processThatChangesItsUserNeedsPermission();
    void processThatHangsInTheKernelIsNoSuccess();
    void tooFewDescriptorsAreReported();
    void fewDescriptorsAreMadeMore();
    void refusedNetlinkIsNoObstacle();

private:
    std::unique_ptr<EndingRun> m_run;
};

namespace {

bool isFinished(const EndingReport &report)
{
    return report.stage == EndingStage::Finished;
}

/// Without the address sanitizer: what cloneIdle() makes shares our memory, and with it the sanitizer's notes of our
/// stack.
[[noreturn, gnu::no_sanitize_address]] int waitForSignal(void * /*unused*/)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) {
        ::pause();
    }
}

pid_t forkIdle()
{
    const pid_t child = Quay::Test::forkWithoutHandlers();
    if (child == 0) {
        waitForSignal(nullptr);
    }
    return child;
}

/// One at a time, for they share a stack: thousands are made, and to copy our memory costs the most.
pid_t cloneIdle()
{
    alignas(16) static std::array<char, 65'536> stack;
    return ::clone(waitForSignal, stack.data() + stack.size(), CLONE_VM | SIGCHLD, nullptr);
}

/// Ends a child of ours that was not waited for yet. Whether it had been running until now.
bool endIdle(pid_t child)
{
    const auto handle = PidFd::open(child);
    const bool wasRunning = handle && handle->hasEnded() == false;
    if (handle) {
        static_cast<void>(handle->signal(SIGKILL));
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && wasRunning && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/// The next process of this pid namespace gets @p pid.
bool chooseNextPid(pid_t pid)
{
    std::ofstream lastPid("/proc/sys/kernel/ns_last_pid");
    lastPid << pid - 1 << std::flush;
    return static_cast<bool>(lastPid);
}

/// Draws a process, lets its pid go to another one, and ends what was drawn. What went wrong; empty: nothing did.
std::string endRecycled(EndingRun &run, Quay::ProcessTable &table, int &recycled)
{
    const pid_t drawn = cloneIdle();
    auto process = table.find(drawn);
    if (!process || !endIdle(drawn) || !chooseNextPid(drawn)) {
        return "cannot draw";
    }
    const pid_t stranger = cloneIdle();
    if (stranger != drawn) {
        return endIdle(stranger) ? std::string() : "cannot end"; // somebody was faster: another try
    }
    Quay::KillPlan plan;
    plan.targets.push_back({.process = std::move(process), .signal = SIGKILL});
    const EndingReport &report = run.end(plan);
    const auto stage = report.targets.front().stage;
    if (!endIdle(stranger)) {
        return "the wrong one was signalled";
    }
    if (stage != TargetStage::Recycled || !report.targets.front().signals.empty()) {
        return "not seen to be recycled";
    }
    ++recycled;
    return {};
}

std::string endRecycledOften(int times)
{
    const auto proc = Quay::ProcFs::open();
    const auto run = EndingRun::open();
    if (!proc || !run) {
        return "cannot look";
    }
    Quay::ProcessTable table(*proc, Quay::processCpuTime);
    int recycled = 0;
    for (int time = 0; time < times; ++time) {
        if (auto mistake = endRecycled(**run, table, recycled); !mistake.empty()) {
            return mistake + " at try " + std::to_string(time);
        }
    }
    return std::to_string(recycled);
}

} // namespace

void tst_LiveEndingFaults::init()
{
    auto run = EndingRun::open();
    QVERIFY2(run, why(run));
    m_run = *std::move(run);
}

void tst_LiveEndingFaults::recycledPidIsNeverSignalled()
{
    constexpr int Times = 10'000; // nearly all within one tick: start times are equal then
    if (const auto serial = PidFd::open(::getpid())->serial(); !serial) {
        QSKIP("the kernel cannot tell processes apart that started within one tick");
    }

    const auto recycled = Quay::Test::runInPidNamespace([] { return endRecycledOften(Times); }, 200s);

    if (!recycled && recycled.error().code == ErrorCode::Denied) {
        QSKIP("only root can make a pid namespace");
    }
    QVERIFY2(recycled, why(recycled));
    QCOMPARE(*recycled, std::to_string(Times));
}

void tst_LiveEndingFaults::otherUsersProcessNeedsPermission()
{
    const auto server = TestServer::start({"listen", "--uid", std::to_string(Quay::Test::ThirdUid)});
    if (!server) {
        QSKIP("only root can start a process of another user");
    }
    const auto plan = planOf({.pids = {server->pid()}});
    QVERIFY2(plan, why(plan));
    const auto id = [&] {
        const Unprivileged user;
        return m_run->terminator().begin(*plan, {.grace = 1h, .awaitsPermission = true});
    }();
    const auto &refused = m_run->last().targets.front();
    QCOMPARE(refused.stage, TargetStage::NeedsPermission);
    QCOMPARE(refused.signals.size(), std::size_t{1});
    QCOMPARE(refused.signals.front().error->code, ErrorCode::Denied);
    QVERIFY(!m_run->last().forcesAt.has_value());
    QVERIFY(!m_run->terminator().nextDeadline().has_value()); // it is up to somebody else

    QVERIFY(PidFd::open(server->pid())->signal(SIGTERM)); // as somebody with more rights does
    m_run->terminator().signalled(id, plan->targets.front().process->id, {});
    QVERIFY(m_run->advanceUntil(isFinished));

    QVERIFY(isSuccess(m_run->last()));
    QCOMPARE(sentSignals(m_run->last().targets.front()), std::vector{SIGTERM});
}

void tst_LiveEndingFaults::refusedPermissionIsReported()
{
    const auto server = TestServer::start({"listen", "--uid", std::to_string(Quay::Test::ThirdUid)});
    if (!server) {
        QSKIP("only root can start a process of another user");
    }
    const auto plan = planOf({.pids = {server->pid()}});
    QVERIFY2(plan, why(plan));
    const auto id = [&] {
        const Unprivileged user;
        return m_run->terminator().begin(*plan, {.awaitsPermission = true});
    }();

    m_run->terminator().signalled(id, plan->targets.front().process->id, Quay::fail(ErrorCode::Denied, "password"));
    QVERIFY(m_run->advanceUntil(isFinished));

    QVERIFY(!isSuccess(m_run->last()));
    QCOMPARE(m_run->last().targets.front().stage, TargetStage::Refused);
    QVERIFY(m_run->last().targets.front().error->subject == "password");
    QVERIFY(planOf({.pids = {server->pid()}})); // it lives
}

void tst_LiveEndingFaults::nobodyIsWaitedForWhoCannotAnswer()
{
    const auto server = TestServer::start({"listen", "--uid", std::to_string(Quay::Test::ThirdUid)});
    if (!server) {
        QSKIP("only root can start a process of another user");
    }
    const auto plan = planOf({.pids = {server->pid()}, .port = server->port()});
    QVERIFY2(plan, why(plan));
    {
        const Unprivileged user;
        m_run->terminator().begin(*plan, {.grace = 1h});
    }

    QVERIFY(m_run->advanceUntil(isFinished));

    QVERIFY(!isSuccess(m_run->last()));
    QCOMPARE(m_run->last().targets.front().stage, TargetStage::NeedsPermission);
    QCOMPARE(m_run->last().ports.front().proof.state, Quay::PortState::Held);
    QVERIFY(planOf({.pids = {server->pid()}})); // it lives
}

void tst_LiveEndingFaults::permissionIsNeededAgainToForce()
{
    const auto server = TestServer::start({"deaf", "--uid", std::to_string(Quay::Test::ThirdUid)});
    if (!server) {
        QSKIP("only root can start a process of another user");
    }
    const auto plan = planOf({.pids = {server->pid()}});
    QVERIFY2(plan, why(plan));
    const auto process = plan->targets.front().process->id;
    {
        const Unprivileged user;
        const auto id = m_run->terminator().begin(*plan, {.grace = 50ms, .awaitsPermission = true});
        m_run->terminator().signalled(id, process, {});
        QCOMPARE(m_run->last().targets.front().stage, TargetStage::Asked);
        QVERIFY(m_run->last().forcesAt.has_value());
        QVERIFY(m_run->advanceUntil(
            [](const EndingReport &report) { return report.targets.front().stage == TargetStage::NeedsPermission; }));
        QCOMPARE(m_run->last().targets.front().signals.back().signal, SIGKILL);
        QCOMPARE(m_run->last().targets.front().signals.back().error->code, ErrorCode::Denied);
    }

    QVERIFY(PidFd::open(server->pid())->signal(SIGKILL));
    m_run->terminator().signalled(m_run->last().id, process, {});
    QVERIFY(m_run->advanceUntil(isFinished));

    QVERIFY(isSuccess(m_run->last()));
    QCOMPARE(sentSignals(m_run->last().targets.front()), (std::vector{SIGTERM, SIGKILL}));
}

void tst_LiveEndingFaults::processThatChangesItsUserNeedsPermission()
{
    if (::getuid() != 0) {
        QSKIP("only root's processes can become another user's");
    }
    const auto server = TestServer::start({"turncoat"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}});
    QVERIFY2(plan, why(plan));
    {
        const Unprivileged user; // whose real user is root still: it may signal root's processes, and no others
        m_run->terminator().begin(*plan, {.grace = 300ms, .awaitsPermission = true});
        QCOMPARE(m_run->last().targets.front().stage, TargetStage::Asked);
        QTRY_COMPARE(planOf({.pids = {server->pid()}})->targets.front().process->uid, Quay::Test::ThirdUid);
        QVERIFY(m_run->advanceUntil(
            [](const EndingReport &report) { return report.targets.front().stage == TargetStage::NeedsPermission; }));
    }

    m_run->terminator().forceNow(m_run->last().id); // what it is refused is not tried again behind the user's back
    QCOMPARE(m_run->last().targets.front().stage, TargetStage::NeedsPermission);
    QVERIFY(PidFd::open(server->pid())->signal(SIGKILL));
    m_run->terminator().signalled(m_run->last().id, plan->targets.front().process->id, {});
    QVERIFY(m_run->advanceUntil(isFinished));

    QVERIFY(isSuccess(m_run->last()));
    QCOMPARE(sentSignals(m_run->last().targets.front()), (std::vector{SIGTERM, SIGKILL}));
}

void tst_LiveEndingFaults::processThatHangsInTheKernelIsNoSuccess()
{
    // In a frozen cgroup (version 1) a process hangs as it does with a device that does not answer.
    const std::filesystem::path cgroup = "/sys/fs/cgroup/freezer/quaymaster-test-" + std::to_string(::getpid());
    std::error_code error;
    if (!std::filesystem::create_directory(cgroup, error)) {
        QSKIP("no cgroup can be frozen here");
    }
    const auto setState = [&cgroup](const char *state) { std::ofstream(cgroup / "freezer.state") << state; };
    {
        const auto server = TestServer::start({"listen", "--cgroup", cgroup});
        QVERIFY2(server, why(server));
        const auto plan = planOf({.pids = {server->pid()}, .isForced = true, .port = server->port()});
        QVERIFY2(plan, why(plan));
        setState("FROZEN");
        QTRY_COMPARE(planOf({.pids = {server->pid()}})->targets.front().process->state, 'D');

        m_run->terminator().begin(*plan);
        const bool isSeen =
            m_run->advanceUntil([](const EndingReport &report) { return report.targets.front().isUninterruptible; });
        const EndingReport stuck = m_run->last();
        setState("THAWED");

        QVERIFY(isSeen);
        QCOMPARE(stuck.stage, EndingStage::Forcing);
        QCOMPARE(stuck.targets.front().stage, TargetStage::Forced);
        QVERIFY(m_run->advanceUntil(isFinished));
        QVERIFY(isSuccess(m_run->last()));
        QVERIFY(!m_run->last().targets.front().isUninterruptible);
    }
    QTRY_VERIFY(std::filesystem::remove(cgroup, error) || !std::filesystem::exists(cgroup));
}

namespace {

/// Ends @p count children with a limit of @p soft descriptors, @p hard at most. How many of them were refused with
/// EMFILE, and how many ended.
std::string endWithFewDescriptors(int count, rlim_t soft, rlim_t hard)
{
    std::vector<pid_t> children;
    for (int i = 0; i < count; ++i) {
        children.push_back(forkIdle());
    }
    const auto plan = planOf({.pids = children});
    const auto run = EndingRun::open();
    const rlimit few{.rlim_cur = soft, .rlim_max = hard};
    if (!plan || !run || ::setrlimit(RLIMIT_NOFILE, &few) != 0) {
        return "cannot begin";
    }
    const EndingReport &report = (*run)->end(*plan);
    int refused = 0;
    int ended = 0;
    for (const auto &target : report.targets) {
        refused += target.stage == TargetStage::Refused && target.error->sysErrno == EMFILE ? 1 : 0;
        ended += target.stage == TargetStage::Ended ? 1 : 0;
    }
    return std::to_string(refused) + " refused, " + std::to_string(ended) + " ended";
}

} // namespace

void tst_LiveEndingFaults::tooFewDescriptorsAreReported()
{
    const auto result = Quay::Test::runForked([] { return true; }, [] { return endWithFewDescriptors(60, 40, 40); });

    QVERIFY2(result, why(result));
    int refused = 0;
    int ended = 0;
    QCOMPARE(std::sscanf(result->c_str(), "%d refused, %d ended", &refused, &ended), 2);
    QVERIFY2(refused >= 20, result->c_str());
    QVERIFY2(ended >= 10, result->c_str());
    QCOMPARE(refused + ended, 60);
}

void tst_LiveEndingFaults::fewDescriptorsAreMadeMore()
{
    const auto result = Quay::Test::runForked([] { return true; }, [] { return endWithFewDescriptors(60, 40, 400); });

    QVERIFY2(result, why(result));
    QCOMPARE(*result, std::string("0 refused, 60 ended"));
}

void tst_LiveEndingFaults::refusedNetlinkIsNoObstacle()
{
    Quay::TerminatorSources sources;
    sources.transport = std::make_unique<Quay::Test::RefusingTransport>(Quay::errorFromErrno(EACCES, "sock_diag"));
    const auto run = EndingRun::open(std::move(sources));
    QVERIFY2(run, why(run));
    const auto server = TestServer::start({"listen"});
    const auto holder = TestServer::start({"family"});
    QVERIFY(server && holder);
    const auto plan = planOf({.pids = {server->pid()}, .port = server->port()});
    const auto heldPlan = planOf({.pids = {holder->pid()}, .port = holder->port()});
    QVERIFY(plan && heldPlan);

    QVERIFY(isSuccess((*run)->end(*plan)));
    const EndingReport &held = (*run)->end(*heldPlan);

    QCOMPARE(held.ports.front().proof.state, PortState::Held);
    QCOMPARE(held.ports.front().proof.holders.front().inode, heldPlan->listeners.front()->socket.inode);
}

QTEST_GUILESS_MAIN(tst_LiveEndingFaults)
#include "tst_liveendingfaults.moc"
