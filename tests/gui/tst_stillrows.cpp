// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "app/widgets/holdguard.h"
#include "app/window/portview.h"
#include "tests/support/fakeclock.h"
#include "tests/support/snapshots.h"

#include <QMap>
#include <QScrollBar>
#include <QTest>

#include <algorithm>
#include <chrono>

using namespace Quay;
using namespace std::chrono_literals;
using Test::listenerFrom;
using Test::snapshotOf;

namespace {

constexpr int First = 20'000;
constexpr int TenThousand = 10'000;
constexpr int Names = 40; ///< Groups by process.

/// The port's process is one of forty names, so that each group has rows all over the list.
ListenerPtr listenerAt(int port, double cpuShare = 0)
{
    return listenerFrom({.port = static_cast<std::uint16_t>(port),
                         .cookie = static_cast<std::uint64_t>(port),
                         .owners = {{.pid = port,
                                     .name = QStringLiteral("node-%1").arg(port % Names, 2).toStdString(),
                                     .cpuShare = cpuShare}}});
}

std::vector<ListenerPtr> ports(int first, int count)
{
    std::vector<ListenerPtr> listeners;
    for (int port = first; port < first + count; ++port) {
        listeners.push_back(listenerAt(port));
    }
    return listeners;
}

std::vector<ListenerPtr> operator+(std::vector<ListenerPtr> left, const std::vector<ListenerPtr> &right)
{
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

std::vector<ListenerPtr> without(std::vector<ListenerPtr> listeners, int first, int last)
{
    std::erase_if(listeners, [first, last](const ListenerPtr &listener) {
        return listener->socket.localPort >= first && listener->socket.localPort <= last;
    });
    return listeners;
}

} // namespace

/// What is in sight stays where it is on screen, whatever happens above it.
class tst_StillRows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void rowsAboveComeAndGo_data();
    void rowsAboveComeAndGo();
    void topRowItselfGoes();
    void currentRowStaysWhereRowsComeBesideIt();
    void pointedRowStaysWhenTheListIsLetGo();
    void draggedScrollBarHoldsTheRows();
    void rowThatIsSortedAwayTakesNothingAlong();
    void unheldListStaysAtItsTop();
    void foldedGroupStaysFoldedWhileRowsComeIntoIt();

private:
    void show(const std::vector<ListenerPtr> &listeners) { m_model->setSnapshot(snapshotOf(listeners)); }
    void expire();
    void scrollTo(int port);
    [[nodiscard]] QModelIndex rowOf(int port) const;
    [[nodiscard]] int topOf(int port) const { return m_view->visualRect(rowOf(port)).top(); }
    /// The texts in sight and where they stand.
    [[nodiscard]] QMap<QString, int> inSight() const;
    [[nodiscard]] QScrollBar *bar() const { return m_view->verticalScrollBar(); }

    Test::FakeClock m_clock;
    std::unique_ptr<PortModel> m_model;
    std::unique_ptr<PortView> m_view;
};

