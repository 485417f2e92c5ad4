// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/pollset.h"
#include "core/control/portproof.h"
#include "core/servers/preflight.h"
#include "core/servers/serverspec.h"
#include "core/servers/startpreparation.h"
#include "core/servers/variables.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>

using namespace std::chrono_literals;
using Quay::PortState;
using Quay::ServerSpec;
using Quay::StartPreparation;

namespace {

constexpr std::uint16_t Wished = 3000;
constexpr std::uint16_t Next = 3001;

const Quay::VariableMap Inherited{{"PATH", "/usr/bin:/bin"}};

/// On which somebody has the port that the server would like.
const Quay::PreflightMachine Machine{.prove =
                                         [](const Quay::PortClaim &claim) {
                                             return Quay::PortProof{.state = claim.port == Wished ? PortState::Held
                                                                                                  : PortState::Free};
                                         },
                                     .createRequester = []() -> Quay::Result<std::unique_ptr<Quay::HttpRequester>> {
                                         return std::unexpected(Quay::Error{.code = Quay::ErrorCode::Unsupported});
                                     }};

ServerSpec api()
{
    ServerSpec spec{.name = "api"};
    spec.command.shellLine = "true";
    spec.directory = "/";
    spec.ports = {{.port = Wished, .address = {}, .variable = "PORT", .mayTakeNext = true}};
    return spec;
}

/// Up to the end of the checks.
void prepare(StartPreparation &preparation)
{
    Quay::PollSet set;
    (void)preparation.takeWritten();
    preparation.readEnvironment();
    preparation.check();
    while (!preparation.proceed(set)) {
        set.clear();
        preparation.collect(set);
        set.wait(10ms);
    }
}

} // namespace

class tst_StartPreparation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nextPortIsOfOneStartOnly();
    void whatIsWrittenLaterCountsFromTheNextStartOn();
    void checksThatAreGivenUpSayNothing();
};

/// Nor is a server that took another port one that was written otherwise since.
void tst_StartPreparation::nextPortIsOfOneStartOnly()
{
    StartPreparation preparation(api(), Inherited, Machine);

    prepare(preparation);

    QVERIFY(Quay::mayStart(preparation.checks()));
    QCOMPARE(preparation.spec().ports.front().port, Next);
    QCOMPARE(preparation.environment().at("PORT"), std::to_string(Next));
    QVERIFY(!preparation.isOutdated());

    (void)preparation.takeWritten();
    preparation.readEnvironment();

    QCOMPARE(preparation.spec().ports.front().port, Wished);
    QCOMPARE(preparation.environment().at("PORT"), std::to_string(Wished));
}

void tst_StartPreparation::whatIsWrittenLaterCountsFromTheNextStartOn()
{
    StartPreparation preparation(api(), Inherited, Machine);
    prepare(preparation);
    ServerSpec other = api();
    other.environment = {{"MODE", "other"}};

    preparation.setWritten(other);

    QVERIFY(preparation.isOutdated());
    QVERIFY(preparation.spec().environment.empty());

    const ServerSpec before = preparation.takeWritten();

    QVERIFY(before == api());
    QVERIFY(preparation.spec() == other);
    QVERIFY(!preparation.isOutdated());
}

void tst_StartPreparation::checksThatAreGivenUpSayNothing()
{
    StartPreparation preparation(api(), Inherited, Machine);
    preparation.check();
    QVERIFY(preparation.due());

    preparation.giveUp();

    QVERIFY(!preparation.due());
    QVERIFY(!preparation.proceed({}));
    QVERIFY(preparation.checks().empty());
    QCOMPARE(preparation.spec().ports.front().port, Wished);
}

QTEST_GUILESS_MAIN(tst_StartPreparation)
#include "tst_startpreparation.moc"
