// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/endingtarget.h"
#include "core/kernel/procfs.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakeproc.h"
#include "tests/support/forkedchild.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

using Quay::EndingTarget;
using Quay::ProcessInfo;
using Quay::ProcFs;
using Quay::TargetProgress;
using Quay::TargetStage;
using Quay::Test::FakeClock;
using Quay::Test::FakeProc;
using Quay::Test::ForkedChild;
using namespace std::chrono_literals;

/// With real children, and what /proc says about them made up.
class tst_EndingTarget : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void pinnedOneWaits();
    void askedOneHasTime();
    void stoppedOneIsToldToGoOn();
    void endIsSeenWithTimeAndStatus();
    void endedBeforeIsAZombie();
    void otherStartTimeIsRecycled();
    void neverTouched_data();
    void neverTouched();
    void frozenOneIsThawedWhenLeft();
    void askedOneIsNotThawedWhenLeft();
    void stuckOneIsSeen();
    void leftOneIsNotSeenToEnd();
    void changesAreToldOnce();

private:
    [[nodiscard]] EndingTarget targetOf(pid_t pid, int signal = SIGTERM);
    void setState(char state);

    std::unique_ptr<ForkedChild> m_child;
    std::unique_ptr<FakeProc> m_fake;
    std::optional<ProcFs> m_proc;
    FakeClock m_clock;
};

namespace {

std::vector<int> signalsOf(const TargetProgress &progress)
{
    std::vector<int> signals;
    for (const auto &sent : progress.signals) {
        signals.push_back(sent.signal);
    }
    return signals;
}

} // namespace

void tst_EndingTarget::init()
{
    m_child = std::make_unique<ForkedChild>();
    m_fake = std::make_unique<FakeProc>();
    m_fake->add({.pid = m_child->pid(), .startTicks = 1000});
    m_proc.emplace(m_fake->open());
}

EndingTarget tst_EndingTarget::targetOf(pid_t pid, int signal)
{
    auto process = std::make_shared<ProcessInfo>();
    process->id = {.pid = pid, .startTicks = 1000};
    EndingTarget target({.process = std::move(process), .signal = signal}, false, m_clock);
    target.pin(*m_proc);
    return target;
}

void tst_EndingTarget::setState(char state)
{
    m_fake->add({.pid = m_child->pid(), .state = state, .startTicks = 1000});
}

void tst_EndingTarget::pinnedOneWaits()
{
    const auto target = targetOf(m_child->pid());

    QVERIFY(target.isPinned());
    QVERIFY(!target.isSettled());
    QVERIFY(!target.isReaped());
    QVERIFY(!target.due().has_value());
    QCOMPARE(target.progress().stage, TargetStage::Waiting);
}

void tst_EndingTarget::askedOneHasTime()
{
    auto target = targetOf(m_child->pid(), SIGURG);

    target.ask(*m_proc, 7h);

    QCOMPARE(target.progress().stage, TargetStage::Asked);
    QVERIFY(target.due() == 7h);
    QCOMPARE(signalsOf(target.progress()), std::vector{SIGURG});
    QCOMPARE(target.progress().signals.front().at, m_clock.realTime());
}

void tst_EndingTarget::stoppedOneIsToldToGoOn()
{
    setState('T');
    auto target = targetOf(m_child->pid(), SIGURG);

    target.ask(*m_proc, 7h);

    QCOMPARE(signalsOf(target.progress()), (std::vector{SIGURG, SIGCONT}));
    QCOMPARE(target.progress().stage, TargetStage::Asked);
}

void tst_EndingTarget::endIsSeenWithTimeAndStatus()
{
    auto target = targetOf(m_child->pid());
    target.ask(*m_proc, 7h);
    m_clock.advance(30ms);
    m_child->end();

    target.noteReadable();

    QVERIFY(target.isSettled());
    QCOMPARE(target.progress().stage, TargetStage::Ended);
    QVERIFY(target.progress().endedAfter == 30ms);
    QCOMPARE(target.progress().exit->signal, SIGTERM);
    QVERIFY(!target.progress().wasZombie);
    QVERIFY(!target.awaitsExitStatus());
}

