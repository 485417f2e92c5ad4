// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"
#include "core/servers/contradictionwatch.h"
#include "core/servers/probefactory.h"
#include "core/servers/probegroup.h"
#include "core/servers/probemachine.h"
#include "core/servers/reachability.h"
#include "core/servers/runmembers.h"
#include "core/servers/serverspec.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakediag.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using Quay::AskedEndpoint;
using Quay::ContradictionKind;
using Quay::SocketRecord;
using Quay::SocketState;

namespace {

constexpr pid_t Supervisor = 50;
constexpr std::uint16_t Port = 3000;

const Quay::IpAddress Loopback{.bytes = {127, 0, 0, 1}};

SocketRecord listener(std::uint64_t inode, std::uint32_t waiting = 0)
{
    return {.cookie = inode,
            .inode = inode,
            .receiveQueue = waiting,
            .sendQueue = 128,
            .state = SocketState::Listening,
            .localPort = Port,
            .localAddress = Loopback};
}

} // namespace

class tst_Reachability : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void probeSaysWhereItIsAsked_data();
    void probeSaysWhereItIsAsked();
    void portIsExpectedWithoutProbes();
    void unmetProbeComesFirst();
    void probeThatCannotBeMadeHasNotAsked();
    void holderOfThePortIsNamed();
    void waitingConnectionIsTimed();
    void connectionThatMayWaitAtAnotherSaysNothing();
    void twoLooksHaveToAgree();
    void silentServerMayWarmUp();
    void looksBecomeRare();

private:
    struct Machine
    {
        Machine()
        {
            files.add({.pid = Supervisor});
            files.add({.pid = 100, .parentPid = Supervisor, .sockets = {{.fd = 3, .inode = 1}}});
            files.add({.pid = 200, .comm = "intruder", .startTicks = 77, .sockets = {{.fd = 3, .inode = 2}}});
        }

        Quay::Test::FakeProc files;
        Quay::ProcFs proc = files.open();
        std::shared_ptr<Quay::Test::FakeSockets> sockets = std::make_shared<Quay::Test::FakeSockets>();
        Quay::Test::FakeClock clock;
        Quay::SockDiag diag{std::make_unique<Quay::Test::FakeDiag>(sockets)};
        Quay::RunMembers members{proc, clock};
        Quay::ProbeMachine probes{
            .proc = &proc, .diag = &diag, .members = &members, .createRequester = {}, .clock = &clock};
    };

    std::unique_ptr<Machine> m_machine;
};

void tst_Reachability::init()
{
    m_machine = std::make_unique<Machine>();
}

void tst_Reachability::probeSaysWhereItIsAsked_data()
{
    QTest::addColumn<std::string>("host");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<std::string>("address");
    QTest::addRow("IPv4") << std::string("127.0.0.1") << true << std::string("127.0.0.1");
    QTest::addRow("IPv6") << std::string("::1") << true << std::string("::1");
    QTest::addRow("both") << std::string("localhost") << true << std::string();
    QTest::addRow("whichever") << std::string("0.0.0.0") << true << std::string();
    QTest::addRow("another machine") << std::string("10.0.0.7") << false << std::string();
    QTest::addRow("another name") << std::string("db") << false << std::string();
}

void tst_Reachability::probeSaysWhereItIsAsked()
{
    QFETCH(const std::string, host);
    QFETCH(const bool, isKnown);
    QFETCH(const std::string, address);
    const Quay::ServerSpec spec{.name = "web"};
    Quay::ProbeGroup group(spec, m_machine->probes);
    group.begin({{.name = "tcp", .condition = Quay::TcpCondition{.host = host, .port = Port}}},
                {.supervisor = Supervisor}, {});

    const auto asked = askedEndpoint(spec, group);

    QCOMPARE(asked.port, isKnown ? std::optional(Port) : std::nullopt);
    QCOMPARE(asked.address ? toString(*asked.address) : std::string(), address);
    QVERIFY(!asked.answers); // nobody has asked yet
}

void tst_Reachability::portIsExpectedWithoutProbes()
{
    const Quay::ServerSpec spec{
        .name = "web", .ports = {{.port = 53, .protocol = Quay::Protocol::Udp}, {.port = Port, .address = Loopback}}};
    const Quay::ProbeGroup none(spec, m_machine->probes);

    QCOMPARE(askedEndpoint(spec, none), (AskedEndpoint{.port = Port, .address = Loopback}));
}

void tst_Reachability::unmetProbeComesFirst()
{
    m_machine->sockets->records = {listener(1)};
    const Quay::ServerSpec spec{.name = "web"};
    Quay::ProbeGroup group(spec, m_machine->probes);
    group.begin({{.name = "one", .condition = Quay::ListeningCondition{.port = Port}},
                 {.name = "two", .condition = Quay::ListeningCondition{.port = Port + 1}}},
                {.supervisor = Supervisor}, {});
    (void)group.proceed(m_machine->clock.monotonic(), {});

    const auto asked = askedEndpoint(spec, group);

    QCOMPARE(asked.port, std::optional<std::uint16_t>(Port + 1));
    QCOMPARE(asked.answers, std::optional(false));
}

