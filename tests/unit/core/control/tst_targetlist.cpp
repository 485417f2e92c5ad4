// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/control/endingtarget.h"
#include "core/control/targetlist.h"
#include "core/kernel/eventpoll.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/support/forkedchild.h"

#include <QObject>
#include <QTest>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

using Quay::EndingTarget;
using Quay::EventPoll;
using Quay::ProcFs;
using Quay::TargetList;
using Quay::Test::ForkedChild;

class tst_TargetList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void tokenIsOfTheTarget();
    void onlyTheSameProcessIsContained();
    void reapedTargetDoesNotLive();

private:
    static constexpr std::uint64_t FirstToken = 700;

    [[nodiscard]] EndingTarget targetOf(const ForkedChild &child) const;

    std::optional<ProcFs> m_proc;
    std::optional<EventPoll> m_poll;
    std::unique_ptr<TargetList> m_list;
};

void tst_TargetList::init()
{
    auto proc = ProcFs::open();
    auto poll = EventPoll::open();
    QVERIFY(proc && poll);
    m_proc.emplace(*std::move(proc));
    m_poll.emplace(*std::move(poll));
    m_list = std::make_unique<TargetList>(*m_poll, FirstToken);
}

EndingTarget tst_TargetList::targetOf(const ForkedChild &child) const
{
    auto process = std::make_shared<Quay::ProcessInfo>();
    process->id = {.pid = child.pid(), .startTicks = readProcStat(*m_proc, child.pid())->startTicks};
    EndingTarget target({.process = std::move(process), .signal = SIGTERM}, false, Quay::systemClock());
    target.pin(*m_proc);
    return target;
}

void tst_TargetList::tokenIsOfTheTarget()
{
    const ForkedChild first;
    ForkedChild second;
    m_list->add(targetOf(first));
    m_list->add(targetOf(second));

    second.end();

    QCOMPARE(m_poll->take(), std::vector<std::uint64_t>{FirstToken + 1});
    QCOMPARE((*m_list)[1].pid(), second.pid());
    QCOMPARE(m_list->size(), std::size_t{2});
}

void tst_TargetList::onlyTheSameProcessIsContained()
{
    const ForkedChild child;
    m_list->add(targetOf(child));
    auto id = (*m_list)[0].progress().process->id;

    QVERIFY(m_list->contains(id));
    ++id.startTicks;
    QVERIFY(!m_list->contains(id));
    QVERIFY(!m_list->contains({.pid = 1, .startTicks = 1}));
}

void tst_TargetList::reapedTargetDoesNotLive()
{
    ForkedChild child;
    m_list->add(targetOf(child));
    QVERIFY(m_list->living(child.pid()) == &(*m_list)[0]);
    QVERIFY(m_list->living(1) == nullptr);

    child.end();
    QVERIFY(m_list->living(child.pid()) == &(*m_list)[0]); // a zombie's pid is its own
    child.reap();

    QVERIFY(m_list->living(child.pid()) == nullptr);
}

QTEST_GUILESS_MAIN(tst_TargetList)
#include "tst_targetlist.moc"
