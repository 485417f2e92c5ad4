// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/cgroupindex.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/ports/listenerbook.h"
#include "core/ports/listenersource.h"
#include "core/ports/ownercomposer.h"
#include "core/ports/ownersearch.h"
#include "core/ports/ownerupkeep.h"
#include "core/ports/portjudge.h"
#include "core/ports/profilecache.h"
#include "core/ports/socketholders.h"
#include "core/ports/toldholders.h"
#include "core/processes/kindrules.h"
#include "core/processes/processtable.h"
#include "tests/support/fakemachine.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

using Quay::Listener;
using Quay::ListenerPtr;
using Quay::OwnerKnowledge;
using Quay::SocketRecord;
using Quay::WantedSocket;
using namespace std::chrono_literals;

namespace {

using Pids = std::vector<pid_t>;

constexpr uid_t Us = 1000;
constexpr uid_t Somebody = 33;
constexpr pid_t Server = 100; // has the web socket
constexpr pid_t Other = 101; // has the other socket
constexpr std::uint64_t OtherInode = 901;

SocketRecord webSocket()
{
    return Quay::Test::listeningRecord(900, 3000, Us);
}

SocketRecord otherSocket()
{
    return Quay::Test::listeningRecord(OtherInode, 4000, Us);
}

/// All that the upkeep works with.
struct Upkept
{
    Upkept()
        : proc(machine.proc().open())
        , cgroups(std::nullopt, machine.clock())
        , table(proc, machine.cpuClock(), machine.clock())
        , holders(proc, table)
        , profiles(proc, table, Quay::KindRules::builtIn(), Quay::ProjectLooks("/home/user", "/none"))
        , composer(table, holders, told, profiles, cgroups, Us)
        , book(machine.clock())
        , judge(machine.clock())
        , upkeep(book, holders, composer, machine.clock())
    {
        machine.start({.pid = Server, .sockets = {{.fd = 3, .inode = webSocket().inode}}});
        machine.start({.pid = Other, .sockets = {{.fd = 3, .inode = OtherInode}}});
    }

    /// What a look does with a table of sockets.
    void see(std::vector<SocketRecord> sockets)
    {
        Quay::SocketTable rows{.records = std::move(sockets)};
        const auto news = book.update(rows, [](Listener &) { }, {});
        for (const auto &listener : news.gone) {
            holders.unwatch(listener->socket.inode);
            upkeep.forget(listener->key());
        }
        std::vector<std::uint64_t> inodes;
        for (const auto &listener : news.appeared) {
            upkeep.add(listener->key());
            inodes.push_back(listener->socket.inode);
        }
        holders.watch(inodes);
    }

    /// What is searched for, in a search that reads the descriptors of @p pids.
    std::vector<WantedSocket> search(const Pids &pids, bool isComplete = false)
    {
        std::vector<WantedSocket> wanted;
        upkeep.searchMissing([&](std::span<const WantedSocket> sockets) {
            ++searches;
            wanted.assign(sockets.begin(), sockets.end());
            for (const pid_t pid : pids) {
                holders.scan(pid);
            }
            return isComplete;
        });
        return wanted;
    }

    void compose() { upkeep.composeTouched(judge, {}); }

    void end(pid_t pid)
    {
        machine.end(pid);
        holders.forget(pid);
    }

    [[nodiscard]] ListenerPtr shown(const SocketRecord &socket) { return book.at(Quay::listenerKey(socket)).listener; }

    [[nodiscard]] Pids ownersOf(const SocketRecord &socket)
    {
        Pids pids;
        const auto listener = shown(socket);
        for (const auto &owner : listener->owners) {
            pids.push_back(owner.process->id.pid);
        }
        return pids;
    }

    [[nodiscard]] std::vector<std::uint16_t> judgedPorts()
    {
        const auto nobodyWaits = [](std::uint16_t) { return std::vector<SocketRecord>{}; };
        std::vector<std::uint16_t> ports;
        for (const auto &listener : judge.judge(book.list(), nobodyWaits)) {
            ports.push_back(listener.socket.localPort);
        }
        return ports;
    }

    Quay::Test::FakeMachine machine;
    Quay::ProcFs proc;
    Quay::CgroupIndex cgroups;
    Quay::ProcessTable table;
    Quay::SocketHolders holders;
    Quay::ToldHolders told;
    Quay::ProfileCache profiles;
    Quay::OwnerComposer composer;
    Quay::ListenerBook book;
    Quay::PortJudge judge;
    Quay::OwnerUpkeep upkeep;
    int searches = 0;
};

} // namespace

