// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "tests/support/fakeclock.h"
#include "tests/support/snapshots.h"

#include <QAbstractItemModelTester>
#include <QObject>
#include <QPersistentModelIndex>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <map>
#include <random>
#include <vector>

using namespace Quay::Test;
using namespace std::chrono_literals;
using Quay::ListenerPtr;
using Quay::PortFilter;
using Quay::PortGrouping;
using Quay::PortModel;
using Quay::RowFreshness;
namespace Column = Quay::PortModelColumn;
namespace Role = Quay::PortModelRole;

namespace {

using Cookie = std::uint64_t;

Cookie cookieAt(const QModelIndex &index)
{
    const auto listener = index.data(Role::Listener).value<ListenerPtr>();
    return listener != nullptr ? listener->socket.cookie : 0;
}

/// The cookies of all rows with their heads, in the order in which they are shown.
QStringList shownBy(const PortModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto index = model.index(row, 0);
        rows.append(index.data(Role::IsGroup).toBool() ? QString(u'#' + index.data(Role::GroupKey).toString())
                                                       : QString::number(cookieAt(index)));
        for (int child = 0; child < model.rowCount(index); ++child) {
            rows.append(QString::number(cookieAt(model.index(child, 0, index))));
        }
    }
    return rows;
}

/// Plays the machine, the user and the clock, by chance, and knows without any merging what is to be shown.
class Replay
{
public:
    Replay(unsigned seed, int population)
        : m_random(seed)
        , m_population(population)
    {
    }

    /// One look, and whether the user did something before it.
    bool step()
    {
        bool hasActed = true;
        if (chance(3)) {
            m_clock.advance(std::chrono::milliseconds(below(5000)));
        }
        switch (below(12)) {
        case 0:
            setOrder();
            break;
        case 1:
            setFilter();
            break;
        case 2:
            setGrouping();
            break;
        case 3:
            m_isHeld = !m_isHeld;
            model.hold(m_isHeld);
            break;
        default:
            hasActed = false;
            break;
        }
        changeListeners();
        model.setSnapshot(snapshot());
        return hasActed;
    }

    [[nodiscard]] bool isHeld() const { return m_isHeld; }
    [[nodiscard]] std::size_t listenerCount() const { return m_listeners.size(); }

    /// A model that arranges everything from scratch.
    [[nodiscard]] QStringList rebuilt() const
    {
        PortModel naive{nullptr, m_clock};
        std::vector<ListenerPtr> all;
        for (const auto &[cookie, listener] : m_listeners) {
            all.push_back(listener);
        }
        for (const auto &[cookie, gone] : m_gone) {
            if (gone.until > m_clock.monotonic()) {
                all.push_back(gone.listener);
            }
        }
        naive.setSnapshot(snapshotOf(all));
        naive.setSnapshot(snapshot());
        naive.setFilter(m_filter);
        naive.sort(m_column, m_direction);
        for (const auto grouping : {PortGrouping::Process, PortGrouping::None, m_grouping}) {
            naive.setGrouping(grouping); // each throws away what is shown
        }
        return shownBy(naive);
    }

    [[nodiscard]] RowFreshness freshnessOf(Cookie cookie) const
    {
        if (m_gone.contains(cookie)) {
            return RowFreshness::Vanished;
        }
        const auto fresh = m_freshUntil.find(cookie);
        const bool isFresh = fresh != m_freshUntil.end() && fresh->second > m_clock.monotonic();
        return isFresh ? RowFreshness::Appeared : RowFreshness::Settled;
    }

private:
    struct Gone
    {
        ListenerPtr listener;
        std::chrono::nanoseconds until;
    };

