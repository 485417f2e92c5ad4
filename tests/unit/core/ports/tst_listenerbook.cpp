// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/ports/listenerbook.h"
#include "core/ports/listenersource.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakemachine.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

using Quay::Listener;
using Quay::ListenerBook;
using Quay::ListenerPtr;
using Quay::SocketRecord;
using Quay::TableNews;
using Quay::Test::listeningRecord;

namespace {

std::vector<std::uint16_t> portsOf(const std::vector<ListenerPtr> &listeners)
{
    std::vector<std::uint16_t> ports;
    std::ranges::transform(listeners, std::back_inserter(ports),
                           [](const ListenerPtr &listener) { return listener->socket.localPort; });
    std::ranges::sort(ports);
    return ports;
}

using Ports = std::vector<std::uint16_t>;

} // namespace

class tst_ListenerBook : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void firstTableAppears();
    void equalTableIsNoNews();
    void differencesAreTold();
    void changedRowIsPublishedUnderTheSameKey();
    void interruptedTableRemovesNothing();
    void tableThatIsNeverWholeIsBelievedInTheEnd();
    void socketBoundElsewhereIsAnotherListener();
    void stoppedUpdateIsMadeUpFor();
    void equalListenerIsNotPublishedAgain();

private:
    TableNews update(std::vector<SocketRecord> rows, bool isInterrupted = false);

    Quay::Test::FakeClock m_clock;
    std::unique_ptr<ListenerBook> m_book;
};

void tst_ListenerBook::init()
{
    m_book = std::make_unique<ListenerBook>(m_clock);
}

TableNews tst_ListenerBook::update(std::vector<SocketRecord> rows, bool isInterrupted)
{
    Quay::SocketTable table{.records = std::move(rows), .isInterrupted = isInterrupted};
    return m_book->update(table, [](Listener &) { }, {});
}

void tst_ListenerBook::firstTableAppears()
{
    Quay::SocketTable table{.records = {listeningRecord(1, 80), listeningRecord(2, 81)}};

    const auto news = m_book->update(table, [](Listener &listener) { listener.interfaceName = "lo"; }, {});

    QCOMPARE(portsOf(news.appeared), (Ports{80, 81}));
    QVERIFY(news.gone.empty());
    QCOMPARE(news.appeared.front()->interfaceName, "lo");
    QCOMPARE(portsOf(m_book->list().all()), (Ports{80, 81}));
    QVERIFY(m_book->takeChanged());
}

void tst_ListenerBook::equalTableIsNoNews()
{
    (void)update({listeningRecord(1, 80)});
    (void)m_book->takeChanged();

    const auto news = update({listeningRecord(1, 80)});

    QVERIFY(news.appeared.empty() && news.gone.empty() && news.rows.empty());
    QVERIFY(!m_book->takeChanged());
}

void tst_ListenerBook::differencesAreTold()
{
    (void)update({listeningRecord(1, 80), listeningRecord(2, 81), listeningRecord(3, 82)});

    const auto news = update({listeningRecord(1, 80), listeningRecord(4, 83), listeningRecord(3, 82)});

    QCOMPARE(portsOf(news.appeared), Ports{83});
    QCOMPARE(portsOf(news.gone), Ports{81});
    QCOMPARE(portsOf(m_book->list().all()), (Ports{80, 82, 83}));
    QVERIFY(!m_book->hasSocket(2));
}

void tst_ListenerBook::changedRowIsPublishedUnderTheSameKey()
{
    (void)update({listeningRecord(1, 80), listeningRecord(2, 81)});
    (void)m_book->takeChanged();
    auto changed = listeningRecord(2, 81);
    changed.receiveQueue = 7;

    const auto news = update({listeningRecord(1, 80), changed});

    QVERIFY(news.appeared.empty() && news.gone.empty());
    QCOMPARE(news.rows.size(), 1U);
    QCOMPARE(m_book->at(Quay::listenerKey(changed)).listener->socket.receiveQueue, 7U);
    QVERIFY(m_book->takeChanged());
}

void tst_ListenerBook::interruptedTableRemovesNothing()
{
    (void)update({listeningRecord(1, 80), listeningRecord(2, 81)});

    const auto news = update({listeningRecord(1, 80), listeningRecord(3, 82)}, true);

    QCOMPARE(portsOf(news.appeared), Ports{82});
    QVERIFY(news.gone.empty());
    QVERIFY(m_book->isInterrupted());
    QCOMPARE(portsOf(update({listeningRecord(1, 80), listeningRecord(3, 82)}).gone), Ports{81});
}

void tst_ListenerBook::tableThatIsNeverWholeIsBelievedInTheEnd()
{
    (void)update({listeningRecord(1, 80), listeningRecord(2, 81)});
    std::vector<ListenerPtr> gone;

    for (int looks = 0; looks < 10; ++looks) {
        QVERIFY(gone.empty());
        gone = update({listeningRecord(1, 80)}, true).gone;
    }

    QCOMPARE(portsOf(gone), Ports{81});
}

void tst_ListenerBook::socketBoundElsewhereIsAnotherListener()
{
    (void)update({listeningRecord(1, 80)});

    const auto news = update({listeningRecord(1, 90)});

    QCOMPARE(portsOf(news.gone), Ports{80});
    QCOMPARE(portsOf(news.appeared), Ports{90});
    QVERIFY(m_book->hasSocket(1));
    QCOMPARE(m_book->keysOf(1).size(), 1U);
}

void tst_ListenerBook::stoppedUpdateIsMadeUpFor()
{
    std::stop_source stop;
    stop.request_stop();
    const std::vector<SocketRecord> rows{listeningRecord(1, 80), listeningRecord(2, 81)};
    Quay::SocketTable table{.records = rows};

    const auto stopped = m_book->update(table, [](Listener &) { }, stop.get_token());

    QVERIFY(stopped.appeared.empty());
    QCOMPARE(portsOf(update(rows).appeared), (Ports{80, 81}));
}

void tst_ListenerBook::equalListenerIsNotPublishedAgain()
{
    (void)update({listeningRecord(1, 80)});
    auto &tracked = m_book->at(Quay::listenerKey(listeningRecord(1, 80)));
    (void)m_book->takeChanged();
    const auto before = tracked.listener;

    m_book->publish(tracked, Listener(*before));

    QCOMPARE(tracked.listener, before);
    QVERIFY(!m_book->takeChanged());
}

QTEST_GUILESS_MAIN(tst_ListenerBook)
#include "tst_listenerbook.moc"
