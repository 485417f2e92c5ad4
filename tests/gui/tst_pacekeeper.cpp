// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/pacekeeper.h"

#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace Quay;

class tst_PaceKeeper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shownWindowIsLookedAtOften();
    void hiddenAndMinimisedWindowsAreNot();
    void batterySlowsDownOnlyWhatIsSeen();
};

void tst_PaceKeeper::shownWindowIsLookedAtOften()
{
    QWidget window;
    const PaceKeeper keeper(&window);
    const QSignalSpy visible(&keeper, &PaceKeeper::becameVisible);
    QCOMPARE(keeper.pace(), ScanPace::Hidden);

    window.show();

    QTRY_COMPARE(keeper.pace(), ScanPace::Visible);
    QCOMPARE(visible.size(), 1);
}

void tst_PaceKeeper::hiddenAndMinimisedWindowsAreNot()
{
    QWidget window;
    const PaceKeeper keeper(&window);
    const QSignalSpy visible(&keeper, &PaceKeeper::becameVisible);
    window.show();
    QTRY_COMPARE(keeper.pace(), ScanPace::Visible);

    window.hide();
    QTRY_COMPARE(keeper.pace(), ScanPace::Hidden);
    window.show();
    QTRY_COMPARE(keeper.pace(), ScanPace::Visible);
    window.showMinimized();
    QTRY_COMPARE(keeper.pace(), ScanPace::Hidden);
    window.showNormal();
    QTRY_COMPARE(keeper.pace(), ScanPace::Visible);

    QCOMPARE(visible.size(), 3); // each time what is shown is old
}

void tst_PaceKeeper::batterySlowsDownOnlyWhatIsSeen()
{
    QWidget window;
    PaceKeeper keeper(&window);

    keeper.setOnBattery(true);
    QCOMPARE(keeper.pace(), ScanPace::Hidden);
    window.show();
    QTRY_COMPARE(keeper.pace(), ScanPace::OnBattery);
    keeper.setOnBattery(false);
    QCOMPARE(keeper.pace(), ScanPace::Visible);
}

QTEST_MAIN(tst_PaceKeeper)
#include "tst_pacekeeper.moc"
