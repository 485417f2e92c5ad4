// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/processunit.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <string>

using Quay::ErrorCode;
using Quay::Test::FakeProc;

class tst_ProcessUnit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unitIsRead();
    void otherProcessWithThatPidIsGone();
    void missingProcessIsGone();
};

void tst_ProcessUnit::unitIsRead()
{
    FakeProc made;
    made.add({.pid = 100, .startTicks = 7, .cgroup = "0::/system.slice/app.service\n"});

    const auto unit = readUnit(made.open(), {.pid = 100, .startTicks = 7});

    QVERIFY2(unit, unit ? "" : unit.error().subject.c_str());
    QCOMPARE(unit->name, std::string("app.service"));
}

void tst_ProcessUnit::otherProcessWithThatPidIsGone()
{
    FakeProc made;
    made.add({.pid = 100, .startTicks = 8, .cgroup = "0::/system.slice/app.service\n"});

    const auto unit = readUnit(made.open(), {.pid = 100, .startTicks = 7});

    QCOMPARE(unit.error().code, ErrorCode::Gone);
    QCOMPARE(unit.error().subject, std::string("pid 100"));
}

void tst_ProcessUnit::missingProcessIsGone()
{
    const FakeProc made;

    QCOMPARE(readUnit(made.open(), {.pid = 100, .startTicks = 7}).error().code, ErrorCode::Gone);
}

QTEST_GUILESS_MAIN(tst_ProcessUnit)
#include "tst_processunit.moc"
