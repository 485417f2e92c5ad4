// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "core/control/endingports.h"
#include "core/control/killplan.h"
#include "core/kernel/sockdiag.h"
#include "tests/support/fakediag.h"
#include "tests/support/fakemachine.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>

using Quay::EndingPorts;
using Quay::KillPlan;
using Quay::ListenerPtr;
using Quay::PortState;
using Quay::SockDiag;
using Quay::SocketState;
using Quay::Test::FakeDiag;
using Quay::Test::FakeSockets;
using Quay::Test::listeningRecord;
using namespace std::chrono_literals;

class tst_EndingPorts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void noPortsAreDoneAtOnce();
    void freePortIsDoneAtOnce();
    void socketThatOutlivesItsOwnerIsLookedAtAgain();
    void patienceEnds();
    void sharedSocketIsNotWaitedFor();
    void otherSocketIsNotWaitedFor();
    void portThatIsTakenAgainCameBack();
    void watchEnds();
    void watchBecomesCalm();
    void watchIsGivenUpSoon();
    void heldPortIsNotWatched();
    void connectionsAreCountedOncePerPort();
    void uncountableConnectionsAreUnknown();

private:
    ListenerPtr planListener(std::uint64_t inode, std::uint16_t port);

    std::shared_ptr<FakeSockets> m_sockets;
    std::optional<SockDiag> m_diag;
    KillPlan m_plan;
    std::uint16_t m_port = 0; ///< That nobody has in reality: binding is real.
};

namespace {

std::uint16_t freePort()
{
    const Quay::UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof name;
    ::bind(fd.get(), reinterpret_cast<const sockaddr *>(&name), length);
    ::getsockname(fd.get(), reinterpret_cast<sockaddr *>(&name), &length);
    return ntohs(name.sin_port);
}

} // namespace

void tst_EndingPorts::init()
{
    m_sockets = std::make_shared<FakeSockets>();
    m_diag.emplace(std::make_unique<FakeDiag>(m_sockets));
    m_plan = {};
    m_port = freePort();
}

ListenerPtr tst_EndingPorts::planListener(std::uint64_t inode, std::uint16_t port)
{
    m_plan.listeners.push_back(
        std::make_shared<Quay::Listener>(Quay::Listener{.socket = listeningRecord(inode, port)}));
    return m_plan.listeners.back();
}

void tst_EndingPorts::noPortsAreDoneAtOnce()
{
    EndingPorts ports(m_plan);

    ports.look(*m_diag, 1s, 10s);

    QVERIFY(ports.isDone());
    QVERIFY(ports.outcomes().empty());
}

void tst_EndingPorts::freePortIsDoneAtOnce()
{
    const auto listener = planListener(1, m_port);
    EndingPorts ports(m_plan);
    QVERIFY(!ports.isDone());
    QVERIFY(!ports.nextLook().has_value());

    ports.look(*m_diag, 1s, 0s);

    QVERIFY(ports.isDone());
    QCOMPARE(ports.outcomes().size(), std::size_t{1});
    QCOMPARE(ports.outcomes().front().listener, listener);
    QCOMPARE(ports.outcomes().front().proof.state, PortState::Free);
}

void tst_EndingPorts::socketThatOutlivesItsOwnerIsLookedAtAgain()
{
    planListener(1, m_port);
    m_sockets->records = {listeningRecord(1, m_port)};
    EndingPorts ports(m_plan);

    ports.look(*m_diag, 1s, 0s);
    QVERIFY(!ports.isDone());
    QVERIFY(ports.nextLook() == 1s + 1ms);
    QCOMPARE(ports.outcomes().front().proof.state, PortState::Held);
    ports.look(*m_diag, 1s + 1ms, 0s);
    QVERIFY(ports.nextLook() == 1s + 3ms);
    m_sockets->records.clear();
    ports.look(*m_diag, 1s + 3ms, 0s);

    QVERIFY(ports.isDone());
    QCOMPARE(ports.outcomes().front().proof.state, PortState::Free);
    QVERIFY(!ports.outcomes().front().cameBack);
}

void tst_EndingPorts::patienceEnds()
{
    planListener(1, m_port);
    m_sockets->records = {listeningRecord(1, m_port)};
    EndingPorts ports(m_plan);

    ports.look(*m_diag, 1s, 0s);
    ports.look(*m_diag, 1s + 100ms, 0s);

    QVERIFY(ports.isDone());
    QCOMPARE(ports.outcomes().front().proof.state, PortState::Held);
}