void tst_Reachability::probeThatCannotBeMadeHasNotAsked()
{
    m_machine->probes.createRequester = []() -> Quay::Result<std::unique_ptr<Quay::HttpRequester>> {
        return Quay::fail(Quay::ErrorCode::Unsupported, "quay-http");
    };
    const Quay::ServerSpec spec{.name = "web"};
    Quay::ProbeGroup group(spec, m_machine->probes);
    const std::string url = "http://127.0.0.1:" + std::to_string(Port) + '/';
    group.begin({{.name = "page", .condition = Quay::HttpCondition{.request = {.url = url}}}},
                {.supervisor = Supervisor}, {});
    (void)group.proceed(m_machine->clock.monotonic(), {});

    const auto asked = askedEndpoint(spec, group);

    QCOMPARE(asked.port, std::optional(Port));
    QVERIFY(!asked.answers);
}

void tst_Reachability::holderOfThePortIsNamed()
{
    m_machine->sockets->records = {listener(2)};
    Quay::Reachability reachability(m_machine->probes, Supervisor);

    const auto facts = reachability.look({.port = Port}, true, {});

    QVERIFY(facts.ownListeners.empty());
    QCOMPARE(facts.foreignListeners.size(), 1U);
    QCOMPARE(facts.foreignListeners.front().holder, std::optional(Quay::ProcessId{.pid = 200, .startTicks = 77}));
    QCOMPARE(facts.foreignListeners.front().holderName, std::string("intruder"));
}

void tst_Reachability::waitingConnectionIsTimed()
{
    m_machine->sockets->records = {
        listener(1, 1),
        {.cookie = 9, .inode = 0, .state = SocketState::Established, .localPort = Port, .localAddress = Loopback}};
    Quay::Reachability reachability(m_machine->probes, Supervisor);

    (void)reachability.look({.port = Port}, true, {});
    m_machine->clock.advance(2s);
    const auto waits = reachability.look({.port = Port}, true, {}).waitsToBeAccepted;
    m_machine->sockets->records = {listener(1)};
    const auto taken = reachability.look({.port = Port}, true, {}).waitsToBeAccepted;

    QCOMPARE(waits, std::optional<std::chrono::nanoseconds>(2s));
    QVERIFY(!taken);
}

/// Somebody else shares the port (SO_REUSEPORT) and hangs; the server takes what comes.
void tst_Reachability::connectionThatMayWaitAtAnotherSaysNothing()
{
    const auto connection = [](std::uint64_t cookie) -> SocketRecord {
        return {.cookie = cookie, .state = SocketState::Established, .localPort = Port, .localAddress = Loopback};
    };
    Quay::Reachability reachability(m_machine->probes, Supervisor);
    std::optional<std::chrono::nanoseconds> waits;

    for (std::uint64_t look = 0; look < 3; ++look) {
        m_machine->clock.advance(2s);
        m_machine->sockets->records = {listener(1, 1), listener(2, 1), connection(9), connection(10 + look)};
        waits = reachability.look({.port = Port}, true, {}).waitsToBeAccepted;
    }

    QCOMPARE(waits, std::optional<std::chrono::nanoseconds>(0s));
}

void tst_Reachability::twoLooksHaveToAgree()
{
    Quay::ContradictionWatch watch(m_machine->probes, Supervisor);
    const Quay::ReachabilityClaim claim{.saidUpAt = m_machine->clock.monotonic()};
    const AskedEndpoint asked{.port = Port};

    QVERIFY(!watch.look(asked, claim, {}));
    QVERIFY(watch.look(asked, claim, {}));
    QVERIFY(!watch.look(asked, claim, {})); // known by now
    QCOMPARE(watch.contradiction()->kind, ContradictionKind::NotListening);
    m_machine->sockets->records = {listener(1)};
    QVERIFY(!watch.look(asked, claim, {}));
    QVERIFY(watch.contradiction());
    QVERIFY(watch.look(asked, claim, {}));
    QVERIFY(!watch.contradiction());
}

void tst_Reachability::silentServerMayWarmUp()
{
    m_machine->sockets->records = {listener(1)};
    Quay::ContradictionWatch watch(m_machine->probes, Supervisor);
    const Quay::ReachabilityClaim claim{.listenedAt = m_machine->clock.monotonic()};
    const AskedEndpoint asked{.port = Port, .answers = false};

    m_machine->clock.advance(4s);
    const bool isEarly = watch.look(asked, claim, {}) || watch.look(asked, claim, {});
    m_machine->clock.advance(2s);
    const bool isLate = watch.look(asked, claim, {}) || watch.look(asked, claim, {});

    QVERIFY(!isEarly);
    QVERIFY(isLate);
    QCOMPARE(watch.contradiction()->kind, ContradictionKind::DoesNotAnswer);
}

void tst_Reachability::looksBecomeRare()
{
    Quay::ContradictionWatch watch(m_machine->probes, Supervisor);
    QVERIFY(!watch.due({})); // there is no reason to look
    const Quay::ReachabilityClaim claim{.saidUpAt = m_machine->clock.monotonic()};
    QCOMPARE(watch.due(claim), std::optional(*claim.saidUpAt + 1s));

    int looks = 0;
    const auto end = m_machine->clock.monotonic() + 10min;
    while (*watch.due(claim) < end) {
        m_machine->clock.advance(*watch.due(claim) - m_machine->clock.monotonic());
        (void)watch.look({.port = Port}, claim, {});
        ++looks;
    }

    QVERIFY2(looks > 50 && looks < 150, std::to_string(looks).c_str());
}

QTEST_GUILESS_MAIN(tst_Reachability)
#include "tst_reachability.moc"
