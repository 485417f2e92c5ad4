// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/backgroundusernames.h"
#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "tests/support/fakeclock.h"
#include "tests/support/snapshots.h"

#include <QAbstractItemModelTester>
#include <QObject>
#include <QSignalSpy>
#include <QString>
#include <QTest>
#include <QThread>

#include <atomic>
#include <latch>
#include <memory>

#include <sys/types.h>

using namespace Quay::Test;
using Quay::BackgroundUserNames;
using Quay::PortModel;
namespace Column = Quay::PortModelColumn;

namespace {

/// A directory server that answers when it is told to.
struct SlowServer
{
    std::latch answers{1};
    std::atomic<int> questions = 0;
    std::atomic<bool> isOnThread = false;

    static BackgroundUserNames::LookUp lookUp(std::shared_ptr<SlowServer> server)
    {
        return [server = std::move(server), asker = QThread::currentThreadId()](uid_t uid) {
            server->isOnThread = QThread::currentThreadId() != asker;
            ++server->questions;
            server->answers.wait();
            return uid == 7 ? QStringLiteral("ann") : uid == 8 ? QStringLiteral("zoe") : QString::number(uid);
        };
    }
};

} // namespace

class tst_BackgroundUserNames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void numberStandsUntilTheNameIsThere();
    void whatComesMeanwhileIsAskedAfterwards();
    void nobodyWaitsForTheLookUpAtTheEnd();
    void modelSortsAndSearchesByTheNameThen();
};

void tst_BackgroundUserNames::numberStandsUntilTheNameIsThere()
{
    const auto server = std::make_shared<SlowServer>();
    BackgroundUserNames names(SlowServer::lookUp(server));
    const QSignalSpy learned(&names, &BackgroundUserNames::learned);

    QCOMPARE(names.name(7), QStringLiteral("7"));
    QTRY_COMPARE(server->questions.load(), 1);
    QCOMPARE(names.name(7), QStringLiteral("7"));
    server->answers.count_down();

    QTRY_COMPARE(names.name(7), QStringLiteral("ann"));
    QVERIFY(server->isOnThread);
    QCOMPARE(server->questions.load(), 1);
    QCOMPARE(learned.size(), 1);
}

void tst_BackgroundUserNames::whatComesMeanwhileIsAskedAfterwards()
{
    const auto server = std::make_shared<SlowServer>();
    BackgroundUserNames names(SlowServer::lookUp(server));
    const QSignalSpy learned(&names, &BackgroundUserNames::learned);
    QCOMPARE(names.name(7), QStringLiteral("7"));
    QTRY_COMPARE(server->questions.load(), 1);

    QCOMPARE(names.name(8), QStringLiteral("8"));
    QCOMPARE(names.name(9), QStringLiteral("9"));
    server->answers.count_down();

    QTRY_COMPARE(names.name(8), QStringLiteral("zoe"));
    QTRY_COMPARE(server->questions.load(), 3);
    QCOMPARE(names.name(9), QStringLiteral("9")); // nobody is called so: nothing to announce
    QCOMPARE(learned.size(), 2);
}

void tst_BackgroundUserNames::nobodyWaitsForTheLookUpAtTheEnd()
{
    const auto server = std::make_shared<SlowServer>();
    {
        BackgroundUserNames names(SlowServer::lookUp(server));
        QCOMPARE(names.name(7), QStringLiteral("7"));
        QTRY_COMPARE(server->questions.load(), 1);
    }

    server->answers.count_down(); // only now: it would not have come here otherwise

    QTRY_COMPARE(server.use_count(), 1L); // the thread is over, and touched nothing that was gone
}

void tst_BackgroundUserNames::modelSortsAndSearchesByTheNameThen()
{
    const auto server = std::make_shared<SlowServer>();
    const auto names = std::make_shared<BackgroundUserNames>(SlowServer::lookUp(server));
    const FakeClock clock;
    PortModel model(nullptr, clock, names);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    connect(names.get(), &BackgroundUserNames::learned, &model, &PortModel::updateUserNames);
    model.sort(Column::User, Qt::AscendingOrder);
    model.setSnapshot(snapshotOf({listenerFrom({.port = 80, .owners = {{.pid = 1, .uid = 8}}}),
                                  listenerFrom({.port = 81, .owners = {{.pid = 2, .uid = 7}}})}));
    const auto cell = [&model](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(cell(0, Column::User), QStringLiteral("7"));
    QSignalSpy changed(&model, &PortModel::dataChanged);

    server->answers.count_down();

    QTRY_COMPARE(cell(0, Column::User), QStringLiteral("ann"));
    QTRY_COMPARE(cell(1, Column::User), QStringLiteral("zoe"));
    QCOMPARE(cell(1, Column::Port), QStringLiteral("80"));
    QVERIFY(!changed.isEmpty());
    model.setFilter({.text = QStringLiteral("user:zo")});
    QCOMPARE(model.rowCount(), 1);
}

QTEST_GUILESS_MAIN(tst_BackgroundUserNames)
#include "tst_backgroundusernames.moc"
