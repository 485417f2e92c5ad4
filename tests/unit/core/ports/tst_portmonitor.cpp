// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/ports/portmonitor.h"
#include "core/ports/portsnapshot.h"
#include "tests/support/fakediag.h"
#include "tests/support/fakemachine.h"
#include "tests/support/fakeproc.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <format>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>
#include <sys/types.h>

using Quay::ListenerPtr;
using Quay::LookOptions;
using Quay::OwnerKnowledge;
using Quay::PortMonitor;
using Quay::PortSnapshotPtr;
using Quay::SocketSource;
using Quay::Test::FakeMachine;
using namespace std::chrono_literals;

namespace {

constexpr uid_t Somebody = 33;
constexpr LookOptions Everything{.udp = true, .connections = true, .processes = true, .onlyPort = std::nullopt};

std::vector<pid_t> ownerPids(const Quay::Listener &listener)
{
    std::vector<pid_t> pids;
    for (const auto &owner : listener.owners) {
        pids.push_back(owner.process->id.pid);
    }
    return pids;
}

/// /proc/net/tcp with these sockets, all at 127.0.0.1.
std::string procNetText(const std::vector<Quay::SocketRecord> &records)
{
    std::string text =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    for (const auto &record : records) {
        const int state = record.state == Quay::SocketState::Listening ? 0x0A : 0x01;
        text += std::format("   0: 0100007F:{:04X} 00000000:0000 {:02X} 00000000:00000000 00:00000000 00000000     0   "
                            "     0 {} 1 0000000000000000 100 0 0 10 0\n",
                            record.localPort, state, record.inode);
    }
    return text;
}

} // namespace

/// Runs as root: on the made-up machine every socket may be read. tst_liveports covers the other users.
class tst_PortMonitor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void listenerHasItsOwners();
    void socketsComeBeforeOwners();
    void nothingChangedIsTheSameSnapshot();
    void onlyWhatChangedIsAnotherObject();
    void appearedAndVanishedListeners();
    void ownerlessSocketIsNoProcess();
    void searchInVainIsRepeatedLessAndLessOften();
    void ownerIsFoundAgainWhenTheFirstOneEnds();
    void whoEndedIsRememberedUntilTheSocketIsGone();
    void execIsNoticedWithoutReadingEveryProcess();
    void cpuTimeAloneIsNoChangeWithoutProcesses();
    void connectionsAreCounted();
    void connectionsOfSeveralWorkersAreShared();
    void onePortIsAskedForAlone_data();
    void onePortIsAskedForAlone();
    void waitingConnectionsAreShown();
    void sameConnectionWaitsForTooLong();
    void busyServerAccepts();
    void dyingOwnerIsWhatItWas();
    void splitBrainIsSaidOfBothSides();
    void splitBrainEndsWithItsCause();
    void verifiedOwnersAreComplete();
    void oneLookFindsAllOwners();
    void whoIsForkedMeanwhileIsAnOwner();
    void verifiedOwnersAreDoubtedInTime();
    void ownersThatDidNotRunStayComplete();
    void childThatTidyingFoundIsFollowed_data();
    void childThatTidyingFoundIsFollowed();
    void parentThatEndedLeavesTheChain_data();
    void parentThatEndedLeavesTheChain();
    void unitIsReadAgainOnceItRuns();
    void holderWhoseClockStoodStillIsSeenToHaveClosed();
    void everyHolderHasItsTurn();
    void serviceIsTracedToItsTimer_data();
    void serviceIsTracedToItsTimer();
    void refusedNetlinkFallsBackToProcNet();
    void missingUdpDiagLeavesTcpOnNetlink_data();
    void missingUdpDiagLeavesTcpOnNetlink();
    void socketsWithoutInodeStayApart();
    void reboundSocketIsAnotherListener();
    void socketSeenTwiceInOneDump();
    void socketNamedTwiceStaysWhenItIsNamedOnce_data();
    void socketNamedTwiceStaysWhenItIsNamedOnce();
    void brokenNetlinkFailsAndRecovers();
    void interruptedDumpIsMarked();
    void interruptedDumpRemovesNothing();
    void dumpThatIsNeverWholeIsBelievedInTheEnd();
    void processListFollowsWhatRan();
    void whoDoesNotAskForProcessesHasNone();
    void toldOwnerIsShownUntilItEnds();
    void whatWasToldEndsWithTheSocket();

private:
    /// One who may not look into pid 101, which holds socket 901 of port 80.
    void becomeOrdinaryUser();
    PortSnapshotPtr look(const LookOptions &options = {});
    [[nodiscard]] ListenerPtr onlyListener(const LookOptions &options = {});

    std::unique_ptr<FakeMachine> m_machine;
    std::unique_ptr<PortMonitor> m_monitor;
};

