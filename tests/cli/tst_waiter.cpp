// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/waiter.h"
#include "app/cli/waittext.h"
#include "core/base/uniquefd.h"

#include <QJsonArray>
#include <QObject>
#include <QString>
#include <QTest>

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include <sys/eventfd.h>

using namespace std::chrono_literals;
using Quay::Attempt;
using Quay::Observation;
using Quay::WaitOutcome;

namespace {

/// Is met at a given attempt.
class CountingProbe : public Quay::WaitProbe
{
public:
    CountingProbe(int metAt, bool isLocal)
        : m_metAt(metAt)
        , m_isLocal(isLocal)
    {
    }

    [[nodiscard]] bool isLocal() const override { return m_isLocal; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds /*limit*/) override
    {
        return Attempt{.isMet = ++m_attempts == m_metAt,
                       .seen = {.what = Observation::What::HttpStatus, .detail = {}, .number = 500 + m_attempts}};
    }
    [[nodiscard]] pollfd awaited() const override { return {.fd = -1, .events = 0, .revents = 0}; }
    [[nodiscard]] std::optional<Attempt> proceed() override { return {}; }
    [[nodiscard]] Attempt giveUp() override { return {}; }

private:
    int m_metAt;
    bool m_isLocal;
    int m_attempts = 0;
};

/// Answers once its descriptor is readable: at once, or never.
class DescriptorProbe : public Quay::WaitProbe
{
public:
    explicit DescriptorProbe(bool answers)
        : m_event(::eventfd(answers ? 1 : 0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
    }

    [[nodiscard]] bool isLocal() const override { return false; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds /*limit*/) override { return {}; }
    [[nodiscard]] pollfd awaited() const override { return {.fd = m_event.get(), .events = POLLIN, .revents = 0}; }
    [[nodiscard]] std::optional<Attempt> proceed() override
    {
        return Attempt{.isMet = true, .seen = {.what = Observation::What::Connected, .detail = {}}};
    }
    [[nodiscard]] Attempt giveUp() override
    {
        return {.isMet = false, .seen = {.what = Observation::What::TimedOut, .detail = {}}};
    }

private:
    Quay::UniqueFd m_event;
};

template<typename... Probes>
std::vector<std::unique_ptr<Quay::WaitProbe>> listOf(Probes... probes)
{
    std::vector<std::unique_ptr<Quay::WaitProbe>> list;
    (list.push_back(std::move(probes)), ...);
    return list;
}

} // namespace

class tst_Waiter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pausesGrow();
    void triesUntilMet();
    void allMustBeMet();
    void descriptorWakes();
    void unansweredAttemptIsGivenUp();
    void zeroTimeTriesOnce();
    void zeroTimeAwaitsTheAnswerOfTheOneTry();
    void progressIsTold();
    void outcomesAreTold();
    void jsonTellsEveryTarget();
};

void tst_Waiter::pausesGrow()
{
    QCOMPARE(Quay::localPause(0s), 5ms);
    QCOMPARE(Quay::localPause(9999ms), 5ms);
    QCOMPARE(Quay::localPause(10s), 20ms);
    QCOMPARE(Quay::localPause(2min), 100ms);
    QCOMPARE(Quay::networkPause(1), 50ms);
    QCOMPARE(Quay::networkPause(2), 100ms);
    QCOMPARE(Quay::networkPause(6), 1600ms);
    QCOMPARE(Quay::networkPause(7), 2000ms);
    QCOMPARE(Quay::networkPause(1'000'000), 2000ms);
}

void tst_Waiter::triesUntilMet()
{
    Quay::Waiter waiter(listOf(std::make_unique<CountingProbe>(3, true)), 60s);

    const auto outcomes = waiter.run();

    QVERIFY(outcomes.front().isMet);
    QCOMPARE(outcomes.front().attempts, 3);
    QCOMPARE(outcomes.front().seen.number, 503);
    QVERIFY(outcomes.front().after >= 10ms); // two pauses
}

void tst_Waiter::allMustBeMet()
{
    Quay::Waiter waiter(listOf(std::make_unique<CountingProbe>(1, true), std::make_unique<CountingProbe>(-1, true)),
                        30ms);

    const auto outcomes = waiter.run();

    QVERIFY(outcomes[0].isMet);
    QCOMPARE(outcomes[0].attempts, 1); // met is met: it is not asked again
    QVERIFY(!outcomes[1].isMet);
    QVERIFY(outcomes[1].attempts > 1);
    QVERIFY(outcomes[1].after >= 30ms);
}

