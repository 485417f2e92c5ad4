// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/proclist.h"
#include "core/ports/portscanner.h"
#include "tests/live/livelook.h"
#include "tests/support/childprocess.h"
#include "tests/support/testserver.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSemaphore>
#include <QSignalSpy>
#include <QString>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <sys/types.h>

using Quay::OwnerKnowledge;
using Quay::PortScanner;
using Quay::PortSnapshotPtr;
using Quay::ScanPace;
using Quay::Test::listenerOn;
using Quay::Test::TestServer;
using Quay::Test::why;

namespace {

/// A clock that tells how often it was read, and when it was read for the n-th time.
struct CountingClock
{
    std::atomic<int> readings = 0;
    int awaited = 0;
    QSemaphore reached;

    std::optional<std::chrono::nanoseconds> operator()(pid_t pid)
    {
        if (++readings == awaited) {
            reached.release();
        }
        return Quay::processCpuTime(pid);
    }
};

} // namespace

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
    using namespace std::chrono_literals;
#ifdef QT_ASAN_ENABLED
    constexpr auto Promised = 500ms; // every step of a look takes many times as long
#else
    constexpr auto Promised = 50ms;
#endif
    constexpr int Moments = 8;
    constexpr int Tries = 5; // the machine does other things too
    auto load = Quay::Test::ChildProcess::start(
        {.arguments = {Quay::Test::programPath("testload"), "--processes", "300", "--listeners", "10000"},
         .workingDirectory = {}});
    QVERIFY2(load, why(load));
    const auto ready = load->readLine();
    QVERIFY2(ready, why(ready));
    const auto scan = [](CountingClock &clock) {
        Quay::PortMonitorSources sources;
        sources.cpuClock = std::ref(clock);
        return std::make_unique<PortScanner>(std::move(sources));
    };
    CountingClock whole; // a look that nobody stops
    auto scanner = scan(whole);
    scanner->setPace(ScanPace::Paused);
    const QSignalSpy looks(scanner.get(), &PortScanner::looked);
    QTRY_VERIFY_WITH_TIMEOUT(!looks.isEmpty(), 60000);
    scanner.reset();
    QVERIFY(whole.readings > 1000);

    for (int moment = 0; moment < Moments; ++moment) {
        auto best = std::chrono::nanoseconds::max();
        for (int attempt = 0; attempt < Tries && best > Promised; ++attempt) {
            CountingClock clock;
            clock.awaited = 1 + (whole.readings * moment / Moments);
            scanner = scan(clock);
            QVERIFY(clock.reached.tryAcquire(1, 60000));
            QElapsedTimer timer;
            timer.start();
            scanner.reset();
            best = std::min(best, timer.durationElapsed());
        }
        const auto milliseconds = std::chrono::duration<double, std::milli>(best).count();
        qInfo("after %d of %d readings: joined in %.1f ms", 1 + (whole.readings * moment / Moments),
              whole.readings.load(), milliseconds);
        QVERIFY(best <= Promised);
    }
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