void tst_PortMonitor::init()
{
    m_machine = std::make_unique<FakeMachine>();
    m_machine->start({.pid = 100, .comm = "node", .startTicks = 500, .sockets = {{.fd = 20, .inode = 900}}});
    m_machine->listen(900, 3000);
    auto monitor = PortMonitor::open(m_machine->sources());
    QVERIFY(monitor);
    m_monitor = std::move(*monitor);
}

PortSnapshotPtr tst_PortMonitor::look(const LookOptions &options)
{
    m_machine->clock().advance(1s);
    auto snapshot = m_monitor->look(options);
    return snapshot ? *snapshot : nullptr;
}

ListenerPtr tst_PortMonitor::onlyListener(const LookOptions &options)
{
    const auto snapshot = look(options);
    return snapshot && snapshot->listeners.size() == 1 ? snapshot->listeners.front() : nullptr;
}

void tst_PortMonitor::listenerHasItsOwners()
{
    m_machine->start({.pid = 101, .parentPid = 100, .startTicks = 600, .sockets = {{.fd = 7, .inode = 900}}});

    const auto listener = onlyListener();

    QVERIFY(listener);
    QCOMPARE(listener->socket.localPort, 3000);
    QCOMPARE(ownerPids(*listener), (std::vector<pid_t>{100, 101}));
    QCOMPARE(listener->owners.front().fd, 20);
    QCOMPARE(listener->owners.front().process->name, std::string("node"));
    QVERIFY(listener->owners.front().profile);
    QCOMPARE(listener->reach(), Quay::Reach::ThisMachine);
}

void tst_PortMonitor::socketsComeBeforeOwners()
{
    const auto early = m_monitor->lookAtSockets({});
    const auto late = m_monitor->lookAtOwners();

    QVERIFY(early);
    QCOMPARE((*early)->listeners.front()->knowledge, OwnerKnowledge::Pending);
    QCOMPARE(ownerPids(*late->listeners.front()), std::vector<pid_t>{100});
    QVERIFY(late->generation > (*early)->generation);
}

void tst_PortMonitor::nothingChangedIsTheSameSnapshot()
{
    const auto first = look();
    const auto second = look();
    const auto third = look();

    QVERIFY(first == second);
    QVERIFY(second == third);
}

void tst_PortMonitor::onlyWhatChangedIsAnotherObject()
{
    m_machine->start({.pid = 200, .sockets = {{.fd = 3, .inode = 901}}});
    m_machine->listen(901, 4000);
    const auto before = look();
    m_machine->sockets().records.back().receiveQueue = 1;

    const auto after = look();

    QVERIFY(after->listeners.at(0) == before->listeners.at(0));
    QVERIFY(after->listeners.at(1) != before->listeners.at(1));
}

void tst_PortMonitor::appearedAndVanishedListeners()
{
    (void)look();
    m_machine->start({.pid = 200, .sockets = {{.fd = 3, .inode = 901}}});
    m_machine->listen(901, 80);

    const auto both = look();
    m_machine->close(900);
    const auto one = look();

    QCOMPARE(both->listeners.size(), 2U);
    QCOMPARE(both->listeners.front()->socket.localPort, 80); // sorted by port
    QCOMPARE(ownerPids(*both->listeners.front()), std::vector<pid_t>{200});
    QCOMPARE(one->listeners.size(), 1U);
    QCOMPARE(one->listeners.front()->socket.localPort, 80);
}

void tst_PortMonitor::ownerlessSocketIsNoProcess()
{
    m_machine->start({.pid = 100});

    const auto listener = onlyListener();

    QVERIFY(listener);
    QCOMPARE(listener->knowledge, OwnerKnowledge::NoProcess);
    QVERIFY(listener->owners.empty());
}

void tst_PortMonitor::searchInVainIsRepeatedLessAndLessOften()
{
    m_machine->start({.pid = 100}); // nobody has the socket
    int readings = 0;
    auto sources = m_machine->sources();
    sources.cpuClock = [&readings, clock = sources.cpuClock](pid_t pid) {
        ++readings;
        return clock(pid);
    };
    m_monitor = *PortMonitor::open(std::move(sources));
    QList<int> searches;

    for (int second = 0; second < 60; ++second) {
        readings = 0;
        (void)look();
        if (readings > 0) {
            searches << second;
        }
    }

    QCOMPARE(searches, (QList<int>{0, 1, 4, 16, 59})); // the last is no search: the table is tidied
}

void tst_PortMonitor::ownerIsFoundAgainWhenTheFirstOneEnds()
{
    // 200 got the socket in a way that left no trace: only the search for a lost owner finds it.
    QCOMPARE(ownerPids(*onlyListener()), std::vector<pid_t>{100});
    m_machine->start({.pid = 200, .sockets = {{.fd = 4, .inode = 900}}});
    m_machine->end(100);

    const auto listener = onlyListener();

    QVERIFY(listener);
    QCOMPARE(ownerPids(*listener), std::vector<pid_t>{200});
}

