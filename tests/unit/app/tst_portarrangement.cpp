// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portarrangement.h"
#include "app/models/portgroup.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QStringList>
#include <QTest>

#include <deque>
#include <limits>
#include <vector>

using namespace Quay::Test;
using Quay::ArrangedGroup;
using Quay::PortArrangement;
using Quay::PortEntry;
using Quay::PortGroup;
using Quay::PortGrouping;
using Quay::PortOrder;
using Quay::SortValue;
namespace Column = Quay::PortModelColumn;

namespace {

/// Entries that stay where they are.
class Entries
{
public:
    PortEntry *add(const ListenerSpec &spec, const SortValue &value, const QString &groupKey = {})
    {
        m_entries.push_back({.listener = listenerFrom(spec), .sortValue = value, .groupKey = groupKey});
        return &m_entries.back();
    }

    [[nodiscard]] std::vector<PortEntry *> all()
    {
        std::vector<PortEntry *> entries;
        for (PortEntry &entry : m_entries) {
            entries.push_back(&entry);
        }
        return entries;
    }

private:
    std::deque<PortEntry> m_entries;
};

QString ports(const std::vector<PortEntry *> &entries)
{
    QStringList texts;
    for (const PortEntry *const entry : entries) {
        texts.append(QString::number(entry->listener->socket.localPort));
    }
    return texts.join(u' ');
}

QString described(const PortArrangement &arrangement)
{
    QStringList texts;
    for (const ArrangedGroup &group : arrangement) {
        texts.append(QString(group.key + QStringLiteral(": ") + ports(group.rows)));
    }
    return texts.join(QStringLiteral(", "));
}

} // namespace

class tst_PortArrangement : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unknownComesLastBothWays_data();
    void unknownComesLastBothWays();
    void equalValuesGoByPortProtocolAndAddress();
    void movedEntriesAreMergedIn();
    void forgottenEntriesAreLeftOut();
    void flatListHoldsWhatMatches();
    void groupsComeLikeTheirFirstRow();
    void groupsComeByTheirSums();
    void heldRowsKeepTheirPlaces();
    void groupKeysAreStable();
};

void tst_PortArrangement::unknownComesLastBothWays_data()
{
    QTest::addColumn<Qt::SortOrder>("direction");
    QTest::addColumn<QString>("expected");

    QTest::addRow("ascending") << Qt::AscendingOrder << QStringLiteral("3 1 4 2");
    QTest::addRow("descending") << Qt::DescendingOrder << QStringLiteral("4 1 3 2");
}

void tst_PortArrangement::unknownComesLastBothWays()
{
    QFETCH(const Qt::SortOrder, direction);
    QFETCH(const QString, expected);
    Entries entries;
    entries.add({.port = 1}, SortValue::of(0.5));
    entries.add({.port = 2}, {});
    entries.add({.port = 3}, SortValue::of(-7));
    entries.add({.port = 4}, SortValue::of(std::numeric_limits<double>::max()));

    const auto sorted = sortedAgain({}, entries.all(), {.column = Column::Cpu, .direction = direction});

    QCOMPARE(ports(sorted), expected);
}

void tst_PortArrangement::equalValuesGoByPortProtocolAndAddress()
{
    Entries entries;
    const auto same = SortValue::of(QStringLiteral("node"));
    auto *const udp = entries.add({.port = 80, .protocol = Quay::Protocol::Udp}, same);
    auto *const later = entries.add({.port = 81}, same);
    auto *const v6 = entries.add({.port = 80, .address = "::1"}, same);
    auto *const v4 = entries.add({.port = 80}, same);
    const std::vector<PortEntry *> expected{v4, v6, udp, later};

    for (const auto direction : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        const auto sorted = sortedAgain({}, entries.all(), {.column = Column::Process, .direction = direction});
        QCOMPARE(sorted, expected);
    }
}

void tst_PortArrangement::movedEntriesAreMergedIn()
{
    Entries entries;
    for (const int port : {10, 20, 30, 40}) {
        entries.add({.port = static_cast<std::uint16_t>(port)}, SortValue::of(port));
    }
    const PortOrder order;
    const auto sorted = sortedAgain({}, entries.all(), order);
    auto *const moved = sorted.front();
    moved->sortValue = SortValue::of(35);
    auto *const added = entries.add({.port = 5}, SortValue::of(5));

    QCOMPARE(ports(sortedAgain(sorted, {moved, added}, order)), QStringLiteral("5 20 30 10 40"));
}