void tst_Waiter::descriptorWakes()
{
    Quay::Waiter waiter(listOf(std::make_unique<DescriptorProbe>(true)), 60s);

    const auto outcomes = waiter.run();

    QVERIFY(outcomes.front().isMet);
    QCOMPARE(outcomes.front().seen.what, Observation::What::Connected);
}

void tst_Waiter::unansweredAttemptIsGivenUp()
{
    Quay::Waiter waiter(listOf(std::make_unique<DescriptorProbe>(false)), 20ms);

    const auto outcomes = waiter.run();

    QVERIFY(!outcomes.front().isMet);
    QCOMPARE(outcomes.front().attempts, 1);
    QCOMPARE(outcomes.front().seen.what, Observation::What::TimedOut);
}

void tst_Waiter::zeroTimeTriesOnce()
{
    Quay::Waiter waiter(listOf(std::make_unique<CountingProbe>(1, true), std::make_unique<CountingProbe>(2, false)),
                        0ms);

    const auto outcomes = waiter.run();

    QVERIFY(outcomes[0].isMet);
    QVERIFY(!outcomes[1].isMet);
    QCOMPARE(outcomes[1].attempts, 1);
}

void tst_Waiter::zeroTimeAwaitsTheAnswerOfTheOneTry()
{
    Quay::Waiter waiter(listOf(std::make_unique<DescriptorProbe>(true), std::make_unique<CountingProbe>(2, false)),
                        0ms);

    const auto outcomes = waiter.run();

    QVERIFY(outcomes[0].isMet);
    QCOMPARE(outcomes[1].attempts, 1);
}

void tst_Waiter::progressIsTold()
{
    Quay::Waiter waiter(listOf(std::make_unique<CountingProbe>(3, true)), 60s);
    std::vector<int> attempts;

    (void)waiter.run([&](const std::vector<WaitOutcome> &outcomes) { attempts.push_back(outcomes.front().attempts); });

    QVERIFY(attempts == (std::vector{1, 2}));
}

void tst_Waiter::outcomesAreTold()
{
    const Quay::WaitTarget port{.word = "3000", .host = {}, .port = 3000};
    const WaitOutcome met{.isMet = true,
                          .after = 1200ms,
                          .attempts = 9,
                          .seen = {.what = Observation::What::Listening, .detail = "127.0.0.1:3000"}};
    const WaitOutcome refused{
        .isMet = false, .after = 60s, .attempts = 9, .seen = {.what = Observation::What::Refused, .detail = "::1"}};
    const WaitOutcome held{.isMet = false,
                           .after = 60s,
                           .attempts = 9,
                           .seen = {.what = Observation::What::PortHeld, .detail = "node 4711"}};

    QCOMPARE(Quay::outcomeText(port, met), QStringLiteral("3000: listens at 127.0.0.1:3000, after 1.2 s"));
    QCOMPARE(Quay::outcomeText(port, refused),
             QStringLiteral("3000: gave up after 1 min: connection refused, listens at ::1 only"));
    QCOMPARE(Quay::observationText(held.seen), QStringLiteral("held by node 4711"));
    QCOMPARE(Quay::progressText({port, port}, {met, held}),
             QStringLiteral("Waiting for 1 of 2: 3000 (held by node 4711)"));
    QCOMPARE(Quay::progressText({port}, {met}), QString());
}

void tst_Waiter::jsonTellsEveryTarget()
{
    const Quay::WaitTarget web{.kind = Quay::WaitTarget::Kind::Http, .word = "http://db/", .host = "db", .port = 80};
    const WaitOutcome failing{.isMet = false,
                              .after = 1500ms,
                              .attempts = 4,
                              .seen = {.what = Observation::What::HttpStatus, .detail = {}, .number = 503}};

    const QJsonObject json = Quay::waitJson({web}, {failing}, 2s);
    const QJsonObject target = json.value(QStringLiteral("targets")).toArray().first().toObject();

    QCOMPARE(json.value(QStringLiteral("met")).toBool(true), false);
    QCOMPARE(json.value(QStringLiteral("timeoutMs")).toInt(), 2000);
    QCOMPARE(target.value(QStringLiteral("httpStatus")).toInt(), 503);
    QCOMPARE(target.value(QStringLiteral("waitedMs")).toInt(), 1500);
    QVERIFY(target.value(QStringLiteral("seenDetail")).isNull());
}

QTEST_GUILESS_MAIN(tst_Waiter)
#include "tst_waiter.moc"
