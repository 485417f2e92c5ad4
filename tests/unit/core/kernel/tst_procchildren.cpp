// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procchildren.h"
#include "core/kernel/procfs.h"
#include "tests/support/fakeproc.h"
#include "tests/support/forkedchild.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

using Quay::ProcFs;
using Quay::Test::FakeProc;
using Quay::Test::ForkedChild;

class tst_ProcChildren : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void childrenAreThereUntilTheyAreWaitedFor();
    void allThreadsAreAsked();
    void withoutThemParentsAreAsked();
    void nobodyHasNone();
    void pidsAreParsed_data();
    void pidsAreParsed();
};

void tst_ProcChildren::childrenAreThereUntilTheyAreWaitedFor()
{
    const auto proc = ProcFs::open();
    QVERIFY(proc.has_value());
    const auto isOurs = [&proc](pid_t pid) {
        const auto children = readChildren(*proc, ::getpid());
        return children && std::ranges::contains(*children, pid);
    };
    ForkedChild child;
    QVERIFY(isOurs(child.pid()));

    child.end();
    QVERIFY(isOurs(child.pid()));

    child.reap();
    QVERIFY(!isOurs(child.pid()));
}

void tst_ProcChildren::allThreadsAreAsked()
{
    FakeProc proc;
    proc.add({.pid = 100});
    proc.write("100/task/100/children", "201 202 ");
    proc.write("100/task/101/children", "");
    proc.write("100/task/102/children", "203 ");

    auto children = readChildren(proc.open(), 100);

    QVERIFY(children.has_value());
    std::ranges::sort(*children);
    QCOMPARE(*children, (std::vector<pid_t>{201, 202, 203}));
}

/// As on kernels that were built without these files.
void tst_ProcChildren::withoutThemParentsAreAsked()
{
    FakeProc proc;
    proc.add({.pid = 100});
    proc.write("100/task/100/stat", "");
    proc.add({.pid = 200, .parentPid = 100});
    proc.add({.pid = 201, .parentPid = 200});
    proc.add({.pid = 202, .parentPid = 100});

    const auto children = readChildren(proc.open(), 100);

    QVERIFY(children.has_value());
    QCOMPARE(*children, (std::vector<pid_t>{200, 202}));
}

void tst_ProcChildren::nobodyHasNone()
{
    FakeProc proc;
    proc.add({.pid = 200, .parentPid = 100});

    const auto children = readChildren(proc.open(), 300);

    QVERIFY(children.has_value());
    QVERIFY(children->empty());
}

void tst_ProcChildren::pidsAreParsed_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::vector<pid_t>>("pids");
    QTest::addRow("none") << std::string() << std::vector<pid_t>{};
    QTest::addRow("two") << std::string("201 202 ") << std::vector<pid_t>{201, 202};
    QTest::addRow("other blanks") << std::string("201\n\t202") << std::vector<pid_t>{201, 202};
    QTest::addRow("largest") << std::string("2147483647 2147483648 ") << std::vector<pid_t>{2147483647};
    QTest::addRow("no pids") << std::string("0 -1 -201 x 1x ") << std::vector<pid_t>{};
}

void tst_ProcChildren::pidsAreParsed()
{
    QFETCH(const std::string, text);
    QFETCH(const std::vector<pid_t>, pids);

    QCOMPARE(Quay::parseProcChildren(text), pids);
}

QTEST_GUILESS_MAIN(tst_ProcChildren)
#include "tst_procchildren.moc"
