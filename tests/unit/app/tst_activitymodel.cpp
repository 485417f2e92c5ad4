// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/activitymodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <string>
#include <utility>
#include <vector>

using Quay::ActivityModel;
using Quay::AuditEntry;
using Quay::AuditHistory;
using Quay::AuditState;
using Quay::PortState;
using Quay::TargetStage;
namespace ActivityColumn = Quay::ActivityColumn;
namespace ActivityRole = Quay::ActivityRole;
using namespace std::chrono_literals;

namespace {

AuditEntry attempt(const std::string &id, const std::string &name = "node", TargetStage outcome = TargetStage::Ended)
{
    Quay::AuditTarget target;
    target.name = name;
    target.id.pid = 4711;
    target.outcome = outcome;
    Quay::AuditPort port;
    port.port = 3000;
    port.state = outcome == TargetStage::Ended ? PortState::Free : PortState::Held;
    AuditEntry entry;
    entry.id = id;
    entry.state = AuditState::Ended;
    entry.asker = Quay::AuditAsker::Window;
    entry.uid = 1000;
    entry.elapsed = 12ms;
    entry.targets = {target};
    entry.ports = {port};
    return entry;
}

AuditHistory history(std::vector<AuditEntry> entries)
{
    return {.entries = std::move(entries), .skippedLines = 0};
}

} // namespace

class tst_ActivityModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rowSaysWhatCameOfIt();
    void whoAskedIsNamedWhenItWasSomebodyElse();
    void newAttemptIsInsertedOnTop();
    void attemptThatGoesOnChangesInPlace();
    void otherHistoryIsShownAnew();
    void searchAndFilterNarrowItDown();
    void attemptUnderWayNeedsNoAttention();
};

void tst_ActivityModel::rowSaysWhatCameOfIt()
{
    ActivityModel model(1000);
    const QAbstractItemModelTester tester(&model);
    model.setHistory(history({attempt("a")}));

    const auto text = [&model](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(text(ActivityColumn::Who), QStringLiteral("window"));
    QCOMPARE(text(ActivityColumn::What), QStringLiteral("node 4711 (3000)"));
    QCOMPARE(text(ActivityColumn::Scope), QStringLiteral("process"));
    QCOMPARE(text(ActivityColumn::Outcome), QStringLiteral("ended, port free"));
    QCOMPARE(text(ActivityColumn::After), QStringLiteral("12 ms"));
    QVERIFY(!model.index(0, 0).data(ActivityRole::NeedsAttention).toBool());
    QVERIFY(model.index(0, 0).data(ActivityRole::Details).toString().contains(QStringLiteral("Port 3000 is free.")));
}

void tst_ActivityModel::whoAskedIsNamedWhenItWasSomebodyElse()
{
    ActivityModel model(1000);
    auto entry = attempt("a");
    entry.uid = 0;
    model.setHistory(history({entry}));

    QCOMPARE(model.index(0, ActivityColumn::Who).data().toString(), QStringLiteral("window (root)"));
}

void tst_ActivityModel::newAttemptIsInsertedOnTop()
{
    ActivityModel model(1000);
    const QAbstractItemModelTester tester(&model);
    model.setHistory(history({attempt("b"), attempt("a")}));
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const QPersistentModelIndex selected = model.index(0, 0);

    model.setHistory(history({attempt("c"), attempt("b"), attempt("a")}));

    QCOMPARE(inserted.count(), 1);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(selected.row(), 1);
    QCOMPARE(model.index(0, 0).data(ActivityRole::Id).toString(), QStringLiteral("c"));
}

void tst_ActivityModel::attemptThatGoesOnChangesInPlace()
{
    ActivityModel model(1000);
    auto running = attempt("a");
    running.state = AuditState::Running;
    model.setHistory(history({attempt("b"), running}));
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

    model.setHistory(history({attempt("b"), attempt("a")}));

    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.front().front().toModelIndex().row(), 1);
    QCOMPARE(model.index(1, ActivityColumn::Outcome).data().toString(), QStringLiteral("ended, port free"));
}

void tst_ActivityModel::otherHistoryIsShownAnew()
{
    ActivityModel model(1000);
    const QAbstractItemModelTester tester(&model);
    model.setHistory(history({attempt("b"), attempt("a")}));

    model.setHistory(history({attempt("d")}));
    QCOMPARE(model.rowCount(), 1);
    model.setHistory(history({attempt("e"), attempt("f")}));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(1, 0).data(ActivityRole::Id).toString(), QStringLiteral("f"));
}

void tst_ActivityModel::searchAndFilterNarrowItDown()
{
    ActivityModel model(1000);
    const QAbstractItemModelTester tester(&model);
    model.setHistory(history({attempt("a"), attempt("b", "vite"), attempt("c", "vite", TargetStage::Left)}));

    model.setFilter({"vite"}, false);
    QCOMPARE(model.rowCount(), 2);
    model.setFilter({"vite"}, true);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 0).data(ActivityRole::Id).toString(), QStringLiteral("c"));
    QVERIFY(!model.indexOf(QStringLiteral("a")).isValid());
    model.setFilter({}, false);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.indexOf(QStringLiteral("b")).row(), 1);
    QCOMPARE(model.totalCount(), 3);
}

void tst_ActivityModel::attemptUnderWayNeedsNoAttention()
{
    ActivityModel model(1000);
    auto running = attempt("a");
    running.state = AuditState::Running;
    auto interrupted = attempt("b");
    interrupted.state = AuditState::Interrupted;
    model.setHistory(history({interrupted, running}));

    QVERIFY(model.index(0, 0).data(ActivityRole::NeedsAttention).toBool());
    QVERIFY(!model.index(1, 0).data(ActivityRole::NeedsAttention).toBool());
}

QTEST_GUILESS_MAIN(tst_ActivityModel)
#include "tst_activitymodel.moc"
