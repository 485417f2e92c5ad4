// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernel/cgroupindex.h"
#include "core/ports/ownersearch.h"
#include "core/ports/socketholders.h"
#include "core/processes/processtable.h"
#include "tests/support/fakemachine.h"
#include "tests/support/fakeproc.h"

#include <QDir>
#include <QFile>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include <sys/stat.h>
#include <sys/types.h>

using Quay::OwnerSearch;
using Quay::SocketHolder;
using Quay::SocketHolders;
using Quay::WantedSocket;
using Quay::Test::FakeMachine;

namespace {

constexpr std::array<std::uint64_t, 1> Socket = {500};

bool operator==(const std::vector<SocketHolder> &holders, const std::vector<pid_t> &pids)
{
    return std::ranges::equal(holders, pids, {}, &SocketHolder::pid);
}

} // namespace

class tst_OwnerSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void everyHolderIsFound();
    void holderIsKnownFromAnEarlierScan();
    void processThatDidNotRunIsNotScanned();
    void holderThatLetsGoIsNoticed();
    void recycledPidHoldsNothing();
    void childOfAHolderIsFound();
    void childIsFollowedThoughASearchFoundItFirst_data();
    void childIsFollowedThoughASearchFoundItFirst();
    void handedOverDescriptorIsFound();
    void receiverThatIsSeenToRunLaterIsFound();
    void whoWasJustReadIsNotAskedAgain();
    void everythingIncludesWhoseTimeIsNotAccountedYet();
    void kernelThreadsThatAreKnownAreNotScanned();
    void newSocketHandedToAnotherCgroupIsFoundOneLookLater();
    void whatIsFoundWhileNobodyRunsIsFollowedAtOnce();
    void nobodyIsAskedAgainAfterASweepWhileNobodyRan_data();
    void nobodyIsAskedAgainAfterASweepWhileNobodyRan();
    void whoListensAndRanDuringTheSearchIsFollowed();
    void lowestDescriptorIsKept();
    void serverThatOpensAnotherListenerIsScannedFirst();
    void newestHolderIsFoundFirst();
    void familyOfTheFirstHolderIsFound_data();
    void familyOfTheFirstHolderIsFound();
    void largeProcessGroupIsNoFamily();
    void manyProcessesAreScannedTogether();
    void unwatchedSocketIsForgotten();
    void socketOfAServiceManagerIsSearchedEverywhere_data();
    void socketOfAServiceManagerIsSearchedEverywhere();
    void stoppedSearchReturns();

private:
    void search();
    bool find(const std::vector<WantedSocket> &wanted); ///< In another look.
    std::vector<pid_t> follow(); ///< In another look.
    /// 200 with it, and with more descriptors than before.
    [[nodiscard]] static Quay::Test::FakeProcess receiverOf(std::uint64_t inode);
    void handOver(std::uint64_t inode) { m_machine->start(receiverOf(inode)); }
    /// From now on there is one cgroup, whose only member is 100: its id.
    std::optional<std::uint64_t> searchWithCgroup(const QTemporaryDir &mount, const QString &cgroup);

    std::unique_ptr<FakeMachine> m_machine;
    std::unique_ptr<Quay::ProcFs> m_proc;
    std::unique_ptr<Quay::ProcessTable> m_table;
    std::unique_ptr<SocketHolders> m_holders;
    std::unique_ptr<Quay::CgroupIndex> m_cgroups;
    std::unique_ptr<OwnerSearch> m_search;
};

void tst_OwnerSearch::init()
{
    m_machine = std::make_unique<FakeMachine>();
    m_machine->start({.pid = 100, .sockets = {{.fd = 5, .inode = 500}}});
    m_machine->start({.pid = 200});
    m_proc = std::make_unique<Quay::ProcFs>(m_machine->proc().open());
    m_table = std::make_unique<Quay::ProcessTable>(*m_proc, m_machine->cpuClock(), m_machine->clock());
    m_holders = std::make_unique<SocketHolders>(*m_proc, *m_table);
    m_cgroups = std::make_unique<Quay::CgroupIndex>(std::nullopt);
    m_search = std::make_unique<OwnerSearch>(*m_proc, *m_table, *m_holders, *m_cgroups, m_machine->clock());
    m_holders->watch(Socket);
}

