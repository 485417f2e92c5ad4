// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procevents.h"
#include "tests/support/forkedchild.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <thread>
#include <vector>

#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <sys/types.h>
#include <unistd.h>

using Quay::ErrorCode;
using Quay::ForkEvent;
using Quay::parseProcEvents;
using Quay::ProcEvents;

class tst_ProcEvents : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void forkIsRead();
    void threadIsLeftOut();
    void acknowledgementIsRead();
    void otherEventsAreLeftOut();
    void otherConnectorsAreLeftOut();
    void severalMessagesAreReadInOrder();
    void shortEventIsLeftOut();
    void nothingIsNothing();
    void cutDatagramIsMalformed_data();
    void cutDatagramIsMalformed();
    void ourForkIsHeardOf();
    void ourThreadIsNotHeardOf();
};

namespace {

constexpr std::size_t HeaderBytes = sizeof(nlmsghdr) + sizeof(cn_msg);

std::vector<std::byte> message(const proc_event &event, std::uint32_t connector = CN_IDX_PROC,
                               std::size_t eventBytes = sizeof(proc_event))
{
    std::vector<std::byte> bytes(HeaderBytes + eventBytes);
    nlmsghdr netlink{};
    netlink.nlmsg_len = static_cast<std::uint32_t>(bytes.size());
    netlink.nlmsg_type = NLMSG_DONE;
    const cb_id id{.idx = connector, .val = CN_VAL_PROC};
    const auto length = static_cast<std::uint16_t>(eventBytes);
    std::memcpy(bytes.data(), &netlink, sizeof netlink);
    std::memcpy(bytes.data() + sizeof netlink + offsetof(cn_msg, id), &id, sizeof id);
    std::memcpy(bytes.data() + sizeof netlink + offsetof(cn_msg, len), &length, sizeof length);
    std::memcpy(bytes.data() + HeaderBytes, &event, eventBytes);
    return bytes;
}

proc_event forkEvent(pid_t parent, pid_t child, pid_t childProcess)
{
    proc_event event{};
    event.what = PROC_EVENT_FORK;
    event.event_data.fork.parent_pid = parent + 1; // the thread that forked
    event.event_data.fork.parent_tgid = parent;
    event.event_data.fork.child_pid = child;
    event.event_data.fork.child_tgid = childProcess;
    return event;
}

} // namespace

void tst_ProcEvents::forkIsRead()
{
    const auto batch = parseProcEvents(message(forkEvent(100, 200, 200)));

    QVERIFY(batch);
    QCOMPARE(batch->forks, (std::vector{ForkEvent{.parent = 100, .child = 200}}));
    QVERIFY(!batch->acknowledged.has_value());
}

void tst_ProcEvents::threadIsLeftOut()
{
    const auto batch = parseProcEvents(message(forkEvent(100, 200, 100)));

    QVERIFY(batch);
    QVERIFY(batch->forks.empty());
}

void tst_ProcEvents::acknowledgementIsRead()
{
    proc_event event{};
    event.what = PROC_EVENT_NONE;
    event.event_data.ack.err = 1;

    const auto batch = parseProcEvents(message(event));

    QVERIFY(batch);
    QVERIFY(batch->acknowledged == std::uint32_t{1});
}

void tst_ProcEvents::otherEventsAreLeftOut()
{
    auto event = forkEvent(100, 200, 200);
    event.what = PROC_EVENT_EXIT;

    const auto batch = parseProcEvents(message(event));

    QVERIFY(batch);
    QVERIFY(*batch == Quay::ProcEventBatch{});
}

void tst_ProcEvents::otherConnectorsAreLeftOut()
{
    const auto batch = parseProcEvents(message(forkEvent(100, 200, 200), CN_IDX_CIFS));

    QVERIFY(batch);
    QVERIFY(batch->forks.empty());
}

void tst_ProcEvents::severalMessagesAreReadInOrder()
{
    auto datagram = message(forkEvent(100, 200, 200));
    const auto second = message(forkEvent(200, 150, 150));
    datagram.insert(datagram.end(), second.begin(), second.end());

    const auto batch = parseProcEvents(datagram);

    QVERIFY(batch);
    QCOMPARE(batch->forks, (std::vector{ForkEvent{.parent = 100, .child = 200}, {.parent = 200, .child = 150}}));
}

void tst_ProcEvents::shortEventIsLeftOut()
{
    for (std::size_t bytes = 0; bytes < offsetof(proc_event, event_data) + sizeof(proc_event{}.event_data.fork);
         ++bytes) {
        const auto batch = parseProcEvents(message(forkEvent(100, 200, 200), CN_IDX_PROC, bytes));

        QVERIFY(batch);
        QVERIFY(batch->forks.empty());
    }
}

void tst_ProcEvents::nothingIsNothing()
{
    const auto batch = parseProcEvents({});

    QVERIFY(batch);
    QVERIFY(*batch == Quay::ProcEventBatch{});
}

void tst_ProcEvents::cutDatagramIsMalformed_data()
{
    QTest::addColumn<std::size_t>("bytes");
    QTest::newRow("netlink header") << sizeof(nlmsghdr) - 1;
    QTest::newRow("no connector header") << sizeof(nlmsghdr);
    QTest::newRow("connector header") << HeaderBytes - 1;
    QTest::newRow("event") << HeaderBytes + 3;
}

void tst_ProcEvents::cutDatagramIsMalformed()
{
    QFETCH(const std::size_t, bytes);
    auto whole = message(forkEvent(100, 200, 200));

    const auto cut = parseProcEvents(std::span(whole).first(bytes)); // shorter than it says
    const auto length = static_cast<std::uint32_t>(bytes);
    std::memcpy(whole.data(), &length, sizeof length);
    const auto inner = parseProcEvents(std::span(whole).first(bytes)); // the connector's message is

    QVERIFY(!cut);
    QCOMPARE(cut.error().code, ErrorCode::Malformed);
    QVERIFY(!inner);
    QCOMPARE(inner.error().code, ErrorCode::Malformed);
}

void tst_ProcEvents::ourForkIsHeardOf()
{
    auto events = ProcEvents::open();
    if (!events) {
        QSKIP("the kernel tells nobody here of forks");
    }
    QVERIFY(events->drain());

    const Quay::Test::ForkedChild child;
    const auto forks = events->drain();

    QVERIFY(forks);
    QCOMPARE(std::ranges::count(*forks, ForkEvent{.parent = ::getpid(), .child = child.pid()}), 1);
    QCOMPARE(std::ranges::count(*events->drain(), child.pid(), &ForkEvent::child), 0);
}

void tst_ProcEvents::ourThreadIsNotHeardOf()
{
    auto events = ProcEvents::open();
    if (!events) {
        QSKIP("the kernel tells nobody here of forks");
    }
    QVERIFY(events->drain());

    std::thread([] { }).join();
    const auto forks = events->drain();

    QVERIFY(forks);
    QCOMPARE(std::ranges::count(*forks, ::getpid(), &ForkEvent::parent), 0);
}

QTEST_GUILESS_MAIN(tst_ProcEvents)
#include "tst_procevents.moc"
