// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"
#include "core/servers/probefactory.h"
#include "core/servers/probegroup.h"
#include "core/servers/probemachine.h"
#include "core/servers/runmembers.h"
#include "core/servers/serverlife.h"
#include "core/servers/serverspec.h"
#include "core/servers/startupwatch.h"
#include "core/supervise/criline.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakediag.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

using namespace std::chrono_literals;
using Quay::ContradictionKind;
using Quay::PhaseState;
using Quay::ServerSpec;
using Quay::StartOutcome;
using Quay::StartupNews;
using Quay::StartupRun;

namespace {

constexpr pid_t Supervisor = 50;
constexpr pid_t Server = 100;
constexpr std::uint16_t Port = 3000;

/// A machine of its own, and a server on it that is started by hand.
struct Room
{
    explicit Room(ServerSpec of)
        : spec(std::move(of))
        , proc(files.open())
    {
        files.add({.pid = Supervisor});
        files.add({.pid = Server, .parentPid = Supervisor, .sockets = {{.fd = 3, .inode = 4711}}});
    }

    void tell() { watch.follow(life, isLaunched ? Supervisor : 0); }
    void start()
    {
        std::ignore = life.start();
        tell();
        watch.begin();
    }
    void check()
    {
        std::ignore = life.needsMet();
        tell();
    }
    void launch()
    {
        check();
        std::ignore = life.checked(true);
        tell();
        isLaunched = true;
        watch.launched(Supervisor);
        std::ignore = life.launched();
    }
    void becomeReady()
    {
        std::ignore = life.readinessMet();
        tell();
    }
    void say(const std::string &line) { watch.lineCame({.realTime = clock.realTime(), .text = line}); }
    void openPort(std::uint16_t port)
    {
        sockets->records = {{.cookie = 1,
                             .inode = 4711,
                             .state = Quay::SocketState::Listening,
                             .localPort = port,
                             .localAddress = {.bytes = {127, 0, 0, 1}}}};
    }
    /// As a loop does that is woken when something is due.
    void pass(std::chrono::nanoseconds time)
    {
        const auto end = clock.monotonic() + time;
        for (;;) {
            const auto due = watch.due();
            const auto next = due && *due < end ? std::max(*due, clock.monotonic()) : end;
            clock.advance(next - clock.monotonic());
            watch.proceed(readiness, liveness);
            ++wakes;
            if (next == end) {
                break;
            }
        }
        for (auto &piece : watch.takeNews()) {
            news.push_back(std::move(piece));
        }
    }
    [[nodiscard]] std::optional<StartupRun> over()
    {
        pass(0s);
        std::optional<StartupRun> last; // that counts
        for (const auto &piece : news) {
            if (const auto *const run = std::get_if<StartupRun>(&piece)) {
                last = *run;
            }
        }
        return last;
    }
    [[nodiscard]] std::vector<std::string> overduePhases() const
    {
        std::vector<std::string> phases;
        for (const auto &piece : news) {
            if (const auto *const overdue = std::get_if<Quay::OverduePhase>(&piece)) {
                phases.push_back(overdue->phase);
            }
        }
        return phases;
    }

    ServerSpec spec;
    Quay::Test::FakeProc files;
    Quay::ProcFs proc;
    std::shared_ptr<Quay::Test::FakeSockets> sockets = std::make_shared<Quay::Test::FakeSockets>();
    Quay::Test::FakeClock clock;
    Quay::SockDiag diag{std::make_unique<Quay::Test::FakeDiag>(sockets)};
    Quay::RunMembers members{proc, clock};
    Quay::ProbeMachine machine{
        .proc = &proc, .diag = &diag, .members = &members, .createRequester = {}, .clock = &clock};
    Quay::ServerLife life{{}, clock, [] { return 0.5; }};
    Quay::ProbeGroup readiness{spec, machine};
    Quay::ProbeGroup liveness{spec, machine, Quay::ProbePurpose::Liveness};
    Quay::StartupWatch watch{spec, machine, "/shop/quaymaster.yaml"};
    std::vector<StartupNews> news;
    bool isLaunched = false;
    int wakes = 0;
};

ServerSpec server()
{
    return {.name = "web", .command = {.arguments = {"web"}}, .ports = {{.port = Port}}};
}

} // namespace

class tst_StartupWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void startHasItsPhases();
    void needsAreWaitedForFirst();
    void nothingIsLookedAtOnceItIsReady();
    void deadlineIsToldOnce();
    void refusalThatTheKernelConfirmsIsTold();
    void stoppedStartIsNoFailure();
    void startThatIsGivenUpFails();
    void lateStartIsReadyAllTheSame();
    void endOfTheServerEndsItsStart();
    void livenessBelongsToTheStart();
    void livenessThatCannotBeKnownIsNotWaitedFor();
    void contradictionIsToldAndTakenBack();
    void claimIsGivenAMoment();
    void unwellServerIsLookedAtAgain();
    void secretsInLastLinesAreMasked();
};