void tst_OwnerSearch::search()
{
    QVERIFY(m_table->sweep());
    find({{.inode = 500}});
}

bool tst_OwnerSearch::find(const std::vector<WantedSocket> &wanted)
{
    (void)m_search->beginLook();
    return m_search->find(wanted);
}

std::vector<pid_t> tst_OwnerSearch::follow()
{
    auto ran = m_search->beginLook();
    m_search->follow();
    return ran;
}

Quay::Test::FakeProcess tst_OwnerSearch::receiverOf(std::uint64_t inode)
{
    // The size of a directory does not tell the number of descriptors on every file system: make sure that it changes.
    Quay::Test::FakeProcess receiver{.pid = 200, .sockets = {{.fd = 9, .inode = inode}}};
    for (int fd = 1000; fd < 1800; ++fd) {
        receiver.files[fd] = "/dev/null";
    }
    return receiver;
}

std::optional<std::uint64_t> tst_OwnerSearch::searchWithCgroup(const QTemporaryDir &mount, const QString &cgroup)
{
    QFile members(mount.filePath(cgroup + QStringLiteral("/cgroup.procs")));
    struct stat directory{};
    if (!QDir(mount.path()).mkdir(cgroup) || !members.open(QIODevice::WriteOnly) || members.write("100\n") < 0
        || ::stat(mount.filePath(cgroup).toLocal8Bit().constData(), &directory) != 0) {
        return std::nullopt;
    }
    m_cgroups = std::make_unique<Quay::CgroupIndex>(mount.path().toStdString());
    m_search = std::make_unique<OwnerSearch>(*m_proc, *m_table, *m_holders, *m_cgroups, m_machine->clock());
    return directory.st_ino;
}

void tst_OwnerSearch::everyHolderIsFound()
{
    m_machine->start({.pid = 300, .sockets = {{.fd = 5, .inode = 500}}});

    search();

    QVERIFY(m_holders->holdersOf(500) == (std::vector<pid_t>{100, 300}));
    QCOMPARE(m_holders->holders(), (std::vector<pid_t>{100, 300}));
}

void tst_OwnerSearch::holderIsKnownFromAnEarlierScan()
{
    // The socket of 200 was open, but no listener yet, when its descriptors were read; it has not run since.
    m_machine->start({.pid = 200, .sockets = {{.fd = 7, .inode = 600}}});
    search();
    constexpr std::array<std::uint64_t, 1> Later = {600};

    m_holders->watch(Later);

    QVERIFY(m_holders->holdersOf(600) == std::vector<pid_t>{200});
}

void tst_OwnerSearch::processThatDidNotRunIsNotScanned()
{
    search();
    m_machine->changeUnnoticed({.pid = 200, .sockets = {{.fd = 5, .inode = 500}}});

    search();

    QVERIFY(m_holders->holdersOf(500) == std::vector<pid_t>{100});
    QVERIFY(!m_holders->isStale(200));
}

void tst_OwnerSearch::holderThatLetsGoIsNoticed()
{
    search();
    (void)m_holders->takeChanged();
    m_machine->start({.pid = 100});

    const auto ran = follow();

    QCOMPARE(ran, std::vector<pid_t>{100});
    QVERIFY(m_holders->holdersOf(500).empty());
    QVERIFY(m_holders->takeChanged().contains(500));
}

void tst_OwnerSearch::recycledPidHoldsNothing()
{
    search();
    m_machine->end(100);
    m_machine->start({.pid = 100, .startTicks = 9999});
    m_machine->run(100, std::chrono::seconds(1));

    (void)follow();

    QVERIFY(m_holders->holdersOf(500).empty());
}

void tst_OwnerSearch::childOfAHolderIsFound()
{
    search();
    m_machine->run(100);
    m_machine->start({.pid = 300, .parentPid = 100, .sockets = {{.fd = 5, .inode = 500}}});

    (void)follow();

    QVERIFY(m_holders->holdersOf(500) == (std::vector<pid_t>{100, 300}));
}

