// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/proccmdline.h"
#include "core/kernel/procfs.h"
#include "tests/support/fakeproc.h"
#include "tests/support/forkedchild.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <unistd.h>

using Quay::ErrorCode;
using Strings = std::vector<std::string>;

class tst_ProcCmdline : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bytesAreSplit_data();
    void bytesAreSplit();
    void recordedLineIsRead();
    void kernelThreadHasNoArguments();
    void longLineIsRead_data();
    void longLineIsRead();
    void overlongLineIsCut();
    void hostileBytesStay();
    void ownArgumentsAreRead();
    void vanishedProcessIsGone();
    void recordedEnvironmentIsRead();
    void otherUsersEnvironmentIsDenied();
    void argumentsAreJoined_data();
    void argumentsAreJoined();
};

void tst_ProcCmdline::bytesAreSplit_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<Strings>("parts");
    QTest::addRow("empty") << std::string() << Strings{};
    QTest::addRow("one") << std::string("sh\0", 3) << Strings{"sh"};
    QTest::addRow("several") << std::string("sh\0-c\0true\0", 11) << Strings{"sh", "-c", "true"};
    QTest::addRow("empty in the middle") << std::string("a\0\0b\0", 5) << Strings{"a", "", "b"};
    QTest::addRow("empty first") << std::string("\0b\0", 3) << Strings{"", "b"};
    QTest::addRow("empty last") << std::string("a\0\0", 3) << Strings{"a"};
    QTest::addRow("title without a NUL") << std::string("nginx: master process") << Strings{"nginx: master process"};
    QTest::addRow("title with padding") << std::string("postgres: checkpointer\0\0\0\0", 26)
                                        << Strings{"postgres: checkpointer"};
    QTest::addRow("NULs only") << std::string(3, '\0') << Strings{};
}

void tst_ProcCmdline::bytesAreSplit()
{
    QFETCH(const std::string, bytes);
    QFETCH(const Strings, parts);

    QVERIFY(Quay::splitAtNuls(bytes) == parts);
}

void tst_ProcCmdline::recordedLineIsRead()
{
    const auto proc = Quay::ProcFs::open(QUAY_TEST_DATA "/proc").value();

    const auto arguments = Quay::readArguments(proc, 23675);

    QVERIFY(arguments.has_value());
    QVERIFY((*arguments == Strings{"python3", "-m", "http.server", "8123", "--bind", "127.0.0.1"}));
}

void tst_ProcCmdline::kernelThreadHasNoArguments()
{
    const auto proc = Quay::ProcFs::open(QUAY_TEST_DATA "/proc").value();

    const auto arguments = Quay::readArguments(proc, 2);

    QVERIFY(arguments.has_value());
    QVERIFY(arguments->empty());
}

void tst_ProcCmdline::longLineIsRead_data()
{
    QTest::addColumn<std::size_t>("length");
    QTest::addRow("fits the first buffer") << std::size_t{4000};
    QTest::addRow("fills the first buffer") << std::size_t{4092};
    QTest::addRow("one more") << std::size_t{4093};
    QTest::addRow("128 KiB") << (std::size_t{128} << 10U);
}

void tst_ProcCmdline::longLineIsRead()
{
    QFETCH(const std::size_t, length);
    const Strings expected{"sh", std::string(length, 'x')};
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .arguments = expected});

    const auto arguments = Quay::readArguments(fake.open(), 42);

    QVERIFY(arguments.has_value());
    QVERIFY(*arguments == expected);
}

void tst_ProcCmdline::overlongLineIsCut()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .arguments = {"sh", std::string(2 * Quay::CommandLineLimitBytes, 'x')}});

    const auto arguments = Quay::readArguments(fake.open(), 42);

    QVERIFY(arguments.has_value());
    QCOMPARE(arguments->size(), 2U);
    QCOMPARE(arguments->back().size(), Quay::CommandLineLimitBytes - sizeof "sh");
}