void tst_StartupWatch::startHasItsPhases()
{
    auto spec = server();
    spec.readiness = {{.name = "page", .condition = Quay::LogCondition{.pattern = "^never"}}};
    Room room(std::move(spec));

    room.start();
    room.pass(10ms);
    room.launch();
    room.pass(100ms);
    room.openPort(Port);
    room.pass(10ms);
    room.becomeReady();
    room.pass(1s);

    const auto run = room.over();
    QVERIFY(run);
    QCOMPARE(run->outcome, StartOutcome::Ready);
    QCOMPARE(run->file, std::string("/shop/quaymaster.yaml"));
    QCOMPARE(run->server, std::string("web"));
    QCOMPARE(run->readyAfter, std::optional<std::chrono::nanoseconds>(120ms));
    std::vector<std::string> names;
    for (const auto &phase : run->phases) {
        names.push_back(phase.name);
        QCOMPARE(phase.state, PhaseState::Ended);
    }
    QCOMPARE(names, (std::vector<std::string>{"preflight", "listening", "spawned", "ready"}));
    const auto listening = run->phases[1];
    QVERIFY(*listening.end - 110ms <= 5ms); // seen within so long
    QCOMPARE(listening.source, Quay::PhaseSource::Kernel);
    QVERIFY(listening.usage && listening.usage->residentBytes > 0);
}

void tst_StartupWatch::needsAreWaitedForFirst()
{
    auto spec = server();
    spec.needs = {{.server = "db"}};
    Room room(std::move(spec));

    room.start();
    room.pass(40ms);
    room.check();

    const auto *const waiting = room.watch.timeline()->find(Quay::BuiltInPhase::WaitingForNeeds);
    QVERIFY(waiting != nullptr);
    QCOMPARE(waiting->took(), std::optional<std::chrono::nanoseconds>(40ms));
}

void tst_StartupWatch::nothingIsLookedAtOnceItIsReady()
{
    Room room(server());
    room.start();
    room.launch();
    room.openPort(Port);
    room.pass(50ms);
    room.becomeReady();
    const int dumps = room.sockets->dumps;
    QVERIFY(dumps > 0);

    room.pass(10min);

    QCOMPARE(room.sockets->dumps, dumps);
    QVERIFY(!room.watch.due());
}

void tst_StartupWatch::deadlineIsToldOnce()
{
    auto spec = server();
    spec.phases = {{.name = "migrate", .pattern = "^migrated", .deadline = 2s},
                   {.name = "warm up", .pattern = "^warm", .deadline = 3s}};
    Room room(std::move(spec));
    room.start();
    room.pass(1h); // others keep it waiting
    room.launch();
    room.pass(1s);
    room.say("migrated");

    room.pass(100s);

    QCOMPARE(room.overduePhases(), (std::vector<std::string>{"warm up", "listening", "ready"}));
}

void tst_StartupWatch::refusalThatTheKernelConfirmsIsTold()
{
    auto spec = server();
    spec.phases = {{.name = "connect", .pattern = "^connected", .deadline = 2s}};
    Room room(std::move(spec));
    room.start();
    room.launch();
    room.say("dial tcp 127.0.0.1:5432: connect: connection refused");

    room.pass(2s);

    QCOMPARE(room.news.size(), 1U);
    const auto &overdue = std::get<Quay::OverduePhase>(room.news.front());
    QCOMPARE(overdue.refused.size(), 1U);
    QCOMPARE(overdue.refused.front().port, 5432);
    room.openPort(5432); // somebody has come
    QVERIFY(room.watch.overdue().front().refused.empty());
}

void tst_StartupWatch::stoppedStartIsNoFailure()
{
    Room room(server());
    room.start();
    room.launch();

    std::ignore = room.life.stop();
    room.tell();

    const auto run = room.over();
    QVERIFY(run);
    QCOMPARE(run->outcome, StartOutcome::Stopped);
    QCOMPARE(run->phases.back().state, PhaseState::Interrupted);
}

void tst_StartupWatch::startThatIsGivenUpFails()
{
    Room room(server());
    room.start();
    room.launch();
    std::ignore = room.life.readinessFailed({.probe = "listening"});
    room.tell();
    const auto soFar = room.over(); // it may come yet
    QVERIFY(soFar);
    QCOMPARE(soFar->outcome, StartOutcome::Failed);
    QVERIFY(std::ranges::any_of(soFar->phases, &Quay::StartupPhase::isOpen));

    std::ignore = room.life.stop();
    room.tell();

    const auto run = room.over();
    QCOMPARE(run->outcome, StartOutcome::Failed);
    QCOMPARE(run->beganAt, soFar->beganAt);
    QCOMPARE(run->phases.back().state, PhaseState::Interrupted);
}

void tst_StartupWatch::lateStartIsReadyAllTheSame()
{
    Room room(server());
    room.start();
    room.launch();
    std::ignore = room.life.readinessFailed({.probe = "listening"});
    room.tell();
    room.pass(20s);

    room.becomeReady();
    room.pass(1s);

    QCOMPARE(room.over().value_or(StartupRun{}).readyAfter, std::optional<std::chrono::nanoseconds>(20s));
}

