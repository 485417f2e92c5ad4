// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/pidfd.h"
#include "core/servers/runaccount.h"
#include "core/supervise/runevent.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <string>

using Quay::RunAccount;
using Quay::RunEvent;
using Quay::RunEventKind;
using namespace std::chrono_literals;

namespace {

RunEvent killedEvent(pid_t pid, const std::string &command)
{
    RunEvent event{.kind = RunEventKind::Killed};
    event.process = Quay::ProcessMark{.id = {.pid = pid, .startTicks = 7}, .serial = {}};
    event.text = command;
    return event;
}

} // namespace

class tst_RunAccount : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lastWordsCount();
    void endIsKept();
    void whoeverWasKilledIsKeptWithoutSecrets();
    void floodOfKilledIsCut();
};

void tst_RunAccount::lastWordsCount()
{
    RunAccount account;
    for (const char *const words : {"loading", "serving TOKEN=hunter2"}) {
        RunEvent event{.kind = RunEventKind::Status};
        event.text = words;
        account.take(event);
    }

    account.take({.kind = RunEventKind::Ready});

    QVERIFY(account.says && account.says->starts_with("serving"));
    QVERIFY(!account.says->contains("hunter2"));
}

void tst_RunAccount::endIsKept()
{
    RunAccount account;
    account.take({.kind = RunEventKind::StopAsked});
    RunEvent exited{.kind = RunEventKind::Exited};
    exited.status = Quay::ExitStatus{.code = {}, .signal = SIGKILL};
    exited.usage = Quay::ResourceUsage{.userTime = 2s, .systemTime = 1s, .mostResidentKib = 4096};
    exited.outOfMemory = true;

    account.take(exited);

    QVERIFY(account.wasAskedToStop);
    QVERIFY(account.wasOutOfMemory);
    QCOMPARE(account.exit, exited.status);
    QCOMPARE(account.usage, exited.usage);
}

void tst_RunAccount::whoeverWasKilledIsKeptWithoutSecrets()
{
    RunAccount account;
    RunEvent stays = killedEvent(12, "dd");
    stays.sysErrno = EPERM;

    account.take(killedEvent(11, "worker DB_PASSWORD=hunter2"));
    account.take(stays);

    QCOMPARE(account.killed.size(), std::size_t{2});
    QCOMPARE(account.killed.front().process.id.pid, 11);
    QVERIFY(account.killed.front().command.starts_with("worker"));
    QVERIFY(!account.killed.front().command.contains("hunter2"));
    QCOMPARE(account.killed.back().sysErrno, EPERM);
}

void tst_RunAccount::floodOfKilledIsCut()
{
    RunAccount account;

    for (int i = 0; i < 1'000; ++i) {
        account.take(killedEvent(100 + i, "fork"));
    }

    QCOMPARE(account.killed.size(), RunAccount::MostKilled);
    QCOMPARE(account.killed.front().process.id.pid, 100);
}

QTEST_GUILESS_MAIN(tst_RunAccount)
#include "tst_runaccount.moc"