    [[nodiscard]] int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }
    [[nodiscard]] bool chance(int oneOf) { return below(oneOf) == 0; }

    [[nodiscard]] ListenerPtr randomListener(Cookie cookie)
    {
        static const auto shop = projectAt("/home/ann/shop", "shop", "main");
        static const auto api = projectAt("/home/ann/api", "api");
        ListenerSpec spec{.port = static_cast<std::uint16_t>(1 + cookie % 977), .cookie = cookie};
        spec.protocol = cookie % 5 == 0 ? Quay::Protocol::Udp : Quay::Protocol::Tcp;
        if (!chance(4)) {
            spec.connections = static_cast<std::uint32_t>(below(4));
        } else {
            spec.connections.reset();
        }
        if (chance(5)) {
            spec.knowledge = chance(2) ? Quay::OwnerKnowledge::Hidden : Quay::OwnerKnowledge::Pending;
        } else {
            OwnerSpec owner{.pid = 100 + below(9), .name = chance(2) ? "node" : "postgres"};
            owner.project = chance(2) ? shop : chance(2) ? api : nullptr;
            owner.residentBytes = static_cast<std::uint64_t>(below(3)) * 1'000'000;
            spec.owners.push_back(owner);
        }
        return listenerFrom(spec);
    }

    void changeListeners()
    {
        const bool isUpheaval = chance(10);
        const int most = isUpheaval ? m_population : 5;
        for (int i = below(most); i > 0 && !m_listeners.empty(); --i) {
            remove();
        }
        for (auto &[cookie, listener] : m_listeners) {
            if (chance(isUpheaval ? 2 : 20)) {
                listener = randomListener(cookie);
            }
        }
        const int missing = m_population - static_cast<int>(m_listeners.size());
        for (int i = below(std::max(missing, 1) + 1); i > 0; --i) {
            add();
        }
        m_isFirst = false;
    }

    void remove()
    {
        const auto victim = std::next(m_listeners.begin(), below(static_cast<int>(m_listeners.size())));
        m_gone[victim->first] = {.listener = victim->second, .until = m_clock.monotonic() + Quay::FreshDuration};
        m_freshUntil.erase(victim->first);
        m_listeners.erase(victim);
    }

    void add()
    {
        const Cookie cookie = ++m_lastCookie * 7919 % 100'003; // scattered, and none twice
        m_listeners[cookie] = randomListener(cookie);
        if (!m_isFirst) {
            m_freshUntil[cookie] = m_clock.monotonic() + Quay::FreshDuration;
        }
    }

    void setOrder()
    {
        m_column = below(Column::ColumnCount);
        m_direction = chance(2) ? Qt::AscendingOrder : Qt::DescendingOrder;
        model.sort(m_column, m_direction);
    }

    void setFilter()
    {
        static const QStringList texts{QString(), QStringLiteral("node"), QStringLiteral(":1-500"),
                                       QStringLiteral("project:shop"), QStringLiteral("hidden")};
        m_filter.text = texts.at(below(static_cast<int>(texts.size())));
        m_filter.udp = !chance(3);
        model.setFilter(m_filter);
    }

    void setGrouping()
    {
        m_grouping = static_cast<PortGrouping>(below(3));
        model.setGrouping(m_grouping);
    }

    [[nodiscard]] Quay::PortSnapshotPtr snapshot() const
    {
        std::vector<ListenerPtr> listeners;
        for (const auto &[cookie, listener] : m_listeners) {
            listeners.push_back(listener);
        }
        return snapshotOf(listeners);
    }

    std::mt19937 m_random;
    int m_population;
    FakeClock m_clock;
    Cookie m_lastCookie = 0;
    bool m_isFirst = true;
    bool m_isHeld = false;
    std::map<Cookie, ListenerPtr> m_listeners;
    std::map<Cookie, Gone> m_gone;
    std::map<Cookie, std::chrono::nanoseconds> m_freshUntil;
    PortFilter m_filter;
    PortGrouping m_grouping = PortGrouping::None;
    int m_column = Column::Port;
    Qt::SortOrder m_direction = Qt::AscendingOrder;

public:
    PortModel model{nullptr, m_clock};
};

/// Rows of the model that are held on to, as a view does with what is selected.
class HeldOn
{
public:
    void take(const PortModel &model, std::mt19937 &random)
    {
        m_indexes.clear();
        const auto add = [&](const QModelIndex &index) {
            if (random() % 3 == 0) {
                const int column = static_cast<int>(random() % Column::ColumnCount);
                m_indexes.emplace_back(index.siblingAtColumn(column), cookieAt(index),
                                       index.data(Role::GroupKey).toString());
            }
        };
        for (int row = 0; row < model.rowCount(); ++row) {
            add(model.index(row, 0));
            for (int child = 0; child < model.rowCount(model.index(row, 0)); ++child) {
                add(model.index(child, 0, model.index(row, 0)));
            }
        }
    }

    /// Those that are still there are the same rows.
    void verifySame() const
    {
        for (const auto &[index, cookie, key] : m_indexes) {
            if (index.isValid()) {
                QCOMPARE(cookieAt(index), cookie);
                QCOMPARE(index.data(Role::GroupKey).toString(), key);
            }
        }
    }

