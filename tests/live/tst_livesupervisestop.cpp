// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "core/kernel/procfs.h"
#include "core/supervise/controlclient.h"
#include "core/supervise/leftovers.h"
#include "core/supervise/runevent.h"
#include "tests/support/otheruser.h"
#include "tests/support/supervisedrun.h"
#include "tests/support/testserver.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace std::chrono_literals;
using Quay::ControlClient;
using Quay::ControlVerb;
using Quay::RunEventKind;
using Quay::UniqueFd;
using Quay::Test::ServerRoom;
using Quay::Test::SupervisedRun;

namespace {

std::string why(const std::expected<SupervisedRun, Quay::LaunchFailure> &run)
{
    return run ? "" : run.error().error.subject + ": " + std::to_string(run.error().error.sysErrno);
}

std::size_t countOf(const SupervisedRun &run, RunEventKind kind)
{
    const auto events = run.record().events;
    return static_cast<std::size_t>(std::ranges::count(events, kind, &Quay::RunEvent::kind));
}

/// A connection that is no ControlClient: it says what it likes, and nothing at all.
UniqueFd rawConnection(const std::string &path)
{
    UniqueFd fd(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        fd.reset();
    }
    return fd;
}

/// Whether the other end has closed, within some seconds.
bool isClosed(const UniqueFd &fd)
{
    pollfd watched{.fd = fd.get(), .events = POLLIN, .revents = 0};
    char byte = 0;
    return ::poll(&watched, 1, 10'000) == 1 && ::recv(fd.get(), &byte, 1, MSG_DONTWAIT) <= 0;
}

} // namespace

/// Stopping real servers, and asking and listening to their supervisors.
class tst_LiveSuperviseStop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_room = std::make_unique<ServerRoom>(); }
    void cleanup() { m_room.reset(); }

    void describedSignalIsSent();
    void shellAndItsServerAreBothAsked();
    void whoMissedTheSignalIsAskedOnceItIsAnOrphan_data();
    void whoMissedTheSignalIsAskedOnceItIsAnOrphan();
    void workersOfADaemonAreAskedOnce();
    void othersHaveTheRestOfTheTime();
    void deafServerIsKilledAndNamed();
    void whoeverHidIsKilledToo();
    void forkingWithoutAnEndIsEnded();
    void forcedStopTakesNoTime();
    void termToTheSupervisorStopsInOrder();
    void stoppedServerHearsOfItToo();
    void signalGoesToTheServer();
    void subscriberHearsEverythingInOrder();
    void whoHearsOfTheEndMayStartAgain();
    void repliesBelongToTheirRequests();
    void clientThatSendsGarbageIsDropped();
    void clientThatDoesNotReadIsDropped();
    void clientsAreLimited();
    void otherUsersAreNotListenedTo();
    void serverTellsHowItIs();
    void silenceIsNoted();
    void eachSilenceAndItsEndAreNoted();
    void whoeverIsStoppingMayBeSilent();
    void strangersTellNothing();

private:
    std::unique_ptr<ServerRoom> m_room;
};

void tst_LiveSuperviseStop::describedSignalIsSent()
{
    auto description = m_room->describeShell("trap 'echo interrupted; exit 0' INT; echo up; while :; do sleep 1; done");
    description.stop.signal = SIGINT;
    const auto run = SupervisedRun::start(description);
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("up"));

    QVERIFY(run->ask({.verb = ControlVerb::Stop}).has_value());

    QVERIFY(run->waitForEnd());
    QVERIFY(run->waitForLine("interrupted"));
    const auto asked = run->event(RunEventKind::StopAsked);
    QVERIFY(asked && asked->process);
    QCOMPARE(asked->process->id.pid, ::getpid());
    QCOMPARE(asked->uid, std::optional<std::uint32_t>(::geteuid()));
    QCOMPARE(asked->signal, std::optional(SIGINT));
    QCOMPARE(run->event(RunEventKind::Exited)->status->code, std::optional(0));
    QVERIFY(!run->event(RunEventKind::Killed).has_value());
}

void tst_LiveSuperviseStop::shellAndItsServerAreBothAsked()
{
    const auto run = SupervisedRun::start(m_room->describeShell("sh -c 'echo up; sleep 1000; :'; :"));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("up"));

    QVERIFY(run->ask({.verb = ControlVerb::Stop, .grace = 20s}).has_value());

    QVERIFY(run->waitForEnd(10s));
    QVERIFY(!run->event(RunEventKind::Killed).has_value());
}

