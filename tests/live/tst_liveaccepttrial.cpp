// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/sockdiag.h"
#include "core/kernel/socketaddress.h"
#include "core/kernel/socketrecord.h"
#include "core/probes/accepttrial.h"
#include "tests/support/clientsocket.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

using Quay::Acceptance;
using Quay::AcceptTrial;
using Quay::UniqueFd;

namespace {

constexpr int Backlog = 8;

struct ListenerOptions
{
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; ///< 0: any free one.
    int backlog = Backlog;
    bool isDeferred = false; ///< TCP_DEFER_ACCEPT
    bool isDualStack = false;
    bool isShared = false; ///< SO_REUSEPORT
};

/// A listener of this process, which never accepts by itself.
class Listener
{
public:
    explicit Listener(const ListenerOptions &options = {})
    {
        const auto address = Quay::ipAddressFromText(options.address).value();
        m_fd = UniqueFd(
            ::socket(address.family == Quay::IpFamily::V4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
        set(SOL_SOCKET, SO_REUSEADDR, 1);
        if (address.family == Quay::IpFamily::V6) {
            set(IPPROTO_IPV6, IPV6_V6ONLY, options.isDualStack ? 0 : 1);
        }
        set(SOL_SOCKET, SO_REUSEPORT, options.isShared ? 1 : 0);
        if (options.isDeferred) {
            set(IPPROTO_TCP, TCP_DEFER_ACCEPT, 30);
        }
        auto name = Quay::socketAddressFor({.address = address, .port = options.port});
        m_isOpen = ::bind(m_fd.get(), reinterpret_cast<const sockaddr *>(&name.storage), name.length) == 0
            && ::listen(m_fd.get(), options.backlog) == 0
            && ::getsockname(m_fd.get(), reinterpret_cast<sockaddr *>(&name.storage), &name.length) == 0;
        m_port = Quay::endpointFrom(name).value().port;
    }

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] UniqueFd accept() const { return UniqueFd(::accept4(m_fd.get(), nullptr, nullptr, SOCK_CLOEXEC)); }
    [[nodiscard]] bool hasWaiting() const
    {
        pollfd waited{.fd = m_fd.get(), .events = POLLIN, .revents = 0};
        return ::poll(&waited, 1, 0) == 1;
    }
    void close() { m_fd.reset(); }

private:
    void set(int level, int option, int value) const
    {
        (void)::setsockopt(m_fd.get(), level, option, &value, sizeof value);
    }

    UniqueFd m_fd;
    std::uint16_t m_port = 0;
    bool m_isOpen = false;
};

bool hasIpv6()
{
    return Listener({.address = "::1"}).isOpen();
}

} // namespace

/// AcceptTrial with the kernel's own listeners: what it tells of their queues is the point.
class tst_LiveAcceptTrial : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void acceptedConnectionIsTold_data();
    void acceptedConnectionIsTold();
    void connectionThatIsClosedAtOnceWasAccepted();
    void connectionThatIsResetTwiceWasAccepted();
    void connectionOfAClosedListenerWasNotAccepted();
    void fullQueueIsNoAcceptance();
    void serverForOneClientIsNotDisturbed();
    void waitingForDataCannotBeTold();
    void somebodyElsesListenerIsNotAsked();
    void closedListenerIsNoAcceptance();
    void outcomeStays();

private:
    [[nodiscard]] Quay::SocketRecord recordOf(const Listener &listener, const std::string &address = "127.0.0.1");
    [[nodiscard]] AcceptTrial trialOf(const Listener &listener, const std::string &address = "127.0.0.1")
    {
        return {*m_diag, recordOf(listener, address)};
    }

    std::unique_ptr<Quay::SockDiag> m_diag;
};

void tst_LiveAcceptTrial::initTestCase()
{
    auto transport = Quay::openDiagTransport();
    if (!transport) {
        QSKIP("sock_diag is refused here");
    }
    m_diag = std::make_unique<Quay::SockDiag>(*std::move(transport));
}

Quay::SocketRecord tst_LiveAcceptTrial::recordOf(const Listener &listener, const std::string &address)
{
    const auto listeners = m_diag->listenersOn(Quay::Protocol::Tcp, listener.port()).value();
    const auto wanted = Quay::ipAddressFromText(address).value();
    const auto found = std::ranges::find(listeners, wanted, &Quay::SocketRecord::localAddress);
    return found != listeners.end() ? *found : Quay::SocketRecord();
}

void tst_LiveAcceptTrial::acceptedConnectionIsTold_data()
{
    QTest::addColumn<std::string>("address");
    QTest::addColumn<bool>("isDualStack");

    QTest::newRow("loopback") << std::string("127.0.0.1") << false;
    QTest::newRow("other loopback address") << std::string("127.1.2.3") << false;
    QTest::newRow("every address") << std::string("0.0.0.0") << false;
    QTest::newRow("IPv6 loopback") << std::string("::1") << false;
    QTest::newRow("every address of IPv6") << std::string("::") << false;
    QTest::newRow("dual stack") << std::string("::") << true;
}

