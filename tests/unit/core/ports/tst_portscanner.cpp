// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/error.h"
#include "core/ports/portscanner.h"
#include "core/ports/portsnapshot.h"
#include "tests/support/fakemachine.h"
#include "tests/support/fakeproc.h"

#include <QCoreApplication>
#include <QObject>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <memory>
#include <string>
#include <utility>

using Quay::OwnerKnowledge;
using Quay::PortScanner;
using Quay::PortSnapshotPtr;
using Quay::ScanPace;
using Quay::Test::FakeMachine;

/// The machine stands still while the scanner's thread looks at it: only between two looks is it changed.
class tst_PortScanner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void portsComeBeforeTheirOwners();
    void lookThatFindsNoChangeIsSilent();
    void looksDoNotPileUp();
    void verifiedOwnersAreComplete();
    void pausedScannerLooksOnlyWhenAsked();
    void paceDecidesWhenAndWhatIsLookedAt_data();
    void paceDecidesWhenAndWhatIsLookedAt();
    void missingProcIsSaidAndTriedAgain();
    void scannerIsGoneAtOnce();

private:
    std::unique_ptr<FakeMachine> m_machine;
};

void tst_PortScanner::init()
{
    m_machine = std::make_unique<FakeMachine>();
    m_machine->start({.pid = 100, .comm = "node", .sockets = {{.fd = 20, .inode = 900}}});
    m_machine->listen(900, 3000);
}

void tst_PortScanner::portsComeBeforeTheirOwners()
{
    PortScanner scanner(m_machine->sources());
    const QSignalSpy changed(&scanner, &PortScanner::snapshotChanged);

    QTRY_COMPARE(changed.size(), 2);

    const auto early = changed.at(0).at(0).value<PortSnapshotPtr>();
    const auto late = changed.at(1).at(0).value<PortSnapshotPtr>();
    QCOMPARE(early->listeners.front()->knowledge, OwnerKnowledge::Pending);
    QCOMPARE(late->listeners.front()->owners.size(), 1U);
}

void tst_PortScanner::lookThatFindsNoChangeIsSilent()
{
    PortScanner scanner(m_machine->sources());
    scanner.setPace(ScanPace::Paused);
    const QSignalSpy changed(&scanner, &PortScanner::snapshotChanged);
    const QSignalSpy looked(&scanner, &PortScanner::looked);
    QTRY_COMPARE(looked.size(), 1);
    scanner.lookNow(); // the first look with every process in it
    QTRY_COMPARE(looked.size(), 2);
    const auto before = changed.size();

    scanner.lookNow();
    QTRY_COMPARE(looked.size(), 3);

    QCOMPARE(changed.size(), before);
}

void tst_PortScanner::looksDoNotPileUp()
{
    PortScanner scanner(m_machine->sources());
    scanner.setPace(ScanPace::Paused);
    const QSignalSpy requested(&scanner, &PortScanner::lookRequested);
    const QSignalSpy looked(&scanner, &PortScanner::looked);

    for (int i = 0; i < 100; ++i) {
        scanner.lookNow();
    }
    QTRY_COMPARE(looked.size(), 2); // the one under way, and one for all that was asked meanwhile

    QCOMPARE(requested.size(), 1);
}

void tst_PortScanner::verifiedOwnersAreComplete()
{
    PortScanner scanner(m_machine->sources());
    const QSignalSpy changed(&scanner, &PortScanner::snapshotChanged);

    scanner.verifyOwners();

    QTRY_VERIFY(!changed.isEmpty()
                && changed.last().at(0).value<PortSnapshotPtr>()->listeners.front()->knowledge
                    == OwnerKnowledge::Complete);
}

void tst_PortScanner::pausedScannerLooksOnlyWhenAsked()
{
    PortScanner scanner(m_machine->sources());
    const auto *const timer = scanner.findChild<QTimer *>();
    QVERIFY(timer);
    scanner.setPace(ScanPace::Paused);
    const QSignalSpy looked(&scanner, &PortScanner::looked);

    QTRY_COMPARE(looked.size(), 1);
    QVERIFY(!timer->isActive()); // no further look is to come by itself
    scanner.lookNow();
    QTRY_COMPARE(looked.size(), 2);

    QVERIFY(!timer->isActive());
    QCOMPARE(scanner.pace(), ScanPace::Paused);
}

void tst_PortScanner::paceDecidesWhenAndWhatIsLookedAt_data()
{
    QTest::addColumn<ScanPace>("pace");
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<bool>("isSeen");
    QTest::addRow("visible") << ScanPace::Visible << 1000 << true;
    QTest::addRow("on battery") << ScanPace::OnBattery << 3000 << true;
    QTest::addRow("hidden") << ScanPace::Hidden << 10000 << false;
    QTest::addRow("paused") << ScanPace::Paused << 0 << true;
}

void tst_PortScanner::paceDecidesWhenAndWhatIsLookedAt()
{
    QFETCH(const ScanPace, pace);
    QFETCH(const int, milliseconds);
    QFETCH(const bool, isSeen);
    PortScanner scanner(m_machine->sources());
    const auto *const timer = scanner.findChild<QTimer *>();
    QVERIFY(timer);
    const QSignalSpy looked(&scanner, &PortScanner::looked);
    const QSignalSpy requested(&scanner, &PortScanner::lookRequested);
    QTRY_COMPARE(looked.size(), 1);

    scanner.setPace(pace);
    scanner.lookNow();
    const bool isArmedMeanwhile = timer->isActive();
    QTRY_COMPARE(looked.size(), 2);

    QVERIFY(!isArmedMeanwhile); // they never pile up
    QCOMPARE(timer->isActive(), milliseconds > 0);
    if (milliseconds > 0) {
        QCOMPARE(timer->interval(), milliseconds);
    }
    QCOMPARE(requested.size(), 1);
    const auto options = requested.last().at(0).value<Quay::LookOptions>();
    QCOMPARE(options.connections, isSeen);
    QCOMPARE(options.processes, isSeen);
}

void tst_PortScanner::missingProcIsSaidAndTriedAgain()
{
    auto sources = m_machine->sources();
    sources.procPath = "/nowhere/proc";
    PortScanner scanner(std::move(sources));
    const QSignalSpy failed(&scanner, &PortScanner::failed);

    QTRY_COMPARE(failed.size(), 1);
    scanner.lookNow();
    QTRY_COMPARE(failed.size(), 2);

    const auto error = failed.at(0).at(0).value<Quay::Error>();
    QCOMPARE(error.code, Quay::ErrorCode::Gone);
    QCOMPARE(error.subject, std::string("/nowhere/proc"));
}

void tst_PortScanner::scannerIsGoneAtOnce()
{
    for (int i = 0; i < 50; ++i) {
        auto scanner = std::make_unique<PortScanner>(m_machine->sources());
        scanner->lookNow();
        scanner.reset(); // joins the thread, whatever it is doing
    }
    QCoreApplication::processEvents(); // nothing that was queued may reach the dead
}

QTEST_GUILESS_MAIN(tst_PortScanner)
#include "tst_portscanner.moc"
