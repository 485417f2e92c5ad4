// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/phaseusage.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <vector>

using Quay::ipAddressFromText;
using Quay::RefusedEndpoint;
using Quay::usageBetween;
using Quay::UsageSample;
using namespace std::chrono_literals;

namespace {

RefusedEndpoint database(std::uint32_t attempts = 1)
{
    return {.address = ipAddressFromText("127.0.0.1").value_or(Quay::IpAddress{}), .port = 5432, .attempts = attempts};
}

/// Works for a second, waits for a second, works for a second.
const std::vector<UsageSample> Samples{
    {.at = 10s, .cpuTime = 0s, .residentBytes = 1'000, .refused = {}},
    {.at = 11s, .cpuTime = 1s, .residentBytes = 5'000, .refused = {}},
    {.at = 12s, .cpuTime = 1s, .residentBytes = 2'000, .refused = {database(3)}},
    {.at = 13s, .cpuTime = 2s, .residentBytes = 2'500, .refused = {database(1)}},
};

} // namespace

class tst_PhaseUsage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void timeIsSharedOutEvenlyBetweenSamples();
    void waitingIsWhatIsNotWorked();
    void refusedAttemptsBelongToTheirPhase();
    void memoryIsTheMost();
    void phaseBetweenTwoSamplesHasItsShare();
    void nothingIsKnownOutsideOfSamples();
    void severalCoresDoNotWait();
    void lostProcessIsNoNegativeTime();
};

void tst_PhaseUsage::timeIsSharedOutEvenlyBetweenSamples()
{
    const auto usage = usageBetween(10500ms, 12s, Samples);

    QVERIFY(usage);
    QCOMPARE(usage->cpuTime, std::chrono::nanoseconds(500ms));
}

void tst_PhaseUsage::waitingIsWhatIsNotWorked()
{
    QCOMPARE(usageBetween(10s, 11s, Samples)->waitingShare, 0.0);
    QCOMPARE(usageBetween(11s, 12s, Samples)->waitingShare, 1.0);
    QCOMPARE(usageBetween(10s, 12s, Samples)->waitingShare, 0.5);
}

void tst_PhaseUsage::refusedAttemptsBelongToTheirPhase()
{
    QVERIFY(usageBetween(10s, 11500ms, Samples)->refused.empty());
    QCOMPARE(usageBetween(11500ms, 12500ms, Samples)->refused, std::vector{database(3)});
    QCOMPARE(usageBetween(11s, 13s, Samples)->refused, std::vector{database(4)});
}

void tst_PhaseUsage::memoryIsTheMost()
{
    QCOMPARE(usageBetween(10s, 13s, Samples)->residentBytes, std::uint64_t{5'000});
    QCOMPARE(usageBetween(11500ms, 13s, Samples)->residentBytes, std::uint64_t{5'000}); // still, at its begin
    QCOMPARE(usageBetween(12s, 13s, Samples)->residentBytes, std::uint64_t{2'500});
}

void tst_PhaseUsage::phaseBetweenTwoSamplesHasItsShare()
{
    const auto usage = usageBetween(10200ms, 10300ms, Samples);

    QVERIFY(usage);
    QCOMPARE(usage->cpuTime, std::chrono::nanoseconds(100ms));
    QCOMPARE(usage->residentBytes, std::uint64_t{1'000});
}

void tst_PhaseUsage::nothingIsKnownOutsideOfSamples()
{
    QVERIFY(!usageBetween(1s, 9s, Samples));
    QVERIFY(!usageBetween(9s, 10s, Samples)); // its end is all that is known of it
    QVERIFY(!usageBetween(14s, 15s, Samples));
    QVERIFY(!usageBetween(10s, 11s, {}));
    QVERIFY(!usageBetween(12s, 11s, Samples));
    QCOMPARE(usageBetween(5s, 11s, Samples)->waitingShare, 0.0); // of the second that is known
}

void tst_PhaseUsage::severalCoresDoNotWait()
{
    const std::vector<UsageSample> busy{{.at = 0s, .cpuTime = 0s}, {.at = 1s, .cpuTime = 4s}};

    QCOMPARE(usageBetween(0s, 1s, busy)->waitingShare, 0.0);
}

void tst_PhaseUsage::lostProcessIsNoNegativeTime()
{
    const std::vector<UsageSample> samples{{.at = 0s, .cpuTime = 4s}, {.at = 1s, .cpuTime = 1s}};

    const auto usage = usageBetween(0s, 1s, samples);

    QCOMPARE(usage->cpuTime, std::chrono::nanoseconds(0));
    QCOMPARE(usage->waitingShare, 1.0);
}

QTEST_GUILESS_MAIN(tst_PhaseUsage)
#include "tst_phaseusage.moc"
