// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/cgroupindex.h"
#include "core/ports/listener.h"
#include "core/ports/ownercomposer.h"
#include "core/ports/profilecache.h"
#include "core/ports/socketholders.h"
#include "core/ports/toldholders.h"
#include "core/processes/kindrules.h"
#include "core/processes/processtable.h"
#include "tests/support/fakemachine.h"

#include <QObject>
#include <QTest>

#include <memory>
#include <optional>
#include <vector>

using Quay::Listener;
using Quay::OwnerKnowledge;
using Quay::Test::FakeMachine;

namespace {

constexpr uid_t Us = 1000;
constexpr uid_t Somebody = 33;

/// All that a composer is made of.
struct Composing
{
    explicit Composing(FakeMachine &machine)
        : proc(machine.proc().open())
        , cgroups(std::nullopt, machine.clock())
        , table(proc, machine.cpuClock(), machine.clock())
        , holders(proc, table)
        , profiles(proc, table, Quay::KindRules::builtIn(), Quay::ProjectLooks("/home/user", "/none"))
        , composer(table, holders, told, profiles, cgroups, Us)
    {
    }

    Listener compose(std::uint64_t inode)
    {
        Listener listener;
        listener.socket = Quay::Test::listeningRecord(inode, 80, Somebody);
        composer.compose(listener, {.isSearched = true, .isComplete = true});
        return listener;
    }

    Quay::ProcFs proc;
    Quay::CgroupIndex cgroups;
    Quay::ProcessTable table;
    Quay::SocketHolders holders;
    Quay::ToldHolders told;
    Quay::ProfileCache profiles;
    Quay::OwnerComposer composer;
};

} // namespace

/// As a user who may not look into the processes of others.
class tst_OwnerComposer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void othersSocketIsHidden();
    void toldHoldersAreOwners();
    void recycledHolderIsNone();
    void whatWeSeeOurselvesGoesFirst();

private:
    std::unique_ptr<FakeMachine> m_machine;
    std::unique_ptr<Composing> m_composing;
};

void tst_OwnerComposer::init()
{
    m_composing.reset();
    m_machine = std::make_unique<FakeMachine>();
    m_machine->start({.pid = 100, .comm = "master", .startTicks = 500});
    m_machine->start({.pid = 101, .comm = "worker", .startTicks = 501});
    m_composing = std::make_unique<Composing>(*m_machine);
}

void tst_OwnerComposer::othersSocketIsHidden()
{
    const auto listener = m_composing->compose(900);

    QVERIFY(listener.owners.empty());
    QCOMPARE(listener.knowledge, OwnerKnowledge::Hidden);
}

void tst_OwnerComposer::toldHoldersAreOwners()
{
    m_composing->told.add(std::vector<Quay::ToldHolder>{
        {.inode = 900, .process = {.pid = 101, .startTicks = 501}, .fd = 7},
        {.inode = 900, .process = {.pid = 100, .startTicks = 500}, .fd = 6},
    });

    const auto listener = m_composing->compose(900);

    QCOMPARE(listener.owners.size(), std::size_t{2});
    QCOMPARE(listener.owners.front().process->name, std::string("master")); // the oldest
    QCOMPARE(listener.owners.front().fd, 6);
    QCOMPARE(listener.owners.back().fd, 7);
    QCOMPARE(listener.knowledge, OwnerKnowledge::Told);
    QCOMPARE(m_composing->compose(901).knowledge, OwnerKnowledge::Hidden);
}

void tst_OwnerComposer::recycledHolderIsNone()
{
    m_composing->told.add(
        std::vector<Quay::ToldHolder>{{.inode = 900, .process = {.pid = 100, .startTicks = 499}, .fd = 6},
                                      {.inode = 900, .process = {.pid = 102, .startTicks = 500}, .fd = 6}});

    const auto listener = m_composing->compose(900);

    QVERIFY(listener.owners.empty());
    QCOMPARE(listener.knowledge, OwnerKnowledge::Hidden);
}

void tst_OwnerComposer::whatWeSeeOurselvesGoesFirst()
{
    m_machine->start({.pid = 102, .comm = "ours", .startTicks = 502, .sockets = {{.fd = 3, .inode = 900}}});
    QVERIFY(m_composing->table.sweep());
    m_composing->holders.watch(std::vector<std::uint64_t>{900});
    QVERIFY(m_composing->holders.scan(102));
    m_composing->told.add(
        std::vector<Quay::ToldHolder>{{.inode = 900, .process = {.pid = 100, .startTicks = 500}, .fd = 6}});

    const auto listener = m_composing->compose(900);

    QCOMPARE(listener.owners.size(), std::size_t{1});
    QCOMPARE(listener.owners.front().process->name, std::string("ours"));
}

QTEST_APPLESS_MAIN(tst_OwnerComposer)
#include "tst_ownercomposer.moc"
