// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/portscanner.h"
#include "tests/live/livelook.h"
#include "tests/support/childprocess.h"
#include "tests/support/testserver.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QObject>
#include <QSignalSpy>
#include <QString>
#include <QTest>
#include <QThread>

#include <memory>
#include <utility>

using Quay::OwnerKnowledge;
using Quay::PortScanner;
using Quay::PortSnapshotPtr;
using Quay::ScanPace;
using Quay::Test::listenerOn;
using Quay::Test::TestServer;
using Quay::Test::why;

/// The scanner on its own thread, looking at the real machine.
class tst_LiveScanner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rowsComeBeforeOwners();
    void serverAppearsAndVanishes();
    void ownersBecomeCompleteWhenAsked();
    void requestsDoNotPileUp();
    void signalsComeOnTheOwnersThread();
    void joinsInTheMiddleOfALook();
    void missingProcIsReported();

private:
    static PortSnapshotPtr snapshotOf(const QSignalSpy &spy, qsizetype index)
    {
        return spy.at(index).at(0).value<PortSnapshotPtr>();
    }
    /// The server in the newest snapshot; null when it is not there.
    static Quay::ListenerPtr newest(const QSignalSpy &spy, const TestServer &server)
    {
        return spy.isEmpty() ? nullptr : listenerOn(*snapshotOf(spy, spy.size() - 1), server.port());
    }
};

void tst_LiveScanner::rowsComeBeforeOwners()
{
    const auto server = TestServer::start({"prefork"});
    QVERIFY2(server, why(server));
    PortScanner scanner;
    const QSignalSpy snapshots(&scanner, &PortScanner::snapshotChanged);
    scanner.setPace(ScanPace::Paused);

    scanner.lookNow();

    QTRY_VERIFY(!snapshots.isEmpty());
    QVERIFY(listenerOn(*snapshotOf(snapshots, 0), server->port()));
    QTRY_COMPARE(newest(snapshots, *server)->owners.size(), server->pids().size());
    QVERIFY(newest(snapshots, *server)->knowledge != OwnerKnowledge::Pending);
}

void tst_LiveScanner::serverAppearsAndVanishes()
{
    PortScanner scanner;
    const QSignalSpy snapshots(&scanner, &PortScanner::snapshotChanged);
    scanner.setPace(ScanPace::Visible);
    QTRY_VERIFY(!snapshots.isEmpty());

    auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    QTRY_VERIFY(newest(snapshots, *server)); // by itself, at its pace

    server->end();
    scanner.lookNow();
    QTRY_VERIFY(!newest(snapshots, *server));
}

void tst_LiveScanner::ownersBecomeCompleteWhenAsked()
{
    const auto server = TestServer::start({"prefork"});
    QVERIFY2(server, why(server));
    PortScanner scanner;
    const QSignalSpy snapshots(&scanner, &PortScanner::snapshotChanged);
    scanner.setPace(ScanPace::Paused);

    scanner.lookNow();
    scanner.verifyOwners();

    QTRY_VERIFY(newest(snapshots, *server) && newest(snapshots, *server)->knowledge == OwnerKnowledge::Complete);
    QCOMPARE(Quay::Test::ownerPids(*newest(snapshots, *server)), Quay::Test::sorted(server->pids()));
}

void tst_LiveScanner::requestsDoNotPileUp()
{
    PortScanner scanner;
    const QSignalSpy looks(&scanner, &PortScanner::looked);
    scanner.setPace(ScanPace::Paused);
    scanner.lookNow();
    QTRY_VERIFY(!looks.isEmpty());
    const auto before = looks.size();

    for (int request = 0; request < 100; ++request) {
        scanner.lookNow();
    }
    // Verification follows everything that was asked for before it.
    const QSignalSpy snapshots(&scanner, &PortScanner::snapshotChanged);
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    scanner.lookNow();
    QTRY_VERIFY(newest(snapshots, *server));

    QVERIFY2(looks.size() - before <= 5, qPrintable(QString::number(looks.size() - before)));
}

void tst_LiveScanner::signalsComeOnTheOwnersThread()
{
    PortScanner scanner;
    QThread *snapshotThread = nullptr;
    QThread *costThread = nullptr;
    connect(
        &scanner, &PortScanner::snapshotChanged, this, [&] { snapshotThread = QThread::currentThread(); },
        Qt::DirectConnection);
    connect(&scanner, &PortScanner::looked, this, [&] { costThread = QThread::currentThread(); }, Qt::DirectConnection);

    scanner.lookNow();

    QTRY_COMPARE(snapshotThread, QThread::currentThread());
    QTRY_COMPARE(costThread, QThread::currentThread());
}

void tst_LiveScanner::joinsInTheMiddleOfALook()
{
    auto load = Quay::Test::ChildProcess::start(
        {.arguments = {Quay::Test::programPath("testload"), "--processes", "300", "--listeners", "50"},
         .workingDirectory = {}});
    QVERIFY2(load, why(load));
    const auto ready = load->readLine();
    QVERIFY2(ready, why(ready));
    auto scanner = std::make_unique<PortScanner>();
    QElapsedTimer timer;
    QEventLoop untilRowsAreThere;
    connect(scanner.get(), &PortScanner::snapshotChanged, &untilRowsAreThere, &QEventLoop::quit);
    scanner->lookNow();
    scanner->verifyOwners();
    untilRowsAreThere.exec(); // and the owners are being looked for

    timer.start();
    scanner.reset();

    // The 50 ms that are promised cannot be asserted on a machine that does other things too: a second is a hang.
    qInfo("joined after %.1f ms", static_cast<double>(timer.nsecsElapsed()) / 1e6);
    QVERIFY(timer.elapsed() < 1000);
}

void tst_LiveScanner::missingProcIsReported()
{
    Quay::PortMonitorSources sources;
    sources.procPath = "/nonexistent/proc";
    PortScanner scanner(std::move(sources));
    const QSignalSpy failures(&scanner, &PortScanner::failed);

    scanner.lookNow();

    QTRY_VERIFY(!failures.isEmpty());
    QCOMPARE(failures.at(0).at(0).value<Quay::Error>().code, Quay::ErrorCode::Gone);
}

QTEST_GUILESS_MAIN(tst_LiveScanner)
#include "tst_livescanner.moc"
