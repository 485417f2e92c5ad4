// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/terminator.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/processes/processtable.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakediag.h"
#include "tests/support/forkedchild.h"
#include "tests/support/freeport.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <poll.h>

using Quay::EndingReport;
using Quay::EndingStage;
using Quay::KillPlan;
using Quay::KillScope;
using Quay::TargetStage;
using Quay::Terminator;
using Quay::Test::FakeClock;
using Quay::Test::FakeDiag;
using Quay::Test::FakeSockets;
using Quay::Test::ForkedChild;
using namespace std::chrono_literals;

/// When it does what, by a clock that passes when the test says so. SIGURG stands for a polite signal that is ignored.
class tst_Terminator : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void missingProcIsAnError();
    void nothingToDoAtFirst();
    void graceIsOfTheClock();
    void lateClockForcesOnce();
    void endIsReadable();
    void emptyPlanFinishesAtOnce();
    void commandsToEndingsThatAreNoMoreDoNothing();
    void stuckTargetIsLookedAtAgain();
    void drainIsOfTheClock();
    void hostsAreWatchedForAsLongAsIsWished_data();
    void hostsAreWatchedForAsLongAsIsWished();
    void treeIsStoppedBeforeItIsForced();
    void destroyedOneLetsStoppedProcessesGoOn();

private:
    [[nodiscard]] KillPlan planFor(const ForkedChild &child, int signal = SIGURG) const;
    [[nodiscard]] const EndingReport &last() const { return m_reports.back(); }
    void waitForEvent() const;

    FakeClock m_clock;
    std::shared_ptr<FakeSockets> m_sockets;
    std::unique_ptr<Terminator> m_terminator;
    std::vector<EndingReport> m_reports;
};

void tst_Terminator::init()
{
    m_reports.clear();
    m_sockets = std::make_shared<FakeSockets>();
    Quay::TerminatorSources sources;
    sources.clock = &m_clock;
    sources.transport = std::make_unique<FakeDiag>(m_sockets);
    auto opened =
        Terminator::open([this](const EndingReport &report) { m_reports.push_back(report); }, std::move(sources));
    QVERIFY(opened);
    m_terminator = *std::move(opened);
}

KillPlan tst_Terminator::planFor(const ForkedChild &child, int signal) const
{
    const auto proc = Quay::ProcFs::open();
    Quay::ProcessTable table(*proc, Quay::processCpuTime);
    KillPlan plan;
    plan.targets.push_back({.process = table.find(child.pid()), .signal = signal});
    return plan;
}

