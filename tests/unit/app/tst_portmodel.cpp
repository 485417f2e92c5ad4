// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "tests/support/fakeclock.h"
#include "tests/support/snapshots.h"

#include <QAbstractItemModelTester>
#include <QObject>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

using namespace Quay::Test;
using namespace std::chrono_literals;
using Quay::ListenerPtr;
using Quay::PortModel;
using Quay::RowFreshness;
namespace Column = Quay::PortModelColumn;
namespace Role = Quay::PortModelRole;

namespace {

/// A model with a clock of its own, watched by Qt's model tester.
struct WatchedModel
{
    FakeClock clock;
    PortModel model{nullptr, clock};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

QStringList columnOf(const PortModel &model, int column, const QModelIndex &parent = {})
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        texts.append(model.index(row, column, parent).data().toString());
    }
    return texts;
}

QStringList portsOf(const PortModel &model, const QModelIndex &parent = {})
{
    return columnOf(model, Column::Port, parent);
}

RowFreshness freshnessOf(const QModelIndex &index)
{
    return static_cast<RowFreshness>(index.data(Role::Freshness).toInt());
}

QStringList list(std::initializer_list<int> numbers)
{
    QStringList texts;
    for (const int number : numbers) {
        texts.append(QString::number(number));
    }
    return texts;
}

} // namespace

class tst_PortModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstSnapshotIsSettled();
    void refreshKeepsSelection();
    void equalSnapshotEmitsNothing();
    void changeIsAnnouncedForItsCellsOnly();
    void noteStandsBeforeTheProcess();
    void newRowsAreShownAsNewForAWhile();
    void vanishedRowsStayWhereTheyWereForAWhile();
    void timerRunsOnlyWhileSomethingIsFresh();
    void listenerThatComesBackIsSettled();
    void agesAreAnnouncedWhenTheyReadDifferently();
    void sortsBothWaysAndKeepsSelection();
    void filterNarrowsDownAndCounts();
    void heldRowsStayWhereTheyAre();
    void releaseForgetsAndSorts();
    void heldRowsAreForgottenAfterAMinute();
    void searchForAnAgeGoesOnAsTimeGoesBy();
    void filterWorksWhileHeld();
    void unnamedSocketsAtOtherPortsAreSeveralRows();
};

void tst_PortModel::firstSnapshotIsSettled()
{
    WatchedModel watched;
    const QSignalSpy counts(&watched.model, &PortModel::countsChanged);

    watched.model.setSnapshot(snapshotOf({listenerFrom({.port = 5432}), listenerFrom({.port = 3000})}));

    QCOMPARE(portsOf(watched.model), list({3000, 5432}));
    QCOMPARE(freshnessOf(watched.model.index(0, 0)), RowFreshness::Settled);
    QCOMPARE(watched.model.totalCount(), 2);
    QCOMPARE(counts.size(), 1);
}

void tst_PortModel::refreshKeepsSelection()
{
    WatchedModel watched;
    const auto kept = listenerFrom({.port = 3000});
    watched.model.setSnapshot(snapshotOf({kept, listenerFrom({.port = 80})}));
    const QPersistentModelIndex selected = watched.model.indexOf(kept->key());
    QCOMPARE(selected.row(), 1);

    watched.model.setSnapshot(snapshotOf({kept, listenerFrom({.port = 80}), listenerFrom({.port = 443})}));

    QCOMPARE(portsOf(watched.model), list({80, 443, 3000}));
    QVERIFY(selected.isValid());
    QCOMPARE(selected.row(), 2);
    QCOMPARE(selected.data(Role::Listener).value<ListenerPtr>(), kept);
}

void tst_PortModel::equalSnapshotEmitsNothing()
{
    WatchedModel watched;
    const std::vector<ListenerPtr> listeners{listenerFrom({.port = 80, .owners = {{}}}), listenerFrom({.port = 443})};
    watched.model.setSnapshot(snapshotOf(listeners));
    const QSignalSpy changed(&watched.model, &PortModel::dataChanged);
    const QSignalSpy layout(&watched.model, &PortModel::layoutChanged);
    const QSignalSpy inserted(&watched.model, &PortModel::rowsInserted);
    const QSignalSpy removed(&watched.model, &PortModel::rowsRemoved);
    const QSignalSpy counts(&watched.model, &PortModel::countsChanged);
    const QSignalSpy merging(&watched.model, &PortModel::aboutToMerge);

    watched.model.setSnapshot(snapshotOf(listeners));
    watched.model.setSnapshot(snapshotOf({listenerFrom({.port = 80, .owners = {{}}}), listenerFrom({.port = 443})}));

    QCOMPARE(changed.size() + layout.size() + inserted.size() + removed.size(), 0);
    QCOMPARE(counts.size() + merging.size(), 0);
}

