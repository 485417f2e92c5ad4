// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/support/fakeproc.h"
#include "tests/support/forkedchild.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <csignal>
#include <optional>
#include <string>

#include <unistd.h>

using Quay::ErrorCode;

class tst_ProcStat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordedProcessParses();
    void recordedKernelThreadParses();
    void nameEndsAtTheLastParenthesis_data();
    void nameEndsAtTheLastParenthesis();
    void extremesParse();
    void malformedTextFails_data();
    void malformedTextFails();
    void ownProcessIsRead();
    void zombieIsRead();
    void statusOfAZombieIsRead();
    void shortTextHasNoStatus();
    void vanishedProcessIsGone();
    void openFileIsReadAnewUntilTheProcessIsGone();
    void refusedProcessIsDenied();
    void overlongTextIsAnError();
};

namespace {

const std::string Rest = " S 1 42 42 0 -1 4194304 1 0 0 0 7 8 0 0 20 0 3 0 9000 4096 250 1 1";

} // namespace

void tst_ProcStat::recordedProcessParses()
{
    const auto proc = Quay::ProcFs::open(QUAY_TEST_DATA "/proc").value();

    const auto stat = Quay::readProcStat(proc, 23675);

    QVERIFY(stat.has_value());
    const Quay::ProcStat expected{
        .pid = 23675,
        .comm = "python3",
        .state = 'S',
        .parentPid = 23624,
        .processGroup = 23624,
        .session = 1222,
        .userTicks = 3,
        .systemTicks = 6,
        .threadCount = 1,
        .startTicks = 223093,
        .residentPages = 4684,
    };
    QVERIFY(*stat == expected);
}

void tst_ProcStat::recordedKernelThreadParses()
{
    const auto proc = Quay::ProcFs::open(QUAY_TEST_DATA "/proc").value();

    const auto stat = Quay::readProcStat(proc, 2);

    QVERIFY(stat.has_value());
    QVERIFY(stat->comm == "kthreadd");
    QCOMPARE(stat->parentPid, 0);
    QVERIFY(stat->isKernelThread);
    QCOMPARE(stat->residentPages, 0U);
}

void tst_ProcStat::nameEndsAtTheLastParenthesis_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addRow("ordinary") << std::string("nginx");
    QTest::addRow("empty") << std::string();
    QTest::addRow("parentheses") << std::string("a) (b");
    QTest::addRow("looks like fields") << std::string("x) R 1 1 1 0 (");
    QTest::addRow("closing only") << std::string(")");
    QTest::addRow("newline") << std::string("two\nlines");
    QTest::addRow("blanks") << std::string(" tmux: server ");
    QTest::addRow("ANSI") << std::string("\x1B[31mred");
    QTest::addRow("bidi") << std::string("a\xE2\x80\xAE"
                                         "b");
    QTest::addRow("invalid UTF-8") << std::string("\xFF\xFE");
}

void tst_ProcStat::nameEndsAtTheLastParenthesis()
{
    QFETCH(const std::string, name);

    const auto stat = Quay::parseProcStat("42 (" + name + ")" + Rest);

    QVERIFY(stat.has_value());
    QVERIFY(stat->comm == name);
    QCOMPARE(stat->pid, 42);
    QCOMPARE(stat->parentPid, 1);
    QCOMPARE(stat->startTicks, 9000U);
    QCOMPARE(stat->residentPages, 250U);
}

void tst_ProcStat::extremesParse()
{
    const auto stat = Quay::parseProcStat("2147483647 (x) Z 0 -1 -1 -2147483648 -1 4294967295 0 0 0 0 "
                                          "18446744073709551615 18446744073709551615 0 0 20 0 0 0 "
                                          "18446744073709551615 0 18446744073709551615 0");

    QVERIFY(stat.has_value());
    QCOMPARE(stat->pid, 2147483647);
    QCOMPARE(stat->processGroup, -1); // what a process shows while it is being reaped
    QVERIFY(stat->terminal == 2147483648U);
    QVERIFY(stat->isKernelThread);
    QCOMPARE(stat->startTicks, 18446744073709551615U);
}

