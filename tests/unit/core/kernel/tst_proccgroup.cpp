// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/readfile.h"
#include "core/kernel/proccgroup.h"
#include "core/kernel/procfs.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <string>

#include <unistd.h>

using Quay::ErrorCode;
using Quay::ProcCgroup;

class tst_ProcCgroup : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordedTextParses_data();
    void recordedTextParses();
    void textParses_data();
    void textParses();
    void malformedLineFails_data();
    void malformedLineFails();
    void ownCgroupIsRead();
    void vanishedProcessIsGone();
};

void tst_ProcCgroup::recordedTextParses_data()
{
    const std::string container = "/docker/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    const std::string terminal = "/user.slice/user-1000.slice/user@1000.service/app.slice/"
                                 "app-org.kde.konsole-4711.scope";
    const std::string service = "/system.slice/nginx.service";
    QTest::addColumn<std::string>("file");
    QTest::addColumn<ProcCgroup>("cgroup");
    QTest::addRow("v2") << std::string("v2") << ProcCgroup{.unified = terminal};
    QTest::addRow("hybrid") << std::string("hybrid")
                            << ProcCgroup{.unified = service, .named = service, .controller = service};
    QTest::addRow("v1") << std::string("v1-docker") << ProcCgroup{.named = container, .controller = container};
}

void tst_ProcCgroup::recordedTextParses()
{
    QFETCH(const std::string, file);
    QFETCH(const ProcCgroup, cgroup);
    const auto text = Quay::readFile(QUAY_TEST_DATA "/proc/cgroup/" + file);
    QVERIFY(text.has_value());

    const auto parsed = Quay::parseProcCgroup(*text);

    QVERIFY(parsed.has_value());
    QVERIFY(*parsed == cgroup);
}

void tst_ProcCgroup::textParses_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<ProcCgroup>("cgroup");
    QTest::addRow("empty") << std::string() << ProcCgroup{};
    QTest::addRow("no newline") << std::string("0::/a") << ProcCgroup{.unified = "/a"};
    QTest::addRow("root") << std::string("0::/\n") << ProcCgroup{.unified = "/"};
    QTest::addRow("outside of the namespace") << std::string("0::/../other\n") << ProcCgroup{.unified = "/../other"};
    QTest::addRow("colons in the path") << std::string("0::/a:b::c\n") << ProcCgroup{.unified = "/a:b::c"};
    QTest::addRow("escapes in the path") << std::string("0::/a\x1B[31m\xFF\n")
                                         << ProcCgroup{.unified = "/a\x1B[31m\xFF"};
    QTest::addRow("removed directory") << std::string("0::/a.service (deleted)\n")
                                       << ProcCgroup{.unified = "/a.service"};
    QTest::addRow("deepest controller wins")
        << std::string("3:cpu:/a\n2:pids:/a/b/c\n1:memory:/a/b\n") << ProcCgroup{.controller = "/a/b/c"};
    QTest::addRow("only roots") << std::string("3:cpu:/\n2:pids:/\n") << ProcCgroup{.controller = "/"};
    QTest::addRow("other names are controllers")
        << std::string("2:name=elogind:/c1\n") << ProcCgroup{.controller = "/c1"};
}

void tst_ProcCgroup::textParses()
{
    QFETCH(const std::string, text);
    QFETCH(const ProcCgroup, cgroup);

    const auto parsed = Quay::parseProcCgroup(text);

    QVERIFY(parsed.has_value());
    QVERIFY(*parsed == cgroup);
}

void tst_ProcCgroup::malformedLineFails_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addRow("empty") << std::string();
    QTest::addRow("truncated") << std::string("0:");
    QTest::addRow("no path") << std::string("0::");
    QTest::addRow("relative path") << std::string("0::a");
    QTest::addRow("one colon") << std::string("0:/a");
    QTest::addRow("hierarchy not a number") << std::string("x::/a");
    QTest::addRow("hierarchy negative") << std::string("-1:cpu:/a");
    QTest::addRow("hierarchy too big") << std::string("4294967296:cpu:/a");
    QTest::addRow("hierarchy 0 with controllers") << std::string("0:cpu:/a");
    QTest::addRow("v1 without controllers") << std::string("3::/a");
}

void tst_ProcCgroup::malformedLineFails()
{
    QFETCH(const std::string, line);

    const auto parsed = Quay::parseProcCgroup("0::/good\n" + line + "\n");

    QVERIFY(!parsed);
    QVERIFY((parsed.error() == Quay::Error{.code = ErrorCode::Malformed, .subject = line}));
}

void tst_ProcCgroup::ownCgroupIsRead()
{
    const auto proc = Quay::ProcFs::open().value();

    const auto cgroup = Quay::readProcCgroup(proc, ::getpid());

    QVERIFY(cgroup.has_value());
    QVERIFY(cgroup->unified || cgroup->named || cgroup->controller);
}

void tst_ProcCgroup::vanishedProcessIsGone()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .cgroup = "0::/a\n"});
    const auto proc = fake.open();
    QVERIFY(Quay::readProcCgroup(proc, 42).has_value());
    fake.remove(42);

    const auto cgroup = Quay::readProcCgroup(proc, 42);

    QVERIFY(!cgroup);
    QCOMPARE(cgroup.error().code, ErrorCode::Gone);
    QVERIFY(cgroup.error().subject == "42/cgroup");
}

QTEST_GUILESS_MAIN(tst_ProcCgroup)
#include "tst_proccgroup.moc"
