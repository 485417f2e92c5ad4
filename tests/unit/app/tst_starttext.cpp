// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/starttext.h"
#include "core/startup/contradiction.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <chrono>
#include <optional>

using Quay::Contradiction;
using Quay::ProcessCondition;
using namespace std::chrono_literals;

namespace {

QString textOf(ProcessCondition condition, std::optional<std::chrono::nanoseconds> sameFor)
{
    return Quay::contradictionText(
        {.condition = condition,
         .process = Quay::ServerProcess{.id = {.pid = 7, .startTicks = 1}, .name = "x", .sameFor = sameFor}});
}

} // namespace

class tst_StartText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void timesOfConditionsAreTold_data();
    void timesOfConditionsAreTold();
};

void tst_StartText::timesOfConditionsAreTold_data()
{
    QTest::addColumn<ProcessCondition>("condition");
    QTest::addColumn<QString>("known");
    QTest::addColumn<QString>("unknown");

    QTest::newRow("stopped") << ProcessCondition::Stopped
                             << QStringLiteral("x (process 7) has been stopped for 5 s by a signal or debugger")
                             << QStringLiteral("x (process 7) is stopped by a signal or debugger");
    QTest::newRow("waits for a disk")
        << ProcessCondition::Uninterruptible
        << QStringLiteral("x (process 7) has been waiting for a disk or a network file system for 5 s")
        << QStringLiteral("x (process 7) waits for a disk or a network file system");
    QTest::newRow("burns a core") << ProcessCondition::Computing
                                  << QStringLiteral("x (process 7) has been computing without a pause for 5 s")
                                  << QStringLiteral("x (process 7) computes without a pause");
}

void tst_StartText::timesOfConditionsAreTold()
{
    QFETCH(const ProcessCondition, condition);
    QFETCH(const QString, known);
    QFETCH(const QString, unknown);

    const QString told = textOf(condition, 5s);
    const QString untold = textOf(condition, std::nullopt);

    QVERIFY2(told.endsWith(known), qPrintable(told));
    QVERIFY2(untold.endsWith(unknown), qPrintable(untold));
}

QTEST_GUILESS_MAIN(tst_StartText)
#include "tst_starttext.moc"