void tst_ProcStat::malformedTextFails_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("newline only") << std::string("\n");
    QTest::addRow("no name") << "42" + Rest;
    QTest::addRow("name does not end") << "42 (name" + Rest;
    QTest::addRow("name ends before it begins") << std::string("42) (");
    QTest::addRow("name is one bracket") << std::string("42 (");
    QTest::addRow("truncated in the fields") << std::string("42 (name) S 1 42 42 0 -1 41943");
    QTest::addRow("last field missing") << std::string(
        "42 (name) S 1 42 42 0 -1 4194304 1 0 0 0 7 8 0 0 20 0 3 0 9000 4096");
    QTest::addRow("pid not a number") << "4x (name)" + Rest;
    QTest::addRow("pid negative") << "-42 (name)" + Rest;
    QTest::addRow("pid 0") << "0 (name)" + Rest;
    QTest::addRow("pid too big") << "2147483648 (name)" + Rest;
    QTest::addRow("state too long") << std::string(
        "42 (name) SS 1 42 42 0 -1 4194304 1 0 0 0 7 8 0 0 20 0 3 0 9000 4096 250 1");
    QTest::addRow("parent negative") << std::string(
        "42 (name) S -1 42 42 0 -1 4194304 1 0 0 0 7 8 0 0 20 0 3 0 9000 4096 250 1");
    QTest::addRow("start time negative") << std::string(
        "42 (name) S 1 42 42 0 -1 4194304 1 0 0 0 7 8 0 0 20 0 3 0 -9000 4096 250 1");
    QTest::addRow("start time too big") << std::string(
        "42 (name) S 1 42 42 0 -1 4194304 1 0 0 0 7 8 0 0 20 0 3 0 18446744073709551616 4096 250 1");
}

void tst_ProcStat::malformedTextFails()
{
    QFETCH(const std::string, text);

    const auto stat = Quay::parseProcStat(text);

    QVERIFY(!stat);
    QVERIFY((stat.error() == Quay::Error{.code = ErrorCode::Malformed, .subject = text}));
}

void tst_ProcStat::ownProcessIsRead()
{
    const auto proc = Quay::ProcFs::open().value();

    const auto stat = Quay::readProcStat(proc, ::getpid());

    QVERIFY(stat.has_value());
    QCOMPARE(stat->pid, ::getpid());
    QVERIFY(stat->comm == "tst_procstat");
    QCOMPARE(stat->parentPid, ::getppid());
    QCOMPARE(stat->session, ::getsid(0));
    QVERIFY(stat->startTicks > 0);
    QVERIFY(stat->residentPages > 0);
    QVERIFY(!stat->isKernelThread);
}

void tst_ProcStat::zombieIsRead()
{
    const auto proc = Quay::ProcFs::open().value();
    Quay::Test::ForkedChild child;
    child.end();

    const auto stat = Quay::readProcStat(proc, child.pid());

    QVERIFY(stat.has_value());
    QCOMPARE(stat->state, 'Z');
    QCOMPARE(stat->residentPages, 0U);
}

void tst_ProcStat::statusOfAZombieIsRead()
{
    const auto proc = Quay::ProcFs::open().value();
    Quay::Test::ForkedChild child;
    QVERIFY(Quay::readZombieStatus(proc, child.pid()).value() == std::nullopt); // it runs
    QVERIFY(Quay::PidFd::open(child.pid()).value().signal(SIGKILL));
    child.end();

    QVERIFY(Quay::readZombieStatus(proc, child.pid()).value() == SIGKILL);

    child.reap();
    QCOMPARE(Quay::readZombieStatus(proc, child.pid()).error().code, ErrorCode::Gone);
}

void tst_ProcStat::shortTextHasNoStatus()
{
    const auto status = Quay::zombieStatusFrom("42 (a) Z 1 2 3\n");

    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Malformed);
}

void tst_ProcStat::vanishedProcessIsGone()
{
    const auto proc = Quay::ProcFs::open().value();
    Quay::Test::ForkedChild child;
    QVERIFY(Quay::readProcStat(proc, child.pid()).has_value());
    child.end();
    child.reap();

    const auto stat = Quay::readProcStat(proc, child.pid());

    QVERIFY(!stat);
    QCOMPARE(stat.error().code, ErrorCode::Gone);
    QVERIFY(stat.error().subject == std::to_string(child.pid()) + "/stat");
}

void tst_ProcStat::openFileIsReadAnewUntilTheProcessIsGone()
{
    Quay::Test::ForkedChild child;
    const auto file = Quay::ProcStatFile::open(Quay::ProcFs::open().value(), child.pid());
    QVERIFY(file.has_value());

    QCOMPARE(file->read()->pid, child.pid());
    child.end();
    QCOMPARE(file->read()->state, 'Z');
    child.reap();

    QVERIFY(!file->read());
    QVERIFY(file->read().error().code == ErrorCode::Gone);
}

void tst_ProcStat::refusedProcessIsDenied()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42});
    fake.deny("42/stat");
    const auto proc = fake.open();
    const Quay::Test::Unprivileged user;

    const auto stat = Quay::readProcStat(proc, 42);

    QVERIFY(!stat);
    QCOMPARE(stat.error().code, ErrorCode::Denied);
    QVERIFY(stat.error().subject == "42/stat");
}

void tst_ProcStat::overlongTextIsAnError()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .comm = std::string(4000, 'x')});

    const auto stat = Quay::readProcStat(fake.open(), 42);

    QVERIFY(!stat);
    QCOMPARE(stat.error().code, ErrorCode::Io);
    QVERIFY(stat.error().subject == "42/stat");
}

QTEST_GUILESS_MAIN(tst_ProcStat)
#include "tst_procstat.moc"
