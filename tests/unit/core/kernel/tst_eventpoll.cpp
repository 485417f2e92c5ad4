// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/eventpoll.h"
#include "core/kernel/pidfd.h"
#include "tests/support/forkedchild.h"

#include <QObject>
#include <QTest>

#include <cstdint>
#include <optional>
#include <vector>

#include <poll.h>

using Quay::EventPoll;
using Quay::PidFd;
using Quay::Test::ForkedChild;
using Tokens = std::vector<std::uint64_t>;

class tst_EventPoll : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingHappenedYet();
    void endOfAProcessIsToldOnce();
    void reapingIsToldAfterTheEnd();
    void whatHadHappenedBeforeIsTold();
    void manyAreToldAtOnce();
    void removedOneIsSilent();
    void closedOneIsSilent();
    void closedDescriptorCannotBeAdded();

private:
    std::optional<EventPoll> m_poll;
};

namespace {

PidFd handleOf(const ForkedChild &child)
{
    return *PidFd::open(child.pid());
}

} // namespace

void tst_EventPoll::init()
{
    auto poll = EventPoll::open();
    QVERIFY(poll);
    m_poll.emplace(*std::move(poll));
}

void tst_EventPoll::nothingHappenedYet()
{
    const ForkedChild child;
    const auto handle = handleOf(child);

    QVERIFY(m_poll->add(handle.descriptor(), 1));

    QVERIFY(m_poll->take().empty());
}

void tst_EventPoll::endOfAProcessIsToldOnce()
{
    ForkedChild child;
    const auto handle = handleOf(child);
    QVERIFY(m_poll->add(handle.descriptor(), 42));

    child.end();

    pollfd watched{.fd = m_poll->descriptor(), .events = POLLIN, .revents = 0};
    QCOMPARE(::poll(&watched, 1, 5000), 1);
    QCOMPARE(m_poll->take(), Tokens{42});
    QVERIFY(m_poll->take().empty());
}

void tst_EventPoll::reapingIsToldAfterTheEnd()
{
    ForkedChild child;
    const auto handle = handleOf(child);
    QVERIFY(m_poll->add(handle.descriptor(), 42));
    child.end();
    QCOMPARE(m_poll->take(), Tokens{42});

    child.reap();

    QCOMPARE(m_poll->take(), Tokens{42});
}

void tst_EventPoll::whatHadHappenedBeforeIsTold()
{
    ForkedChild child;
    const auto handle = handleOf(child);
    child.end();

    QVERIFY(m_poll->add(handle.descriptor(), 7));

    QCOMPARE(m_poll->take(), Tokens{7});
}

void tst_EventPoll::manyAreToldAtOnce()
{
    constexpr std::uint64_t Count = 300; // more than one call to the kernel gives
    ForkedChild child;
    std::vector<PidFd> handles;
    Tokens expected;
    for (std::uint64_t token = 0; token < Count; ++token) {
        handles.push_back(handleOf(child));
        QVERIFY(m_poll->add(handles.back().descriptor(), token));
        expected.push_back(token);
    }

    child.end();

    QCOMPARE(m_poll->take(), expected);
}

void tst_EventPoll::removedOneIsSilent()
{
    ForkedChild child;
    const auto handle = handleOf(child);
    QVERIFY(m_poll->add(handle.descriptor(), 1));

    m_poll->remove(handle.descriptor());
    child.end();

    QVERIFY(m_poll->take().empty());
}

void tst_EventPoll::closedOneIsSilent()
{
    ForkedChild child;
    {
        const auto handle = handleOf(child);
        QVERIFY(m_poll->add(handle.descriptor(), 1));
    }

    child.end();

    QVERIFY(m_poll->take().empty());
}

void tst_EventPoll::closedDescriptorCannotBeAdded()
{
    const auto added = m_poll->add(-1, 1);

    QVERIFY(!added);
    QVERIFY(added.error().subject == "epoll");
}

QTEST_GUILESS_MAIN(tst_EventPoll)
#include "tst_eventpoll.moc"
