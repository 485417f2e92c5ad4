// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procschedstat.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <string>

#include <unistd.h>

using namespace std::chrono_literals;
using Quay::ErrorCode;

class tst_ProcSchedStat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void timesParse();
    void malformedTextFails_data();
    void malformedTextFails();
    void ownProcessIsRead();
    void vanishedProcessFails();
};

void tst_ProcSchedStat::timesParse()
{
    const auto stat = Quay::parseProcSchedStat("573260 4513411 2\n");

    QVERIFY(stat.has_value());
    QVERIFY((*stat == Quay::ProcSchedStat{.ran = 573260ns, .waited = 4513411ns}));
}

void tst_ProcSchedStat::malformedTextFails_data()
{
    QTest::addColumn<std::string>("text");

    QTest::newRow("empty") << std::string();
    QTest::newRow("one number") << std::string("573260\n");
    QTest::newRow("negative") << std::string("573260 -1 2\n");
    QTest::newRow("word") << std::string("573260 much 2\n");
    QTest::newRow("too large") << std::string("573260 18446744073709551615 2\n");
}

void tst_ProcSchedStat::malformedTextFails()
{
    QFETCH(const std::string, text);

    const auto stat = Quay::parseProcSchedStat(text);

    QVERIFY(!stat.has_value());
    QCOMPARE(stat.error().code, ErrorCode::Malformed);
    QCOMPARE(stat.error().subject, text);
}

void tst_ProcSchedStat::ownProcessIsRead()
{
    const auto proc = Quay::ProcFs::open().value();

    const auto stat = Quay::readProcSchedStat(proc, ::getpid());

    if (!stat && stat.error().code == ErrorCode::Gone) {
        QSKIP("this kernel has no schedstat");
    }
    QVERIFY(stat.has_value());
    QVERIFY(stat->ran <= Quay::processCpuTime(::getpid()).value()); // the process has other threads, and goes on
}

void tst_ProcSchedStat::vanishedProcessFails()
{
    const Quay::Test::FakeProc files;
    const auto proc = files.open();

    QVERIFY(!Quay::readProcSchedStat(proc, 100).has_value());
}

QTEST_GUILESS_MAIN(tst_ProcSchedStat)
#include "tst_procschedstat.moc"