void tst_PortMonitor::whoEndedIsRememberedUntilTheSocketIsGone()
{
    const auto owned = onlyListener();
    QCOMPARE(ownerPids(*owned), std::vector<pid_t>{100});
    m_machine->end(100);

    QCOMPARE(onlyListener(), owned); // his socket is about to go as well

    QCOMPARE(onlyListener()->knowledge, OwnerKnowledge::NoProcess); // it stays: that is another matter
}

void tst_PortMonitor::execIsNoticedWithoutReadingEveryProcess()
{
    (void)look();
    m_machine->start({.pid = 100,
                      .comm = "python3",
                      .startTicks = 500,
                      .arguments = {"python3", "-m", "http.server"},
                      .sockets = {{.fd = 20, .inode = 900}}});

    const auto listener = onlyListener();

    QCOMPARE(listener->owners.front().process->name, std::string("python3"));
}

void tst_PortMonitor::cpuTimeAloneIsNoChangeWithoutProcesses()
{
    const auto before = look();
    m_machine->run(100, 5ms);

    const auto after = look();

    QVERIFY(after->listeners.front() == before->listeners.front());
}

void tst_PortMonitor::connectionsAreCounted()
{
    auto connection = Quay::Test::listeningRecord(950, 3000);
    connection.state = Quay::SocketState::Established;
    m_machine->sockets().records.push_back(connection);

    const auto listener = onlyListener(Everything);

    QVERIFY(listener);
    QCOMPARE(listener->connections, std::optional<std::uint32_t>(1));
}

void tst_PortMonitor::connectionsOfSeveralWorkersAreShared()
{
    m_machine->start({.pid = 101, .sockets = {{.fd = 20, .inode = 901}}});
    m_machine->listen(901, 3000); // SO_REUSEPORT
    auto connection = Quay::Test::listeningRecord(950, 3000);
    connection.state = Quay::SocketState::Established;
    m_machine->sockets().records.push_back(connection);

    const auto shared = look(Everything);
    m_machine->close(901);
    const auto alone = onlyListener(Everything);

    QCOMPARE(shared->listeners.size(), 2U);
    for (const auto &listener : shared->listeners) {
        QCOMPARE(listener->connections, std::optional<std::uint32_t>());
        QCOMPARE(listener->sharedConnections, std::optional<std::uint32_t>(1));
    }
    QCOMPARE(alone->connections, std::optional<std::uint32_t>(1));
    QCOMPARE(alone->sharedConnections, std::optional<std::uint32_t>());
}

void tst_PortMonitor::onePortIsAskedForAlone_data()
{
    QTest::addColumn<bool>("isRefused");
    QTest::addRow("netlink") << false;
    QTest::addRow("/proc/net") << true;
}

void tst_PortMonitor::onePortIsAskedForAlone()
{
    QFETCH(const bool, isRefused);
    m_machine->start({.pid = 200, .sockets = {{.fd = 3, .inode = 901}}});
    m_machine->listen(901, 4000);
    for (std::uint64_t inode = 950; inode < 1000; ++inode) {
        auto connection = Quay::Test::listeningRecord(inode, inode < 952 ? 3000 : 4000);
        connection.state = Quay::SocketState::Established;
        m_machine->sockets().records.push_back(connection);
    }
    if (isRefused) {
        m_machine->sockets().refusal = EPERM;
        m_machine->proc().write("net/tcp", procNetText(m_machine->sockets().records));
        m_machine->proc().write("net/udp", procNetText({}));
    }

    const auto listener = onlyListener({.connections = true, .onlyPort = 3000});

    QVERIFY(listener);
    QCOMPARE(listener->socket.localPort, 3000);
    QCOMPARE(listener->connections, std::optional<std::uint32_t>(2));
    QCOMPARE(m_machine->sockets().answered, isRefused ? 0 : 3); // the listener and its two connections
}

void tst_PortMonitor::waitingConnectionsAreShown()
{
    (void)look();
    m_machine->sockets().records.front().receiveQueue = 9;

    const auto listener = onlyListener();

    QCOMPARE(listener->socket.receiveQueue, 9U);
    QCOMPARE(ownerPids(*listener), std::vector<pid_t>{100}); // what was known is not forgotten
}