void tst_OwnerSearch::childIsFollowedThoughASearchFoundItFirst_data()
{
    QTest::addColumn<int>("quietLooks");
    QTest::addRow("its parent is seen to have run at once") << 0;
    QTest::addRow("its parent is seen to have run one look later") << 1;
}

void tst_OwnerSearch::childIsFollowedThoughASearchFoundItFirst()
{
    QFETCH(const int, quietLooks);
    search();
    (void)follow();
    m_machine->start({.pid = 300, .parentPid = 100, .sockets = {{.fd = 5, .inode = 500}}});
    QVERIFY(m_search->discover()); // for a socket that is new
    for (int i = 0; i < quietLooks; ++i) {
        (void)follow();
    }
    m_machine->run(100);

    (void)follow();

    QVERIFY(m_holders->holdersOf(500) == (std::vector<pid_t>{100, 300}));
}

void tst_OwnerSearch::handedOverDescriptorIsFound()
{
    search();
    m_machine->run(100);
    handOver(500);
    QVERIFY(m_search->sweep());

    (void)follow();

    QVERIFY(m_holders->holdersOf(500) == (std::vector<pid_t>{100, 200}));
}

/// Who is on a CPU when it receives it is seen to have run at the next tick only.
void tst_OwnerSearch::receiverThatIsSeenToRunLaterIsFound()
{
    search();
    (void)follow();
    m_machine->run(100);
    (void)follow();
    handOver(500);

    (void)follow();

    QVERIFY(m_holders->holdersOf(500) == (std::vector<pid_t>{100, 200}));
}

/// What they hold they have just shown.
void tst_OwnerSearch::whoWasJustReadIsNotAskedAgain()
{
    int readings = 0;
    Quay::ProcessTable table(
        *m_proc,
        [&readings, clock = m_machine->cpuClock()](pid_t pid) {
            ++readings;
            return clock(pid);
        },
        m_machine->clock());
    SocketHolders holders(*m_proc, table);
    OwnerSearch search(*m_proc, table, holders, *m_cgroups, m_machine->clock());
    QVERIFY(table.sweep());
    const auto processes = static_cast<int>(table.count());
    readings = 0;

    search.find(std::vector<WantedSocket>{{.inode = 999}}); // which nobody has

    QCOMPARE(readings, 2 * processes); // when the table is swept, and when the descriptors are read
}

void tst_OwnerSearch::everythingIncludesWhoseTimeIsNotAccountedYet()
{
    search();
    QVERIFY(m_search->scanEverything());
    m_machine->changeUnnoticed(receiverOf(500)); // on a CPU until the next tick

    QVERIFY(m_search->scanEverything());

    QVERIFY(m_holders->holdersOf(500) == (std::vector<pid_t>{100, 200}));
}

void tst_OwnerSearch::kernelThreadsThatAreKnownAreNotScanned()
{
    m_machine->start({.pid = 2, .comm = "kthreadd", .isKernelThread = true, .executable = {}});
    QVERIFY(m_table->readAll());

    QVERIFY(m_search->scanEverything());

    QCOMPARE(m_holders->scans(), m_table->count() - 1);
}

void tst_OwnerSearch::newSocketHandedToAnotherCgroupIsFoundOneLookLater()
{
    const QTemporaryDir mount;
    const auto cgroupId = searchWithCgroup(mount, QStringLiteral("web.service"));
    QVERIFY(cgroupId);
    search();
    (void)follow();
    m_machine->start({.pid = 100, .sockets = {{.fd = 5, .inode = 501}}});
    handOver(501);
    static constexpr std::array<std::uint64_t, 1> Another = {501};
    m_holders->watch(Another);
    find({{.inode = 501, .cgroupId = cgroupId}});
    QVERIFY(m_holders->holdersOf(501) == std::vector<pid_t>{100});

    (void)follow(); // neither has run again

    QVERIFY(m_holders->holdersOf(501) == (std::vector<pid_t>{100, 200}));
}