/// With searches of the test's own. tst_portmonitor has what comes of it in whole looks.
class tst_OwnerUpkeep : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whoIsFoundIsNoLongerSought();
    void wantedSocketSaysHowItIsSearched();
    void socketWithoutInodeIsNotSought();
    void searchesInVainGrowApart();
    void searchInVainIsRepeatedEachMinute();
    void lostOwnerIsSoughtAsIfNew();
    void ownerLostInASearchForAllIsSoughtToo();
    void passedOnSocketIsDoubted();
    void whoTurnsUpInAnothersSearchIsComposed();
    void onlyWhatHoldersThatRanHoldIsDoubted();
    void whoRanBeforeTheSearchForAllIsNotDoubted();
    void searchForAllPutsTheDoubtOff();
    void stoppedSearchForAllTakesNothingBack();
    void allThatAProcessHoldsIsComposed();
    void lostOwnersAreShownOnceMore();
    void goneListenerIsForgotten();
    void stoppedCompositionIsMadeUpFor();
    void portsOfWhatWasComposedAreJudged();

private:
    /// Both are listened on, and of each every owner is known.
    void verifyBoth();

    std::unique_ptr<Upkept> m_upkept;
};

void tst_OwnerUpkeep::init()
{
    m_upkept = std::make_unique<Upkept>();
}

void tst_OwnerUpkeep::verifyBoth()
{
    m_upkept->see({webSocket(), otherSocket()});
    (void)m_upkept->search({Server, Other});
    m_upkept->upkeep.noteSearchedAll(true);
    m_upkept->compose();
    QCOMPARE(m_upkept->shown(webSocket())->knowledge, OwnerKnowledge::Complete);
    QCOMPARE(m_upkept->shown(otherSocket())->knowledge, OwnerKnowledge::Complete);
}

void tst_OwnerUpkeep::whoIsFoundIsNoLongerSought()
{
    m_upkept->see({webSocket()});

    const auto first = m_upkept->search({Server});
    m_upkept->compose();
    const auto second = m_upkept->search({});

    QCOMPARE(first.size(), 1U);
    QCOMPARE(first.front().inode, webSocket().inode);
    QVERIFY(second.empty());
    QCOMPARE(m_upkept->searches, 1);
    QCOMPARE(m_upkept->ownersOf(webSocket()), Pids{Server});
    QCOMPARE(m_upkept->shown(webSocket())->knowledge, OwnerKnowledge::FirstFound);
}

void tst_OwnerUpkeep::wantedSocketSaysHowItIsSearched()
{
    auto foreign = Quay::Test::listeningRecord(OtherInode, 80, Somebody);
    foreign.cgroupId = 7;
    m_upkept->see({webSocket(), foreign});

    const auto wanted = m_upkept->search({});

    QCOMPARE(wanted.size(), 2U);
    QVERIFY(wanted.front().isOurs && !wanted.front().cgroupId);
    QVERIFY(!wanted.back().isOurs);
    QCOMPARE(wanted.back().cgroupId, std::optional<std::uint64_t>(7));
}

void tst_OwnerUpkeep::socketWithoutInodeIsNotSought()
{
    m_upkept->see({Quay::Test::listeningRecord(0, 3000, Us)});

    (void)m_upkept->search({});

    QCOMPARE(m_upkept->searches, 0);
}

void tst_OwnerUpkeep::searchesInVainGrowApart()
{
    m_upkept->see({webSocket()});
    std::vector<int> searches;
    std::vector<int> retries;
    std::vector<int> recent;

    for (int millisecond = 0; millisecond < 400; ++millisecond) {
        for (const auto &socket : m_upkept->search({})) {
            searches.push_back(millisecond);
            if (socket.isRetry) {
                retries.push_back(millisecond);
            }
            if (socket.isRecent) {
                recent.push_back(millisecond);
            }
        }
        m_upkept->machine.clock().advance(1ms);
    }

    QCOMPARE(searches, (std::vector<int>{0, 1, 21, 84, 336})); // at once, 20 ms later, then after four times the time
    QCOMPARE(retries, (std::vector<int>{1, 21, 84, 336}));
    QCOMPARE(recent, (std::vector<int>{0, 1, 21, 84}));
}