void tst_LiveSuperviseStop::whoMissedTheSignalIsAskedOnceItIsAnOrphan_data()
{
    QTest::addColumn<QString>("script");

    QTest::newRow("the server's own child")
        << QStringLiteral("exec '%1' heir").arg(QString::fromStdString(Quay::Test::programPath("testserver")));
    QTest::newRow("a grandchild, whose parent outlives the server") << QStringLiteral(
        R"(sh -c 'trap "while kill -0 $PPID 2>/dev/null; do sleep 0.01; done; sleep 1000 & exit 0" TERM
                     echo up
                     while :; do sleep 0.05; done' & wait)");
}

void tst_LiveSuperviseStop::whoMissedTheSignalIsAskedOnceItIsAnOrphan()
{
    // As a shell that holds back signals while it forks: the child comes when its group was signalled already.
    QFETCH(const QString, script);
    const auto run = SupervisedRun::start(m_room->describeShell(script.toStdString()));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitFor(RunEventKind::FirstOutput));

    QVERIFY(run->ask({.verb = ControlVerb::Stop, .grace = 1h}).has_value());

    QVERIFY(run->waitForEnd(10s));
    QVERIFY(!run->event(RunEventKind::Killed).has_value());
}

void tst_LiveSuperviseStop::workersOfADaemonAreAskedOnce()
{
    // The worker stays for a while after the daemon, when whoever was not asked is.
    const auto run = SupervisedRun::start(m_room->describeShell(
        R"(sh -c 'setsid sh -c "trap \"echo asked\" TERM; echo up
                                while kill -0 \$PPID 2>/dev/null; do sleep 0.02; done
                                for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.02; done" & wait' &)"));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("up"));
    QVERIFY(run->waitFor(RunEventKind::MainProcess));

    QVERIFY(run->ask({.verb = ControlVerb::Stop, .grace = 1h}).has_value());

    QVERIFY(run->waitForEnd(10s));
    QCOMPARE(std::ranges::count(run->lines(), "asked", &Quay::OutputLine::text), 1);
}

void tst_LiveSuperviseStop::othersHaveTheRestOfTheTime()
{
    // The leading shell dies first; the one in a session of its own is asked then, and needs a while.
    const auto run = SupervisedRun::start(m_room->describeShell(
        "setsid sh -c 'trap \"sleep 0.3; echo finished; exit 0\" TERM; echo up; while :; do sleep 0.05; done' & wait"));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("up"));

    QVERIFY(run->ask({.verb = ControlVerb::Stop, .grace = 20s}).has_value());

    QVERIFY(run->waitForEnd(15s));
    QVERIFY(run->waitForLine("finished"));
    QVERIFY(!run->event(RunEventKind::Killed).has_value());
}

void tst_LiveSuperviseStop::deafServerIsKilledAndNamed()
{
    const auto run = SupervisedRun::start(m_room->describeShell("trap '' TERM; echo up; while :; do sleep 1000; done"));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("up"));

    const auto status = run->ask({.verb = ControlVerb::Stop, .grace = 300ms});

    QVERIFY(status.has_value());
    QCOMPARE(status->phase, Quay::RunPhase::Stopping);
    QVERIFY(status->killsIn && *status->killsIn <= 300ms);
    QVERIFY(run->waitForEnd());
    QCOMPARE(run->event(RunEventKind::Exited)->status->signal, SIGKILL);
    const auto record = run->record();
    const auto isNamed = [](const Quay::RunEvent &event) {
        return event.kind == RunEventKind::Killed && event.text && event.text->contains("trap");
    };
    QVERIFY(std::ranges::any_of(record.events, isNamed));
    const auto asked = run->event(RunEventKind::StopAsked);
    const auto killed = run->event(RunEventKind::Killed);
    QVERIFY(killed->at.sinceBoot - asked->at.sinceBoot >= 300ms);
}

void tst_LiveSuperviseStop::whoeverHidIsKilledToo()
{
    const auto run =
        SupervisedRun::start(m_room->describeShell("(setsid sh -c \"trap '' TERM; (setsid sleep 1000 &) ; while :; do "
                                                   "sleep 1000; done\" &); echo up; sleep 1000"));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("up"));

    QVERIFY(run->ask({.verb = ControlVerb::Stop, .grace = 200ms}).has_value());

    QVERIFY(run->waitForEnd());
    const auto proc = Quay::ProcFs::open();
    QVERIFY(Quay::findLeftOvers(*proc, Quay::serverKey(m_room->server()), std::nullopt).empty());
}

