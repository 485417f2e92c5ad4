// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procfs.h"
#include "core/servers/foundrun.h"
#include "core/servers/serverstate.h"
#include "core/supervise/serverplaces.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <string>
#include <variant>

using Quay::KnownServer;
using Quay::ServerState;
using Quay::StateCause;

class tst_FoundRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsOverIsGoneOnWith_data();
    void whatIsOverIsGoneOnWith();
};

void tst_FoundRun::whatIsOverIsGoneOnWith_data()
{
    QTest::addColumn<ServerState>("state");
    QTest::addColumn<StateCause>("cause");
    QTest::addColumn<bool>("isWanted");
    QTest::addColumn<bool>("isGoneOnWith");

    QTest::newRow("never started") << ServerState::Stopped << StateCause::Nothing << false << false;
    QTest::newRow("stopped by somebody") << ServerState::Stopped << StateCause::Asked << false << true;
    QTest::newRow("ended well") << ServerState::Stopped << StateCause::Exit << false << true;
    QTest::newRow("stopped to be started again") << ServerState::Stopped << StateCause::Asked << true << false;
    QTest::newRow("failed") << ServerState::Failed << StateCause::Exit << false << true;
    QTest::newRow("crash loop") << ServerState::CrashLoop << StateCause::CrashLoop << false << true;
    QTest::newRow("in the pause before a restart") << ServerState::Waiting << StateCause::Pause << true << true;
    QTest::newRow("in a pause, stopped since") << ServerState::Waiting << StateCause::Pause << false << false;
    QTest::newRow("waited for another one") << ServerState::Waiting << StateCause::Need << true << false;
    QTest::newRow("ran") << ServerState::Ready << StateCause::Asked << true << false;
    QTest::newRow("was about to end") << ServerState::Stopping << StateCause::Asked << false << false;
}

void tst_FoundRun::whatIsOverIsGoneOnWith()
{
    QFETCH(const ServerState, state);
    QFETCH(const StateCause, cause);
    QFETCH(const bool, isWanted);
    QFETCH(const bool, isGoneOnWith);
    const QTemporaryDir directory;
    const std::string root = directory.path().toStdString();
    const Quay::ServersPlaces places{.runtimeDirectory = root + "/run", .stateDirectory = root + "/state"};
    const Quay::ServerIdentity server{.project = "/project", .name = "api"};
    const Quay::Test::FakeProc files;
    const Quay::ProcFs proc = files.open();
    const KnownServer known{.isWanted = isWanted,
                            .run = {},
                            .wasReady = false,
                            .readyAfter = {},
                            .restarts = {},
                            .state = state,
                            .reason = {.cause = cause},
                            .since = {}};

    const auto found = Quay::findRun(proc, places.of(server), server, known);

    QCOMPARE(std::holds_alternative<Quay::PastRun>(found), isGoneOnWith);
    QCOMPARE(std::holds_alternative<Quay::NoRun>(found), !isGoneOnWith);
}

QTEST_GUILESS_MAIN(tst_FoundRun)
#include "tst_foundrun.moc"