void tst_StartupWatch::endOfTheServerEndsItsStart()
{
    Room room(server());
    room.start();
    room.launch();
    room.pass(1s);

    std::ignore = room.life.exited({.code = 3});
    room.tell();

    const auto run = room.over();
    QVERIFY(run);
    QCOMPARE(run->outcome, StartOutcome::Failed);
    QVERIFY(!run->readyAfter);
    room.news.clear();
    room.start(); // once more
    room.launch();
    QCOMPARE(room.watch.timeline()->find(Quay::BuiltInPhase::Listening)->state, PhaseState::Running);
}

void tst_StartupWatch::livenessBelongsToTheStart()
{
    auto spec = server();
    spec.liveness = {{.name = "listens", .condition = Quay::ListeningCondition{.port = Port}}};
    Room room(std::move(spec));
    room.start();
    room.launch();
    room.pass(100ms);
    room.liveness.begin(room.spec.liveness, {.supervisor = Supervisor}, room.clock.monotonic());
    room.becomeReady();
    room.pass(1s);
    QVERIFY(!room.over());

    room.openPort(Port);
    std::ignore = room.liveness.proceed(room.clock.monotonic(), {});

    const auto run = room.over();
    QVERIFY(run);
    QCOMPARE(run->phases.back().name, std::string("healthy"));
    QCOMPARE(run->phases.back().took(), std::optional<std::chrono::nanoseconds>(1s));
}

void tst_StartupWatch::livenessThatCannotBeKnownIsNotWaitedFor()
{
    auto spec = server();
    spec.liveness = {{.name = "page", .condition = Quay::HttpCondition{.request = {.url = "http://127.0.0.1:1/"}}}};
    Room room(std::move(spec));
    room.machine.createRequester = []() -> Quay::Result<std::unique_ptr<Quay::HttpRequester>> {
        return Quay::fail(Quay::ErrorCode::Unsupported, "quay-http");
    };
    room.start();
    room.launch();
    room.pass(100ms);
    room.liveness.begin(room.spec.liveness, {.supervisor = Supervisor}, room.clock.monotonic());

    room.becomeReady();
    room.pass(1s);

    const auto run = room.over();
    QVERIFY(run);
    QCOMPARE(run->outcome, StartOutcome::Ready);
}

void tst_StartupWatch::contradictionIsToldAndTakenBack()
{
    Room room(server());
    room.start();
    room.launch();
    room.openPort(Port + 1);
    room.say("Application startup complete.");

    room.pass(3s);
    const auto contradiction = room.watch.contradiction();
    const auto told = room.news;
    room.openPort(Port);
    room.becomeReady();
    room.pass(0s);

    QVERIFY(contradiction);
    QCOMPARE(contradiction->kind, ContradictionKind::OtherPort);
    QCOMPARE(told.size(), 1U); // once
    QVERIFY(std::holds_alternative<Quay::ContradictionChanged>(told.front()));
    QVERIFY(!room.watch.contradiction());
    QCOMPARE(room.news.size(), 2U);
    QVERIFY(std::holds_alternative<Quay::ContradictionChanged>(room.news.back()));
}

void tst_StartupWatch::claimIsGivenAMoment()
{
    Room room(server());
    room.start();
    room.launch();
    room.say("Application startup complete.");

    room.pass(900ms);
    room.openPort(Port); // many say so shortly before
    room.pass(3s);

    QVERIFY(room.news.empty());
}

void tst_StartupWatch::unwellServerIsLookedAtAgain()
{
    auto spec = server();
    spec.liveness = {{.name = "page", .condition = Quay::TcpCondition{.host = "127.0.0.1", .port = Port}}};
    Room room(std::move(spec));
    room.start();
    room.launch();
    room.openPort(Port);
    room.pass(10ms);
    room.say("Application startup complete.");
    room.becomeReady();
    room.pass(10s);
    room.news.clear();
    room.sockets->records.clear(); // it has closed its port
    std::ignore = room.life.healthFailed({.probe = "page"});
    room.tell();
    room.wakes = 0;

    room.pass(10min);

    QVERIFY(room.watch.contradiction());
    QCOMPARE(room.watch.contradiction()->kind, ContradictionKind::NotListening);
    QVERIFY(room.wakes < 150); // now and then
}

void tst_StartupWatch::secretsInLastLinesAreMasked()
{
    Room room(server());
    room.start();
    room.launch();
    for (int i = 0; i < 10; ++i) {
        room.say("line " + std::to_string(i));
    }
    room.say("postgres://shop:geheim@localhost/shop");

    const auto lines = room.watch.lastLines();

    QCOMPARE(lines.size(), 5U);
    QCOMPARE(lines.front(), std::string("line 6"));
    QVERIFY2(!lines.back().contains("geheim"), lines.back().c_str());
}

QTEST_GUILESS_MAIN(tst_StartupWatch)
#include "tst_startupwatch.moc"