void tst_PortModel::changeIsAnnouncedForItsCellsOnly()
{
    WatchedModel watched;
    const auto quiet = listenerFrom({.port = 80});
    watched.model.setSnapshot(snapshotOf({quiet, listenerFrom({.port = 443, .connections = 1})}));
    const QSignalSpy changed(&watched.model, &PortModel::dataChanged);

    watched.model.setSnapshot(snapshotOf({quiet, listenerFrom({.port = 443, .connections = 2})}));

    QCOMPARE(changed.size(), 1);
    const auto topLeft = changed.front().at(0).toModelIndex();
    QCOMPARE(topLeft, watched.model.index(1, Column::Connections));
    QCOMPARE(changed.front().at(1).toModelIndex(), topLeft);
    QCOMPARE(topLeft.data().toString(), QStringLiteral("2"));
}

void tst_PortModel::noteStandsBeforeTheProcess()
{
    WatchedModel watched;
    const auto noted = listenerFrom({.port = 443, .owners = {{.pid = 1, .name = "node"}}});
    watched.model.setSnapshot(snapshotOf({listenerFrom({.port = 80, .owners = {{.pid = 2, .name = "vite"}}}), noted}));
    const auto cell = watched.model.index(1, Column::Process);
    const QString plain = cell.data().toString();
    const QSignalSpy changed(&watched.model, &PortModel::dataChanged);

    watched.model.setNotes({{noted->key(), QStringLiteral("asked to stop")}});
    QCOMPARE(cell.data().toString(), QStringLiteral("asked to stop (node)"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.front().at(0).toModelIndex(), cell);
    QCOMPARE(changed.front().at(1).toModelIndex(), cell);
    watched.model.setNotes({{noted->key(), QStringLiteral("asked to stop")}});
    QCOMPARE(changed.size(), 1); // nothing is new
    watched.model.setNotes({});

    QCOMPARE(changed.size(), 2);
    QCOMPARE(cell.data().toString(), plain);
}

void tst_PortModel::newRowsAreShownAsNewForAWhile()
{
    WatchedModel watched;
    const auto old = listenerFrom({.port = 80});
    watched.model.setSnapshot(snapshotOf({old}));

    watched.model.setSnapshot(snapshotOf({old, listenerFrom({.port = 443})}));
    QCOMPARE(freshnessOf(watched.model.index(0, 0)), RowFreshness::Settled);
    QCOMPARE(freshnessOf(watched.model.index(1, 0)), RowFreshness::Appeared);
    watched.clock.advance(Quay::FreshDuration - 1ms);
    watched.model.updateAges();
    QCOMPARE(freshnessOf(watched.model.index(1, 0)), RowFreshness::Appeared);
    const QSignalSpy changed(&watched.model, &PortModel::dataChanged);
    watched.clock.advance(1ms);
    watched.model.updateAges();

    QCOMPARE(freshnessOf(watched.model.index(1, 0)), RowFreshness::Settled);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.front().at(0).toModelIndex(), watched.model.index(1, 0));
}

void tst_PortModel::vanishedRowsStayWhereTheyWereForAWhile()
{
    WatchedModel watched;
    const auto first = listenerFrom({.port = 80});
    const auto gone = listenerFrom({.port = 443});
    const auto last = listenerFrom({.port = 8080});
    watched.model.setSnapshot(snapshotOf({first, gone, last}));
    QCOMPARE(watched.model.indexOf(gone->key()).row(), 1);

    watched.model.setSnapshot(snapshotOf({first, last}));
    QCOMPARE(portsOf(watched.model), list({80, 443, 8080}));
    QCOMPARE(freshnessOf(watched.model.index(1, 0)), RowFreshness::Vanished);
    QVERIFY(!watched.model.indexOf(gone->key()).isValid()); // nobody listens there
    QCOMPARE(watched.model.totalCount(), 2);
    QCOMPARE(watched.model.shownCount(), 2);
    watched.clock.advance(Quay::FreshDuration);
    watched.model.updateAges();

    QCOMPARE(portsOf(watched.model), list({80, 8080}));
}

