// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/contradiction.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using Quay::Contradiction;
using Quay::ContradictionKind;
using Quay::ForeignListener;
using Quay::IpAddress;
using Quay::ProcessCondition;
using Quay::ReachabilityFacts;
using Quay::ServerProcess;
using Quay::SocketRecord;
using namespace std::chrono_literals;

namespace {

IpAddress address(const char *text)
{
    return Quay::ipAddressFromText(text).value_or(IpAddress{});
}

SocketRecord listener(const char *local, std::uint16_t port, std::optional<bool> v6Only = std::nullopt)
{
    SocketRecord record;
    record.state = Quay::SocketState::Listening;
    record.localAddress = address(local);
    record.localPort = port;
    record.v6Only = v6Only;
    record.sendQueue = 128;
    return record;
}

ForeignListener foreign(const char *local, std::uint16_t port)
{
    return {
        .socket = listener(local, port), .holder = Quay::ProcessId{.pid = 4711, .startTicks = 9}, .holderName = "node"};
}

/// Says that it is up; is expected on port 8000 and asked over IPv4.
ReachabilityFacts facts(std::vector<SocketRecord> own)
{
    return {.saysItIsUp = true,
            .expectedPort = 8000,
            .probedAddress = address("127.0.0.1"),
            .answers = false,
            .ownListeners = std::move(own)};
}

using Change = std::function<void(ReachabilityFacts &)>;

} // namespace

class tst_Contradiction : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void factsLeadToTheirVerdict_data();
    void factsLeadToTheirVerdict();
    void noContradiction_data();
    void noContradiction();
    void conditionIsTold_data();
    void conditionIsTold();
    void otherPortNamesItAndWhoHoldsTheExpectedOne();
    void holderThatTheProbeReachesIsNamed();
    void filledQueueIsTold();
    void addressVerdictHasBothAddresses();
};

void tst_Contradiction::factsLeadToTheirVerdict_data()
{
    QTest::addColumn<ReachabilityFacts>("known");
    QTest::addColumn<ContradictionKind>("kind");
    const auto row = [](
                         const char *name, ReachabilityFacts known, ContradictionKind kind,
                         const Change &change = [](ReachabilityFacts &) {}) {
        change(known);
        QTest::newRow(name) << known << kind;
    };

    row("port not bound", facts({}), ContradictionKind::NotListening);
    row("port not bound, no probe", facts({}), ContradictionKind::NotListening, [](ReachabilityFacts &known) {
        known.probedAddress.reset();
        known.answers.reset();
    });
    row("UDP socket is no TCP listener", facts({}), ContradictionKind::NotListening, [](ReachabilityFacts &known) {
        known.ownListeners = {listener("127.0.0.1", 8000)};
        known.ownListeners[0].protocol = Quay::Protocol::Udp;
    });
    row("no port expected, but asked", facts({}), ContradictionKind::NotListening,
        [](ReachabilityFacts &known) { known.expectedPort.reset(); });
    row("other port", facts({listener("127.0.0.1", 8001)}), ContradictionKind::OtherPort);
    row("held by another", facts({}), ContradictionKind::HeldByOther,
        [](ReachabilityFacts &known) { known.foreignListeners = {foreign("0.0.0.0", 8000)}; });
    row("held by somebody hidden", facts({}), ContradictionKind::HeldByOther, [](ReachabilityFacts &known) {
        known.foreignListeners = {{.socket = listener("0.0.0.0", 8000), .holder = std::nullopt, .holderName = {}}};
    });
    row("another's listener elsewhere", facts({}), ContradictionKind::NotListening,
        [](ReachabilityFacts &known) { known.foreignListeners = {foreign("0.0.0.0", 9000)}; });
    row("::1 only", facts({listener("::1", 8000)}), ContradictionKind::OtherFamily);
    row(":: for IPv6 only", facts({listener("::", 8000, true)}), ContradictionKind::OtherFamily);
    row("127.0.0.1 only", facts({listener("127.0.0.1", 8000)}), ContradictionKind::OtherFamily,
        [](ReachabilityFacts &known) { known.probedAddress = address("::1"); });
    row("0.0.0.0 asked over IPv6", facts({listener("0.0.0.0", 8000)}), ContradictionKind::OtherFamily,
        [](ReachabilityFacts &known) { known.probedAddress = address("::1"); });
    row("other address", facts({listener("192.168.1.2", 8000)}), ContradictionKind::OtherAddress);
    row("other address and family", facts({listener("::1", 8000), listener("192.168.1.2", 8000)}),
        ContradictionKind::OtherAddress);
    row("::1 only, without a word", facts({listener("::1", 8000)}), ContradictionKind::OtherFamily,
        [](ReachabilityFacts &known) { known.saysItIsUp = false; });
    row("nobody accepts", facts({listener("127.0.0.1", 8000)}), ContradictionKind::NobodyAccepts,
        [](ReachabilityFacts &known) {
            known.ownListeners[0].receiveQueue = 3;
            known.waitsToBeAccepted = 2s;
        });
    row("nobody accepts, not probed yet", facts({listener("127.0.0.1", 8000)}), ContradictionKind::NobodyAccepts,
        [](ReachabilityFacts &known) {
            known.ownListeners[0].receiveQueue = 3;
            known.waitsToBeAccepted = 1s;
            known.answers.reset();
        });
    row("queue filled for a moment", facts({listener("127.0.0.1", 8000)}), ContradictionKind::DoesNotAnswer,
        [](ReachabilityFacts &known) {
            known.ownListeners[0].receiveQueue = 3;
            known.waitsToBeAccepted = 999ms;
        });
    row("queue of another address", facts({listener("127.0.0.1", 8000), listener("::1", 8000)}),
        ContradictionKind::DoesNotAnswer, [](ReachabilityFacts &known) {
            known.ownListeners[1].receiveQueue = 3;
            known.waitsToBeAccepted = 2s;
        });
    row("does not answer", facts({listener("127.0.0.1", 8000)}), ContradictionKind::DoesNotAnswer);
    row("does not answer on any address", facts({listener("0.0.0.0", 8000)}), ContradictionKind::DoesNotAnswer);
    row("does not answer, dual stack", facts({listener("::", 8000, false)}), ContradictionKind::DoesNotAnswer);
    row("does not answer, dual stack unknown", facts({listener("::", 8000)}), ContradictionKind::DoesNotAnswer);
    row("does not answer, mapped", facts({listener("::ffff:127.0.0.1", 8000)}), ContradictionKind::DoesNotAnswer);
    row("does not answer, any port", facts({listener("127.0.0.1", 8123)}), ContradictionKind::DoesNotAnswer,
        [](ReachabilityFacts &known) { known.expectedPort.reset(); });
}