void tst_OwnerSearch::whatIsFoundWhileNobodyRunsIsFollowedAtOnce()
{
    const QTemporaryDir mount;
    const auto cgroupId = searchWithCgroup(mount, QStringLiteral("web.service"));
    QVERIFY(cgroupId);
    search();
    (void)follow();
    m_holders->unwatch(500); // it closed that one: who has listened before is asked first
    m_machine->start({.pid = 100, .sockets = {{.fd = 5, .inode = 501}}});
    handOver(501);
    static constexpr std::array<std::uint64_t, 1> Another = {501};
    m_holders->watch(Another);
    m_machine->proc().setRunnable(1);

    find({{.inode = 501, .cgroupId = cgroupId}});

    QVERIFY(m_holders->holdersOf(501) == (std::vector<pid_t>{100, 200}));
}

void tst_OwnerSearch::nobodyIsAskedAgainAfterASweepWhileNobodyRan_data()
{
    QTest::addColumn<int>("runnable");
    QTest::addColumn<bool>("isFoundLater");
    QTest::addRow("nobody else") << 1 << false;
    QTest::addRow("somebody") << 2 << true;
}

/// Who received something from a holder shows that it ran, as nobody is on a CPU: a second sweep would tell no more.
void tst_OwnerSearch::nobodyIsAskedAgainAfterASweepWhileNobodyRan()
{
    QFETCH(const int, runnable);
    QFETCH(const bool, isFoundLater);
    search();
    (void)follow();
    m_machine->proc().setRunnable(runnable);
    m_machine->run(100);
    (void)follow();
    handOver(500); // which nobody could have done: 100 has not run since

    (void)follow();

    QCOMPARE(m_holders->holdersOf(500).size(), isFoundLater ? 2U : 1U);
}

/// What it handed on since the look began may have come after whoever received it was asked.
void tst_OwnerSearch::whoListensAndRanDuringTheSearchIsFollowed()
{
    search();
    (void)follow();
    m_machine->proc().setRunnable(1);
    (void)m_search->beginLook();
    m_machine->start({.pid = 100, .sockets = {{.fd = 5, .inode = 500}, {.fd = 6, .inode = 501}}});
    static constexpr std::array<std::uint64_t, 1> Another = {501};
    m_holders->watch(Another);
    m_search->find(std::vector<WantedSocket>{{.inode = 501}});
    QVERIFY(m_holders->holdersOf(501) == std::vector<pid_t>{100});
    handOver(501);

    (void)follow();

    QVERIFY(m_holders->holdersOf(501) == (std::vector<pid_t>{100, 200}));
}

void tst_OwnerSearch::lowestDescriptorIsKept()
{
    m_machine->start({.pid = 100, .sockets = {{.fd = 12, .inode = 500}, {.fd = 6, .inode = 500}}});

    search();

    QCOMPARE(m_holders->holdersOf(500).size(), 1U);
    QCOMPARE(m_holders->holdersOf(500).front().fd, 6);
}

void tst_OwnerSearch::serverThatOpensAnotherListenerIsScannedFirst()
{
    m_machine->start({.pid = 50});
    search();
    m_machine->run(50);
    m_machine->start({.pid = 100, .sockets = {{.fd = 5, .inode = 501}}}); // as many descriptors as before
    static constexpr std::array<std::uint64_t, 1> Another = {501};
    m_holders->watch(Another);

    find({{.inode = 501}});

    QVERIFY(m_holders->holdersOf(501) == std::vector<pid_t>{100});
    QVERIFY(m_holders->isStale(50));
}

void tst_OwnerSearch::newestHolderIsFoundFirst()
{
    m_machine->start({.pid = 300, .processGroup = 300, .sockets = {{.fd = 5, .inode = 500}}});
    QVERIFY(m_table->sweep());

    const bool isComplete = m_search->findFirst(std::vector<WantedSocket>{{.inode = 500}});

    QVERIFY(!isComplete);
    QVERIFY(m_holders->holdersOf(500) == std::vector<pid_t>{300});
    QVERIFY(m_holders->isStale(200));
}

void tst_OwnerSearch::familyOfTheFirstHolderIsFound_data()
{
    QTest::addColumn<int>("parent");
    QTest::addColumn<int>("group");
    QTest::addColumn<bool>("isFound");
    QTest::addRow("child of the holder found first") << 300 << 70 << true;
    QTest::addRow("child of its parent, which holds it too") << 299 << 70 << true;
    QTest::addRow("in its process group") << 1 << 300 << true;
    QTest::addRow("a stranger") << 1 << 70 << false;
}

