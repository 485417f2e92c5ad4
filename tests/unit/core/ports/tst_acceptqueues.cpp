// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/acceptqueues.h"
#include "tests/support/fakeclock.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using Quay::AcceptQueues;
using Quay::SocketRecord;
using namespace std::chrono_literals;

using Waited = std::optional<std::chrono::nanoseconds>;

namespace {

constexpr std::uint16_t Port = 3000;

SocketRecord socketAt(const char *address, std::uint64_t cookie)
{
    return {.cookie = cookie, .localPort = Port, .localAddress = Quay::ipAddressFromText(address).value()};
}

SocketRecord listenerAt(const char *address, std::uint64_t cookie, std::uint32_t waiting)
{
    auto listener = socketAt(address, cookie);
    listener.receiveQueue = waiting;
    return listener;
}

} // namespace

class tst_AcceptQueues : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void sameConnectionWaits();
    void othersThatWaitInTurnDoNotCount();
    void longestCounts();
    void emptiedQueueBeginsAnew();
    void waitIsWhatWasSeen();
    void connectionIsOfTheMostSpecific();
    void wildcardHasTheOthers();
    void v6OnlySocketTakesNoIPv4();
    void whoHangsIsToldFromWhoIsBusy();
    void nobodyIsBlamedForWhatMayBeAnothers();
    void allThatShareAnAddressMayHang();
    void queueThatEmptiesLeavesTheOthersAlone();
    void whatWasAcceptedMeanwhileMayHaveBeenAnyones();
    void unreadableConnectionsSayNothing();
    void onlyQueuesThatAreNotEmptyAreAsked();
    void bytesOfUdpAreNoConnections();

private:
    /// Looks a second later, when these wait.
    void follow(const std::vector<SocketRecord> &waiting);

    [[nodiscard]] Waited waitingAt(const SocketRecord &listener) const;

    Quay::Test::FakeClock m_clock;
    std::unique_ptr<AcceptQueues> m_queues;
    const SocketRecord m_listener = listenerAt("127.0.0.1", 1, 1);
    const SocketRecord m_sibling = listenerAt("127.0.0.1", 2, 1); ///< Shares its address (SO_REUSEPORT).
};

void tst_AcceptQueues::init()
{
    m_queues = std::make_unique<AcceptQueues>(m_clock);
    QVERIFY(!m_queues->update(m_listener));
}

void tst_AcceptQueues::follow(const std::vector<SocketRecord> &waiting)
{
    m_clock.advance(1s);
    m_queues->follow([&waiting](std::uint16_t) { return Quay::Result<std::vector<SocketRecord>>(waiting); });
}

Waited tst_AcceptQueues::waitingAt(const SocketRecord &listener) const
{
    return m_queues->waitingFor(listenerKey(listener));
}

void tst_AcceptQueues::sameConnectionWaits()
{
    follow({socketAt("127.0.0.1", 50)});
    QCOMPARE(waitingAt(m_listener), Waited(0s));

    follow({socketAt("127.0.0.1", 50)});
    follow({socketAt("127.0.0.1", 50)});

    QCOMPARE(waitingAt(m_listener), Waited(2s));
}

void tst_AcceptQueues::othersThatWaitInTurnDoNotCount()
{
    for (std::uint64_t cookie = 50; cookie < 60; ++cookie) {
        follow({socketAt("127.0.0.1", cookie)});
    }

    QCOMPARE(waitingAt(m_listener), Waited(0s));
}

void tst_AcceptQueues::longestCounts()
{
    follow({socketAt("127.0.0.1", 90), socketAt("127.0.0.1", 50)});
    follow({socketAt("127.0.0.1", 10), socketAt("127.0.0.1", 50)});

    QCOMPARE(waitingAt(m_listener), Waited(1s));
}

void tst_AcceptQueues::emptiedQueueBeginsAnew()
{
    follow({socketAt("127.0.0.1", 50)});
    follow({socketAt("127.0.0.1", 50)});

    const bool hasBecomeEmpty = m_queues->update(listenerAt("127.0.0.1", 1, 0));
    const auto empty = waitingAt(m_listener);
    m_queues->update(m_listener);

    QVERIFY(hasBecomeEmpty);
    QCOMPARE(empty, Waited());
    QCOMPARE(waitingAt(m_listener), Waited());
}

void tst_AcceptQueues::waitIsWhatWasSeen()
{
    follow({socketAt("127.0.0.1", 50)});

    m_clock.advance(1h); // nobody looked

    QCOMPARE(waitingAt(m_listener), Waited(0s));
}

void tst_AcceptQueues::connectionIsOfTheMostSpecific()
{
    const auto wildcard = listenerAt("0.0.0.0", 2, 1);
    m_queues->update(wildcard);

    follow({socketAt("127.0.0.1", 50)});

    QCOMPARE(waitingAt(m_listener), Waited(0s));
    QCOMPARE(waitingAt(wildcard), Waited());
}