void tst_OwnerUpkeep::searchInVainIsRepeatedEachMinute()
{
    m_upkept->see({webSocket()});
    (void)m_upkept->search({});
    m_upkept->machine.clock().advance(24h);
    QCOMPARE(m_upkept->search({}).size(), 1U);

    m_upkept->machine.clock().advance(63s);
    QVERIFY(m_upkept->search({}).empty());
    m_upkept->machine.clock().advance(1s);

    QCOMPARE(m_upkept->search({}).size(), 1U);
}

void tst_OwnerUpkeep::lostOwnerIsSoughtAsIfNew()
{
    m_upkept->see({webSocket()});
    (void)m_upkept->search({Server});
    (void)m_upkept->search({});
    m_upkept->machine.clock().advance(1h);
    m_upkept->end(Server);

    const auto wanted = m_upkept->search({});

    QCOMPARE(wanted.size(), 1U);
    QVERIFY(wanted.front().isRetry && wanted.front().isRecent);
}

/// Who is handed the socket may not have it yet while everybody is looked at.
void tst_OwnerUpkeep::ownerLostInASearchForAllIsSoughtToo()
{
    verifyBoth();
    (void)m_upkept->search({});
    m_upkept->end(Server);
    m_upkept->upkeep.noteSearchedAll(true);

    const auto wanted = m_upkept->search({});

    QCOMPARE(wanted.size(), 1U);
    QCOMPARE(wanted.front().inode, webSocket().inode);
}

void tst_OwnerUpkeep::passedOnSocketIsDoubted()
{
    m_upkept->see({webSocket()});
    (void)m_upkept->search({Server}, true);
    m_upkept->compose();
    QCOMPARE(m_upkept->shown(webSocket())->knowledge, OwnerKnowledge::Complete);
    m_upkept->machine.start({.pid = Other, .sockets = {{.fd = 3, .inode = webSocket().inode}}});
    QVERIFY(m_upkept->holders.scan(Other));

    (void)m_upkept->search({});
    m_upkept->compose();

    QCOMPARE(m_upkept->ownersOf(webSocket()), (Pids{Server, Other}));
    QCOMPARE(m_upkept->shown(webSocket())->knowledge, OwnerKnowledge::FirstFound);
    QCOMPARE(m_upkept->searches, 1); // it has owners
}

void tst_OwnerUpkeep::whoTurnsUpInAnothersSearchIsComposed()
{
    m_upkept->see({webSocket()});
    (void)m_upkept->search({Server});
    m_upkept->compose();
    m_upkept->machine.start(
        {.pid = Other, .sockets = {{.fd = 3, .inode = OtherInode}, {.fd = 4, .inode = webSocket().inode}}});
    m_upkept->see({webSocket(), otherSocket()});

    const auto wanted = m_upkept->search({Other});
    m_upkept->compose();

    QCOMPARE(wanted.size(), 1U);
    QCOMPARE(wanted.front().inode, OtherInode);
    QCOMPARE(m_upkept->ownersOf(webSocket()), (Pids{Server, Other}));
}

void tst_OwnerUpkeep::onlyWhatHoldersThatRanHoldIsDoubted()
{
    verifyBoth();
    m_upkept->machine.clock().advance(29s);
    m_upkept->upkeep.doubtAfter(Pids{Server});
    m_upkept->compose();
    QCOMPARE(m_upkept->shown(webSocket())->knowledge, OwnerKnowledge::Complete);

    m_upkept->machine.clock().advance(1s);
    m_upkept->upkeep.doubtAfter({});
    m_upkept->compose();

    QCOMPARE(m_upkept->shown(webSocket())->knowledge, OwnerKnowledge::FirstFound);
    QCOMPARE(m_upkept->shown(otherSocket())->knowledge, OwnerKnowledge::Complete);
}

void tst_OwnerUpkeep::whoRanBeforeTheSearchForAllIsNotDoubted()
{
    verifyBoth();
    m_upkept->upkeep.doubtAfter(Pids{Server});

    m_upkept->upkeep.noteSearchedAll(true);
    m_upkept->machine.clock().advance(30s);
    m_upkept->upkeep.doubtAfter({});
    m_upkept->compose();

    QCOMPARE(m_upkept->shown(webSocket())->knowledge, OwnerKnowledge::Complete);
}

