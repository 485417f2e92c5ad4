// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/costline.h"
#include "app/window/selfwatch.h"

#include <QLocale>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

using namespace Quay;
using namespace std::chrono_literals;

class tst_CostLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyCostIsNamedWithItsUnit();
    void countsAreWrittenAsTheUserWritesThem();
    void whatIsUnknownIsLeftOut();
    void incompleteTableIsSaid();
    void thisProgramIsMeasured();
};

void tst_CostLine::everyCostIsNamedWithItsUnit()
{
    CostLine line;
    PortSnapshot snapshot;
    snapshot.listeners.resize(14);
    snapshot.processCount = 612;

    line.setSnapshot(snapshot);
    line.setLook({.wallTime = 312us});
    line.setSelf({.cpuShare = 0.001, .residentBytes = 38'000'000});

    for (const char *part : {"14", "612", "0.3 ms", "0.1 % CPU", "38 MB"}) {
        QVERIFY2(line.text().contains(QLatin1String(part)), qPrintable(line.text()));
    }
}

void tst_CostLine::countsAreWrittenAsTheUserWritesThem()
{
    const auto ownLocale = qScopeGuard([before = QLocale()] { QLocale::setDefault(before); });
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    CostLine line;
    PortSnapshot snapshot;
    snapshot.listeners.resize(1016);
    snapshot.processCount = 2048;

    line.setSnapshot(snapshot);

    QVERIFY2(line.text().startsWith(QLatin1String("1,016 ")), qPrintable(line.text()));
    QVERIFY2(line.text().contains(QLatin1String(" 2,048 ")), qPrintable(line.text()));
}

void tst_CostLine::whatIsUnknownIsLeftOut()
{
    CostLine line;

    line.setSnapshot({});
    line.setSelf({.cpuShare = std::nullopt, .residentBytes = 38'000'000});

    QVERIFY(!line.text().contains(QLatin1String("CPU")));
    QVERIFY(!line.text().contains(QLatin1String("ms")));
    QVERIFY(line.text().contains(QLatin1String("38 MB")));
}

void tst_CostLine::incompleteTableIsSaid()
{
    CostLine line;
    PortSnapshot snapshot;
    line.setSnapshot(snapshot);
    const auto complete = line.text();

    snapshot.isInterrupted = true;
    line.setSnapshot(snapshot);

    QVERIFY(line.text().size() > complete.size());
}

void tst_CostLine::thisProgramIsMeasured()
{
    SelfWatch watch;
    QList<SelfReport> reports;
    connect(&watch, &SelfWatch::measured, this, [&reports](const SelfReport &report) { reports << report; });

    watch.update();
    watch.update(); // at once again: does nothing

    QTRY_COMPARE(reports.size(), 1);
    QVERIFY(reports.constFirst().cost);
    QVERIFY(reports.constFirst().cost->residentBytes > 1'000'000);
    QVERIFY(!reports.constFirst().cost->cpuShare); // the first has nothing to compare with
}

QTEST_MAIN(tst_CostLine)
#include "tst_costline.moc"