void tst_PortModel::timerRunsOnlyWhileSomethingIsFresh()
{
    WatchedModel watched;
    const auto *const timer = watched.model.findChild<QTimer *>();
    QVERIFY(timer != nullptr);
    const auto stays = listenerFrom({.port = 80});
    watched.model.setSnapshot(snapshotOf({stays, listenerFrom({.port = 443})}));
    QVERIFY(!timer->isActive());

    watched.model.setSnapshot(snapshotOf({stays}));
    QVERIFY(timer->isActive());
    QCOMPARE(timer->intervalAsDuration(), std::chrono::milliseconds(Quay::FreshDuration));
    watched.clock.advance(Quay::FreshDuration);
    const_cast<QTimer *>(timer)->start(0ms);

    QTRY_COMPARE(portsOf(watched.model), list({80}));
    QVERIFY(!timer->isActive());
}

void tst_PortModel::listenerThatComesBackIsSettled()
{
    WatchedModel watched;
    const auto flickering = listenerFrom({.port = 443});
    watched.model.setSnapshot(snapshotOf({flickering}));
    const QPersistentModelIndex selected = watched.model.index(0, 0);
    watched.model.setSnapshot(snapshotOf({}));
    QCOMPARE(freshnessOf(selected), RowFreshness::Vanished);

    watched.model.setSnapshot(snapshotOf({flickering}));
    QCOMPARE(freshnessOf(selected), RowFreshness::Settled);
    watched.clock.advance(Quay::FreshDuration);
    watched.model.updateAges();

    QVERIFY(selected.isValid());
    QCOMPARE(watched.model.shownCount(), 1);
}

void tst_PortModel::agesAreAnnouncedWhenTheyReadDifferently()
{
    WatchedModel watched; // an hour after boot; a process that started at 10 s reads "59 min" for ten seconds more
    watched.model.setSnapshot(snapshotOf({listenerFrom({.port = 80, .owners = {{.startTicks = 1000}}})}));
    const auto cell = watched.model.index(0, Column::Since);
    const QString before = cell.data().toString();
    const QSignalSpy changed(&watched.model, &PortModel::dataChanged);

    watched.clock.advance(9s);
    watched.model.updateAges();
    QCOMPARE(changed.size(), 0);
    QCOMPARE(cell.data().toString(), before);
    watched.clock.advance(2s);
    watched.model.updateAges();

    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.front().at(0).toModelIndex(), cell);
    QVERIFY(cell.data().toString() != before);
}

void tst_PortModel::sortsBothWaysAndKeepsSelection()
{
    WatchedModel watched;
    const auto busy = listenerFrom({.port = 80, .connections = 9});
    const auto unknown = listenerFrom({.port = 443, .connections = {}});
    const auto idle = listenerFrom({.port = 8080, .connections = 0});
    watched.model.setSnapshot(snapshotOf({busy, unknown, idle}));
    const QPersistentModelIndex selected = watched.model.indexOf(busy->key());

    watched.model.sort(Column::Connections, Qt::AscendingOrder);
    QCOMPARE(portsOf(watched.model), list({8080, 80, 443}));
    QCOMPARE(selected.row(), 1);
    watched.model.sort(Column::Connections, Qt::DescendingOrder);

    QCOMPARE(portsOf(watched.model), list({80, 8080, 443}));
    QCOMPARE(selected.row(), 0);
}

void tst_PortModel::filterNarrowsDownAndCounts()
{
    WatchedModel watched;
    const auto node = listenerFrom({.port = 3000, .owners = {{.name = "node"}}});
    const auto postgres = listenerFrom(
        {.port = 5432, .owners = {{.name = "postgres", .arguments = {"postgres"}, .executable = "/usr/bin/postgres"}}});
    watched.model.setSnapshot(snapshotOf({node, postgres}));
    const QSignalSpy counts(&watched.model, &PortModel::countsChanged);

    watched.model.setFilter({.text = QStringLiteral("NODE")});

    QCOMPARE(portsOf(watched.model), list({3000}));
    QCOMPARE(watched.model.shownCount(), 1);
    QCOMPARE(watched.model.totalCount(), 2);
    QCOMPARE(counts.size(), 1);
    QVERIFY(watched.model.indexOf(node->key()).isValid());
    QVERIFY(!watched.model.indexOf(postgres->key()).isValid());
}

