// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/pollset.h"
#include "core/control/portproof.h"
#include "core/kernel/diagtransport.h"
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"
#include "core/servers/fleet.h"
#include "core/servers/runmembers.h"
#include "core/servers/serverspec.h"
#include "core/servers/serverstate.h"
#include "core/service/serverstatus.h"
#include "tests/support/supervisedrun.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using Quay::Observation;
using Quay::ServerSpec;
using Quay::ServerState;
using Quay::StateCause;

namespace {

constexpr auto Why = "Cannot load library quay-http.so";

Quay::Result<std::unique_ptr<Quay::HttpRequester>> noRequester()
{
    return Quay::fail(Quay::ErrorCode::Unsupported, Why);
}

class SilentListener : public Quay::RunnerListener
{
public:
    void stateChanged(const Quay::ServerRunner & /*server*/) override { }
    void outputCame(const Quay::ServerRunner & /*server*/, const Quay::OutputLine & /*line*/) override { }
    void eventCame(const Quay::ServerRunner & /*server*/, const Quay::RunEvent & /*event*/) override { }
    void startupNewsCame(const Quay::ServerRunner & /*server*/, const Quay::StartupNews & /*news*/) override { }
};

/// A machine on which nothing speaks HTTP.
struct Machine
{
    Quay::Test::ServerRoom room;
    Quay::ProcFs proc = Quay::ProcFs::open().value();
    Quay::SockDiag diag{Quay::diagTransportOrRefusal()};
    Quay::RunMembers members{proc};
    SilentListener listener;
    Quay::RunnerSettings settings{
        .superviseProgram = Quay::Test::superviseProgram(),
        .scopes = {},
        .project = room.server().project,
        .file = room.directory() + "/quaymaster.yaml",
        .places = {.runtimeDirectory = room.directory() + "/run/servers",
                   .stateDirectory = room.directory() + "/state/servers"},
        .inherited = {{"PATH", "/usr/bin:/bin"}},
        .probes = {.proc = &proc, .diag = &diag, .members = &members, .createRequester = noRequester},
        .preflight = {
            .prove = [](const Quay::PortClaim & /*claim*/) { return Quay::PortProof{.state = Quay::PortState::Free}; },
            .createRequester = noRequester,
            .canRequest = [] { return false; }},
    };

    /// Ready as soon as it runs. Whether it is well would be for a page to say.
    [[nodiscard]] ServerSpec needed() const
    {
        ServerSpec spec{.name = room.server().name}; // whom the room ends if need be
        spec.command.shellLine = "echo up; exec sleep 1000";
        spec.directory = room.directory();
        spec.readiness = {{.name = "up", .condition = Quay::LogCondition{.pattern = "up"}}};
        spec.liveness = {{.name = "page", .condition = Quay::HttpCondition{.request = {.url = "http://127.0.0.1:1/"}}}};
        return spec;
    }

    /// Ends by itself, and well.
    [[nodiscard]] ServerSpec needing(bool isOptional) const
    {
        ServerSpec spec{.name = "api"};
        spec.command.shellLine = "true";
        spec.directory = room.directory();
        spec.needs = {{.server = room.server().name, .state = Quay::NeedState::Healthy, .isOptional = isOptional}};
        return spec;
    }
};

/// Whether @p holds in the end.
bool follow(Quay::Fleet &fleet, const std::function<bool()> &holds)
{
    constexpr auto Patience = 30s;
    const auto deadline = Quay::systemClock().monotonic() + Patience;
    Quay::PollSet set;
    for (auto now = Quay::systemClock().monotonic(); now < deadline; now = Quay::systemClock().monotonic()) {
        fleet.proceed(set);
        if (holds()) {
            return true;
        }
        set.clear();
        fleet.collect(set);
        set.wait(std::min(fleet.due().value_or(deadline), deadline) - now);
    }
    return false;
}

} // namespace

/// Servers that need each other, with the real supervisor.
class tst_LiveFleet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void needOfUnknownHealthIsGivenUpWithItsReason();
    void optionalNeedOfUnknownHealthHoldsNobodyUp();
};

void tst_LiveFleet::needOfUnknownHealthIsGivenUpWithItsReason()
{
    Machine machine;
    Quay::Fleet fleet({machine.needed(), machine.needing(false)}, machine.settings, machine.listener);
    fleet.takeUp({});
    fleet.start({"api"});
    const auto &needed = *fleet.find(machine.room.server().name);
    const auto &api = *fleet.find("api");

    const bool isOver = follow(fleet, [&] { return api.life().state() == ServerState::Failed; });

    QVERIFY(isOver);
    QCOMPARE(api.life().reason().cause, StateCause::Need);
    QCOMPARE(api.life().reason().subject, needed.spec().name);
    const auto status = Quay::statusOf(api, fleet, {}, Quay::systemClock());
    QVERIFY(status.seen == (Observation{.what = Observation::What::HttpUnavailable, .detail = Why}));
    QCOMPARE(needed.life().state(), ServerState::Ready); // it is left alone
    fleet.stop({needed.spec().name});
    QVERIFY(follow(fleet, [&] { return fleet.isIdle(); }));
    QVERIFY(needed.healthUnknownFor() == nullptr);
}

void tst_LiveFleet::optionalNeedOfUnknownHealthHoldsNobodyUp()
{
    Machine machine;
    Quay::Fleet fleet({machine.needed(), machine.needing(true)}, machine.settings, machine.listener);
    fleet.takeUp({});
    fleet.start({"api"});
    const auto &needed = *fleet.find(machine.room.server().name);
    const auto &api = *fleet.find("api");

    const bool hasRun = follow(fleet, [&] { return api.life().reason().cause == StateCause::Exit; });

    QVERIFY(hasRun);
    QCOMPARE(needed.life().state(), ServerState::Ready);
    fleet.stop({needed.spec().name});
    QVERIFY(follow(fleet, [&] { return fleet.isIdle(); }));
}

QTEST_GUILESS_MAIN(tst_LiveFleet)
#include "tst_livefleet.moc"
