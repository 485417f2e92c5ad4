// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/supervise/launch.h"
#include "core/supervise/lease.h"
#include "tests/support/fakeclock.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <set>
#include <string>
#include <string_view>

using namespace std::chrono_literals;
using Quay::isRunId;
using Quay::Lease;
using Quay::leaseFromText;
using Quay::leaseText;

namespace {

Lease anyLease()
{
    return {.bootId = "0c1d-ee",
            .runId = "187b-0badcafe",
            .supervisor = {.id = {.pid = 10, .startTicks = 20}, .serial = 30},
            .server = Quay::ProcessMark{.id = {.pid = 11, .startTicks = 21}, .serial = std::nullopt},
            .cgroup = "/sys/fs/cgroup/a b",
            .startedAt = {.realTime = 5s, .sinceBoot = 6s}};
}

} // namespace

/// Leases, and what supervisors report of their start.
class tst_Lease : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsRead();
    void serverMayBeUnknown();
    void garbageFails_data();
    void garbageFails();
    void everyCutIsNoticed();
    void missingFileIsGone();
    void runIdsSortByTime();
    void runIdsSortAlsoWhenTheClockWasSetBack();
    void runIdIsSafeAsTheNameOfAFile();
    void outcomesAreReadAsTheyWereWritten();
};

void tst_Lease::whatIsWrittenIsRead()
{
    const QTemporaryDir made;
    const std::string path = made.path().toStdString() + "/lease";

    QVERIFY(Quay::writeLease(path, anyLease()).has_value());

    QCOMPARE(Quay::readLease(path).value(), anyLease());
}

void tst_Lease::serverMayBeUnknown()
{
    auto lease = anyLease();
    lease.server.reset();
    lease.cgroup.reset();

    QCOMPARE(leaseFromText(leaseText(lease)).value(), lease);
}

void tst_Lease::garbageFails_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("line break alone") << std::string("\n");
    QTest::addRow("bytes") << std::string("\0\xff\n", 3);
    QTest::addRow("another word") << std::string("least run=1\n");
    QTest::addRow("no supervisor") << std::string("lease run=1 bootid=x real=1 boot=1\n");
    QTest::addRow("pid 0") << std::string("lease run=1 bootid=x supervisorpid=0 supervisorstart=1 real=1 boot=1\n");
    QTest::addRow("pid -1") << std::string("lease run=1 bootid=x supervisorpid=-1 supervisorstart=1 real=1 boot=1\n");
    QTest::addRow("huge pid") << std::string(
        "lease run=1 bootid=x supervisorpid=99999999999 supervisorstart=1 real=1 boot=1\n");
    QTest::addRow("run id is a path") << std::string(
        "lease run=../x bootid=x supervisorpid=1 supervisorstart=1 real=1 boot=1\n");
    QTest::addRow("two lines") << leaseText(anyLease()) + "x\n";
}

void tst_Lease::garbageFails()
{
    QFETCH(const std::string, text);

    const auto lease = leaseFromText(text);

    QVERIFY(!lease);
    QCOMPARE(lease.error().code, Quay::ErrorCode::Malformed);
}

void tst_Lease::everyCutIsNoticed()
{
    const auto text = leaseText(anyLease());
    for (std::size_t size = 0; size < text.size(); ++size) {
        QVERIFY2(!leaseFromText(std::string_view(text).substr(0, size)), std::to_string(size).c_str());
    }
}

void tst_Lease::missingFileIsGone()
{
    const auto lease = Quay::readLease("/nowhere/lease");

    QVERIFY(!lease);
    QCOMPARE(lease.error().code, Quay::ErrorCode::Gone);
}

void tst_Lease::runIdsSortByTime()
{
    std::string last;
    std::set<std::string> ids;
    for (int round = 0; round < 100; ++round) {
        const auto id = Quay::makeRunId(Quay::systemClock());
        QVERIFY(isRunId(id));
        QVERIFY(id.substr(0, 16) >= last);
        last = id.substr(0, 16);
        ids.insert(id);
    }
    QCOMPARE(ids.size(), std::size_t{100});
}

void tst_Lease::runIdsSortAlsoWhenTheClockWasSetBack()
{
    const Quay::Test::FakeClock now;
    Quay::Test::FakeClock later;
    later.advance(std::chrono::hours(1));
    const auto last = Quay::makeRunId(later);

    const auto next = Quay::makeRunId(now, last);

    QVERIFY(isRunId(next));
    QVERIFY2(next > last, next.c_str());
    QVERIFY(Quay::makeRunId(later, Quay::makeRunId(now)) > last.substr(0, 16)); // the clock, as long as that will do
    QVERIFY(Quay::makeRunId(now, "ffffffffffffffff-0") < last); // nobody has made that one
}

void tst_Lease::runIdIsSafeAsTheNameOfAFile()
{
    QVERIFY(isRunId("187b6a1f2c3d4e5f-0badcafe"));
    for (const std::string_view text : {"", "-1", "..", "a/b", "A", "1.new", "g"}) {
        QVERIFY2(!isRunId(text), std::string(text).c_str());
    }
    QVERIFY(!isRunId(std::string(41, 'a')));
}

void tst_Lease::outcomesAreReadAsTheyWereWritten()
{
    const auto lease = anyLease();
    const Quay::LaunchOutcome started = Quay::Launched{.supervisor = lease.supervisor, .server = *lease.server};
    const Quay::LaunchOutcome failed = std::unexpected(
        Quay::LaunchFailure{.problem = Quay::LaunchProblem::AlreadyRunning,
                            .error = {.code = Quay::ErrorCode::Invalid, .subject = "/a b\n", .sysErrno = 11},
                            .holder = lease.supervisor,
                            .since = lease.startedAt});

    QVERIFY(Quay::launchOutcomeFrom(Quay::toText(started)) == started);
    QVERIFY(Quay::launchOutcomeFrom(Quay::toText(failed)) == failed);
    QVERIFY(!Quay::launchOutcomeFrom("started\n"));
    QVERIFY(!Quay::launchOutcomeFrom("failed problem=unheard error=io subject=x errno=0\n"));
    QVERIFY(!Quay::launchOutcomeFrom(Quay::toText(started).substr(0, 30)));
}

QTEST_APPLESS_MAIN(tst_Lease)
#include "tst_lease.moc"