void tst_LiveSuperviseStop::forkingWithoutAnEndIsEnded()
{
    // Far more generations than there is time for: it never ends by itself.
    const auto run =
        SupervisedRun::start(m_room->describe({Quay::Test::programPath("noisyserver"), "forks", "100000000"}));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitFor(RunEventKind::Daemonised).has_value());

    QVERIFY(run->ask({.verb = ControlVerb::Stop, .isForced = true}).has_value());

    QVERIFY(run->waitForEnd());
    const auto proc = Quay::ProcFs::open();
    QVERIFY(Quay::findLeftOvers(*proc, Quay::serverKey(m_room->server()), std::nullopt).empty());
}

void tst_LiveSuperviseStop::forcedStopTakesNoTime()
{
    const auto run = SupervisedRun::start(m_room->describeShell("trap '' TERM; echo up; sleep 1000; sleep 1000"));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("up"));
    QVERIFY(run->ask({.verb = ControlVerb::Stop, .grace = 1h}).has_value());

    QVERIFY(run->ask({.verb = ControlVerb::Stop, .isForced = true}).has_value());

    QVERIFY(run->waitForEnd());
    QCOMPARE(countOf(*run, RunEventKind::StopAsked), std::size_t{2});
}

void tst_LiveSuperviseStop::termToTheSupervisorStopsInOrder()
{
    const auto run = SupervisedRun::start(
        m_room->describeShell("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done"));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("up"));

    run->signalSupervisor(SIGTERM);

    QVERIFY(run->waitForEnd());
    QVERIFY(run->waitForLine("bye"));
    QVERIFY(run->record().hasEnded());
}

void tst_LiveSuperviseStop::stoppedServerHearsOfItToo()
{
    const auto run = SupervisedRun::start(m_room->describeShell("echo up; kill -STOP $$; :"));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("up"));

    QVERIFY(run->ask({.verb = ControlVerb::Stop, .grace = 20s}).has_value());

    QVERIFY(run->waitForEnd(10s));
    QVERIFY(!run->event(RunEventKind::Killed).has_value());
}

void tst_LiveSuperviseStop::signalGoesToTheServer()
{
    const auto run =
        SupervisedRun::start(m_room->describeShell("trap 'echo reload' HUP; echo up; while :; do sleep 0.05; done"));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("up"));

    QVERIFY(run->ask({.verb = ControlVerb::Signal, .signal = SIGHUP}).has_value());

    QVERIFY(run->waitForLine("reload"));
    QCOMPARE(run->event(RunEventKind::Signalled)->signal, std::optional(SIGHUP));
}

void tst_LiveSuperviseStop::subscriberHearsEverythingInOrder()
{
    const auto run = SupervisedRun::start(
        m_room->describeShell("trap 'echo more; exit 7' USR1; echo up; while :; do sleep 0.05; done"));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("up"));
    auto client = ControlClient::connect(m_room->places());
    QVERIFY(client.has_value());
    const auto status = client->ask({.verb = ControlVerb::Subscribe});
    QVERIFY(status.has_value());

    QVERIFY(client->send({.verb = ControlVerb::Signal, .signal = SIGUSR1}).has_value());
    QVERIFY(run->waitForEnd());

    std::vector<Quay::RunEvent> events;
    Quay::LogPosition position;
    const auto messages = client->receive();
    QVERIFY(messages.has_value());
    for (const auto &message : *messages) {
        if (const auto *const event = std::get_if<Quay::RunEvent>(&message)) {
            events.push_back(*event);
        } else if (const auto *const log = std::get_if<Quay::LogPosition>(&message)) {
            position = *log;
        }
    }
    const auto recorded = run->record().events;
    QVERIFY(!events.empty());
    QCOMPARE(events.front().number, status->eventCount + 1);
    QVERIFY(std::ranges::equal(events, std::span(recorded).subspan(status->eventCount)));
    QCOMPARE(events.back().kind, RunEventKind::Ended);
    QCOMPARE(position.bytes, std::filesystem::file_size(m_room->places().log()));
    QCOMPARE(client->receive().error().code, Quay::ErrorCode::Gone);
}

void tst_LiveSuperviseStop::whoHearsOfTheEndMayStartAgain()
{
    for (int round = 0; round < 20; ++round) {
        const auto run = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));
        QVERIFY2(run, why(run).c_str());
        auto client = ControlClient::connect(m_room->places());
        QVERIFY(client && client->ask({.verb = ControlVerb::Subscribe}));
        QVERIFY(client->send({.verb = ControlVerb::Stop}).has_value());

        bool hasEnded = false;
        const auto isToldOfTheEnd = [&] {
            const auto messages = client->receive();
            const auto isEnd = [](const Quay::ControlMessage &message) {
                const auto *const event = std::get_if<Quay::RunEvent>(&message);
                return event != nullptr && event->kind == RunEventKind::Ended;
            };
            hasEnded = hasEnded || (messages && std::ranges::any_of(*messages, isEnd));
            return hasEnded;
        };
        QVERIFY(Quay::Test::waitUntil(isToldOfTheEnd));
    }
}