void tst_PortMonitor::sameConnectionWaitsForTooLong()
{
    m_machine->sockets().records.front().receiveQueue = 1;
    auto waiting = Quay::Test::listeningRecord(950, 3000);
    waiting.inode = 0;
    waiting.state = Quay::SocketState::CloseWait; // who knocked has gone away again
    m_machine->sockets().records.push_back(waiting);

    const auto first = onlyListener();
    const auto second = onlyListener();
    const auto third = onlyListener();

    QVERIFY(first->warnings.empty());
    QVERIFY(second->warnings.empty());
    QCOMPARE(third->warnings.size(), 1U);
    QCOMPARE(third->warnings.front().kind, Quay::WarningKind::NobodyAccepts);
    m_machine->sockets().records.pop_back();
    m_machine->sockets().records.front().receiveQueue = 0;
    QVERIFY(onlyListener()->warnings.empty());
}

void tst_PortMonitor::busyServerAccepts()
{
    // Whenever one looks somebody waits, but never the same; those that were accepted have an inode.
    m_machine->sockets().records.front().receiveQueue = 1;
    auto waiting = Quay::Test::listeningRecord(950, 3000);
    waiting.state = Quay::SocketState::Established;
    auto accepted = waiting;
    accepted.cookie = 900;
    waiting.inode = 0;
    m_machine->sockets().records.insert(m_machine->sockets().records.end(), {accepted, waiting});

    for (int second = 0; second < 10; ++second) {
        ++m_machine->sockets().records.back().cookie;
        QVERIFY(onlyListener()->warnings.empty());
    }
}

/// Who ends lets go of its memory and its program before its sockets: what is shown of it last is to be all of it.
void tst_PortMonitor::dyingOwnerIsWhatItWas()
{
    const auto before = onlyListener();
    QVERIFY(before);
    m_machine->start({.pid = 100,
                      .comm = "node",
                      .state = 'R',
                      .startTicks = 500,
                      .residentPages = 0,
                      .arguments = {},
                      .executable = {},
                      .sockets = {{.fd = 20, .inode = 900}}});

    for (int second = 0; second < 20; ++second) { // profiles are read anew now and then
        const auto listener = onlyListener();
        QVERIFY(listener);
        const auto &owner = listener->owners.front();
        QCOMPARE(owner.process->arguments, before->owners.front().process->arguments);
        QCOMPARE(owner.process->residentBytes, before->owners.front().process->residentBytes);
        QVERIFY(owner.profile->executable == before->owners.front().profile->executable);
    }
}

