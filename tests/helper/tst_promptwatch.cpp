// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper.h"
#include "app/helper/promptwatch.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <chrono>

using namespace std::chrono_literals;
using Quay::PromptWatch;

namespace {

bool never()
{
    return false;
}

} // namespace

class tst_PromptWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void idleHelperIsNeverOverdue();
    void requestThatTakesTooLongIsOverdue();
    void stopDuringARequestIsForIt();
    void stopBeforeARequestIsForAnother();
    void callerThatIsGoneIsNoticed();
    void callerThatIsGoneForOneLookIsNot();
    void helperWatchesTheTimerThatKAuthHandsOver();
};

void tst_PromptWatch::idleHelperIsNeverOverdue()
{
    QTimer idle;
    idle.start(1h);
    PromptWatch watch(&idle, 1ms, {.isStopped = never, .isCallerGone = never});
    const QSignalSpy overdue(&watch, &PromptWatch::overdue);
    QTimer counter; // as fast as the watch looks
    const QSignalSpy looks(&counter, &QTimer::timeout);
    counter.start(1ms);

    QTRY_VERIFY(looks.size() > 20);

    QVERIFY(overdue.isEmpty());
}

void tst_PromptWatch::requestThatTakesTooLongIsOverdue()
{
    QTimer idle;
    PromptWatch watch(&idle, 20ms, {.isStopped = never, .isCallerGone = never});
    const QSignalSpy overdue(&watch, &PromptWatch::overdue);

    QTRY_VERIFY(!overdue.isEmpty());
}

void tst_PromptWatch::stopDuringARequestIsForIt()
{
    QTimer idle;
    bool isStopped = false;
    PromptWatch watch(&idle, 1h, {.isStopped = [&isStopped] { return isStopped; }, .isCallerGone = never});
    const QSignalSpy abandoned(&watch, &PromptWatch::abandoned);

    isStopped = true;

    QTRY_VERIFY(!abandoned.isEmpty());
}

void tst_PromptWatch::stopBeforeARequestIsForAnother()
{
    QTimer idle;
    idle.start(1h);
    int checks = 0;
    PromptWatch watch(&idle, 50ms, {.isStopped = [&checks] { return ++checks > 0; }, .isCallerGone = never});
    const QSignalSpy abandoned(&watch, &PromptWatch::abandoned);
    const QSignalSpy overdue(&watch, &PromptWatch::overdue);
    QTRY_VERIFY(checks > 0);

    idle.stop();

    QTRY_VERIFY(!overdue.isEmpty()); // it has looked by then
    QVERIFY(abandoned.isEmpty());
}

void tst_PromptWatch::callerThatIsGoneIsNoticed()
{
    QTimer idle;
    PromptWatch watch(&idle, 1h, {.isStopped = never, .isCallerGone = [] { return true; }});
    const QSignalSpy orphaned(&watch, &PromptWatch::orphaned);

    QTRY_VERIFY(!orphaned.isEmpty());
}

void tst_PromptWatch::callerThatIsGoneForOneLookIsNot()
{
    QTimer idle; // of a request of root, which is about to be answered
    int looks = 0;
    PromptWatch watch(&idle, 20ms, {.isStopped = never, .isCallerGone = [&looks] { return ++looks == 1; }});
    const QSignalSpy orphaned(&watch, &PromptWatch::orphaned);
    const QSignalSpy overdue(&watch, &PromptWatch::overdue);

    QTRY_VERIFY(!overdue.isEmpty());

    QVERIFY(looks > 1);
    QVERIFY(orphaned.isEmpty());
}

void tst_PromptWatch::helperWatchesTheTimerThatKAuthHandsOver()
{
    Quay::Helper helper;
    QTimer idle;
    QVERIFY(helper.findChildren<PromptWatch *>().isEmpty());

    helper.setProperty("__KAuth_Helper_Shutdown_Timer", QVariant::fromValue(&idle));

    QCOMPARE(helper.findChildren<PromptWatch *>().size(), 1);
}

QTEST_GUILESS_MAIN(tst_PromptWatch)
#include "tst_promptwatch.moc"