void tst_PortModel::heldRowsStayWhereTheyAre()
{
    WatchedModel watched;
    watched.model.sort(Column::Connections, Qt::DescendingOrder);
    const auto second = listenerFrom({.port = 81, .connections = 1});
    watched.model.setSnapshot(snapshotOf({listenerFrom({.port = 80, .connections = 2}), second}));
    watched.model.hold(true);

    watched.model.setSnapshot(snapshotOf(
        {listenerFrom({.port = 79, .connections = 7}), listenerFrom({.port = 80, .connections = 0}), second}));
    watched.model.setSnapshot(
        snapshotOf({listenerFrom({.port = 79, .connections = 7}), listenerFrom({.port = 80, .connections = 0})}));
    watched.clock.advance(2 * Quay::FreshDuration);
    watched.model.updateAges();

    QCOMPARE(portsOf(watched.model), list({80, 81, 79}));
    QCOMPARE(columnOf(watched.model, Column::Connections), list({0, 1, 7}));
    QCOMPARE(freshnessOf(watched.model.index(1, 0)), RowFreshness::Vanished);
}

void tst_PortModel::releaseForgetsAndSorts()
{
    WatchedModel watched;
    const auto stays = listenerFrom({.port = 80});
    watched.model.setSnapshot(snapshotOf({stays, listenerFrom({.port = 443})}));
    watched.model.hold(true);
    watched.model.setSnapshot(snapshotOf({stays, listenerFrom({.port = 22})}));
    watched.clock.advance(Quay::FreshDuration);
    watched.model.updateAges();
    QCOMPARE(portsOf(watched.model), list({80, 443, 22}));

    watched.model.hold(false);

    QCOMPARE(portsOf(watched.model), list({22, 80}));
}

void tst_PortModel::searchForAnAgeGoesOnAsTimeGoesBy()
{
    WatchedModel watched; // one hour after boot
    const auto started = [](std::uint16_t port, std::uint64_t minute) {
        return listenerFrom({.port = port, .owners = {{.pid = port, .startTicks = minute * 6000}}});
    };
    watched.model.setSnapshot(snapshotOf({started(80, 10), started(81, 11)})); // 50 and 49 min
    watched.model.setFilter({.text = QStringLiteral("\"50 min\"")});
    QCOMPARE(portsOf(watched.model), list({80}));

    watched.clock.advance(1min);
    watched.model.updateAges();

    QCOMPARE(portsOf(watched.model), list({81}));
    QCOMPARE(watched.model.shownCount(), 1);
}

void tst_PortModel::heldRowsAreForgottenAfterAMinute()
{
    WatchedModel watched;
    const auto stays = listenerFrom({.port = 80});
    watched.model.setSnapshot(snapshotOf({stays, listenerFrom({.port = 443})}));
    watched.model.hold(true);
    watched.model.setSnapshot(snapshotOf({stays}));

    watched.clock.advance(2min);
    watched.model.updateAges();

    QCOMPARE(portsOf(watched.model), list({80}));
}

void tst_PortModel::filterWorksWhileHeld()
{
    WatchedModel watched;
    watched.model.setSnapshot(snapshotOf({listenerFrom({.port = 80}), listenerFrom({.port = 443})}));
    watched.model.hold(true);

    watched.model.setFilter({.text = QStringLiteral(":443")});

    QCOMPARE(portsOf(watched.model), list({443}));
}

void tst_PortModel::unnamedSocketsAtOtherPortsAreSeveralRows()
{
    WatchedModel watched;
    const auto unowned = [](std::uint16_t port) {
        auto listener = std::make_shared<Quay::Listener>(*listenerFrom({.port = port}));
        listener->socket.cookie = 0; // as read from /proc/net when no process has it
        listener->socket.inode = 0;
        return listener;
    };

    watched.model.setSnapshot(snapshotOf({unowned(111), unowned(2049)}));
    watched.model.setSnapshot(snapshotOf({unowned(111), unowned(2049)}));

    QCOMPARE(portsOf(watched.model), list({111, 2049}));
    QCOMPARE(watched.model.totalCount(), 2);
}

QTEST_MAIN(tst_PortModel)
#include "tst_portmodel.moc"