void tst_AcceptQueues::wildcardHasTheOthers()
{
    const auto dualStack = listenerAt("::", 2, 1);
    m_queues->update(dualStack);

    follow({socketAt("::ffff:192.168.1.5", 50)});

    QCOMPARE(waitingAt(dualStack), Waited(0s));
    QCOMPARE(waitingAt(m_listener), Waited());
}

void tst_AcceptQueues::v6OnlySocketTakesNoIPv4()
{
    m_queues->forget(listenerKey(m_listener));
    const auto v4 = listenerAt("0.0.0.0", 2, 1);
    auto v6 = listenerAt("::", 3, 1);
    v6.v6Only = true;
    m_queues->update(v4);
    m_queues->update(v6);

    follow({socketAt("127.0.0.1", 50), socketAt("::1", 60)});
    follow({socketAt("127.0.0.1", 50), socketAt("::1", 61)});

    QCOMPARE(waitingAt(v4), Waited(1s));
    QCOMPARE(waitingAt(v6), Waited(0s));
}

void tst_AcceptQueues::whoHangsIsToldFromWhoIsBusy()
{
    follow({socketAt("127.0.0.1", 50)});
    follow({socketAt("127.0.0.1", 50)}); // the other queue is empty

    m_queues->update(m_sibling);
    follow({socketAt("127.0.0.1", 50), socketAt("127.0.0.1", 60)});
    follow({socketAt("127.0.0.1", 50), socketAt("127.0.0.1", 61)});

    QCOMPARE(waitingAt(m_listener), Waited(3s));
    QCOMPARE(waitingAt(m_sibling), Waited(0s));
}

void tst_AcceptQueues::nobodyIsBlamedForWhatMayBeAnothers()
{
    m_queues->update(m_sibling);

    follow({socketAt("127.0.0.1", 50), socketAt("127.0.0.1", 60)});
    follow({socketAt("127.0.0.1", 50), socketAt("127.0.0.1", 61)});

    QCOMPARE(waitingAt(m_listener), Waited(0s));
    QCOMPARE(waitingAt(m_sibling), Waited(0s));
}

void tst_AcceptQueues::allThatShareAnAddressMayHang()
{
    m_queues->update(m_sibling);

    follow({socketAt("127.0.0.1", 50), socketAt("127.0.0.1", 60)});
    follow({socketAt("127.0.0.1", 50), socketAt("127.0.0.1", 60)});

    QCOMPARE(waitingAt(m_listener), Waited(1s));
    QCOMPARE(waitingAt(m_sibling), Waited(1s));
}

void tst_AcceptQueues::queueThatEmptiesLeavesTheOthersAlone()
{
    m_queues->update(m_sibling);
    follow({socketAt("127.0.0.1", 50), socketAt("127.0.0.1", 60)});
    follow({socketAt("127.0.0.1", 50), socketAt("127.0.0.1", 61)});

    m_queues->update(listenerAt("127.0.0.1", 2, 0));
    follow({socketAt("127.0.0.1", 50)});

    QCOMPARE(waitingAt(m_listener), Waited(2s));
    QCOMPARE(waitingAt(m_sibling), Waited());
}

void tst_AcceptQueues::whatWasAcceptedMeanwhileMayHaveBeenAnyones()
{
    m_queues->update(m_sibling);
    follow({socketAt("127.0.0.1", 50), socketAt("127.0.0.1", 60)});

    follow({socketAt("127.0.0.1", 50)}); // after both queues were seen to have one

    QCOMPARE(waitingAt(m_listener), Waited());
    QCOMPARE(waitingAt(m_sibling), Waited());
}

void tst_AcceptQueues::unreadableConnectionsSayNothing()
{
    follow({socketAt("127.0.0.1", 50)});

    m_clock.advance(1s);
    m_queues->follow([](std::uint16_t) -> Quay::Result<std::vector<SocketRecord>> {
        return Quay::fail(Quay::ErrorCode::Unsupported, "netlink");
    });

    QCOMPARE(waitingAt(m_listener), Waited());
}

void tst_AcceptQueues::onlyQueuesThatAreNotEmptyAreAsked()
{
    std::vector<std::uint16_t> asked;
    const auto ask = [&asked](std::uint16_t port) {
        asked.push_back(port);
        return Quay::Result<std::vector<SocketRecord>>();
    };
    m_queues->follow(ask);
    m_queues->forget(listenerKey(m_listener));

    m_queues->follow(ask);

    QCOMPARE(asked, std::vector<std::uint16_t>{Port});
}

void tst_AcceptQueues::bytesOfUdpAreNoConnections()
{
    m_queues->forget(listenerKey(m_listener));
    auto udp = m_listener;
    udp.protocol = Quay::Protocol::Udp;

    m_queues->update(udp);

    QVERIFY(m_queues->ports().empty());
}

QTEST_GUILESS_MAIN(tst_AcceptQueues)
#include "tst_acceptqueues.moc"