void tst_PortMonitor::splitBrainIsSaidOfBothSides()
{
    m_machine->start({.pid = 200, .sockets = {{.fd = 3, .inode = 901}}});
    auto other = Quay::Test::listeningRecord(901, 3000);
    other.localAddress = {.family = Quay::IpFamily::V6, .bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
    other.remoteAddress.family = Quay::IpFamily::V6;
    m_machine->sockets().records.push_back(other);

    const auto snapshot = look();

    QCOMPARE(snapshot->listeners.size(), 2U);
    for (const auto &listener : snapshot->listeners) {
        QCOMPARE(listener->warnings.size(), 1U);
        QCOMPARE(listener->warnings.front().kind, Quay::WarningKind::SplitBrain);
    }
}

void tst_PortMonitor::splitBrainEndsWithItsCause()
{
    splitBrainIsSaidOfBothSides();
    m_machine->close(901);

    const auto listener = onlyListener();

    QVERIFY(listener);
    QVERIFY(listener->warnings.empty());
}

void tst_PortMonitor::serviceIsTracedToItsTimer_data()
{
    QTest::addColumn<std::string>("cgroup");
    QTest::addColumn<std::string>("origin");
    QTest::addRow("service") << std::string("0::/system.slice/backup.service\n") << std::string("backup.timer");
    QTest::addRow("inherited by a scope")
        << std::string("0::/user.slice/user-0.slice/run-1.scope\n") << std::string("systemd");
}

void tst_PortMonitor::serviceIsTracedToItsTimer()
{
    QFETCH(const std::string, cgroup);
    QFETCH(const std::string, origin);
    m_machine->start({.pid = 1,
                      .comm = "systemd",
                      .parentPid = 0,
                      .session = 1,
                      .startTicks = 1,
                      .arguments = {"/usr/lib/systemd/systemd"},
                      .executable = "/usr/lib/systemd/systemd"});
    m_machine->start({.pid = 100,
                      .comm = "node",
                      .startTicks = 500,
                      .environment = {"TRIGGER_UNIT=backup.timer"},
                      .cgroup = cgroup,
                      .sockets = {{.fd = 20, .inode = 900}}});

    const auto listener = onlyListener();

    QVERIFY(listener);
    const auto &ancestry = listener->owners.front().profile->ancestry;
    QCOMPARE(ancestry.steps.size(), std::size_t{2});
    QCOMPARE(ancestry.steps[1].launcherName, origin);
}

void tst_PortMonitor::verifiedOwnersAreComplete()
{
    (void)look();

    const auto verified = m_monitor->verifyAllOwners();

    QCOMPARE(verified->listeners.front()->knowledge, OwnerKnowledge::Complete);
    QCOMPARE(ownerPids(*verified->listeners.front()), std::vector<pid_t>{100});
}

void tst_PortMonitor::oneLookFindsAllOwners()
{
    m_machine->start({.pid = 101, .parentPid = 1, .sockets = {{.fd = 4, .inode = 900}}});

    const auto seen = m_monitor->look({.allOwners = true, .onlyPort = 3000});

    QVERIFY(seen);
    QCOMPARE((*seen)->listeners.front()->knowledge, OwnerKnowledge::Complete);
    QCOMPARE(ownerPids(*(*seen)->listeners.front()), (std::vector<pid_t>{100, 101}));
}

/// Reading everybody's descriptors takes a while.
void tst_PortMonitor::whoIsForkedMeanwhileIsAnOwner()
{
    auto sources = m_machine->sources();
    bool isListed = false;
    bool isForked = false;
    sources.cpuClock = [&, clock = m_machine->cpuClock()](pid_t pid) {
        if (isListed && !isForked) {
            isForked = true;
            m_machine->start({.pid = 101, .parentPid = 100, .sockets = {{.fd = 20, .inode = 900}}});
        }
        isListed = isListed || pid == 100;
        return clock(pid);
    };
    const auto monitor = PortMonitor::open(std::move(sources));
    QVERIFY(monitor);

    const auto seen = (*monitor)->look({.processes = true, .allOwners = true});

    QVERIFY(seen && isForked);
    QCOMPARE(ownerPids(*(*seen)->listeners.front()), (std::vector<pid_t>{100, 101}));
}

void tst_PortMonitor::verifiedOwnersAreDoubtedInTime()
{
    (void)look();
    (void)m_monitor->verifyAllOwners();
    m_machine->run(100);

    const auto next = look();
    const auto steady = look();
    for (int second = 0; second < 28; ++second) {
        (void)look();
    }
    const auto later = onlyListener();

    QCOMPARE(next->listeners.front()->knowledge, OwnerKnowledge::Complete); // it does not flicker
    QVERIFY(steady == next);
    QCOMPARE(later->knowledge, OwnerKnowledge::FirstFound);
    QCOMPARE(m_monitor->verifyAllOwners()->listeners.front()->knowledge, OwnerKnowledge::Complete);
}

void tst_PortMonitor::ownersThatDidNotRunStayComplete()
{
    (void)look();
    (void)m_monitor->verifyAllOwners();

    for (int second = 0; second < 100; ++second) {
        (void)look();
    }

    QCOMPARE(onlyListener()->knowledge, OwnerKnowledge::Complete);
}

void tst_PortMonitor::childThatTidyingFoundIsFollowed_data()
{
    QTest::addColumn<bool>("withProcesses");
    QTest::addRow("owners alone") << false;
    QTest::addRow("every process") << true;
}

void tst_PortMonitor::childThatTidyingFoundIsFollowed()
{
    QFETCH(const bool, withProcesses);
    const auto options = withProcesses ? Everything : LookOptions{};
    constexpr int SecondsPerTidying = 60; // and a look each
    for (int i = 1; i < SecondsPerTidying; ++i) {
        (void)look(options);
    }
    // What the parent ran shows only at the next tick: the look that tidies meets the child first.
    m_machine->start({.pid = 300, .parentPid = 100, .startTicks = 600, .sockets = {{.fd = 20, .inode = 900}}});
    (void)look(options);
    m_machine->run(100);

    const auto listener = onlyListener(options);

    QCOMPARE(ownerPids(*listener), (std::vector<pid_t>{100, 300}));
}

void tst_PortMonitor::parentThatEndedLeavesTheChain_data()
{
    QTest::addColumn<pid_t>("ended");
    QTest::addColumn<pid_t>("orphan");
    QTest::addColumn<std::vector<pid_t>>("chain");
    QTest::addRow("parent") << pid_t{60} << pid_t{100} << std::vector<pid_t>{100, 1};
    QTest::addRow("grandparent") << pid_t{50} << pid_t{60} << std::vector<pid_t>{100, 60, 1};
}

void tst_PortMonitor::parentThatEndedLeavesTheChain()
{
    QFETCH(const pid_t, ended);
    QFETCH(const pid_t, orphan);
    QFETCH(const std::vector<pid_t>, chain);
    const std::map<pid_t, Quay::Test::FakeProcess> processes{
        {50, {.pid = 50, .comm = "bash", .startTicks = 1100}},
        {60, {.pid = 60, .comm = "npm", .parentPid = 50, .startTicks = 1200}},
        {100, {.pid = 100, .comm = "node", .parentPid = 60, .startTicks = 1500, .sockets = {{.fd = 20, .inode = 900}}}},
    };
    for (const auto &[pid, process] : processes) {
        m_machine->start(process);
    }
    QCOMPARE(onlyListener()->owners.front().profile->ancestry.steps.size(), 4U);

    m_machine->end(ended);
    auto adopted = processes.at(orphan);
    adopted.parentPid = 1;
    m_machine->changeUnnoticed(adopted);
    for (int second = 0; second < 10; ++second) {
        (void)look();
    }

    std::vector<pid_t> seen;
    const auto listener = onlyListener();
    for (const auto &step : listener->owners.front().profile->ancestry.steps) {
        seen.push_back(step.process->id.pid);
    }
    QCOMPARE(seen, chain);
    QCOMPARE(listener->owners.front().process->parentPid, chain.at(1));
}

void tst_PortMonitor::unitIsReadAgainOnceItRuns()
{
    (void)look();
    m_machine->changeUnnoticed({.pid = 100,
                                .comm = "node",
                                .startTicks = 500,
                                .cgroup = "0::/system.slice/web.service\n",
                                .sockets = {{.fd = 20, .inode = 900}}});
    m_machine->run(100);

    for (int second = 0; second < 10; ++second) {
        (void)look();
    }

    QCOMPARE(onlyListener()->unit.name, std::string("web.service"));
}

/// A directory is renamed without anybody running: a part of the holders is asked in each look.
void tst_PortMonitor::holderWhoseClockStoodStillIsSeenToHaveClosed()
{
    QCOMPARE(ownerPids(*onlyListener()), std::vector<pid_t>{100});

    // What it ran for, a hypervisor has taken away.
    m_machine->changeUnnoticed({.pid = 100, .comm = "node", .startTicks = 500, .sockets = {}});

    std::vector<pid_t> owners{100};
    for (int second = 0; second < 60 && !owners.empty(); ++second) {
        owners = ownerPids(*onlyListener());
    }
    QCOMPARE(owners, std::vector<pid_t>());
}

void tst_PortMonitor::everyHolderHasItsTurn()
{
    constexpr int Servers = 50;
    const auto serverIn = [](const std::string &directory, int number) {
        return Quay::Test::FakeProcess{.pid = 1000 + 20 * number,
                                       .startTicks = 600,
                                       .workingDirectory = directory,
                                       .sockets = {{.fd = 5, .inode = 1000U + static_cast<unsigned>(number)}}};
    };
    for (int number = 0; number < Servers; ++number) {
        m_machine->start(serverIn("/srv/old", number));
        m_machine->listen(1000U + static_cast<unsigned>(number), static_cast<std::uint16_t>(4000 + number));
    }
    (void)look();
    for (int number = 0; number < Servers; ++number) {
        m_machine->changeUnnoticed(serverIn("/srv/new", number));
    }
    const auto renamed = [this] {
        return std::ranges::count_if(look()->listeners, [](const ListenerPtr &listener) {
            const auto &directory = listener->owners.front().profile->workingDirectory;
            return directory && directory->path == "/srv/new";
        });
    };

    std::vector<std::ptrdiff_t> counts;
    for (int second = 0; second < 20; ++second) {
        counts.push_back(renamed());
    }

    QCOMPARE(counts.back(), Servers);
    counts.insert(counts.begin(), 0);
    for (std::size_t second = 1; second < counts.size(); ++second) {
        QVERIFY2(counts[second] - counts[second - 1] <= 3, "so many at once are a look that stands out");
    }
}

void tst_PortMonitor::refusedNetlinkFallsBackToProcNet()
{
    m_machine->sockets().refusal = EPERM;
    m_machine->proc().write("net/tcp", procNetText(m_machine->sockets().records));
    m_machine->proc().write("net/udp", procNetText({}));

    const auto snapshot = look();

    QVERIFY(snapshot);
    QCOMPARE(snapshot->source, SocketSource::ProcNet);
    QVERIFY(snapshot->fallbackReason);
    QCOMPARE(snapshot->fallbackReason->sysErrno, EPERM);
    QCOMPARE(snapshot->listeners.size(), 1U);
    QCOMPARE(ownerPids(*snapshot->listeners.front()), std::vector<pid_t>{100});
}

void tst_PortMonitor::missingUdpDiagLeavesTcpOnNetlink_data()
{
    QTest::addColumn<std::optional<std::uint16_t>>("port");
    QTest::addRow("all") << std::optional<std::uint16_t>();
    QTest::addRow("one port") << std::optional<std::uint16_t>(3000);
}

void tst_PortMonitor::missingUdpDiagLeavesTcpOnNetlink()
{
    QFETCH(const std::optional<std::uint16_t>, port);
    m_machine->sockets().udpRefusal = ENOENT;
    m_machine->proc().write(
        "net/udp",
        "  sl  local_address\n"
        "   0: 0100007F:0BB8 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 "
        "902 2 0000000000000000 0\n");
    m_machine->proc().write("net/tcp", procNetText({}));

    const auto first = look({.onlyPort = port});
    const auto second = look({.onlyPort = port});

    for (const auto &snapshot : {first, second}) {
        QVERIFY(snapshot);
        QCOMPARE(snapshot->source, SocketSource::SockDiag);
        QVERIFY(!snapshot->fallbackReason);
        QVERIFY(snapshot->udpFallbackReason && snapshot->udpFallbackReason->sysErrno == ENOENT);
        QCOMPARE(snapshot->listeners.size(), 2U);
        const auto &tcp = *snapshot->listeners.front();
        QCOMPARE(tcp.socket.cookie, 900U);
        QCOMPARE(ownerPids(tcp), std::vector<pid_t>{100});
        const auto &udp = *snapshot->listeners.back();
        QCOMPARE(udp.socket.protocol, Quay::Protocol::Udp);
        QCOMPARE(udp.socket.localPort, 3000);
    }
}

void tst_PortMonitor::socketsWithoutInodeStayApart()
{
    m_machine->sockets().refusal = EPERM;
    const std::string rest = " 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 0 1 0\n";
    const std::string head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";
    m_machine->proc().write("net/udp", "  sl  local_address\n");
    m_machine->proc().write(
        "net/tcp", head + "   0: 0100007F:0BB8" + rest + "   1: 0100007F:0FA0" + rest + "   2: 00000000:0FA0" + rest);
    const auto all = look();
    m_machine->proc().write("net/tcp", head + "   0: 0100007F:0BB8" + rest + "   2: 00000000:0FA0" + rest);

    const auto fewer = look();

    QCOMPARE(all->listeners.size(), 3U);
    QCOMPARE(all->listeners.at(1)->socket.localPort, 4000);
    QCOMPARE(fewer->listeners.size(), 2U);
    QVERIFY(fewer->listeners.at(0) == all->listeners.at(0));
    QCOMPARE(fewer->listeners.at(1)->reach(), Quay::Reach::Network);
}

void tst_PortMonitor::reboundSocketIsAnotherListener()
{
    const auto before = onlyListener();
    m_machine->sockets().records.front().localPort = 2000;

    const auto after = onlyListener();

    QVERIFY(after);
    QCOMPARE(after->socket.localPort, 2000);
    QCOMPARE(ownerPids(*after), std::vector<pid_t>{100});
    QVERIFY(after->key() != before->key());
    QVERIFY(after->firstSeen > before->firstSeen);
}

void tst_PortMonitor::socketSeenTwiceInOneDump()
{
    // It was bound elsewhere, and then got a connection, while the table was walked.
    auto moved = m_machine->sockets().records.front();
    moved.localPort = 2000;
    auto busy = moved;
    busy.receiveQueue = 1;
    m_machine->sockets().records.insert(m_machine->sockets().records.end(), {moved, busy});
    const auto both = look();
    std::erase_if(m_machine->sockets().records, [](const auto &record) { return record.localPort == 3000; });
    m_machine->end(100);
    m_machine->start({.pid = 200, .sockets = {{.fd = 3, .inode = 900}}});

    const auto one = onlyListener();

    QCOMPARE(both->listeners.size(), 2U);
    QCOMPARE(both->listeners.front()->socket.receiveQueue, 1U);
    QVERIFY(one);
    QCOMPARE(ownerPids(*one), std::vector<pid_t>{200}); // still watched, though its twin is not
}

void tst_PortMonitor::socketNamedTwiceStaysWhenItIsNamedOnce_data()
{
    QTest::addColumn<bool>("isFirstKept");
    QTest::addRow("as it was") << true;
    QTest::addRow("as it became") << false;
}

void tst_PortMonitor::socketNamedTwiceStaysWhenItIsNamedOnce()
{
    QFETCH(const bool, isFirstKept);
    auto &records = m_machine->sockets().records;
    records.push_back(records.front());
    records.back().receiveQueue = 1;
    QCOMPARE(look()->listeners.size(), 1U);

    records.erase(isFirstKept ? records.end() - 1 : records.end() - 2);
    const auto one = onlyListener();

    QVERIFY(one);
    QCOMPARE(one->socket.receiveQueue, isFirstKept ? 0U : 1U);
}

void tst_PortMonitor::brokenNetlinkFailsAndRecovers()
{
    m_machine->sockets().overflows = 3;

    const auto failed = m_monitor->look({});
    const auto recovered = m_monitor->look({});

    QVERIFY(!failed);
    QCOMPARE(failed.error().sysErrno, ENOBUFS);
    QVERIFY(recovered);
    QCOMPARE((*recovered)->source, SocketSource::SockDiag);
}

void tst_PortMonitor::interruptedDumpIsMarked()
{
    (void)look();
    m_machine->sockets().interruptions = 1000;

    const auto marked = look();
    m_machine->sockets().interruptions = 0;
    const auto clean = look();

    QVERIFY(marked->isInterrupted);
    QVERIFY(!clean->isInterrupted);
}

void tst_PortMonitor::interruptedDumpRemovesNothing()
{
    m_machine->listen(901, 4000);
    (void)look();
    m_machine->close(900); // what the interrupted dump lacks
    m_machine->listen(902, 5000);
    m_machine->sockets().interruptions = 1000;

    const auto interrupted = look();
    m_machine->sockets().interruptions = 0;
    const auto whole = look(); // the same rows, and now they are all there are

    QCOMPARE(interrupted->listeners.size(), 3U);
    QCOMPARE(interrupted->listeners.front()->socket.localPort, 3000);
    QCOMPARE(ownerPids(*interrupted->listeners.front()), std::vector<pid_t>{100});
    QCOMPARE(whole->listeners.size(), 2U);
    QCOMPARE(whole->listeners.front()->socket.localPort, 4000);
}

void tst_PortMonitor::dumpThatIsNeverWholeIsBelievedInTheEnd()
{
    (void)look();
    m_machine->close(900);
    m_machine->sockets().interruptions = 1000000;
    std::vector<std::size_t> sizes;

    for (int looks = 0; looks < 12; ++looks) {
        m_machine->listen(1000 + static_cast<std::uint64_t>(looks), 4000); // so that no two tables are equal
        sizes.push_back(look()->listeners.size());
    }

    QCOMPARE(sizes.at(8), 10U); // with the one that is gone
    QCOMPARE(sizes.at(9), 10U); // ten of the twelve, without it
}

void tst_PortMonitor::processListFollowsWhatRan()
{
    const auto before = look(Everything);
    m_machine->run(100, 250ms);

    const auto after = look(Everything);

    QCOMPARE(after->processes.size(), 2U);
    QCOMPARE(after->processes.at(1)->cpuShare, std::optional(0.25));
    QCOMPARE(after->listeners.front()->owners.front().process, after->processes.at(1));
}

/// What was known when they were asked for last may be hours old.
void tst_PortMonitor::whoDoesNotAskForProcessesHasNone()
{
    QVERIFY(!look(Everything)->processes.empty());

    QVERIFY(look({})->processes.empty());
    QCOMPARE(look(Everything)->processes.size(), 2U);
}

void tst_PortMonitor::becomeOrdinaryUser()
{
    m_machine = std::make_unique<FakeMachine>();
    m_machine->start({.pid = 101, .comm = "nginx", .startTicks = 600});
    m_machine->listen(901, 80, Somebody);
    QCOMPARE(::chmod(m_machine->proc().path().c_str(), 0755), 0);
    const Quay::Test::Unprivileged user; // whose descriptors may be read is settled when it is opened
    m_monitor = PortMonitor::open(m_machine->sources()).value();
}

void tst_PortMonitor::toldOwnerIsShownUntilItEnds()
{
    becomeOrdinaryUser();
    QCOMPARE(onlyListener()->knowledge, OwnerKnowledge::Hidden);

    m_monitor->tell(std::vector<Quay::ToldHolder>{{.inode = 901, .process = {.pid = 101, .startTicks = 600}, .fd = 6}});
    const auto told = onlyListener();

    QCOMPARE(ownerPids(*told), std::vector<pid_t>{101});
    QCOMPARE(told->knowledge, OwnerKnowledge::Told);
    QCOMPARE(onlyListener(), told); // and it stays
    m_machine->end(101);
    QCOMPARE(onlyListener(), told); // until the next look: mostly the socket is gone then
    QCOMPARE(onlyListener()->knowledge, OwnerKnowledge::Hidden);
}

void tst_PortMonitor::whatWasToldEndsWithTheSocket()
{
    becomeOrdinaryUser();
    m_monitor->tell(std::vector<Quay::ToldHolder>{{.inode = 901, .process = {.pid = 101, .startTicks = 600}, .fd = 6}});
    QCOMPARE(onlyListener()->knowledge, OwnerKnowledge::Told);

    m_machine->close(901);
    QVERIFY(look()->listeners.empty());
    m_machine->listen(901, 81, Somebody); // the number means another one now

    QCOMPARE(onlyListener()->knowledge, OwnerKnowledge::Hidden);
}

QTEST_GUILESS_MAIN(tst_PortMonitor)
#include "tst_portmonitor.moc"