void tst_LiveSuperviseStop::repliesBelongToTheirRequests()
{
    const auto run = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));
    QVERIFY2(run, why(run).c_str());
    auto client = ControlClient::connect(m_room->places());
    QVERIFY(client.has_value());

    const auto first = client->send({.verb = ControlVerb::Status});
    const auto second = client->ask({.verb = ControlVerb::Stop, .grace = 1h});
    const auto kept = client->receive();

    QVERIFY(first && second && kept);
    QCOMPARE(second->phase, Quay::RunPhase::Stopping);
    QCOMPARE(std::get<Quay::ControlReply>(kept->front()).status->phase, Quay::RunPhase::Running);
    QCOMPARE(kept->size(), std::size_t{1});
    QCOMPARE(std::get<Quay::ControlReply>(kept->front()).id, *first);
}

void tst_LiveSuperviseStop::clientThatSendsGarbageIsDropped()
{
    const auto run = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));
    QVERIFY2(run, why(run).c_str());
    const std::string tooLong(100'000, 'x');
    for (const std::string &garbage : {std::string("\xff\0\n", 3), std::string("stop"), std::string("stop id=x"),
                                       std::string("signal id=1"), tooLong}) {
        const auto raw = rawConnection(m_room->places().control());
        QVERIFY(raw);
        QVERIFY(::send(raw.get(), garbage.data(), garbage.size(), MSG_NOSIGNAL) > 0);
        QVERIFY(isClosed(raw));
    }

    const auto status = run->ask({.verb = ControlVerb::Status});

    QVERIFY(status.has_value());
    QCOMPARE(status->phase, Quay::RunPhase::Running);
}

void tst_LiveSuperviseStop::clientThatDoesNotReadIsDropped()
{
    const auto run = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));
    QVERIFY2(run, why(run).c_str());
    const auto lazy = rawConnection(m_room->places().control());
    QVERIFY(lazy);
    const std::string subscribe = "subscribe id=1";
    QVERIFY(::send(lazy.get(), subscribe.data(), subscribe.size(), MSG_NOSIGNAL) > 0);
    const std::string status = "status id=2";
    ssize_t sent = 1;
    for (int request = 0; request < 100'000 && sent > 0; ++request) {
        sent = ::send(lazy.get(), status.data(), status.size(), MSG_NOSIGNAL);
    }

    QVERIFY(sent < 0); // its replies were not read

    QVERIFY(run->ask({.verb = ControlVerb::Status}).has_value());
}

void tst_LiveSuperviseStop::clientsAreLimited()
{
    const auto run = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));
    QVERIFY2(run, why(run).c_str());
    std::vector<ControlClient> clients;
    Quay::Result<Quay::RunStatus> answered{};
    while (answered && clients.size() < 100) {
        auto client = ControlClient::connect(m_room->places());
        QVERIFY(client.has_value());
        answered = client->ask({.verb = ControlVerb::Status});
        clients.push_back(*std::move(client));
    }
    QCOMPARE(clients.size(), std::size_t{17});
    QCOMPARE(answered.error().code, Quay::ErrorCode::Gone);

    clients.clear();

    QVERIFY(Quay::Test::waitUntil([&] { return run->ask({.verb = ControlVerb::Status}).has_value(); }));
}

void tst_LiveSuperviseStop::otherUsersAreNotListenedTo()
{
    if (::geteuid() != 0) {
        QSKIP("only root can become another user");
    }
    const auto run = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));
    QVERIFY2(run, why(run).c_str());
    const auto places = m_room->places();
    const auto askAsOther = [&places] {
        return Quay::Test::runAs(Quay::Test::OtherUid, [&places]() -> std::string {
            auto client = ControlClient::connect(places);
            if (!client) {
                return "no connection";
            }
            return client->ask({.verb = ControlVerb::Stop}) ? "stopped" : "refused";
        });
    };
    QCOMPARE(askAsOther().value(), std::string("no connection"));

    // Even if all doors were open.
    using std::filesystem::perms;
    for (auto path = std::filesystem::path(places.control()); path != m_room->directory(); path = path.parent_path()) {
        std::filesystem::permissions(path, perms::all);
    }
    std::filesystem::permissions(m_room->directory(), perms::all);

    QCOMPARE(askAsOther().value(), std::string("refused"));
    QCOMPARE(run->ask({.verb = ControlVerb::Status})->phase, Quay::RunPhase::Running);
}

