// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstatus.h"
#include "tests/support/fakeproc.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

using Quay::ErrorCode;

class tst_ProcStatus : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordedProcessParses();
    void recordedKernelThreadHasNoSwap();
    void pidsOfAllNamespacesAreGiven();
    void oldKernelTellsNoNamespaces();
    void largestNumbersParse();
    void unknownLinesDoNotCount();
    void malformedLineFails_data();
    void malformedLineFails();
    void missingUserFails_data();
    void missingUserFails();
    void nameCannotAddALine();
    void ownProcessIsRead();
    void vanishedProcessIsGone();
    void refusedProcessIsDenied();
};

void tst_ProcStatus::recordedProcessParses()
{
    const auto proc = Quay::ProcFs::open(QUAY_TEST_DATA "/proc").value();

    const auto status = Quay::readProcStatus(proc, 23675);

    QVERIFY(status.has_value());
    QVERIFY((*status == Quay::ProcStatus{.swapBytes = 0, .namespacePids = {23675}}));
}

void tst_ProcStatus::recordedKernelThreadHasNoSwap()
{
    const auto proc = Quay::ProcFs::open(QUAY_TEST_DATA "/proc").value();

    const auto status = Quay::readProcStatus(proc, 2);

    QVERIFY(status.has_value());
    QVERIFY((*status == Quay::ProcStatus{.namespacePids = {2}}));
}

void tst_ProcStatus::pidsOfAllNamespacesAreGiven()
{
    const auto status = Quay::parseProcStatus("Uid:\t1000\t0\t0\t0\nNSpid:\t4711\t7\t1\nVmSwap:\t     12 kB\n");

    QVERIFY(status.has_value());
    const Quay::ProcStatus expected{
        .realUid = 1000, .effectiveUid = 0, .swapBytes = 12288, .namespacePids = {4711, 7, 1}};
    QVERIFY(*status == expected);
}

void tst_ProcStatus::oldKernelTellsNoNamespaces()
{
    const auto status = Quay::parseProcStatus("Uid:\t1000\t1000\t1000\t1000\n");

    QVERIFY(status.has_value());
    QVERIFY(status->namespacePids.empty());
}

void tst_ProcStatus::largestNumbersParse()
{
    const auto status = Quay::parseProcStatus("Uid:\t4294967295\t4294967294\t0\t0\nVmSwap:\t18014398509481983 kB\n");

    QVERIFY(status.has_value());
    QCOMPARE(status->realUid, 4294967295U);
    QCOMPARE(status->effectiveUid, 4294967294U);
    QVERIFY(status->swapBytes == 18446744073709550592U);
}

void tst_ProcStatus::unknownLinesDoNotCount()
{
    const auto status = Quay::parseProcStatus("\n:\nno colon\nUidMap:\tx\nUid:\t1\t2\t3\t4\nFuture:\t-1\n");

    QVERIFY(status.has_value());
    QCOMPARE(status->realUid, 1U);
    QCOMPARE(status->effectiveUid, 2U);
}

void tst_ProcStatus::malformedLineFails_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addRow("empty user") << std::string("Uid:");
    QTest::addRow("one user") << std::string("Uid:\t0");
    QTest::addRow("negative user") << std::string("Uid:\t-1\t0\t0\t0");
    QTest::addRow("user too big") << std::string("Uid:\t4294967296\t0\t0\t0");
    QTest::addRow("user not a number") << std::string("Uid:\troot\t0\t0\t0");
    QTest::addRow("empty swap") << std::string("VmSwap:");
    QTest::addRow("negative swap") << std::string("VmSwap:\t-1 kB");
    QTest::addRow("swap without a unit") << std::string("VmSwap:\t12");
    QTest::addRow("swap in another unit") << std::string("VmSwap:\t12 MB");
    QTest::addRow("swap too big") << std::string("VmSwap:\t18014398509481984 kB");
    QTest::addRow("pid not a number") << std::string("NSpid:\t1\tx");
    QTest::addRow("pid negative") << std::string("NSpid:\t-1");
    QTest::addRow("pid too big") << std::string("NSpid:\t2147483648");
}

void tst_ProcStatus::malformedLineFails()
{
    QFETCH(const std::string, line);

    const auto status = Quay::parseProcStatus("Name:\tx\n" + line + "\nUid:\t0\t0\t0\t0\n");

    QVERIFY(!status);
    QVERIFY((status.error() == Quay::Error{.code = ErrorCode::Malformed, .subject = line}));
}

void tst_ProcStatus::missingUserFails_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("truncated") << std::string("Name:\tserver\nUmask:\t00");
    QTest::addRow("other case") << std::string("uid:\t0\t0\t0\t0\n");
}

void tst_ProcStatus::missingUserFails()
{
    QFETCH(const std::string, text);

    const auto status = Quay::parseProcStatus(text);

    QVERIFY(!status);
    QVERIFY((status.error() == Quay::Error{.code = ErrorCode::Malformed, .subject = "Uid"}));
}

void tst_ProcStatus::nameCannotAddALine()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .comm = "x\nUid:\t7\t7"});

    const auto status = Quay::readProcStatus(fake.open(), 42);

    QVERIFY(status.has_value());
    QCOMPARE(status->realUid, ::getuid());
}

void tst_ProcStatus::ownProcessIsRead()
{
    const auto proc = Quay::ProcFs::open().value();

    const auto status = Quay::readProcStatus(proc, ::getpid());

    QVERIFY(status.has_value());
    QCOMPARE(status->realUid, ::getuid());
    QCOMPARE(status->effectiveUid, ::geteuid());
    QVERIFY(!status->namespacePids.empty());
    QCOMPARE(status->namespacePids.front(), ::getpid());
}

void tst_ProcStatus::vanishedProcessIsGone()
{
    const Quay::Test::FakeProc fake;

    const auto status = Quay::readProcStatus(fake.open(), 42);

    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Gone);
    QVERIFY(status.error().subject == "42/status");
}

void tst_ProcStatus::refusedProcessIsDenied()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42});
    fake.deny("42/status");
    const auto proc = fake.open();
    const Quay::Test::Unprivileged user;

    const auto status = Quay::readProcStatus(proc, 42);

    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Denied);
    QVERIFY(status.error().subject == "42/status");
}

QTEST_GUILESS_MAIN(tst_ProcStatus)
#include "tst_procstatus.moc"