void tst_Contradiction::factsLeadToTheirVerdict()
{
    QFETCH(const ReachabilityFacts, known);
    QFETCH(const ContradictionKind, kind);

    const auto verdict = findContradiction(known);

    QVERIFY(verdict.has_value());
    QCOMPARE(verdict->kind, kind);
    QCOMPARE(verdict->condition, ProcessCondition::Ordinary);
}

void tst_Contradiction::noContradiction_data()
{
    QTest::addColumn<ReachabilityFacts>("known");
    const auto row = [](const char *name, ReachabilityFacts known, const Change &change) {
        change(known);
        QTest::newRow(name) << known;
    };

    row("still starting", facts({}), [](ReachabilityFacts &known) { known.saysItIsUp = false; });
    row("still starting, port held by another", facts({}), [](ReachabilityFacts &known) {
        known.saysItIsUp = false;
        known.foreignListeners = {foreign("0.0.0.0", 8000)};
    });
    row("no server at all", facts({}), [](ReachabilityFacts &known) {
        known.expectedPort.reset();
        known.probedAddress.reset();
    });
    row("answers", facts({}), [](ReachabilityFacts &known) { known.answers = true; });
    row("answers although stopped", facts({listener("127.0.0.1", 8000)}), [](ReachabilityFacts &known) {
        known.answers = true;
        known.processes = {{.state = 'T', .sameFor = 5s}};
    });
    row("listens and was not probed", facts({listener("127.0.0.1", 8000)}),
        [](ReachabilityFacts &known) { known.answers.reset(); });
}

void tst_Contradiction::noContradiction()
{
    QFETCH(const ReachabilityFacts, known);

    QVERIFY(!findContradiction(known));
}