void tst_EndingPorts::sharedSocketIsNotWaitedFor()
{
    m_plan.shared = {planListener(1, m_port)};
    m_sockets->records = {listeningRecord(1, m_port)};
    EndingPorts ports(m_plan);

    ports.look(*m_diag, 1s, 0s);

    QVERIFY(ports.isDone());
    QCOMPARE(ports.outcomes().front().proof.state, PortState::Held);
}

void tst_EndingPorts::otherSocketIsNotWaitedFor()
{
    planListener(1, m_port);
    m_sockets->records = {listeningRecord(2, m_port)};
    EndingPorts ports(m_plan);

    ports.look(*m_diag, 1s, 10s);

    QVERIFY(ports.isDone());
    QCOMPARE(ports.outcomes().front().proof.holders.front().inode, std::uint64_t{2});
    QVERIFY(!ports.outcomes().front().cameBack); // it was not seen to be free
}

void tst_EndingPorts::portThatIsTakenAgainCameBack()
{
    planListener(1, m_port);
    EndingPorts ports(m_plan);
    ports.look(*m_diag, 1s, 10s);
    QVERIFY(!ports.isDone());
    QVERIFY(ports.nextLook() == 1s + 1ms);
    ports.look(*m_diag, 1s + 1ms, 10s);
    QVERIFY(ports.nextLook() == 1s + 3ms);

    m_sockets->records = {listeningRecord(2, m_port)};
    ports.look(*m_diag, 1s + 3ms, 10s);

    QVERIFY(ports.isDone());
    QVERIFY(ports.outcomes().front().cameBack);
    QCOMPARE(ports.outcomes().front().proof.state, PortState::Held);
    QCOMPARE(ports.outcomes().front().proof.holders.front().inode, std::uint64_t{2});
}

void tst_EndingPorts::watchEnds()
{
    planListener(1, m_port);
    EndingPorts ports(m_plan);

    ports.look(*m_diag, 1s, 2ms);
    ports.look(*m_diag, 1s + 1ms, 2ms);
    QVERIFY(ports.nextLook() == 1s + 2ms);
    ports.look(*m_diag, 1s + 2ms, 2ms);

    QVERIFY(ports.isDone());
    QCOMPARE(ports.outcomes().front().proof.state, PortState::Free);
}

void tst_EndingPorts::watchBecomesCalm()
{
    planListener(1, m_port);
    EndingPorts ports(m_plan);
    std::chrono::nanoseconds now = 1s;

    for (int look = 0; look < 10; ++look) {
        ports.look(*m_diag, now, 10s);
        now = ports.nextLook().value();
    }
    ports.look(*m_diag, now, 10s);

    QVERIFY(ports.nextLook() == now + 50ms);
}

/// The script around a server ends with it: who was watched for is gone a moment later.
void tst_EndingPorts::watchIsGivenUpSoon()
{
    planListener(1, m_port);
    EndingPorts ports(m_plan);
    ports.look(*m_diag, 1s, 10s);
    QVERIFY(ports.nextLook() == 1s + 1ms);

    ports.look(*m_diag, 1s + 1ms, 0s);

    QVERIFY(ports.isDone());
}

void tst_EndingPorts::heldPortIsNotWatched()
{
    planListener(1, m_port);
    m_sockets->records = {listeningRecord(2, m_port)};
    EndingPorts ports(m_plan);

    ports.look(*m_diag, 1s, 1h);

    QVERIFY(ports.isDone());
}

void tst_EndingPorts::connectionsAreCountedOncePerPort()
{
    const auto establish = [this](std::uint64_t inode, std::uint16_t port) {
        auto connection = listeningRecord(inode, port);
        connection.state = SocketState::Established;
        m_sockets->records.push_back(connection);
    };
    planListener(1, 3000);
    planListener(2, 3000); // SO_REUSEPORT
    establish(10, 3000);
    establish(11, 3000);
    establish(12, 4000);
    const EndingPorts ports(m_plan);

    QVERIFY(ports.connections(*m_diag) == 2U);
}

void tst_EndingPorts::uncountableConnectionsAreUnknown()
{
    planListener(1, 3000);
    m_sockets->overflows = 1000;
    const EndingPorts ports(m_plan);

    QVERIFY(!ports.connections(*m_diag).has_value());
}

QTEST_GUILESS_MAIN(tst_EndingPorts)
#include "tst_endingports.moc"
