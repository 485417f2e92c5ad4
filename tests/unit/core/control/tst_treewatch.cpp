// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/control/treewatch.h"
#include "core/kernel/procevents.h"
#include "core/kernel/procfs.h"
#include "tests/support/fakeclock.h"
#include "tests/support/forkedchild.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

using Quay::ForkEvent;
using Quay::ProcessInfoPtr;
using Quay::ProcFs;
using Quay::TreeWatch;
using Quay::Test::FakeClock;
using Quay::Test::ForkedChild;
using namespace std::chrono_literals;

/// On the real machine: new processes are what it is about.
class tst_TreeWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void beginGivesEverybody();
    void walkGivesWhoCame();
    void whoCameBeforeASecondBeginIsGivenByTheNextWalk();
    void whoCameDuringARestIsNotNew();
    void forkIsHeardOnce();
    void nothingIsHeardAtRest();
    void walksAreRareWhileForksAreHeard();

private:
    std::optional<ProcFs> m_proc;
    FakeClock m_clock;
    std::unique_ptr<TreeWatch> m_tree;
};

namespace {

bool contains(const std::vector<ProcessInfoPtr> &processes, pid_t pid)
{
    return std::ranges::any_of(processes, [pid](const ProcessInfoPtr &process) { return process->id.pid == pid; });
}

} // namespace

void tst_TreeWatch::init()
{
    auto proc = ProcFs::open();
    QVERIFY(proc);
    m_proc.emplace(*std::move(proc));
    m_tree = std::make_unique<TreeWatch>(*m_proc, m_clock);
}

void tst_TreeWatch::beginGivesEverybody()
{
    const ForkedChild child;
    QVERIFY(!m_tree->isAwake());

    const auto everybody = m_tree->begin();

    QVERIFY(m_tree->isAwake());
    QVERIFY(contains(everybody, child.pid()));
    QVERIFY(contains(everybody, ::getpid()));
    QVERIFY(!contains(m_tree->walk(), child.pid()));
}

void tst_TreeWatch::walkGivesWhoCame()
{
    QVERIFY(!m_tree->begin().empty());
    const ForkedChild child;

    const auto arrived = m_tree->walk();

    QVERIFY(contains(arrived, child.pid()));
    QVERIFY(!contains(arrived, ::getpid()));
    QVERIFY(!contains(m_tree->walk(), child.pid()));
    QCOMPARE(m_tree->find(child.pid())->parentPid, ::getpid());
}

void tst_TreeWatch::whoCameBeforeASecondBeginIsGivenByTheNextWalk()
{
    QVERIFY(!m_tree->begin().empty());
    const ForkedChild child;

    QVERIFY(contains(m_tree->begin(), child.pid()));

    QVERIFY(contains(m_tree->walk(), child.pid())); // for whom has begun before
}

void tst_TreeWatch::whoCameDuringARestIsNotNew()
{
    QVERIFY(!m_tree->begin().empty());
    m_tree->rest();
    const ForkedChild child;

    QVERIFY(contains(m_tree->begin(), child.pid()));

    QVERIFY(!contains(m_tree->walk(), child.pid())); // it was there when the plan was made
}

void tst_TreeWatch::forkIsHeardOnce()
{
    if (!Quay::ProcEvents::open()) {
        QSKIP("the kernel tells nobody here of forks");
    }
    QVERIFY(!m_tree->begin().empty());
    QVERIFY(!m_tree->hear().isIncomplete);
    const ForkedChild child;
    const ForkEvent expected{.parent = ::getpid(), .child = child.pid()};

    QVERIFY(std::ranges::contains(m_tree->hear().forks, expected));

    QVERIFY(!std::ranges::contains(m_tree->hear().forks, expected));
}

void tst_TreeWatch::nothingIsHeardAtRest()
{
    QVERIFY(!m_tree->begin().empty());

    m_tree->rest();
    const ForkedChild child;

    QVERIFY(!m_tree->isAwake());
    QVERIFY(m_tree->hear().forks.empty());
    QVERIFY(!m_tree->nextHearing().has_value());
}

void tst_TreeWatch::walksAreRareWhileForksAreHeard()
{
    const bool isHeard = Quay::ProcEvents::open().has_value();

    QVERIFY(!m_tree->begin().empty());

    QCOMPARE(m_tree->nextHearing().has_value(), isHeard);
    QVERIFY(m_tree->nextWalk() == m_clock.monotonic() + (isHeard ? 250ms : 25ms));
    m_clock.advance(1s);
    QVERIFY(!contains(m_tree->walk(), 1));
    QVERIFY(m_tree->nextWalk() > m_clock.monotonic());
}

QTEST_GUILESS_MAIN(tst_TreeWatch)
#include "tst_treewatch.moc"