void tst_OwnerUpkeep::searchForAllPutsTheDoubtOff()
{
    verifyBoth();
    m_upkept->machine.clock().advance(20s);

    m_upkept->upkeep.noteSearchedAll(true);
    m_upkept->machine.clock().advance(20s);
    m_upkept->upkeep.doubtAfter(Pids{Server});
    m_upkept->compose();

    QCOMPARE(m_upkept->shown(webSocket())->knowledge, OwnerKnowledge::Complete);
}

void tst_OwnerUpkeep::stoppedSearchForAllTakesNothingBack()
{
    verifyBoth();

    m_upkept->upkeep.noteSearchedAll(false);
    m_upkept->compose();

    QCOMPARE(m_upkept->shown(webSocket())->knowledge, OwnerKnowledge::Complete);
}

void tst_OwnerUpkeep::allThatAProcessHoldsIsComposed()
{
    const std::vector<Quay::SocketFd> both{{.fd = 3, .inode = webSocket().inode}, {.fd = 4, .inode = OtherInode}};
    m_upkept->machine.start({.pid = Server, .comm = "before", .sockets = both});
    m_upkept->see({webSocket(), otherSocket()});
    (void)m_upkept->search({Server});
    m_upkept->compose();
    m_upkept->machine.start({.pid = Server, .comm = "after", .sockets = both});

    m_upkept->upkeep.touchSocketsOf(Server);
    m_upkept->compose();

    for (const auto &socket : {webSocket(), otherSocket()}) {
        QCOMPARE(m_upkept->ownersOf(socket), Pids{Server});
        QCOMPARE(m_upkept->shown(socket)->owners.front().process->name, std::string("after"));
    }
}

void tst_OwnerUpkeep::lostOwnersAreShownOnceMore()
{
    m_upkept->see({webSocket()});
    (void)m_upkept->search({Server});
    m_upkept->compose();
    const auto owned = m_upkept->shown(webSocket());
    m_upkept->end(Server);

    (void)m_upkept->search({});
    m_upkept->compose();
    QCOMPARE(m_upkept->shown(webSocket()), owned);
    m_upkept->compose(); // though nothing has touched it since

    QCOMPARE(m_upkept->shown(webSocket())->knowledge, OwnerKnowledge::NoProcess);
}

void tst_OwnerUpkeep::goneListenerIsForgotten()
{
    m_upkept->see({webSocket(), otherSocket()});
    (void)m_upkept->search({Server, Other});
    m_upkept->compose();
    m_upkept->end(Other);
    (void)m_upkept->search({});
    m_upkept->compose(); // which shows Other once more
    m_upkept->upkeep.touchSocket(OtherInode);

    m_upkept->see({webSocket()});
    (void)m_upkept->search({});
    m_upkept->compose(); // the book would throw if it were asked for a listener that it does not have

    QCOMPARE(m_upkept->book.list().all().size(), 1U);
    QCOMPARE(m_upkept->ownersOf(webSocket()), Pids{Server});
}

void tst_OwnerUpkeep::stoppedCompositionIsMadeUpFor()
{
    m_upkept->see({webSocket()});
    (void)m_upkept->search({Server});
    std::stop_source stop;
    stop.request_stop();

    m_upkept->upkeep.composeTouched(m_upkept->judge, stop.get_token());
    QCOMPARE(m_upkept->shown(webSocket())->knowledge, OwnerKnowledge::Pending);
    m_upkept->compose();

    QCOMPARE(m_upkept->ownersOf(webSocket()), Pids{Server});
}

void tst_OwnerUpkeep::portsOfWhatWasComposedAreJudged()
{
    using Ports = std::vector<std::uint16_t>;
    m_upkept->see({webSocket(), otherSocket()});
    (void)m_upkept->search({Server, Other});
    QCOMPARE(m_upkept->judgedPorts(), Ports{});

    m_upkept->compose();
    QCOMPARE(m_upkept->judgedPorts(), (Ports{3000, 4000}));
    m_upkept->end(Other);
    (void)m_upkept->search({});
    m_upkept->compose();

    QCOMPARE(m_upkept->judgedPorts(), Ports{}); // as long as the owners that were lost are shown once more
}

QTEST_GUILESS_MAIN(tst_OwnerUpkeep)
#include "tst_ownerupkeep.moc"
