// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/cores.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

class tst_Cores : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyIndexIsWorkedOnOnce_data();
    void everyIndexIsWorkedOnOnce();
    void littleWorkStaysOnOneThread();
    void muchWorkIsShared();
};

void tst_Cores::everyIndexIsWorkedOnOnce_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 63, 128, 10'000}) {
        QTest::addRow("%d", count) << count;
    }
}

void tst_Cores::everyIndexIsWorkedOnOnce()
{
    QFETCH(const int, count);
    std::vector<int> calls(static_cast<std::size_t>(count), 0);

    Quay::onSeveralCores(calls.size(), [&calls](std::size_t index) { ++calls[index]; });

    QCOMPARE(std::ranges::count(calls, 1), count);
}

void tst_Cores::littleWorkStaysOnOneThread()
{
    constexpr std::size_t Little = 10;
    std::vector<std::thread::id> threads(Little);

    Quay::onSeveralCores(Little, [&threads](std::size_t index) { threads[index] = std::this_thread::get_id(); });

    QCOMPARE(std::ranges::count(threads, std::this_thread::get_id()), static_cast<std::ptrdiff_t>(Little));
}

void tst_Cores::muchWorkIsShared()
{
    if (std::thread::hardware_concurrency() < 2) {
        QSKIP("there is one core");
    }
    std::mutex mutex;
    std::condition_variable arrival;
    int arrived = 0;
    std::atomic<int> met = 0;

    Quay::onSeveralCores(1000, [&](std::size_t index) {
        if (index < 2) { // each waits for the other
            std::unique_lock lock(mutex);
            ++arrived;
            arrival.notify_all();
            met += arrival.wait_for(lock, std::chrono::seconds(20), [&arrived] { return arrived == 2; }) ? 1 : 0;
        }
    });

    QCOMPARE(met.load(), 2);
}

QTEST_GUILESS_MAIN(tst_Cores)
#include "tst_cores.moc"
