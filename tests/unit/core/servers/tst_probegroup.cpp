// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/pollset.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/probes/httprequester.h"
#include "core/servers/probegroup.h"
#include "core/servers/serverhealth.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <sys/eventfd.h>

using namespace std::chrono_literals;
using Quay::HealthVerdict;
using Quay::Observation;
using Quay::ProbeGroup;
using Quay::ProbePurpose;
using Quay::ProbeSpec;
using Quay::ProbeStanding;
using Quay::ServerState;

namespace {

constexpr auto Why = "Cannot load library quay-http.so: libQt6Network.so.6: no such file";

/// Where nothing speaks HTTP.
Quay::ProbeMachine machineWithoutHttp()
{
    return {.createRequester = []() -> Quay::Result<std::unique_ptr<Quay::HttpRequester>> {
        return Quay::fail(Quay::ErrorCode::Unsupported, Why);
    }};
}

/// Answers each request at once, with 200.
class AnsweringRequester : public Quay::HttpRequester
{
public:
    void start(const Quay::HttpRequest & /*request*/, std::chrono::milliseconds /*limit*/) override { }
    void abort() override { }
    [[nodiscard]] int descriptor() const override { return m_event.get(); }
    [[nodiscard]] std::optional<Quay::HttpAnswer> take() override
    {
        return Quay::HttpAnswer{.kind = Quay::HttpAnswer::Kind::Status, .status = 200, .detail = {}};
    }

private:
    Quay::UniqueFd m_event{::eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK)};
};

/// Makes an attempt, up to its end; the host is looked up on a thread.
void attempt(ProbeGroup &group, std::chrono::nanoseconds now)
{
    constexpr auto Patience = 30s;
    Quay::PollSet set;
    std::ignore = group.proceed(now, set);
    for (int round = 0; round < 5 && group.takeAttempts().empty(); ++round) {
        set.clear();
        group.collect(set);
        set.wait(Patience);
        std::ignore = group.proceed(now, set);
    }
}

ProbeSpec page(const std::string &url = "http://127.0.0.1:3000/")
{
    return {.name = "page",
            .condition = Quay::HttpCondition{.request = {.url = url, .headers = {}}},
            .interval = 10s,
            .deadline = 60s};
}

ProbeSpec notified()
{
    return {.name = "said", .condition = Quay::NotifyCondition{}};
}

} // namespace

class tst_ProbeGroup : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_machine = machineWithoutHttp(); }
    void withoutProbesItIsMet();
    void readinessThatCannotBeAskedIsNotMet();
    void readinessThatCannotBeAskedFailsInTheEnd();
    void urlThatIsNoneIsNotAsked();
    void livenessThatCannotBeAskedIsUnknown();
    void livenessIsAskedOnceItCanBe();
    void readinessIsAskedOnceItCanBe();
    void whatIsUnknownIsNamedOnceItWasTried();
    void livenessIsJudgedByTheOthers();
    void serverThatCannotBeAskedDoesNotBecomeReady();
    void serverWhoseLivenessIsUnknownIsLeftAlone();

private:
    /// What speaks HTTP, while the server runs.
    void install()
    {
        m_machine.createRequester = []() -> Quay::Result<std::unique_ptr<Quay::HttpRequester>> {
            return std::make_unique<AnsweringRequester>();
        };
    }

    Quay::ServerSpec m_server{.name = "web"};
    Quay::ProbeMachine m_machine = machineWithoutHttp();
};

void tst_ProbeGroup::withoutProbesItIsMet()
{
    QCOMPARE(ProbeGroup(m_server, m_machine).standing(), ProbeStanding::Met);
}

void tst_ProbeGroup::readinessThatCannotBeAskedIsNotMet()
{
    ProbeGroup group(m_server, m_machine);
    group.begin({page(), notified()}, {}, 0s);
    group.readyCame();

    std::ignore = group.proceed(0s, {});

    QCOMPARE(group.standing(), ProbeStanding::Open);
    const auto attempts = group.takeAttempts();
    QCOMPARE(attempts.size(), std::size_t{2});
    QCOMPARE(attempts.front().probe, std::string("page"));
    QVERIFY(!attempts.front().attempt.isMet);
    QVERIFY(attempts.front().attempt.seen == (Observation{.what = Observation::What::HttpUnavailable, .detail = Why}));
}

void tst_ProbeGroup::readinessThatCannotBeAskedFailsInTheEnd()
{
    ProbeGroup group(m_server, m_machine);
    group.begin({page()}, {}, 0s);
    std::ignore = group.proceed(0s, {});
    QCOMPARE(group.standing(), ProbeStanding::Open);

    const bool isChanged = group.proceed(60s, {});

    QVERIFY(isChanged);
    QCOMPARE(group.standing(), ProbeStanding::Failed);
    QCOMPARE(group.failed()->spec().name, std::string("page"));
    QCOMPARE(group.failed()->seen().detail, std::string(Why));
}