void tst_Terminator::waitForEvent() const
{
    pollfd watched{.fd = m_terminator->descriptor(), .events = POLLIN, .revents = 0};
    QCOMPARE(::poll(&watched, 1, 10'000), 1);
}

void tst_Terminator::missingProcIsAnError()
{
    Quay::TerminatorSources sources;
    sources.procPath = "/nonexistent";

    const auto opened = Terminator::open({}, std::move(sources));

    QVERIFY(!opened);
    QVERIFY(opened.error().subject == "/nonexistent");
}

void tst_Terminator::nothingToDoAtFirst()
{
    QVERIFY(m_terminator->isIdle());
    QVERIFY(!m_terminator->nextDeadline().has_value());

    m_terminator->advance();
    m_terminator->runFor(1h); // returns at once

    QVERIFY(m_reports.empty());
}

void tst_Terminator::graceIsOfTheClock()
{
    const ForkedChild child;
    m_terminator->begin(planFor(child), {.grace = 5s});
    QCOMPARE(last().targets.front().stage, TargetStage::Asked);
    QVERIFY(last().forcesAt == m_clock.monotonic() + 5s);
    QVERIFY(m_terminator->nextDeadline() == m_clock.monotonic() + 5s);

    m_clock.advance(5s - 1ns);
    m_terminator->advance();
    QCOMPARE(m_reports.size(), std::size_t{1});
    m_clock.advance(1ns);
    m_terminator->advance();

    QCOMPARE(last().stage, EndingStage::Forcing);
    QCOMPARE(last().targets.front().stage, TargetStage::Forced);
    QVERIFY(!last().forcesAt.has_value());
    QCOMPARE(last().elapsed, 5s);
}

void tst_Terminator::lateClockForcesOnce()
{
    const ForkedChild child;
    m_terminator->begin(planFor(child), {.grace = 5s});

    m_clock.advance(1h);
    m_terminator->advance();
    m_terminator->advance();

    QCOMPARE(last().targets.front().signals.size(), std::size_t{2});
}

void tst_Terminator::endIsReadable()
{
    const ForkedChild child;
    m_terminator->begin(planFor(child, SIGTERM), {.grace = 5s});

    waitForEvent();
    m_clock.advance(20ms);
    m_terminator->advance();

    QCOMPARE(last().stage, EndingStage::Finished);
    QCOMPARE(last().targets.front().stage, TargetStage::Ended);
    QVERIFY(last().targets.front().endedAfter == 20ms);
    QCOMPARE(last().targets.front().exit->signal, SIGTERM);
    QVERIFY(m_terminator->isIdle());
}

void tst_Terminator::emptyPlanFinishesAtOnce()
{
    const auto id = m_terminator->begin({});

    QCOMPARE(m_reports.size(), std::size_t{1});
    QCOMPARE(last().id, id);
    QCOMPARE(last().stage, EndingStage::Finished);
    QVERIFY(isSuccess(last()));
}

void tst_Terminator::commandsToEndingsThatAreNoMoreDoNothing()
{
    const auto id = m_terminator->begin({});

    m_terminator->forceNow(id);
    m_terminator->leave(id + 1);
    m_terminator->signalled(id, {.pid = 1, .startTicks = 1}, {});

    QCOMPARE(m_reports.size(), std::size_t{1});
}

void tst_Terminator::stuckTargetIsLookedAtAgain()
{
    const ForkedChild child;
    auto plan = planFor(child, SIGKILL);
    plan.isForced = true;

    m_terminator->begin(plan);

    QVERIFY(last().isForced);
    QVERIFY(m_terminator->nextDeadline() == m_clock.monotonic() + 100ms);
}

void tst_Terminator::drainIsOfTheClock()
{
    const ForkedChild child;
    auto plan = planFor(child);
    Quay::SocketRecord connection{.cookie = 1, .inode = 1, .state = Quay::SocketState::Established, .localPort = 3000};
    plan.listeners.push_back(std::make_shared<Quay::Listener>(Quay::Listener{.socket = {.localPort = 3000}}));
    m_sockets->records = {connection};

    plan.drain = 250ms;
    m_terminator->begin(plan, {.grace = 5s});
    QCOMPARE(last().stage, EndingStage::Draining);
    QVERIFY(last().connectionsLeft == 1U);
    QVERIFY(m_terminator->nextDeadline() == m_clock.monotonic() + 100ms);
    m_clock.advance(249ms);
    m_terminator->advance();
    QVERIFY(last().targets.front().signals.empty());
    QVERIFY(m_terminator->nextDeadline() == m_clock.monotonic() + 1ms);
    QVERIFY(!last().connectionsCut.has_value());
    m_clock.advance(1ms);
    m_terminator->advance();
    QVERIFY(last().connectionsCut == 1U); // before the signal goes
    QCOMPARE(last().stage, EndingStage::Draining);
    QVERIFY(last().targets.front().signals.empty());
    QVERIFY(m_terminator->nextDeadline() == m_clock.monotonic());
    m_terminator->advance();

    QCOMPARE(last().stage, EndingStage::Asking);
    QVERIFY(!last().connectionsLeft.has_value());
    QVERIFY(last().connectionsCut == 1U);
    QVERIFY(last().forcesAt == m_clock.monotonic() + 5s);
}

void tst_Terminator::hostsAreWatchedForAsLongAsIsWished_data()
{
    QTest::addColumn<bool>("livesOn");
    QTest::addColumn<std::chrono::milliseconds>("wished");
    QTest::addColumn<bool>("isWatched");
    QTest::newRow("not at all") << true << 0ms << false;
    QTest::newRow("half a second") << true << 500ms << true;
    QTest::newRow("host that has ended") << false << 500ms << false;
}

void tst_Terminator::hostsAreWatchedForAsLongAsIsWished()
{
    QFETCH(const bool, livesOn);
    QFETCH(const std::chrono::milliseconds, wished);
    QFETCH(const bool, isWatched);
    const ForkedChild host;
    const ForkedChild child;
    auto plan = planFor(child, SIGKILL);
    plan.isForced = true;
    plan.hosts = {planFor(host).targets.front().process};
    const auto port = static_cast<std::uint16_t>(std::stoi(Quay::Test::freePort()));
    plan.listeners.push_back(std::make_shared<Quay::Listener>(Quay::Listener{.socket = {.localPort = port}}));
    if (!livesOn) {
        const auto handle = Quay::PidFd::open(host.pid());
        QVERIFY(handle && handle->signal(SIGKILL));
        QTRY_VERIFY(handle->hasEnded().value());
    }

    m_terminator->begin(plan, {.hostWatch = wished});
    QTRY_VERIFY((m_terminator->advance(), !last().ports.empty() && isFree(last().ports.front())));

    QCOMPARE(m_terminator->isIdle(), !isWatched);
    m_clock.advance(wished);
    m_terminator->advance();
    QVERIFY(m_terminator->isIdle());
    QVERIFY(isSuccess(last()));
}

void tst_Terminator::treeIsStoppedBeforeItIsForced()
{
    const ForkedChild child;
    auto plan = planFor(child);
    plan.scope = KillScope::Tree;
    m_terminator->begin(plan, {.grace = 5s});
    m_clock.advance(5s);

    m_terminator->advance();
    QCOMPARE(last().stage, EndingStage::Forcing);
    QCOMPARE(last().targets.front().signals.at(1).signal, SIGSTOP);
    // It stands still after an instant; each look is a millisecond of the clock apart.
    QTRY_VERIFY((m_clock.advance(1ms), m_terminator->advance(), last().stage == EndingStage::Finished));

    QCOMPARE(last().targets.front().signals.back().signal, SIGKILL);
    QCOMPARE(last().targets.front().exit->signal, SIGKILL);
}

void tst_Terminator::destroyedOneLetsStoppedProcessesGoOn()
{
    ForkedChild child;
    auto plan = planFor(child);
    plan.scope = KillScope::Tree;
    plan.isForced = true;
    m_sockets->refusal = EACCES;
    m_terminator->begin(plan);
    if (last().targets.front().stage == TargetStage::Forced) {
        QSKIP("it stood still before the first look was over");
    }
    QCOMPARE(last().targets.front().signals.back().signal, SIGSTOP);

    m_terminator.reset();

    child.end(); // returns only when it runs again and sees that it may end
}

QTEST_GUILESS_MAIN(tst_Terminator)
#include "tst_terminator.moc"