void tst_PortArrangement::forgottenEntriesAreLeftOut()
{
    Entries entries;
    auto *const gone = entries.add({.port = 1}, SortValue::of(1));
    entries.add({.port = 2}, SortValue::of(2));
    gone->isForgotten = true;

    QCOMPARE(ports(sortedAgain(entries.all(), {}, {})), QStringLiteral("2"));
}

void tst_PortArrangement::flatListHoldsWhatMatches()
{
    Entries entries;
    entries.add({.port = 1}, {})->matches = false;
    entries.add({.port = 2}, {});

    QCOMPARE(described(arranged(entries.all(), PortGrouping::None, {})), QStringLiteral(": 2"));
    QCOMPARE(described(arranged({}, PortGrouping::None, {})), QStringLiteral(": "));
    QCOMPARE(described(arranged({}, PortGrouping::Project, {})), QString());
}

void tst_PortArrangement::groupsComeLikeTheirFirstRow()
{
    Entries entries;
    entries.add({.port = 1}, SortValue::of(1));
    entries.add({.port = 2}, SortValue::of(2), QStringLiteral("b"));
    entries.add({.port = 3}, SortValue::of(3), QStringLiteral("a"));
    entries.add({.port = 4}, SortValue::of(4), QStringLiteral("b"));

    QCOMPARE(described(arranged(entries.all(), PortGrouping::Project, {})), QStringLiteral("b: 2 4, a: 3, : 1"));
}

void tst_PortArrangement::groupsComeByTheirSums()
{
    Entries entries;
    const auto add = [&entries](std::uint16_t port, std::optional<std::uint32_t> connections, const QString &key) {
        const auto value = connections ? SortValue::of(*connections) : SortValue();
        entries.add({.port = port, .connections = connections}, value, key);
    };
    add(1, 4, QStringLiteral("single"));
    add(2, 3, QStringLiteral("pair"));
    add(3, 3, QStringLiteral("pair"));
    add(4, std::nullopt, QStringLiteral("unknown"));
    add(5, 9, QString());
    const PortOrder order{.column = Column::Connections, .direction = Qt::DescendingOrder};

    const auto groups = arranged(sortedAgain({}, entries.all(), order), PortGrouping::Project, order);

    QCOMPARE(described(groups), QStringLiteral("pair: 2 3, single: 1, unknown: 4, : 5"));
}

void tst_PortArrangement::heldRowsKeepTheirPlaces()
{
    Entries entries;
    PortGroup group;
    const auto show = [&group](PortEntry *entry) {
        entry->group = &group;
        return entry;
    };
    auto *const high = show(entries.add({.port = 9}, SortValue::of(9), QStringLiteral("a")));
    auto *const gone = show(entries.add({.port = 5}, SortValue::of(5), QStringLiteral("b")));
    gone->isForgotten = true;
    auto *const filtered = show(entries.add({.port = 7}, SortValue::of(7), QStringLiteral("a")));
    filtered->matches = false;
    auto *const newcomer = entries.add({.port = 1}, SortValue::of(1), QStringLiteral("a"));
    auto *const newGroup = entries.add({.port = 2}, SortValue::of(2), QStringLiteral("c"));
    entries.add({.port = 3}, SortValue::of(3), QStringLiteral("c"))->matches = false;
    const PortArrangement shown{{.key = QStringLiteral("a"), .rows = {high, filtered}},
                                {.key = QStringLiteral("b"), .rows = {gone}}};

    const auto held = arrangedOnHold(shown, {newcomer, newGroup, filtered, high}, PortGrouping::Project);

    QCOMPARE(described(held), QStringLiteral("a: 9 7 1, c: 2"));
}

void tst_PortArrangement::groupKeysAreStable()
{
    const auto main = listenerFrom({.owners = {{.project = projectAt("/home/ann/shop", "shop", "main")}}});
    const auto fix = listenerFrom({.owners = {{.pid = 9, .project = projectAt("/home/ann/shop", "shop", "fix")}}});
    const auto unowned = listenerFrom({});

    QCOMPARE(groupKeyOf(*main, PortGrouping::Project), groupKeyOf(*fix, PortGrouping::Project));
    QCOMPARE(groupKeyOf(*main, PortGrouping::Process), groupKeyOf(*fix, PortGrouping::Process));
    QVERIFY(groupKeyOf(*main, PortGrouping::None).isEmpty());
    QVERIFY(groupKeyOf(*unowned, PortGrouping::Project).isEmpty());
    QVERIFY(groupKeyOf(*unowned, PortGrouping::Process).isEmpty());
}

QTEST_GUILESS_MAIN(tst_PortArrangement)
#include "tst_portarrangement.moc"
