// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/ending.h"

#include <QObject>
#include <QTest>

#include <csignal>

using Quay::EndingReport;
using Quay::EndingStage;
using Quay::PortState;
using Quay::TargetStage;

class tst_Ending : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void targetsDecide_data();
    void targetsDecide();
    void portsDecide_data();
    void portsDecide();
    void portThatCameBackIsNoSuccess();
    void unfinishedIsNoSuccess();
    void onlyWhatArrivesAsks();
    void reportOfNothingIsAsPlanned();
};

namespace {

EndingReport reportWith(TargetStage target, PortState port)
{
    EndingReport report{.stage = EndingStage::Finished};
    report.targets = {{.stage = TargetStage::Ended}, {.stage = target}};
    report.ports = {{.proof = {.state = PortState::Free}}, {.proof = {.state = port}}};
    return report;
}

} // namespace

void tst_Ending::targetsDecide_data()
{
    QTest::addColumn<TargetStage>("stage");
    QTest::addColumn<bool>("expected");
    QTest::newRow("ended") << TargetStage::Ended << true;
    QTest::newRow("recycled") << TargetStage::Recycled << true;
    QTest::newRow("left") << TargetStage::Left << false;
    QTest::newRow("refused") << TargetStage::Refused << false;
    QTest::newRow("asked") << TargetStage::Asked << false;
    QTest::newRow("forced") << TargetStage::Forced << false;
    QTest::newRow("needs permission") << TargetStage::NeedsPermission << false;
}

void tst_Ending::targetsDecide()
{
    QFETCH(const TargetStage, stage);
    QFETCH(const bool, expected);

    QCOMPARE(isSuccess(reportWith(stage, PortState::Free)), expected);
}

void tst_Ending::portsDecide_data()
{
    QTest::addColumn<PortState>("state");
    QTest::addColumn<bool>("expected");
    QTest::newRow("free") << PortState::Free << true;
    QTest::newRow("free, untested") << PortState::FreeUntested << true;
    QTest::newRow("held") << PortState::Held << false;
    QTest::newRow("lingering") << PortState::Lingering << false;
    QTest::newRow("unknown") << PortState::Unknown << false;
}

void tst_Ending::portsDecide()
{
    QFETCH(const PortState, state);
    QFETCH(const bool, expected);

    QCOMPARE(isSuccess(reportWith(TargetStage::Ended, state)), expected);
}

void tst_Ending::portThatCameBackIsNoSuccess()
{
    auto report = reportWith(TargetStage::Ended, PortState::Free);
    report.ports.back().cameBack = true;

    QVERIFY(!isSuccess(report));
}

void tst_Ending::unfinishedIsNoSuccess()
{
    auto report = reportWith(TargetStage::Ended, PortState::Free);
    report.stage = EndingStage::Proving;

    QVERIFY(!isSuccess(report));
}

void tst_Ending::onlyWhatArrivesAsks()
{
    QVERIFY(Quay::hasAskedToEnd({.signal = SIGTERM}));
    QVERIFY(Quay::hasAskedToEnd({.signal = SIGKILL}));
    QVERIFY(!Quay::hasAskedToEnd({.signal = SIGKILL, .error = Quay::Error{}}));
    QVERIFY(!Quay::hasAskedToEnd({.signal = SIGSTOP}));
    QVERIFY(!Quay::hasAskedToEnd({.signal = SIGCONT}));
}

void tst_Ending::reportOfNothingIsAsPlanned()
{
    const auto report = Quay::reportOfNothing({.scope = Quay::KillScope::Tree, .isForced = true}, {});

    QCOMPARE(report.scope, Quay::KillScope::Tree);
    QVERIFY(report.isForced);
}

QTEST_GUILESS_MAIN(tst_Ending)
#include "tst_ending.moc"
