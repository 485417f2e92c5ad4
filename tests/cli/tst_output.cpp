// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/watchticker.h"
#include "core/base/uniquefd.h"

#include <QObject>
#include <QTest>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <string>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

using Quay::FileOutput;

namespace {

struct Pipe
{
    explicit Pipe(int flags)
    {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC | flags) == 0) {
            reader = Quay::UniqueFd(ends[0]);
            writer = Quay::UniqueFd(ends[1]);
        }
    }

    Quay::UniqueFd reader;
    Quay::UniqueFd writer;
};

/// Everything until the other end is closed.
std::string readAll(int fd)
{
    std::string all;
    std::array<char, 1000> buffer{};
    for (ssize_t count = 1; count > 0;) {
        count = ::read(fd, buffer.data(), buffer.size());
        all.append(buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return all;
}

const std::string MoreThanAPipeHolds(4 << 20, 'x');
const std::string NearlyHalf(sizeof(std::uint64_t), 'x'); ///< Of what an eventfd can hold.

std::uint64_t takeFrom(int counter)
{
    std::uint64_t count = 0;
    return ::read(counter, &count, sizeof(count)) == sizeof(count) ? count : 0;
}

/// CPU time.
std::chrono::nanoseconds timeOf(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace

class tst_Output : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fullPipeIsWaitedFor_data();
    void fullPipeIsWaitedFor();
    void roomThatIsGoneAgainIsWaitedFor();
    void signalEndsAWriteThatNobodyTakes();
    void closedPipeIsGone();
};

void tst_Output::fullPipeIsWaitedFor_data()
{
    QTest::addColumn<int>("writerFlags");
    QTest::addRow("blocking") << 0;
    QTest::addRow("non-blocking") << O_NONBLOCK;
}

void tst_Output::fullPipeIsWaitedFor()
{
    QFETCH(const int, writerFlags);
    Pipe pipe(0);
    QCOMPARE(::fcntl(pipe.writer.get(), F_SETFL, writerFlags), 0);
    std::string seen;
    std::thread reader([&seen, fd = pipe.reader.get()] { seen = readAll(fd); });

    const auto written = FileOutput(pipe.writer.get(), "stdout").write(MoreThanAPipeHolds);
    pipe.writer.reset();
    reader.join();

    QVERIFY(written);
    QVERIFY(seen == MoreThanAPipeHolds);
}

void tst_Output::roomThatIsGoneAgainIsWaitedFor()
{
    // An eventfd says that there is room, and still refuses more than that: as a pipe that another program fills first.
    const Quay::UniqueFd counter(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    FileOutput out(counter.get(), "stdout");
    QVERIFY(out.write(NearlyHalf) && out.write(NearlyHalf));
    clockid_t writing{};
    QCOMPARE(::pthread_getcpuclockid(::pthread_self(), &writing), 0);
    const auto begin = timeOf(writing);
    std::atomic isWritten = false;
    std::thread reader([writing, begin, &isWritten, fd = counter.get()] {
        while (!isWritten && timeOf(writing) - begin < std::chrono::milliseconds(5)) { // has been refused for sure
            std::this_thread::yield();
        }
        takeFrom(fd);
    });

    const auto written = out.write(NearlyHalf);
    isWritten = true;
    reader.join();

    QVERIFY(written);
    QCOMPARE(takeFrom(counter.get()), 0x7878787878787878U);
}

void tst_Output::signalEndsAWriteThatNobodyTakes()
{
    const Pipe pipe(0);
    Quay::SignalTicker ticker(pipe.writer.get());
    sigset_t before{};
    ::pthread_sigmask(SIG_BLOCK, nullptr, &before);
    QVERIFY(ticker.arm());
    FileOutput out(pipe.writer.get(), "stdout", &ticker);
    ::raise(SIGTERM);

    const auto taken = out.write("there is room for this");
    const auto stalled = out.write(MoreThanAPipeHolds);

    QVERIFY(taken);
    QVERIFY(!stalled);
    QCOMPARE(stalled.error().code, Quay::ErrorCode::Gone);
    QCOMPARE(stalled.error().subject, std::string("stdout"));
    QVERIFY(ticker.wait({}) == Quay::WatchTicker::Wake::Interrupted); // it is still to be told
    sigset_t term{};
    ::sigemptyset(&term);
    ::sigaddset(&term, SIGTERM);
    QCOMPARE(::sigwaitinfo(&term, nullptr), SIGTERM);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void tst_Output::closedPipeIsGone()
{
    Pipe pipe(0);
    pipe.reader.reset();
    std::signal(SIGPIPE, SIG_IGN);

    const auto written = FileOutput(pipe.writer.get(), "stdout").write("text");

    QVERIFY(!written);
    QCOMPARE(written.error().code, Quay::ErrorCode::Gone);
    QCOMPARE(written.error().sysErrno, EPIPE);
}

QTEST_GUILESS_MAIN(tst_Output)
#include "tst_output.moc"