void tst_LiveAcceptTrial::acceptedConnectionIsTold()
{
    QFETCH(const std::string, address);
    QFETCH(const bool, isDualStack);
    if (address.contains(':') && !hasIpv6()) {
        QSKIP("there is no ::1 here");
    }
    const Listener listener({.address = address, .isDualStack = isDualStack});
    QVERIFY(listener.isOpen());
    auto trial = trialOf(listener, address);

    QCOMPARE(trial.look(), Acceptance::Open);
    QCOMPARE(trial.look(), Acceptance::Open);
    const auto accepted = listener.accept();

    QCOMPARE(trial.look(), Acceptance::Accepted);
    QVERIFY(!listener.hasWaiting()); // one connection is all
    char byte = 0;
    QCOMPARE(::recv(accepted.get(), &byte, 1, 0), 0); // and it is closed, without a word
}

void tst_LiveAcceptTrial::connectionThatIsClosedAtOnceWasAccepted()
{
    const Listener listener;
    auto trial = trialOf(listener);
    QCOMPARE(trial.look(), Acceptance::Open);

    listener.accept().reset();

    QCOMPARE(trial.look(), Acceptance::Accepted);
}

namespace {

void resetNext(const Listener &listener)
{
    auto accepted = listener.accept();
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    (void)::setsockopt(accepted.get(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
}

} // namespace

/// The kernel does that as well, when a listener is closed; the program does it again.
void tst_LiveAcceptTrial::connectionThatIsResetTwiceWasAccepted()
{
    const Listener listener;
    auto trial = trialOf(listener);
    QCOMPARE(trial.look(), Acceptance::Open);

    resetNext(listener);
    QCOMPARE(trial.look(), Acceptance::Open);
    QCOMPARE(trial.look(), Acceptance::Open); // another connection
    resetNext(listener);

    QCOMPARE(trial.look(), Acceptance::Accepted);
}

/// One worker of several ends, with the connection in its queue.
void tst_LiveAcceptTrial::connectionOfAClosedListenerWasNotAccepted()
{
    Listener listener({.isShared = true});
    auto trial = trialOf(listener);
    QCOMPARE(trial.look(), Acceptance::Open);

    listener.close();

    QCOMPARE(trial.look(), Acceptance::Open);
    QCOMPARE(trial.look(), Acceptance::Open);
}

void tst_LiveAcceptTrial::fullQueueIsNoAcceptance()
{
    const Listener listener({.backlog = 2});
    std::vector<UniqueFd> waiting;
    for (int i = 0; i < 3; ++i) { // one more than the backlog finds room
        waiting.push_back(Quay::Test::connectTo(listener.port()));
        QVERIFY(waiting.back());
    }
    auto trial = trialOf(listener);

    QCOMPARE(trial.look(), Acceptance::Open);
    QCOMPARE(trial.look(), Acceptance::Open);
}

void tst_LiveAcceptTrial::serverForOneClientIsNotDisturbed()
{
    const Listener listener({.backlog = 1});
    auto trial = trialOf(listener);

    QCOMPARE(trial.look(), Acceptance::Untestable);

    QVERIFY(!listener.hasWaiting());
}

void tst_LiveAcceptTrial::waitingForDataCannotBeTold()
{
    const Listener listener({.isDeferred = true});
    auto trial = trialOf(listener);

    auto acceptance = trial.look();
    for (int look = 1; look < 5; ++look) {
        QCOMPARE(acceptance, Acceptance::Open); // it may be on its way
        acceptance = trial.look();
    }

    QCOMPARE(acceptance, Acceptance::Untestable);
}

/// It has the more specific address, and who connects reaches it.
void tst_LiveAcceptTrial::somebodyElsesListenerIsNotAsked()
{
    const Listener everywhere({.address = "0.0.0.0", .isShared = true});
    const Listener inTheWay({.port = everywhere.port(), .isShared = true});
    QVERIFY(inTheWay.isOpen());
    auto trial = trialOf(everywhere, "0.0.0.0");

    QCOMPARE(trial.look(), Acceptance::Untestable);

    QVERIFY(!inTheWay.hasWaiting());
}

void tst_LiveAcceptTrial::closedListenerIsNoAcceptance()
{
    Listener listener;
    auto trial = trialOf(listener);
    listener.close();

    QCOMPARE(trial.look(), Acceptance::Open);
}

void tst_LiveAcceptTrial::outcomeStays()
{
    Listener listener;
    auto trial = trialOf(listener);
    (void)trial.look();
    (void)listener.accept();
    QCOMPARE(trial.look(), Acceptance::Accepted);

    listener.close();

    QCOMPARE(trial.look(), Acceptance::Accepted);
}

QTEST_GUILESS_MAIN(tst_LiveAcceptTrial)
#include "tst_liveaccepttrial.moc"