void tst_Contradiction::conditionIsTold_data()
{
    QTest::addColumn<std::vector<ServerProcess>>("processes");
    QTest::addColumn<ProcessCondition>("condition");
    QTest::addColumn<int>("pid");
    using Processes = std::vector<ServerProcess>;
    const auto process = [](pid_t pid, char state, std::optional<double> share, std::chrono::nanoseconds time) {
        return ServerProcess{
            .id = {.pid = pid, .startTicks = 1}, .name = "x", .state = state, .demand = share, .sameFor = time};
    };

    QTest::newRow("stopped") << Processes{process(1, 'T', {}, 2s)} << ProcessCondition::Stopped << 1;
    QTest::newRow("in a debugger") << Processes{process(1, 't', {}, 2s)} << ProcessCondition::Stopped << 1;
    QTest::newRow("uninterruptible") << Processes{process(1, 'D', {}, 1s)} << ProcessCondition::Uninterruptible << 1;
    QTest::newRow("waits for a disk at times")
        << Processes{process(1, 'D', {}, 900ms)} << ProcessCondition::Ordinary << 0;
    QTest::newRow("burns a core") << Processes{process(1, 'R', 1.0, 3s)} << ProcessCondition::Computing << 1;
    QTest::newRow("burns two") << Processes{process(1, 'R', 1.9, 3s)} << ProcessCondition::Computing << 1;
    QTest::newRow("works") << Processes{process(1, 'R', 0.6, 3s)} << ProcessCondition::Ordinary << 0;
    QTest::newRow("share unknown") << Processes{process(1, 'R', {}, 3s)} << ProcessCondition::Ordinary << 0;
    QTest::newRow("sleeps") << Processes{process(1, 'S', 0.0, 3s)} << ProcessCondition::Ordinary << 0;
    QTest::newRow("stopped before busy") << Processes{process(1, 'R', 1.0, 3s), process(2, 'D', {}, 3s),
                                                      process(3, 'T', {}, 3s)}
                                         << ProcessCondition::Stopped << 3;
    QTest::newRow("uninterruptible before busy")
        << Processes{process(1, 'R', 1.0, 3s), process(2, 'D', {}, 3s)} << ProcessCondition::Uninterruptible << 2;
}

void tst_Contradiction::conditionIsTold()
{
    QFETCH(const std::vector<ServerProcess>, processes);
    QFETCH(const ProcessCondition, condition);
    QFETCH(const int, pid);
    auto known = facts({});
    known.processes = processes;

    const auto verdict = findContradiction(known);

    QVERIFY(verdict.has_value());
    QCOMPARE(verdict->kind, ContradictionKind::NotListening);
    QCOMPARE(verdict->condition, condition);
    QCOMPARE(verdict->process ? verdict->process->id.pid : 0, pid);
}

void tst_Contradiction::otherPortNamesItAndWhoHoldsTheExpectedOne()
{
    auto known = facts({listener("127.0.0.1", 8001)});
    known.foreignListeners = {foreign("127.0.0.1", 8000)};

    const auto verdict = findContradiction(known);

    QVERIFY(verdict.has_value());
    QCOMPARE(verdict->kind, ContradictionKind::OtherPort);
    QCOMPARE(verdict->listeners, known.ownListeners);
    QVERIFY(verdict->holder == std::optional(foreign("127.0.0.1", 8000)));
    QCOMPARE(verdict->expectedPort, std::optional<std::uint16_t>(8000));
}

void tst_Contradiction::holderThatTheProbeReachesIsNamed()
{
    auto known = facts({});
    known.foreignListeners = {foreign("::1", 8000), foreign("0.0.0.0", 8000)};

    QVERIFY(findContradiction(known)->holder == std::optional(foreign("0.0.0.0", 8000)));
    known.foreignListeners.pop_back();
    QVERIFY(findContradiction(known)->holder == std::optional(foreign("::1", 8000)));
}

void tst_Contradiction::filledQueueIsTold()
{
    auto known = facts({listener("127.0.0.1", 8000), listener("0.0.0.0", 8000)});
    known.ownListeners[0].receiveQueue = 129;
    known.waitsToBeAccepted = 7s;

    const auto verdict = findContradiction(known);

    QVERIFY(verdict.has_value());
    QCOMPARE(verdict->listeners, std::vector{known.ownListeners[0]});
    QVERIFY(verdict->isQueueFull);
    QVERIFY(verdict->waits == std::optional<std::chrono::nanoseconds>(7s));
    known.ownListeners[0].receiveQueue = 128;
    QVERIFY(!findContradiction(known)->isQueueFull);
}

void tst_Contradiction::addressVerdictHasBothAddresses()
{
    const auto known = facts({listener("::1", 8000)});

    const auto verdict = findContradiction(known);

    QVERIFY(verdict.has_value());
    QVERIFY(verdict->probedAddress == std::optional(address("127.0.0.1")));
    QCOMPARE(verdict->listeners, known.ownListeners);
}

QTEST_GUILESS_MAIN(tst_Contradiction)
#include "tst_contradiction.moc"
