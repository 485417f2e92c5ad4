// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procfs.h"
#include "core/servers/runmembers.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

#include <sys/types.h>

using Pids = std::vector<pid_t>;

namespace {

constexpr pid_t Supervisor = 50;
constexpr pid_t OtherSupervisor = 60;

struct Machine
{
    Machine()
    {
        files.add({.pid = Supervisor});
        files.add({.pid = OtherSupervisor});
        files.add({.pid = 100, .parentPid = Supervisor});
        files.add({.pid = 101, .parentPid = 100});
        files.add({.pid = 102, .parentPid = OtherSupervisor});
        files.add({.pid = 103}); // nobody's
    }

    Pids of(pid_t supervisor)
    {
        auto found = members.of(supervisor);
        std::ranges::sort(found);
        return found;
    }

    Quay::Test::FakeProc files;
    Quay::ProcFs proc = files.open();
    Quay::Test::FakeClock clock;
    Quay::RunMembers members{proc, clock};
};

} // namespace

class tst_RunMembers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void eachRunHasItsOwn();
    void newcomersAreFound();
    void nobodyIsLookedAtWhileNobodyComes();
    void halfMadeProcessIsFoundLater();
    void daemonStaysAMember();
    void wholeBranchFollowsItsOrphan();
    void numberThatIsUsedAgainIsNobodys();
    void ringOfParentsEnds();

private:
    std::unique_ptr<Machine> m_machine;
};

void tst_RunMembers::init()
{
    m_machine = std::make_unique<Machine>();
}

void tst_RunMembers::eachRunHasItsOwn()
{
    QCOMPARE(m_machine->of(Supervisor), (Pids{100, 101}));
    QCOMPARE(m_machine->of(OtherSupervisor), Pids{102});
    QCOMPARE(m_machine->of(103), Pids{});
}

void tst_RunMembers::newcomersAreFound()
{
    (void)m_machine->of(Supervisor);

    m_machine->files.add({.pid = 104, .parentPid = 101});
    m_machine->files.add({.pid = 105, .parentPid = 104});

    QCOMPARE(m_machine->of(Supervisor), (Pids{100, 101, 104, 105}));
}

/// That the kernel has given out no number since is all that is read.
void tst_RunMembers::nobodyIsLookedAtWhileNobodyComes()
{
    (void)m_machine->of(Supervisor);
    (void)m_machine->of(Supervisor);

    m_machine->files.remove(101);

    QCOMPARE(m_machine->of(Supervisor), (Pids{100, 101}));
}

/// Its number was given out, and it is not there yet.
void tst_RunMembers::halfMadeProcessIsFoundLater()
{
    (void)m_machine->of(Supervisor);
    m_machine->files.setLastPid(104);
    (void)m_machine->of(Supervisor);

    m_machine->files.add({.pid = 104, .parentPid = 100});

    QCOMPARE(m_machine->of(Supervisor), (Pids{100, 101, 104}));
}

/// Its parent has ended, so that the supervisor is its parent now.
void tst_RunMembers::daemonStaysAMember()
{
    (void)m_machine->of(Supervisor);

    m_machine->files.add({.pid = 101, .parentPid = Supervisor});
    m_machine->files.remove(100);
    m_machine->files.add({.pid = 104}); // without a newcomer nobody looks, nor has to

    QCOMPARE(m_machine->of(Supervisor), Pids{101});
}

void tst_RunMembers::wholeBranchFollowsItsOrphan()
{
    m_machine->files.add({.pid = 104, .parentPid = 101});
    (void)m_machine->of(Supervisor);

    m_machine->files.add({.pid = 101, .parentPid = Supervisor});
    m_machine->files.remove(100);
    m_machine->files.add({.pid = 105, .parentPid = 104});

    QCOMPARE(m_machine->of(Supervisor), (Pids{101, 104, 105}));
}

void tst_RunMembers::numberThatIsUsedAgainIsNobodys()
{
    (void)m_machine->of(Supervisor);
    m_machine->files.remove(101);
    m_machine->files.add({.pid = 104});
    (void)m_machine->of(Supervisor);

    m_machine->files.add({.pid = 101}); // after all the others had their turn
    m_machine->files.setLastPid(101);

    QCOMPARE(m_machine->of(Supervisor), Pids{100});
}

void tst_RunMembers::ringOfParentsEnds()
{
    m_machine->files.add({.pid = 100, .parentPid = 101});
    m_machine->files.add({.pid = 101, .parentPid = 100});

    const auto members = m_machine->of(101);

    QVERIFY(std::ranges::contains(members, 100));
}

QTEST_GUILESS_MAIN(tst_RunMembers)
#include "tst_runmembers.moc"