void tst_StillRows::init()
{
    m_model = std::make_unique<PortModel>(nullptr, m_clock);
    m_view = std::make_unique<PortView>();
    m_view->setModel(m_model.get());
    connect(m_view->holdGuard(), &HoldGuard::heldChanged, m_model.get(), &PortModel::hold);
    m_view->resize(900, 400);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void tst_StillRows::cleanup()
{
    m_view.reset();
    m_model.reset();
}

void tst_StillRows::expire()
{
    m_clock.advance(FreshDuration + 1s);
    m_model->updateAges();
}

QModelIndex tst_StillRows::rowOf(int port) const
{
    return m_model->indexOf(listenerAt(port)->key());
}

void tst_StillRows::scrollTo(int port)
{
    m_view->scrollTo(rowOf(port), QAbstractItemView::PositionAtCenter);
    bar()->setValue(bar()->value() + 7); // between two rows
}

QMap<QString, int> tst_StillRows::inSight() const
{
    QMap<QString, int> places;
    for (auto row = m_view->indexAt(QPoint(0, 0)); row.isValid(); row = m_view->indexBelow(row)) {
        const int top = m_view->visualRect(row).top();
        if (top > m_view->viewport()->rect().bottom()) {
            break;
        }
        const auto group = row.data(PortModelRole::GroupKey).toString();
        places.insert(group.isEmpty() ? row.data().toString() : group, top);
    }
    return places;
}

void tst_StillRows::rowsAboveComeAndGo_data()
{
    QTest::addColumn<PortGrouping>("grouping");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("wanted");
    QTest::addRow("two hundred") << PortGrouping::None << 200 << First + 120;
    QTest::addRow("ten thousand") << PortGrouping::None << TenThousand << First + 7000;
    QTest::addRow("two hundred in groups") << PortGrouping::Process << 200 << First + 25;
    QTest::addRow("ten thousand in groups") << PortGrouping::Process << TenThousand << First + 5025;
}

void tst_StillRows::rowsAboveComeAndGo()
{
    QFETCH(const PortGrouping, grouping);
    QFETCH(const int, count);
    QFETCH(const int, wanted);
    m_model->setGrouping(grouping);
    m_view->setGrouped(grouping != PortGrouping::None);
    const auto present = ports(First, count);
    show(present);
    scrollTo(wanted);
    const auto before = inSight();
    QVERIFY(before.size() > 5);
    QVERIFY(before.contains(QString::number(wanted)));

    const auto more = ports(First - 150, 150) + present;
    show(more); // also into the groups in sight and above
    expire();
    QCOMPARE(topOf(wanted), before.value(QString::number(wanted)));
    if (grouping == PortGrouping::None) {
        QCOMPARE(inSight(), before);
    }

    show(without(more, First - 150, First + 3)); // shown as gone first, then taken out
    expire();
    QCOMPARE(topOf(wanted), before.value(QString::number(wanted)));
    if (grouping == PortGrouping::None) {
        QCOMPARE(inSight(), before);
    }
}

void tst_StillRows::topRowItselfGoes()
{
    const auto present = ports(First, TenThousand);
    show(present);
    scrollTo(First + 5000);
    const auto before = inSight();
    const int top = m_view->indexAt(QPoint(0, 0)).data().toInt();

    show(without(present, top - 500, top));
    expire();

    QCOMPARE(m_view->indexAt(QPoint(0, 0)).isValid(), true);
    QCOMPARE(topOf(top + 1), before.value(QString::number(top + 1)));
    QCOMPARE(topOf(top + 8), before.value(QString::number(top + 8)));
}

void tst_StillRows::currentRowStaysWhereRowsComeBesideIt()
{
    const auto present = without(ports(First, 300), First + 151, First + 159);
    show(present);
    m_view->setCurrentIndex(rowOf(First + 160));
    scrollTo(First + 160);
    const int place = topOf(First + 160);
    QVERIFY(inSight().contains(QString::number(First + 150)));

    show(ports(First, 300));
    QCOMPARE(topOf(First + 160), place);
    show(present);
    expire();

    QCOMPARE(topOf(First + 160), place);
    QCOMPARE(m_view->currentIndex(), rowOf(First + 160));
}

void tst_StillRows::pointedRowStaysWhenTheListIsLetGo()
{
    show(ports(First, 300));
    scrollTo(First + 150);
    QTest::mouseMove(m_view->viewport(), m_view->visualRect(rowOf(First + 152)).center());
    QTRY_VERIFY(m_view->holdGuard()->isHeld());
    const int place = topOf(First + 152);

    show(ports(First - 100, 100) + ports(First, 300));
    QVERIFY(rowOf(First - 100).row() > rowOf(First + 299).row()); // the last ones, as long as it is held
    QCOMPARE(topOf(First + 152), place);
    QTRY_VERIFY(!m_view->holdGuard()->isHeld());

    QVERIFY(rowOf(First - 100).row() < rowOf(First).row());
    QCOMPARE(topOf(First + 152), place);
}

void tst_StillRows::draggedScrollBarHoldsTheRows()
{
    show(ports(First, TenThousand));
    scrollTo(First + 5000);
    QTRY_VERIFY(!m_view->holdGuard()->isHeld());
    bar()->setSliderDown(true);
    bar()->setSliderPosition(bar()->value() + 300);
    const auto before = inSight();
    const int value = bar()->value();

    show(ports(First - 150, 150) + without(ports(First, TenThousand), First, First + 200));
    expire();

    QVERIFY(m_view->holdGuard()->isHeld());
    QVERIFY(rowOf(First - 1).row() > rowOf(First + TenThousand - 1).row());
    QCOMPARE(bar()->value(), value); // else the handle would slip away from the pointer
    QCOMPARE(inSight(), before);
    bar()->setSliderDown(false);
    QTRY_VERIFY(!m_view->holdGuard()->isHeld());
    QVERIFY(rowOf(First - 1).row() < rowOf(First + 201).row());
    QCOMPARE(inSight(), before);
}

void tst_StillRows::rowThatIsSortedAwayTakesNothingAlong()
{
    m_view->sortByColumn(PortModelColumn::Cpu, Qt::DescendingOrder);
    std::vector<ListenerPtr> listeners;
    for (int port = First; port < First + 1000; ++port) {
        listeners.push_back(listenerAt(port, 1000.0 - (port - First)));
    }
    show(listeners);
    scrollTo(First + 500);
    m_view->setCurrentIndex(rowOf(First + 500));
    auto before = inSight();

    listeners[500] = listenerAt(First + 500, 2000); // now the first one
    show(listeners);

    QCOMPARE(rowOf(First + 500).row(), 0);
    before.remove(QString::number(First + 500));
    const auto after = inSight();
    const auto staying = std::ranges::count_if(before.asKeyValueRange(), [&after](const auto &place) {
        return after.value(place.first, -1000) == place.second;
    });
    QVERIFY2(staying * 2 >= before.size(), qPrintable(QString::number(staying)));
}

void tst_StillRows::unheldListStaysAtItsTop()
{
    show(ports(First, 300));

    show(ports(First - 5, 5) + ports(First, 300));

    QCOMPARE(bar()->value(), 0);
    QCOMPARE(topOf(First - 5), 0);
}

void tst_StillRows::foldedGroupStaysFoldedWhileRowsComeIntoIt()
{
    m_model->setGrouping(PortGrouping::Process);
    m_view->setGrouped(true);
    show(ports(First, 400));
    m_view->collapse(m_model->index(2, 0));
    scrollTo(First + 30);
    const int place = topOf(First + 30);

    show(ports(First - 400, 400) + ports(First, 400));
    expire();

    QVERIFY(!m_view->isExpanded(m_model->index(2, 0)));
    QVERIFY(m_view->isExpanded(m_model->index(1, 0)));
    QCOMPARE(m_model->rowCount(m_model->index(2, 0)), 20);
    QCOMPARE(topOf(First + 30), place);
}

QTEST_MAIN(tst_StillRows)
#include "tst_stillrows.moc"
