// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/readfile.h"
#include "core/kernel/procfs.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <limits>
#include <utility>

#include <sys/types.h>

class tst_ProcFs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void machineWithoutProcIsGone();
    void fileIsNoProc();
    void filesAreReadBelowIt();
    void movedOneStaysOpen();
    void pidPathNamesTheFile();
    void onlyTheKernelsIsTheKernels();
};

void tst_ProcFs::machineWithoutProcIsGone()
{
    const auto proc = Quay::ProcFs::open("/nonexistent/proc");

    QVERIFY(!proc);
    const Quay::Error gone{.code = Quay::ErrorCode::Gone, .subject = "/nonexistent/proc", .sysErrno = ENOENT};
    QVERIFY(proc.error() == gone);
}

void tst_ProcFs::fileIsNoProc()
{
    const auto proc = Quay::ProcFs::open("/proc/self/stat");

    QVERIFY(!proc);
    QCOMPARE(proc.error().code, Quay::ErrorCode::Gone);
}

void tst_ProcFs::filesAreReadBelowIt()
{
    Quay::Test::FakeProc fake;
    fake.write("net/tcp", "header\n");

    const auto proc = Quay::ProcFs::open(fake.path());

    QVERIFY(proc.has_value());
    QVERIFY(proc->path() == fake.path());
    QVERIFY(Quay::readFileAt(proc->directory(), "net/tcp") == "header\n");
}

void tst_ProcFs::movedOneStaysOpen()
{
    const Quay::Test::FakeProc fake;
    auto first = fake.open();

    const Quay::ProcFs second(std::move(first));

    QVERIFY(Quay::readFileAt(second.directory(), "loadavg").has_value());
}

void tst_ProcFs::pidPathNamesTheFile()
{
    QVERIFY(Quay::pidPath(1, "stat") == "1/stat");
    QVERIFY(Quay::pidPath(std::numeric_limits<pid_t>::max(), "fd/7") == "2147483647/fd/7");
    QVERIFY(Quay::pidPath(std::numeric_limits<pid_t>::min(), "stat") == "-2147483648/stat");
}

void tst_ProcFs::onlyTheKernelsIsTheKernels()
{
    const Quay::Test::FakeProc fake;

    QVERIFY(Quay::ProcFs::open()->isKernels());
    QVERIFY(!fake.open().isKernels());
}

QTEST_GUILESS_MAIN(tst_ProcFs)
#include "tst_procfs.moc"
