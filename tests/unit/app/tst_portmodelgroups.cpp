// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portcells.h"
#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "tests/support/fakeclock.h"
#include "tests/support/snapshots.h"

#include <QAbstractItemModelTester>
#include <QObject>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <optional>
#include <string>

using namespace Quay::Test;
using Quay::ListenerPtr;
using Quay::PortGrouping;
using Quay::PortModel;
using Quay::RowFreshness;
namespace Column = Quay::PortModelColumn;
namespace Role = Quay::PortModelRole;

namespace {

/// A model grouped by project, with a clock of its own, watched by Qt's model tester.
struct GroupedModel
{
    GroupedModel() { model.setGrouping(PortGrouping::Project); }

    FakeClock clock;
    PortModel model{nullptr, clock};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

ListenerPtr portOf(const char *project, std::uint16_t port, std::optional<std::uint32_t> connections = 1, pid_t pid = 0)
{
    OwnerSpec owner{.pid = pid != 0 ? pid : static_cast<pid_t>(port), .cpuShare = 0.1, .residentBytes = 1'000'000};
    if (*project != '\0') {
        owner.project = projectAt(std::string("/home/ann/") + project, project, "main");
    }
    return listenerFrom({.port = port, .owners = {owner}, .connections = connections});
}

QStringList headsOf(const PortModel &model)
{
    QStringList heads;
    for (int row = 0; row < model.rowCount(); ++row) {
        heads.append(model.index(row, 0).data().toString());
    }
    return heads;
}

QStringList texts(std::initializer_list<const char *> list)
{
    QStringList strings;
    for (const char *const text : list) {
        strings.append(QString::fromUtf8(text));
    }
    return strings;
}

} // namespace

class tst_PortModelGroups : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void headsNameAndCount();
    void headsSumUpEachProcessOnce();
    void headsAreReadAloud();
    void headsSumUpNoSharedConnections();
    void headsSayThatAllVanished();
    void groupsComeByTheSortedColumn();
    void groupLivesOnWhenItsPortsChange();
    void rowMovesToItsGroupAndStaysSelected();
    void onlyHeadsThatReadDifferentlyAreAnnounced();
    void groupingByProcessGoesByName();
    void filteredGroupsAreNotShown();
    void hostileNamesAreMadeSafe();
};

void tst_PortModelGroups::headsNameAndCount()
{
    GroupedModel grouped;
    grouped.model.setSnapshot(snapshotOf({portOf("shop", 3000), portOf("", 22), portOf("shop", 3001)}));

    QCOMPARE(headsOf(grouped.model), texts({"shop (main): 2 port(s)", "No project: 1 port(s)"}));
    const auto head = grouped.model.index(0, 0);
    QVERIFY(head.data(Role::IsGroup).toBool());
    QVERIFY(head.data(Role::Listener).value<ListenerPtr>() == nullptr);
    QCOMPARE(head.data(Role::GroupKey).toString(), QStringLiteral("/home/ann/shop"));
    QCOMPARE(grouped.model.rowCount(head), 2);
    QCOMPARE(grouped.model.index(1, 0, head).data().toString(), QStringLiteral("3001"));
    QCOMPARE(grouped.model.indexOf(portOf("", 22)->key()).parent(), grouped.model.index(1, 0));
}

void tst_PortModelGroups::headsSumUpEachProcessOnce()
{
    GroupedModel grouped;
    const auto first = portOf("shop", 3000, 2, 4711);
    const auto second = portOf("shop", 3001, std::nullopt, 4711); // the same process
    const auto third = portOf("shop", 3002, 3, 4712);

    grouped.model.setSnapshot(snapshotOf({first, second, third}));

    QCOMPARE(grouped.model.index(0, Column::Connections).data().toString(), QStringLiteral("5"));
    QCOMPARE(grouped.model.index(0, Column::Memory).data().toString(), QStringLiteral("2 MB"));
    QCOMPARE(grouped.model.index(0, Column::Cpu).data().toString(), QStringLiteral("20 %"));
    QCOMPARE(grouped.model.index(0, Column::Connections).data(Role::Sort).toInt(), 5);
}

void tst_PortModelGroups::headsAreReadAloud()
{
    GroupedModel grouped;
    auto stuck = std::make_shared<Quay::Listener>(*portOf("shop", 3000));
    stuck->warnings = {{.kind = Quay::WarningKind::NobodyAccepts}};
    grouped.model.setSnapshot(snapshotOf({portOf("api", 80)}));

    grouped.model.setSnapshot(snapshotOf({portOf("api", 80), stuck}));

    const auto read = [&grouped](int row, int column) {
        return grouped.model.index(row, column).data(Qt::AccessibleTextRole).toString();
    };
    QCOMPARE(read(0, Column::Port), QStringLiteral("api (main): 1 port(s)"));
    QCOMPARE(read(1, Column::Port), QStringLiteral("shop (main): 1 port(s); new; 1 warning(s)"));
    QCOMPARE(read(1, Column::Connections), QStringLiteral("Connections: 1"));
    QCOMPARE(read(1, Column::Process), QString());
}

void tst_PortModelGroups::headsSumUpNoSharedConnections()
{
    GroupedModel grouped;
    const auto shared = std::make_shared<Quay::Listener>(*portOf("shop", 3001, std::nullopt));
    shared->sharedConnections = 12;

    grouped.model.setSnapshot(snapshotOf({portOf("shop", 3000, 2), shared}));

    QCOMPARE(grouped.model.index(0, Column::Connections).data().toString(), Quay::unknownText());
}