void tst_OwnerSearch::familyOfTheFirstHolderIsFound()
{
    QFETCH(const int, parent);
    QFETCH(const int, group);
    QFETCH(const bool, isFound);
    m_machine->start({.pid = 299, .processGroup = 299, .sockets = {{.fd = 5, .inode = 500}}});
    m_machine->start({.pid = 300, .parentPid = 299, .processGroup = 300, .sockets = {{.fd = 5, .inode = 500}}});
    m_machine->start({.pid = 200, .parentPid = parent, .processGroup = group, .sockets = {{.fd = 5, .inode = 500}}});
    QVERIFY(m_table->sweep());

    m_search->findFirst(std::vector<WantedSocket>{{.inode = 500}});

    const std::vector<pid_t> family = isFound ? std::vector<pid_t>{200, 299, 300} : std::vector<pid_t>{299, 300};
    QVERIFY(m_holders->holdersOf(500) == family);
}

void tst_OwnerSearch::largeProcessGroupIsNoFamily()
{
    for (pid_t pid = 1000; pid < 1100; ++pid) {
        m_machine->start({.pid = pid, .processGroup = 70});
    }
    m_machine->start({.pid = 2000, .processGroup = 70, .sockets = {{.fd = 5, .inode = 500}}});
    QVERIFY(m_table->sweep());

    m_search->findFirst(std::vector<WantedSocket>{{.inode = 500}});

    QVERIFY(m_holders->holdersOf(500) == std::vector<pid_t>{2000});
    QVERIFY(m_holders->isStale(1000));
}

void tst_OwnerSearch::manyProcessesAreScannedTogether()
{
    std::vector<pid_t> expected{100};
    for (pid_t pid = 1000; pid < 1500; ++pid) {
        m_machine->start({.pid = pid, .sockets = {{.fd = 5, .inode = 500}}});
        expected.push_back(pid);
    }

    search();

    QVERIFY(m_holders->holdersOf(500) == expected);
}

void tst_OwnerSearch::unwatchedSocketIsForgotten()
{
    search();

    m_holders->unwatch(500);

    QVERIFY(m_holders->holdersOf(500).empty());
    QVERIFY(m_holders->holders().empty());
}

void tst_OwnerSearch::socketOfAServiceManagerIsSearchedEverywhere_data()
{
    QTest::addColumn<QString>("cgroup");
    QTest::addColumn<bool>("isOurs");
    QTest::addColumn<bool>("isSeenEverywhere");
    QTest::addRow("opened by systemd itself") << QStringLiteral("init.scope") << true << true;
    QTest::addRow("opened by its helper") << QStringLiteral("web.socket") << true << true;
    QTest::addRow("opened by root's systemd, perhaps for us") << QStringLiteral("init.scope") << false << true;
    QTest::addRow("of a service") << QStringLiteral("web.service") << true << false;
}

void tst_OwnerSearch::socketOfAServiceManagerIsSearchedEverywhere()
{
    QFETCH(const QString, cgroup);
    QFETCH(const bool, isOurs);
    QFETCH(const bool, isSeenEverywhere);
    const QTemporaryDir mount;
    const auto cgroupId = searchWithCgroup(mount, cgroup);
    QVERIFY(cgroupId);
    m_machine->start({.pid = 200, .sockets = {{.fd = 9, .inode = 500}}}); // in another cgroup
    QVERIFY(m_table->sweep());

    const bool isComplete = find({{.inode = 500, .cgroupId = cgroupId, .isOurs = isOurs}});

    QCOMPARE(isComplete, isSeenEverywhere);
    QVERIFY(m_holders->holdersOf(500) == (isSeenEverywhere ? std::vector<pid_t>{100, 200} : std::vector<pid_t>{100}));
}

void tst_OwnerSearch::stoppedSearchReturns()
{
    std::stop_source stop;
    stop.request_stop();
    m_search->setStopToken(stop.get_token());

    search();

    QVERIFY(m_holders->holdersOf(500).empty());
}

QTEST_GUILESS_MAIN(tst_OwnerSearch)
#include "tst_ownersearch.moc"