void tst_ProcCmdline::hostileBytesStay()
{
    const Strings hostile{"\x1B[31m", "a\nb", "\xE2\x80\xAE", "\xFF\xFE"};
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .arguments = hostile});

    QVERIFY(Quay::readArguments(fake.open(), 42) == hostile);
}

void tst_ProcCmdline::ownArgumentsAreRead()
{
    const auto proc = Quay::ProcFs::open().value();

    const auto arguments = Quay::readArguments(proc, ::getpid());

    QVERIFY(arguments.has_value());
    QVERIFY(!arguments->empty());
    QVERIFY(arguments->front().ends_with("tst_proccmdline"));
}

void tst_ProcCmdline::vanishedProcessIsGone()
{
    const auto proc = Quay::ProcFs::open().value();
    Quay::Test::ForkedChild child;
    QVERIFY(Quay::readArguments(proc, child.pid()).has_value());
    child.end();
    child.reap();

    const auto arguments = Quay::readArguments(proc, child.pid());

    QVERIFY(!arguments);
    QCOMPARE(arguments.error().code, ErrorCode::Gone);
    QVERIFY(arguments.error().subject == std::to_string(child.pid()) + "/cmdline");
}

void tst_ProcCmdline::recordedEnvironmentIsRead()
{
    const auto proc = Quay::ProcFs::open(QUAY_TEST_DATA "/proc").value();

    const auto environment = Quay::readEnvironment(proc, 23675);

    QVERIFY(environment.has_value());
    QVERIFY((*environment == Strings{"PATH=/usr/bin", "HOME=/home/ada", "PORT=8123", "LANG=C.UTF-8"}));
}

void tst_ProcCmdline::otherUsersEnvironmentIsDenied()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .environment = {"SECRET=1"}});
    fake.deny("42/environ");
    const auto proc = fake.open();
    const Quay::Test::Unprivileged user;

    const auto environment = Quay::readEnvironment(proc, 42);

    QVERIFY(!environment);
    QCOMPARE(environment.error().code, ErrorCode::Denied);
    QVERIFY(environment.error().subject == "42/environ");
}

void tst_ProcCmdline::argumentsAreJoined_data()
{
    QTest::addColumn<Strings>("arguments");
    QTest::addColumn<std::string>("line");
    QTest::addRow("none") << Strings{} << std::string();
    QTest::addRow("plain") << Strings{"node", "server.js", "--port=3000"} << std::string("node server.js --port=3000");
    QTest::addRow("lone title") << Strings{"nginx: master process"} << std::string("nginx: master process");
    QTest::addRow("blank") << Strings{"sh", "my file"} << std::string("sh 'my file'");
    QTest::addRow("empty") << Strings{"sh", "", "x"} << std::string("sh '' x");
    QTest::addRow("first is empty") << Strings{"", "x"} << std::string("'' x");
    QTest::addRow("single quote") << Strings{"echo", "it's"} << std::string(R"(echo 'it'\''s')");
    QTest::addRow("double quote") << Strings{"echo", R"("a")"} << std::string(R"(echo '"a"')");
    QTest::addRow("shell") << Strings{"sh", "-c", "a;b|c&$(d)`e`>f"} << std::string("sh -c 'a;b|c&$(d)`e`>f'");
    QTest::addRow("backslash") << Strings{"echo", R"(a\b)"} << std::string(R"(echo 'a\b')");
    QTest::addRow("newline") << Strings{"echo", "a\nb"} << std::string("echo 'a\nb'");
    QTest::addRow("umlaut") << Strings{"cat", "größe"} << std::string("cat größe");
}

void tst_ProcCmdline::argumentsAreJoined()
{
    QFETCH(const Strings, arguments);
    QFETCH(const std::string, line);

    QCOMPARE(Quay::joinArguments(arguments), line);
}

QTEST_GUILESS_MAIN(tst_ProcCmdline)
#include "tst_proccmdline.moc"