    /// Those that are shown are still there.
    void verifyPresent(const QStringList &shown) const
    {
        const QSet<QString> present(shown.begin(), shown.end());
        for (const auto &[index, cookie, key] : m_indexes) {
            QCOMPARE(index.isValid(), present.contains(cookie != 0 ? QString::number(cookie) : QString(u'#' + key)));
        }
    }

private:
    struct Held
    {
        QPersistentModelIndex index;
        Cookie cookie = 0;
        QString key;
    };
    std::vector<Held> m_indexes;
};

/// The rows that are in both lists, in the order of the first.
QStringList commonRows(const QStringList &rows, const QStringList &others)
{
    const QSet<QString> present(others.begin(), others.end());
    QStringList common;
    std::ranges::copy_if(rows, std::back_inserter(common), [&](const QString &row) { return present.contains(row); });
    return common;
}

} // namespace

class tst_PortModelReplay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void randomHistory_data();
    void randomHistory();
    void tenThousandRowsComeAndGo();

private:
    static void verifyFreshness(const Replay &replay);
};

void tst_PortModelReplay::randomHistory_data()
{
    QTest::addColumn<unsigned>("seed");
    QTest::addColumn<int>("population");
    QTest::addColumn<int>("steps");

    QTest::addRow("few rows") << 1U << 12 << 300;
    QTest::addRow("some rows") << 2U << 40 << 300;
    QTest::addRow("more rows than are merged run by run") << 3U << 250 << 40;
}

void tst_PortModelReplay::randomHistory()
{
    QFETCH(const unsigned, seed);
    QFETCH(const int, population);
    QFETCH(const int, steps);
    Replay replay(seed, population);
    const QAbstractItemModelTester tester(&replay.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::mt19937 random(seed);
    HeldOn heldOn;

    for (int step = 0; step < steps; ++step) {
        const QStringList before = shownBy(replay.model);
        heldOn.take(replay.model, random);
        const bool hasActed = replay.step();
        const QStringList after = shownBy(replay.model);

        heldOn.verifySame();
        if (!hasActed) {
            heldOn.verifyPresent(after);
        }
        if (!replay.isHeld()) {
            QCOMPARE(after, replay.rebuilt());
        } else if (!hasActed) {
            QCOMPARE(commonRows(after, before), commonRows(before, after));
        }
        verifyFreshness(replay);
        QCOMPARE(replay.model.totalCount(), static_cast<int>(replay.listenerCount()));
        if (QTest::currentTestFailed()) {
            qWarning("failed in step %d", step);
            return;
        }
    }
}

void tst_PortModelReplay::verifyFreshness(const Replay &replay)
{
    const auto verify = [&replay](const QModelIndex &index) {
        const auto freshness = static_cast<RowFreshness>(index.data(Role::Freshness).toInt());
        QCOMPARE(freshness, replay.freshnessOf(cookieAt(index)));
    };
    for (int row = 0; row < replay.model.rowCount(); ++row) {
        const auto index = replay.model.index(row, 0);
        if (!index.data(Role::IsGroup).toBool()) {
            verify(index);
        }
        for (int child = 0; child < replay.model.rowCount(index); ++child) {
            verify(replay.model.index(child, 0, index));
        }
    }
}

void tst_PortModelReplay::tenThousandRowsComeAndGo()
{
    FakeClock clock;
    PortModel model(nullptr, clock);
    std::vector<ListenerPtr> all;
    std::vector<ListenerPtr> odd;
    for (int number = 0; number < 20'000; ++number) {
        all.push_back(listenerFrom({.port = static_cast<std::uint16_t>(number + 1)}));
        if (number % 2 == 1) {
            odd.push_back(all.back());
        }
    }
    model.setSnapshot(snapshotOf(odd));
    const QPersistentModelIndex selected = model.index(5000, Column::Process);
    const auto cookie = cookieAt(selected);

    model.setSnapshot(snapshotOf(all));
    QCOMPARE(model.rowCount(), 20'000);
    QCOMPARE(cookieAt(selected), cookie);
    model.setSnapshot(snapshotOf(odd));
    clock.advance(Quay::FreshDuration);
    model.updateAges();

    QCOMPARE(model.rowCount(), 10'000);
    QCOMPARE(cookieAt(selected), cookie);
    QCOMPARE(selected.row(), 5000);
}

QTEST_MAIN(tst_PortModelReplay)
#include "tst_portmodelreplay.moc"