void tst_ProbeGroup::urlThatIsNoneIsNotAsked()
{
    ProbeGroup group(m_server, m_machine);
    group.begin({page("nonsense")}, {}, 0s);

    std::ignore = group.proceed(0s, {});

    QCOMPARE(group.standing(), ProbeStanding::Open);
    QVERIFY(group.takeAttempts().front().attempt.seen
            == (Observation{.what = Observation::What::HttpFailed, .detail = "nonsense"}));
}

/// It is asked again in its usual interval, so that the log of probes says that it goes on.
void tst_ProbeGroup::livenessThatCannotBeAskedIsUnknown()
{
    ProbeGroup group(m_server, m_machine, ProbePurpose::Liveness);
    group.begin({page()}, {}, 0s);
    QCOMPARE(group.standing(), ProbeStanding::Unknown);

    bool isChanged = false;
    for (const auto now : {0s, 10s, 60s, 3600s}) {
        isChanged = group.proceed(now, {}) || isChanged;
        QCOMPARE(group.due(), std::optional<std::chrono::nanoseconds>(now + 10s));
    }

    QVERIFY(!isChanged);
    QCOMPARE(group.standing(), ProbeStanding::Unknown);
    QVERIFY(group.failed() == nullptr);
    QCOMPARE(group.takeAttempts().size(), std::size_t{4});
}

void tst_ProbeGroup::livenessIsAskedOnceItCanBe()
{
    ProbeGroup group(m_server, m_machine, ProbePurpose::Liveness);
    group.begin({page()}, {}, 0s);
    attempt(group, 0s);
    QCOMPARE(group.standing(), ProbeStanding::Unknown);
    install();

    attempt(group, 10s);

    QCOMPARE(group.standing(), ProbeStanding::Met);
    QCOMPARE(group.courses().front()->seen().number, 200);
    QVERIFY(group.unknown() == nullptr);
}

void tst_ProbeGroup::readinessIsAskedOnceItCanBe()
{
    ProbeGroup group(m_server, m_machine);
    group.begin({page()}, {}, 0s);
    attempt(group, 0s);
    QCOMPARE(group.standing(), ProbeStanding::Open);
    install();

    attempt(group, 100ms);

    QCOMPARE(group.standing(), ProbeStanding::Met);
}

void tst_ProbeGroup::whatIsUnknownIsNamedOnceItWasTried()
{
    ProbeGroup group(m_server, m_machine, ProbePurpose::Liveness);
    group.begin({notified(), page()}, {}, 0s);
    QVERIFY(group.unknown() == nullptr);

    std::ignore = group.proceed(0s, {});

    QVERIFY(group.unknown() != nullptr);
    QCOMPARE(group.unknown()->spec().name, std::string("page"));
    QCOMPARE(group.unknown()->seen().detail, std::string(Why));
}

void tst_ProbeGroup::livenessIsJudgedByTheOthers()
{
    auto alive = notified();
    alive.deadline = 1s;
    ProbeGroup group(m_server, m_machine, ProbePurpose::Liveness);
    group.begin({page(), alive}, {}, 0s);

    std::ignore = group.proceed(2s, {});

    QCOMPARE(group.standing(), ProbeStanding::Failed);
    QCOMPARE(group.failed()->spec().name, std::string("said"));
}

void tst_ProbeGroup::serverThatCannotBeAskedDoesNotBecomeReady()
{
    m_server.readiness = {page()};
    Quay::ServerHealth health(m_server, m_machine);
    health.begin(ServerState::Starting, {}, 0s, 0s);
    const auto atOnce = health.judgeReadiness(ServerState::Starting);

    std::ignore = health.proceedToReady(0s, {});
    const auto asked = health.judgeReadiness(ServerState::Starting);
    std::ignore = health.proceedToReady(60s, {});

    QCOMPARE(atOnce, HealthVerdict::Open);
    QCOMPARE(asked, HealthVerdict::Open);
    QCOMPARE(health.judgeReadiness(ServerState::Starting), HealthVerdict::NotReady);
    QCOMPARE(health.trouble()->seen().what, Observation::What::HttpUnavailable);
}

void tst_ProbeGroup::serverWhoseLivenessIsUnknownIsLeftAlone()
{
    m_server.liveness = {page()};
    Quay::ServerHealth health(m_server, m_machine);
    health.begin(ServerState::Ready, {}, 0s, 0s);

    for (const auto now : {0s, 60s, 3600s}) {
        std::ignore = health.proceedToStayWell(now, {});
        QCOMPARE(health.judgeLiveness(ServerState::Ready), HealthVerdict::Open);
    }

    QVERIFY(health.trouble() == nullptr);
    QCOMPARE(health.takeAttempts().size(), std::size_t{3});
}

QTEST_GUILESS_MAIN(tst_ProbeGroup)
#include "tst_probegroup.moc"
