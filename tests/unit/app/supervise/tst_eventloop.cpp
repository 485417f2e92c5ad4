// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/eventloop.h"
#include "core/base/clock.h"
#include "core/base/uniquefd.h"

#include <QObject>
#include <QTest>

#include <array>
#include <chrono>

#include <fcntl.h>
#include <unistd.h>

using namespace std::chrono_literals;
using Quay::EventLoop;
using Quay::UniqueFd;

class tst_EventLoop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whoReadsAPartIsCalledAgain();
    void whoIsPausedIsNotWoken();
    void whoForgetsDuringACallIsNotCalled();
    void waitEndsInTime();

private:
    UniqueFd m_reading;
    UniqueFd m_writing;
};

void tst_EventLoop::init()
{
    std::array<int, 2> ends{};
    QCOMPARE(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
    m_reading = UniqueFd(ends[0]);
    m_writing = UniqueFd(ends[1]);
}

void tst_EventLoop::whoReadsAPartIsCalledAgain()
{
    auto loop = EventLoop::open().value();
    int calls = 0;
    QVERIFY(loop.watch(m_reading.get(),
                       [&] {
                           char byte = 0;
                           calls += ::read(m_reading.get(), &byte, 1) == 1 ? 1 : 0;
                       })
                .has_value());
    QCOMPARE(::write(m_writing.get(), "abc", 3), ssize_t{3});

    for (int round = 0; round < 3; ++round) {
        loop.wait(10s);
    }

    QCOMPARE(calls, 3);
}

void tst_EventLoop::whoIsPausedIsNotWoken()
{
    auto loop = EventLoop::open().value();
    int calls = 0;
    QVERIFY(loop.watch(m_reading.get(), [&] { ++calls; }).has_value());
    QCOMPARE(::write(m_writing.get(), "a", 1), ssize_t{1});

    loop.pause(m_reading.get());
    loop.wait(20ms);
    QCOMPARE(calls, 0);
    loop.resume(m_reading.get());
    loop.wait(10s);

    QCOMPARE(calls, 1);
}

void tst_EventLoop::whoForgetsDuringACallIsNotCalled()
{
    auto loop = EventLoop::open().value();
    const UniqueFd other(::fcntl(m_reading.get(), F_DUPFD_CLOEXEC, 0));
    int calls = 0;
    const auto forgetBoth = [&] {
        ++calls;
        loop.forget(m_reading.get());
        loop.forget(other.get());
    };
    QVERIFY(loop.watch(m_reading.get(), forgetBoth).has_value());
    QVERIFY(loop.watch(other.get(), forgetBoth).has_value());
    QCOMPARE(::write(m_writing.get(), "a", 1), ssize_t{1});

    loop.wait(10s);
    loop.wait(20ms);

    QCOMPARE(calls, 1);
}

void tst_EventLoop::waitEndsInTime()
{
    auto loop = EventLoop::open().value();
    const auto begin = Quay::systemClock().monotonic();

    loop.wait(20ms);

    QVERIFY(Quay::systemClock().monotonic() - begin >= 20ms);
}

QTEST_APPLESS_MAIN(tst_EventLoop)
#include "tst_eventloop.moc"