void tst_PortModelGroups::headsSayThatAllVanished()
{
    GroupedModel grouped;
    const auto stays = portOf("api", 80);
    grouped.model.setSnapshot(snapshotOf({stays, portOf("shop", 3000)}));

    grouped.model.setSnapshot(snapshotOf({stays}));
    const QPersistentModelIndex head = grouped.model.index(1, 0);
    QCOMPARE(head.data(Role::Freshness).toInt(), static_cast<int>(RowFreshness::Vanished));
    QCOMPARE(head.data().toString(), QStringLiteral("shop (main): 0 port(s)"));
    grouped.clock.advance(Quay::FreshDuration);
    grouped.model.updateAges();

    QVERIFY(!head.isValid());
    QCOMPARE(headsOf(grouped.model), texts({"api (main): 1 port(s)"}));
}

void tst_PortModelGroups::groupsComeByTheSortedColumn()
{
    GroupedModel grouped;
    grouped.model.setSnapshot(
        snapshotOf({portOf("a", 80, 1), portOf("b", 81, 5), portOf("c", 82, 3), portOf("", 10, 99)}));

    grouped.model.sort(Column::Connections, Qt::DescendingOrder);
    QCOMPARE(headsOf(grouped.model).join(u' ').remove(QStringLiteral(" (main): 1 port(s)")),
             QStringLiteral("b c a No project: 1 port(s)"));
    grouped.model.sort(Column::Project, Qt::DescendingOrder);

    QCOMPARE(headsOf(grouped.model).join(u' ').remove(QStringLiteral(" (main): 1 port(s)")),
             QStringLiteral("c b a No project: 1 port(s)"));
}

void tst_PortModelGroups::groupLivesOnWhenItsPortsChange()
{
    GroupedModel grouped;
    const auto stays = portOf("shop", 3001);
    grouped.model.setSnapshot(snapshotOf({portOf("shop", 3000), stays}));
    const QPersistentModelIndex head = grouped.model.index(0, 0);
    const QPersistentModelIndex row = grouped.model.index(1, 0, head);
    const QSignalSpy reset(&grouped.model, &PortModel::modelReset);

    grouped.model.setSnapshot(snapshotOf({stays, portOf("shop", 3002), portOf("api", 80)}));
    grouped.clock.advance(Quay::FreshDuration);
    grouped.model.updateAges();

    QVERIFY(head.isValid());
    QCOMPARE(head.row(), 1);
    QCOMPARE(row.row(), 0);
    QCOMPARE(row.data(Role::Listener).value<ListenerPtr>(), stays);
    QCOMPARE(reset.size(), 0);
}

void tst_PortModelGroups::rowMovesToItsGroupAndStaysSelected()
{
    GroupedModel grouped;
    const auto pending = listenerFrom({.port = 3000, .knowledge = Quay::OwnerKnowledge::Pending});
    grouped.model.setSnapshot(snapshotOf({pending, portOf("shop", 3001)}));
    const QPersistentModelIndex selected = grouped.model.indexOf(pending->key());
    QCOMPARE(selected.parent().data().toString(), QStringLiteral("No project: 1 port(s)"));

    const auto found = portOf("shop", 3000);
    grouped.model.setSnapshot(snapshotOf({found, portOf("shop", 3001)}));

    QVERIFY(selected.isValid());
    QCOMPARE(selected.data(Role::Listener).value<ListenerPtr>(), found);
    QCOMPARE(headsOf(grouped.model), texts({"shop (main): 2 port(s)"}));
}

void tst_PortModelGroups::onlyHeadsThatReadDifferentlyAreAnnounced()
{
    GroupedModel grouped;
    const auto quiet = portOf("api", 80);
    grouped.model.setSnapshot(snapshotOf({quiet, portOf("shop", 3000, 1)}));
    const QSignalSpy changed(&grouped.model, &PortModel::dataChanged);

    grouped.model.setSnapshot(snapshotOf({quiet, portOf("shop", 3000, 2)}));

    const auto head = grouped.model.index(1, 0);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed.at(0).at(0).toModelIndex(), grouped.model.index(1, Column::Connections));
    QCOMPARE(changed.at(1).at(0).toModelIndex(), grouped.model.index(0, Column::Connections, head));
}

void tst_PortModelGroups::groupingByProcessGoesByName()
{
    GroupedModel grouped;
    grouped.model.setGrouping(PortGrouping::Process);

    grouped.model.setSnapshot(snapshotOf({portOf("shop", 3000), portOf("api", 3001),
                                          listenerFrom({.port = 1, .knowledge = Quay::OwnerKnowledge::Hidden})}));

    QCOMPARE(headsOf(grouped.model), texts({"node: 2 port(s)", "Process not known: 1 port(s)"}));
}

void tst_PortModelGroups::filteredGroupsAreNotShown()
{
    GroupedModel grouped;
    grouped.model.setSnapshot(snapshotOf({portOf("shop", 3000), portOf("shop", 3001), portOf("api", 80)}));

    grouped.model.setFilter({.text = QStringLiteral(":3001")});

    QCOMPARE(headsOf(grouped.model), texts({"shop (main): 1 port(s)"}));
    QCOMPARE(grouped.model.shownCount(), 1);
}

void tst_PortModelGroups::hostileNamesAreMadeSafe()
{
    GroupedModel grouped;
    const char *const name = "a\x1b[31m\n<img src=x>";

    grouped.model.setSnapshot(snapshotOf({portOf(name, 3000)}));

    const auto head = grouped.model.index(0, 0);
    QVERIFY(!head.data().toString().contains(u'\n'));
    QVERIFY(!head.data().toString().contains(QChar(0x1b)));
    QVERIFY(!head.data(Qt::ToolTipRole).toString().contains(QStringLiteral("<img")));
}

QTEST_MAIN(tst_PortModelGroups)
#include "tst_portmodelgroups.moc"
