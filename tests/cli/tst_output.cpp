// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/watchticker.h"
#include "core/base/uniquefd.h"

#include <QObject>
#include <QTest>

#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <thread>
#include <utility>

#include <fcntl.h>
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

} // namespace

class tst_Output : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fullPipeIsWaitedFor_data();
    void fullPipeIsWaitedFor();
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