void tst_LiveSuperviseStop::serverTellsHowItIs()
{
    auto description =
        m_room->describe({Quay::Test::programPath("noisyserver"), "notify", "STATUS=warming up",
                          "READY=1\nSTATUS=serving\nWATCHDOG=1", "nonsense", "WATCHDOG=1", "STOPPING=1"});
    description.expectsNotify = true;
    const auto run = SupervisedRun::start(description);
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitFor(RunEventKind::Stopping).has_value());

    QCOMPARE(run->event(RunEventKind::Status)->text, std::optional<std::string>("serving"));
    QCOMPARE(countOf(*run, RunEventKind::Status), std::size_t{2});
    QCOMPARE(countOf(*run, RunEventKind::Ready), std::size_t{1});
    QCOMPARE(countOf(*run, RunEventKind::Watchdog), std::size_t{1});
    const auto status = run->ask({.verb = ControlVerb::Status});
    QVERIFY(status && status->aliveAt);
    QCOMPARE(status->text, std::optional<std::string>("serving"));
    QVERIFY(!status->isReady); // it is stopping
}

void tst_LiveSuperviseStop::silenceIsNoted()
{
    auto description = m_room->describeShell("echo \"for $WATCHDOG_USEC us\"; exec '"
                                             + Quay::Test::programPath("noisyserver") + "' notify WATCHDOG=1");
    description.expectsNotify = true;
    description.watchdog = 20ms;
    const auto run = SupervisedRun::start(description);
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitFor(RunEventKind::WatchdogSilent).has_value());

    QCOMPARE(countOf(*run, RunEventKind::Watchdog), std::size_t{1});
    const auto alive = run->event(RunEventKind::Watchdog)->at.sinceBoot;
    QVERIFY(run->event(RunEventKind::WatchdogSilent)->at.sinceBoot - alive >= 20ms);
    QVERIFY(run->waitForLine("for 20000 us"));
}

void tst_LiveSuperviseStop::eachSilenceAndItsEndAreNoted()
{
    const std::string says = '\'' + Quay::Test::programPath("noisyserver") + "' notify ";
    auto description =
        m_room->describeShell(says + "READY=1 & until test -e go; do sleep 0.01; done; exec " + says + "WATCHDOG=1");
    description.expectsNotify = true;
    description.watchdog = 20ms;
    const auto run = SupervisedRun::start(description);
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitFor(RunEventKind::WatchdogSilent).has_value());

    std::ofstream(description.directory + "/go").close();

    QVERIFY(run->waitFor(RunEventKind::Watchdog).has_value());
    QVERIFY(Quay::Test::waitUntil([&] { return countOf(*run, RunEventKind::WatchdogSilent) == 2; }));
}

void tst_LiveSuperviseStop::whoeverIsStoppingMayBeSilent()
{
    auto description = m_room->describe(
        {Quay::Test::programPath("noisyserver"), "notify", "WATCHDOG=1\nSTOPPING=1", "STATUS=still there"});
    description.expectsNotify = true;
    description.watchdog = 1ms;
    const auto run = SupervisedRun::start(description);
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitFor(RunEventKind::Status).has_value());

    QVERIFY(run->ask({.verb = ControlVerb::Stop}).has_value());

    QVERIFY(run->waitFor(RunEventKind::Ended).has_value());
    QCOMPARE(countOf(*run, RunEventKind::WatchdogSilent), std::size_t{0});
}

void tst_LiveSuperviseStop::strangersTellNothing()
{
    auto description = m_room->describeShell("echo \"$NOTIFY_SOCKET\"; exec sleep 1000");
    description.expectsNotify = true;
    const auto run = SupervisedRun::start(description);
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine(m_room->places().notify()));
    const UniqueFd stranger(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    m_room->places().notify().copy(address.sun_path, sizeof address.sun_path - 1);
    const std::string ready = "READY=1";
    QVERIFY(::sendto(stranger.get(), ready.data(), ready.size(), 0, reinterpret_cast<const sockaddr *>(&address),
                     sizeof address)
            > 0);

    // Whatever is asked after it is answered after it.
    QVERIFY(run->ask({.verb = ControlVerb::Signal, .signal = SIGTERM}).has_value());

    QVERIFY(run->waitForEnd());
    QCOMPARE(countOf(*run, RunEventKind::Ready), std::size_t{0});
}

QTEST_GUILESS_MAIN(tst_LiveSuperviseStop)
#include "tst_livesupervisestop.moc"