void tst_EndingTarget::endedBeforeIsAZombie()
{
    m_child->end();

    const auto target = targetOf(m_child->pid());

    QCOMPARE(target.progress().stage, TargetStage::Ended);
    QVERIFY(target.progress().wasZombie);
    QVERIFY(!target.progress().endedAfter.has_value());
}

void tst_EndingTarget::otherStartTimeIsRecycled()
{
    m_fake->add({.pid = m_child->pid(), .startTicks = 1001});

    const auto target = targetOf(m_child->pid());

    QCOMPARE(target.progress().stage, TargetStage::Recycled);
    QVERIFY(!target.isPinned());
}

void tst_EndingTarget::neverTouched_data()
{
    QTest::addColumn<pid_t>("pid");
    QTest::addColumn<bool>("isKernelThread");
    QTest::newRow("init") << pid_t{1} << false;
    QTest::newRow("nobody") << pid_t{0} << false;
    QTest::newRow("group") << pid_t{-5} << false;
    QTest::newRow("ourselves") << ::getpid() << false;
    QTest::newRow("kernel thread") << pid_t{4711} << true;
}

void tst_EndingTarget::neverTouched()
{
    QFETCH(const pid_t, pid);
    QFETCH(const bool, isKernelThread);
    auto process = std::make_shared<ProcessInfo>();
    process->id = {.pid = pid, .startTicks = 1000};
    process->isKernelThread = isKernelThread;
    EndingTarget target({.process = process, .signal = SIGTERM}, false, m_clock);

    target.pin(*m_proc);

    QCOMPARE(target.progress().stage, TargetStage::Refused);
    QCOMPARE(target.progress().error->code, Quay::ErrorCode::Invalid);
    QVERIFY(!target.isPinned());
}

void tst_EndingTarget::frozenOneIsThawedWhenLeft()
{
    auto target = targetOf(m_child->pid());

    target.freeze();
    QVERIFY(target.isFrozen());
    QVERIFY(!target.isStill(*m_proc));
    setState('T');
    QVERIFY(target.isStill(*m_proc));
    target.leave();

    QCOMPARE(signalsOf(target.progress()), (std::vector{SIGSTOP, SIGCONT}));
    QCOMPARE(target.progress().stage, TargetStage::Left);
}

void tst_EndingTarget::askedOneIsNotThawedWhenLeft()
{
    auto target = targetOf(m_child->pid(), SIGURG);
    target.ask(*m_proc, 7h);

    target.leave();

    QCOMPARE(signalsOf(target.progress()), std::vector{SIGURG});
    QVERIFY(!target.due().has_value());
}

void tst_EndingTarget::stuckOneIsSeen()
{
    auto target = targetOf(m_child->pid());
    target.force();
    QCOMPARE(target.progress().stage, TargetStage::Forced);
    setState('D');

    target.lookWhetherStuck(*m_proc);
    QVERIFY(target.progress().isUninterruptible);
    QVERIFY(!target.isSettled());
    setState('R');
    target.lookWhetherStuck(*m_proc);
    QVERIFY(!target.progress().isUninterruptible);
    m_child->end();
    target.noteReadable();

    QCOMPARE(target.progress().stage, TargetStage::Ended);
}

void tst_EndingTarget::leftOneIsNotSeenToEnd()
{
    auto target = targetOf(m_child->pid());
    target.leave();
    m_child->end();

    target.noteReadable();

    QCOMPARE(target.progress().stage, TargetStage::Left);
}

void tst_EndingTarget::changesAreToldOnce()
{
    auto target = targetOf(m_child->pid(), SIGURG);
    QVERIFY(target.takeChanged());
    QVERIFY(!target.takeChanged());

    target.ask(*m_proc, 7h);
    QVERIFY(target.takeChanged());
    QVERIFY(!target.takeChanged());
    target.noteReadable(); // it has not ended
    target.lookWhetherStuck(*m_proc);
    QVERIFY(!target.takeChanged());
}

QTEST_GUILESS_MAIN(tst_EndingTarget)
#include "tst_endingtarget.moc"
