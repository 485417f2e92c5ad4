// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/filelock.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/unixsocket.h"
#include "core/supervise/lease.h"
#include "core/supervise/runrecord.h"
#include "tests/support/agentroom.h"
#include "tests/support/freeport.h"
#include "tests/support/misfitserver.h"
#include "tests/support/otheruser.h"
#include "tests/support/supervisedrun.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using Quay::RunEventKind;
using Quay::Test::freePort;
using Quay::Test::HeldPort;
using Quay::Test::waitUntil;
using Quay::Test::webServer;

namespace {

constexpr int Agents = 20;

/// Only that process: it was told by `quay status` a moment ago, and is a server of ours.
void signalServer(pid_t pid, int signal)
{
    const auto handle = Quay::PidFd::open(pid);
    QVERIFY(handle.has_value());
    QVERIFY(handle->signal(signal).has_value());
}

bool hasEnded(pid_t pid)
{
    const auto handle = Quay::PidFd::open(pid);
    return !handle || handle->hasEnded().value_or(false);
}

} // namespace

/// `quay up` and its relatives, and the agent behind them, with real servers.
class tst_QuayAgent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_room = std::make_unique<Quay::Test::AgentRoom>(); }
    void cleanup() { m_room.reset(); }

    void upWaitsUntilAllAreReady();
    void upSaysWhoIsNotReadyAndWhy();
    void upIsRefusedWhereACheckIsNotPassed();
    void startIsKnownAsSoonAsItIsReady();
    void timeIsUp();
    void whatAStartWaitsForIsSaid();
    void reasonThatShowsLaterIsSaid();
    void serversOutliveTheirAgent();
    void agentsDieWhileServersWork();
    void crashIsRestartedByTheNextAgent();
    void askedEndIsNoCrashForTheNextAgent();
    void waitingGoesOnWithTheNextAgent();
    void lockThatIsSetFreeLateIsWaitedFor();
    void stopTakesTheOppositeOrder();
    void stopIsOnRecord();
    void killOfADeafServerIsOnRecord();
    void agentThatIsKilledLeavesNobodyHalfAsked();
    void stopOfNobodyIsNoSuccess();
    void stopDuringThePauseStops();
    void othersStopIsNoCrash();
    void othersRunIsShownAndGoneOnWith();
    void changedFileIsShownAndAppliedByARestart();
    void fileWithMistakesKeepsNobodyFromStopping();
    void serverThatWasTakenOutIsStoppedWithTheRest();
    void leftOversAreNamedAndEnded();
    void recycledPidIsNobodysServer();
    void garbageInTheStateIsPassedOver();
    void garbageOnTheSocketEndsThatClientAlone();
    void nobodyElseMayAsk();
    void oneAgentForManyAtOnce();
    void waitForAServerThatIsYetToBeStarted();
    void statusIsWatched();

private:
    /// As `quay audit --json` has them, the last first.
    [[nodiscard]] QJsonArray recordedAttempts() const;

    std::unique_ptr<Quay::Test::AgentRoom> m_room;
};

void tst_QuayAgent::upWaitsUntilAllAreReady()
{
    const auto db = freePort();
    const auto api = freePort();
    m_room->write("  api: { command: '" + webServer(api) + "', ports: [" + api + "], needs: [db] }\n  db: { command: '"
                  + webServer(db) + "', ports: [" + db + "] }\n  job: { command: 'exit 0', needs: [db] }\n");

    const auto up = m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")});

    QVERIFY2(up.exitCode == 0, up.err.constData());
    QVERIFY2(up.err.indexOf("db is ready") < up.err.indexOf("api is ready"), up.err.constData());
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("ready"));
    QCOMPARE(m_room->state(QStringLiteral("job")), QStringLiteral("stopped"));
}

void tst_QuayAgent::upSaysWhoIsNotReadyAndWhy()
{
    m_room->write("  db: { command: 'echo no such table >&2; exit 3' }\n  api: { command: 'sleep 600', needs: [{ name: "
                  "db, state: exited-ok }] "
                  "}\n");

    const auto up = m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")});

    QCOMPARE(up.exitCode, 1);
    QVERIFY2(up.err.contains("db has ended: exit code 3"), up.err.constData());
    QVERIFY2(up.err.contains("api is not started, for it needs db"), up.err.constData());
    QCOMPARE(up.err.count("exit code 3"), 1); // not twice
    QVERIFY2(up.err.contains("db ! no such table\n"), up.err.constData());
}

void tst_QuayAgent::upIsRefusedWhereACheckIsNotPassed()
{
    const HeldPort held;
    ::listen(held.fd.get(), 1);
    m_room->write("  api: { command: 'sleep 600', ports: [" + std::to_string(held.port) + "] }\n");

    const auto up = m_room->quay({QStringLiteral("up")});

    QCOMPARE(up.exitCode, 1);
    QVERIFY2(up.err.contains("a check was not passed"), up.err.constData());
    QVERIFY2(up.err.contains("tst_quayagent"), up.err.constData()); // who has it
}

/// The one that it has just come from, and not the one before.
void tst_QuayAgent::startIsKnownAsSoonAsItIsReady()
{
    m_room->write(
        "  web: { command: sleep 600 }\n  slow: { command: sleep 600, ready: [{ command: 'test -e go' }] }\n");
    const auto started = [this] {
        const auto said = m_room->quay({QStringLiteral("startup"), QStringLiteral("web"), QStringLiteral("--json")});
        return QJsonDocument::fromJson(said.out).object().value(QStringLiteral("beganAt")).toString();
    };
    const auto slow = m_room->begin({QStringLiteral("up"), QStringLiteral("--wait"), QStringLiteral("slow")});
    QVERIFY(Quay::Test::waitUntil([this] { return m_room->state(QStringLiteral("slow")) == u"starting"; }));

    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait"), QStringLiteral("web")}).exitCode, 0);
    const auto first = started(); // while another one is starting, for whom the disk is not touched otherwise
    QCOMPARE(m_room->quay({QStringLiteral("restart"), QStringLiteral("--wait"), QStringLiteral("web")}).exitCode, 0);
    const auto second = started();

    slow->kill();
    slow->waitForFinished();

    QVERIFY(!first.isEmpty());
    QVERIFY2(first < second, qPrintable(second));
}

void tst_QuayAgent::timeIsUp()
{
    const auto port = freePort();
    m_room->write("  api: { command: 'sleep 600', ports: [" + port + "] }\n");

    const auto up = m_room->quay(
        {QStringLiteral("up"), QStringLiteral("--wait"), QStringLiteral("--timeout"), QStringLiteral("300ms")});

    QCOMPARE(up.exitCode, 1);
    QVERIFY2(up.err.contains("The time is up"), up.err.constData());
    QVERIFY2(up.err.contains("api is not ready yet"), up.err.constData());
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("starting"));
}

/// A port that never opens although the server says that it is up, and a deadline that passes.
void tst_QuayAgent::whatAStartWaitsForIsSaid()
{
    const auto port = freePort();
    m_room->write("  api:\n    command: 'echo Application startup complete.; sleep 600'\n    ports: [" + port
                  + "]\n    phases: [{ name: migrated, pattern: migrations done, deadline: 50ms }]\n    ready: [{ "
                    "listening: "
                  + port + ", deadline: 5s }]\n");

    const auto up = m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")});

    QCOMPARE(up.exitCode, 1);
    QVERIFY2(up.err.contains("migrated"), up.err.constData());
    QVERIFY2(up.err.contains("says that it is up, but has not opened port"), up.err.constData());
    const auto status = m_room->status(QStringLiteral("api"));
    QCOMPARE(status.value(QStringLiteral("contradiction")).toObject().value(QStringLiteral("kind")),
             QJsonValue(QStringLiteral("notListening")));
}

void tst_QuayAgent::reasonThatShowsLaterIsSaid()
{
    const auto port = freePort();
    m_room->write("  api: { command: " + Quay::Test::misfitServer("tiring " + port) + ", ports: [" + port
                  + "], stop: { grace: 100ms } }\n");
    const auto up = m_room->begin({QStringLiteral("up"), QStringLiteral("--wait")});
    up->setReadChannel(QProcess::StandardError);
    QByteArray said;
    const auto hasSaid = [&](const char *text) {
        while (!said.contains(text) && up->waitForReadyRead(20'000)) {
            said += up->readAll();
        }
        return said.contains(text);
    };
    QVERIFY2(hasSaid("takes no connections"), said.constData());
    const bool wasAccused = said.contains("without a pause");

    QVERIFY(QFile(m_room->path(QStringLiteral("tired"))).open(QIODevice::NewOnly));

    QVERIFY2(hasSaid(") computes without a pause"), said.constData());
    QVERIFY(!wasAccused);
    QCOMPARE(m_room->quay({QStringLiteral("stop"), QStringLiteral("api")}).exitCode, 0);
    QCOMPARE(Quay::Test::finish(*up).exitCode, 1); // it did not become ready
}

void tst_QuayAgent::serversOutliveTheirAgent()
{
    const auto port = freePort();
    m_room->write("  api: { command: '" + webServer(port) + "', ports: [" + port + "] }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    const auto before = m_room->status(QStringLiteral("api"));
    const pid_t first = m_room->agent();

    QVERIFY(m_room->endAgent(SIGKILL));

    const auto after = m_room->status(QStringLiteral("api"));
    QVERIFY(m_room->agent() != first && m_room->agent() > 0);
    QCOMPARE(after.value(QStringLiteral("state")), QJsonValue(QStringLiteral("ready")));
    QCOMPARE(after.value(QStringLiteral("run")), before.value(QStringLiteral("run")));
    QCOMPARE(after.value(QStringLiteral("process")), before.value(QStringLiteral("process")));
    QCOMPARE(after.value(QStringLiteral("readyAfterNs")), before.value(QStringLiteral("readyAfterNs")));
}

/// Not one line is lost, and nobody is started twice.
void tst_QuayAgent::agentsDieWhileServersWork()
{
    std::string servers;
    for (int i = 0; i < 5; ++i) {
        servers += "  s" + std::to_string(i)
            + ":\n    command: 'n=0; while :; do n=$((n+1)); echo line $n; sleep 0.01; done'\n";
    }
    m_room->write(servers);
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    const pid_t process = m_room->process(QStringLiteral("s3"));

    for (int i = 0; i < Agents; ++i) {
        QVERIFY(m_room->endAgent(SIGKILL));
        QCOMPARE(m_room->state(QStringLiteral("s%1").arg(i % 5)), QStringLiteral("ready"));
    }

    QCOMPARE(m_room->process(QStringLiteral("s3")), process);
    QCOMPARE(m_room->quay({QStringLiteral("down")}).exitCode, 0);
    QFile log(QString::fromStdString(m_room->placesOf("s3").log()));
    QVERIFY(log.open(QIODevice::ReadOnly));
    int expected = 0;
    for (const auto &line : log.readAll().split('\n')) {
        if (!line.isEmpty()) {
            QVERIFY2(line.endsWith(QByteArray("line " + QByteArray::number(++expected))), line.constData());
        }
    }
    QVERIFY(expected > Agents);
}

void tst_QuayAgent::crashIsRestartedByTheNextAgent()
{
    m_room->write("  api: { command: 'sleep 600', restart: { policy: on-failure, backoff: { initial: 10ms } } }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    const pid_t process = m_room->process(QStringLiteral("api"));
    QVERIFY(m_room->endAgent(SIGKILL));

    signalServer(process, SIGSEGV);
    QVERIFY(waitUntil([&] { return !Quay::readLease(m_room->placesOf("api").lease()); }));

    const bool isBack = waitUntil([&] { return m_room->state(QStringLiteral("api")) == QStringLiteral("ready"); });
    QVERIFY2(isBack, m_room->quay({QStringLiteral("status"), QStringLiteral("--json")}).out.constData());
    QVERIFY(m_room->process(QStringLiteral("api")) != process);
}

void tst_QuayAgent::askedEndIsNoCrashForTheNextAgent()
{
    m_room->write("  api: { command: 'sleep 600', restart: { policy: always, backoff: { initial: 10ms } } }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    QVERIFY(m_room->endAgent(SIGKILL));

    auto supervisor = Quay::ControlClient::connect(m_room->placesOf("api"));
    QVERIFY(supervisor.has_value());
    QVERIFY(supervisor->send({.verb = Quay::ControlVerb::Stop}).has_value());
    QVERIFY(waitUntil([&] { return !Quay::readLease(m_room->placesOf("api").lease()); }));

    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("stopped"));
}

void tst_QuayAgent::waitingGoesOnWithTheNextAgent()
{
    m_room->write("  api: { command: 'while test ! -e go; do sleep 0.01; done; echo go; sleep 600', ready: [{ log: go "
                  "}] }\n");
    const auto up = m_room->begin({QStringLiteral("up"), QStringLiteral("--wait")});
    QVERIFY(waitUntil([&] { return m_room->agent() > 0; }));
    QVERIFY(waitUntil([&] { return m_room->process(QStringLiteral("api")) > 0; }));

    QVERIFY(m_room->endAgent(SIGKILL));
    QFile go(m_room->path(QStringLiteral("go")));
    QVERIFY(go.open(QIODevice::WriteOnly));

    const auto end = Quay::Test::finish(*up);
    QVERIFY2(end.exitCode == 0, end.err.constData());
    QVERIFY2(end.err.contains("api is ready"), end.err.constData());
}

/// As after a kill: the one before is gone, and its lock not yet.
void tst_QuayAgent::lockThatIsSetFreeLateIsWaitedFor()
{
    m_room->write("  api: { command: sleep 600 }\n");
    const std::string directory = m_room->directory() + "/quaymaster/agent";
    QVERIFY(QDir().mkpath(QString::fromStdString(directory)));
    auto lock = Quay::FileLock::take(directory + "/lock");
    QVERIFY(lock && *lock);
    const auto up = m_room->begin({QStringLiteral("up"), QStringLiteral("--wait")});
    const QString log = m_room->path(QStringLiteral("quaymaster/agent.log"));
    QVERIFY(waitUntil([&log] { return QFile::exists(log); })); // one has been started

    lock->reset();

    const auto end = Quay::Test::finish(*up);
    QVERIFY2(end.exitCode == 0, end.err.constData());
}

void tst_QuayAgent::stopTakesTheOppositeOrder()
{
    m_room->write("  db: { command: sleep 600 }\n  api: { command: sleep 600, needs: [db] }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);

    const auto down = m_room->quay({QStringLiteral("down")});

    QVERIFY2(down.exitCode == 0, down.err.constData());
    QVERIFY2(down.err.indexOf("api is stopped") < down.err.indexOf("db is being stopped"), down.err.constData());
    QVERIFY(down.err.contains("db is stopped"));
}

QJsonArray tst_QuayAgent::recordedAttempts() const
{
    const auto audit = m_room->quay({QStringLiteral("audit"), QStringLiteral("--json")});
    return QJsonDocument::fromJson(audit.out).object()[u"attempts"].toArray();
}

void tst_QuayAgent::stopIsOnRecord()
{
    m_room->write("  web: { command: exec sleep 600 }\n  api: { command: exec sleep 600 }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    const pid_t web = m_room->process(QStringLiteral("web"));

    QCOMPARE(m_room->quay({QStringLiteral("stop"), QStringLiteral("web")}).exitCode, 0);
    QCOMPARE(m_room->quay({QStringLiteral("restart"), QStringLiteral("api"), QStringLiteral("--wait")}).exitCode, 0);

    const auto all = recordedAttempts();
    QCOMPARE(all.size(), 2);
    QCOMPARE(all.at(0).toObject()[u"actions"][0][u"subject"].toString(), QStringLiteral("api"));
    const auto stopped = all.at(1).toObject();
    QVERIFY(stopped[u"isSuccess"].toBool());
    QCOMPARE(stopped[u"by"].toString(), QStringLiteral("commandLine"));
    QCOMPARE(stopped[u"actions"][0][u"key"].toString(), QStringLiteral("stopServer"));
    QCOMPARE(stopped[u"actions"][0][u"subject"].toString(), QStringLiteral("web"));
    const auto target = stopped[u"targets"][0].toObject();
    QCOMPARE(target[u"pid"].toInt(), web);
    QCOMPARE(target[u"name"].toString(), QStringLiteral("sleep"));
    QCOMPARE(target[u"outcome"].toString(), QStringLiteral("ended"));
    QCOMPARE(target[u"signals"].toArray().size(), 1);
    QCOMPARE(target[u"signals"][0][u"signal"].toInt(), SIGTERM);
    QCOMPARE(target[u"exit"][u"signal"].toInt(), SIGTERM);
}

void tst_QuayAgent::killOfADeafServerIsOnRecord()
{
    m_room->write("  web: { command: 'trap \"\" TERM; echo up; while :; do sleep 600; done', "
                  "ready: [{ log: up }], stop: { grace: 100ms } }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);

    QCOMPARE(m_room->quay({QStringLiteral("down")}).exitCode, 0);

    const auto all = recordedAttempts();
    QCOMPARE(all.size(), 1);
    const auto sent = all.at(0)[u"targets"][0][u"signals"].toArray();
    QCOMPARE(sent.first()[u"signal"].toInt(), SIGTERM);
    QCOMPARE(sent.last()[u"signal"].toInt(), SIGKILL);
    QVERIFY(!all.at(0)[u"forcedAt"].isNull());
}

void tst_QuayAgent::agentThatIsKilledLeavesNobodyHalfAsked()
{
    m_room->write("  web: { command: 'trap \"\" TERM; echo up; while :; do sleep 600; done', "
                  "ready: [{ log: up }], stop: { grace: 1s } }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    const auto record =
        m_room->placesOf("web").record(m_room->status(QStringLiteral("web"))[u"run"].toString().toStdString());
    const auto has = [&record](RunEventKind kind) {
        const auto read = Quay::readRunRecord(record);
        return read && std::ranges::contains(read->events, kind, &Quay::RunEvent::kind);
    };

    const auto stop = m_room->begin({QStringLiteral("stop"), QStringLiteral("web")});
    QVERIFY(waitUntil([&] { return has(RunEventKind::StopAsked); }));
    QVERIFY(m_room->endAgent(SIGKILL)); // between SIGTERM and SIGKILL

    QVERIFY(waitUntil([&] { return has(RunEventKind::Ended); }));
    QVERIFY(has(RunEventKind::Killed));
    // The end is written down a moment before the supervisor has gone: the next agent may still meet it.
    QVERIFY(waitUntil([this] { return m_room->state(QStringLiteral("web")) == QStringLiteral("stopped"); }));
    const auto stopped = Quay::Test::finish(*stop); // which may have been without an answer when its agent died
    QVERIFY2(stopped.exitCode == 0, stopped.err.constData());
    const auto attempt = recordedAttempts().at(0).toObject(); // whoever asked has written it down
    QCOMPARE(attempt[u"actions"][0][u"subject"].toString(), QStringLiteral("web"));
}

void tst_QuayAgent::stopOfNobodyIsNoSuccess()
{
    m_room->write("  db: { command: sleep 600 }\n");

    QCOMPARE(m_room->quay({QStringLiteral("stop"), QStringLiteral("db")}).exitCode, 4);
    QCOMPARE(m_room->quay({QStringLiteral("down")}).exitCode, 4);
    QCOMPARE(m_room->quay({QStringLiteral("stop"), QStringLiteral("dv")}).exitCode, 2);
}

void tst_QuayAgent::stopDuringThePauseStops()
{
    m_room->write("  api: { command: 'exit 1', restart: { policy: always, backoff: { initial: 10m } } }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up")}).exitCode, 0);
    QVERIFY(waitUntil([&] { return m_room->state(QStringLiteral("api")) == QStringLiteral("waiting"); }));

    QCOMPARE(m_room->quay({QStringLiteral("stop"), QStringLiteral("api")}).exitCode, 0);

    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("stopped"));
}

/// `quay up --foreground` runs it, the agent sees it, and Ctrl-C is no crash.
void tst_QuayAgent::othersStopIsNoCrash()
{
    m_room->write("  api: { command: sleep 600, restart: { policy: always, backoff: { initial: 10ms } } }\n");
    const auto foreground = m_room->begin({QStringLiteral("up"), QStringLiteral("--foreground")});
    QVERIFY(waitUntil([&] { return Quay::readLease(m_room->placesOf("api").lease()).has_value(); }));
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0); // it is there

    ::kill(static_cast<pid_t>(foreground->processId()), SIGINT);
    const auto ended = Quay::Test::finish(*foreground);
    QVERIFY2(ended.exitCode == 0, ended.err.constData());

    QVERIFY(waitUntil([&] { return m_room->state(QStringLiteral("api")) == QStringLiteral("stopped"); }));
}

/// The agent knows the server as one that does not run, when `quay up --foreground` begins to run it.
void tst_QuayAgent::othersRunIsShownAndGoneOnWith()
{
    m_room->write("  api: { command: sleep 600 }\n  other: { command: sleep 600 }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("other"), QStringLiteral("--wait")}).exitCode, 0);
    const auto foreground =
        m_room->begin({QStringLiteral("up"), QStringLiteral("--foreground"), QStringLiteral("api")});
    QVERIFY(waitUntil([&] { return Quay::readLease(m_room->placesOf("api").lease()).has_value(); }));
    const auto supervisor = Quay::readLease(m_room->placesOf("api").lease())->supervisor.id.pid;

    const auto seen = m_room->status(QStringLiteral("api"));
    const auto table = m_room->quay({QStringLiteral("status")});
    const auto up = m_room->quay({QStringLiteral("up"), QStringLiteral("api"), QStringLiteral("--wait")});
    const auto adopted = m_room->status(QStringLiteral("api"));
    const auto stop = m_room->quay({QStringLiteral("stop"), QStringLiteral("api")});

    QCOMPARE(seen.value(QStringLiteral("state")).toString(), QStringLiteral("stopped"));
    QCOMPARE(seen.value(QStringLiteral("elsewhere")).toObject().value(QStringLiteral("pid")).toInt(), supervisor);
    QVERIFY2(table.out.contains("elsewhere"), table.out.constData());
    QVERIFY2(up.exitCode == 0, up.err.constData());
    QCOMPARE(adopted.value(QStringLiteral("state")).toString(), QStringLiteral("ready"));
    QCOMPARE(adopted.value(QStringLiteral("supervisor")).toObject().value(QStringLiteral("pid")).toInt(), supervisor);
    QVERIFY(adopted.value(QStringLiteral("elsewhere")).isNull());
    QVERIFY2(stop.exitCode == 0, stop.err.constData());
    const auto ended = Quay::Test::finish(*foreground);
    QVERIFY2(ended.exitCode == 0, ended.err.constData());
}

void tst_QuayAgent::changedFileIsShownAndAppliedByARestart()
{
    m_room->write("  api: { command: 'echo first; sleep 600' }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    const pid_t process = m_room->process(QStringLiteral("api"));
    m_room->write("  api: { command: 'echo second; sleep 600' }\n  new: { command: sleep 600 }\n");

    const auto changed = m_room->status(QStringLiteral("api"));

    QVERIFY(changed.value(QStringLiteral("isOutdated")).toBool());
    QVERIFY(m_room->quay({QStringLiteral("up"), QStringLiteral("api")}).err.contains("'quay restart api' applies it"));
    QCOMPARE(m_room->process(QStringLiteral("api")), process);
    QCOMPARE(m_room->state(QStringLiteral("new")), QStringLiteral("stopped"));
    QCOMPARE(m_room->quay({QStringLiteral("restart"), QStringLiteral("api"), QStringLiteral("--wait")}).exitCode, 0);
    QVERIFY(!m_room->status(QStringLiteral("api")).value(QStringLiteral("isOutdated")).toBool());
    QFile log(QString::fromStdString(m_room->placesOf("api").log()));
    QVERIFY(log.open(QIODevice::ReadOnly));
    QVERIFY(waitUntil([&] { return log.seek(0) && log.readAll().contains("second"); }));
}

void tst_QuayAgent::fileWithMistakesKeepsNobodyFromStopping()
{
    m_room->write("  api: { command: sleep 600 }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    m_room->write("  api: { cmd: sleep 600 }\n");

    const auto start = m_room->quay({QStringLiteral("start"), QStringLiteral("api")});
    const auto stop = m_room->quay({QStringLiteral("stop"), QStringLiteral("api")});

    QCOMPARE(start.exitCode, 2);
    QVERIFY2(stop.exitCode == 0, stop.err.constData());
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("stopped"));
}

void tst_QuayAgent::serverThatWasTakenOutIsStoppedWithTheRest()
{
    m_room->write("  api: { command: sleep 600 }\n  old: { command: sleep 600 }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    const pid_t old = m_room->process(QStringLiteral("old"));
    m_room->write("  api: { command: sleep 600 }\n");

    QVERIFY(m_room->status(QStringLiteral("old")).value(QStringLiteral("isRemoved")).toBool());
    QCOMPARE(m_room->quay({QStringLiteral("down")}).exitCode, 0);

    QVERIFY(hasEnded(old));
    QVERIFY(m_room->status(QStringLiteral("old")).isEmpty());
}

void tst_QuayAgent::leftOversAreNamedAndEnded()
{
    m_room->write("  api: { command: 'trap \"\" PIPE HUP; sleep 600 & wait' }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    const auto lease = Quay::readLease(m_room->placesOf("api").lease());
    QVERIFY(lease.has_value());
    const pid_t process = m_room->process(QStringLiteral("api"));

    signalServer(lease->supervisor.id.pid, SIGKILL);
    QVERIFY(waitUntil([&] { return m_room->state(QStringLiteral("api")) == QStringLiteral("leftOver"); }));

    const auto up = m_room->quay({QStringLiteral("up")});
    QCOMPARE(up.exitCode, 1); // never a second one on top
    QVERIFY2(up.err.contains("Left over of it: "), up.err.constData());
    QVERIFY2(up.err.contains("quay stop api"), up.err.constData());
    QVERIFY(!hasEnded(process));
    QCOMPARE(m_room->quay({QStringLiteral("stop"), QStringLiteral("api")}).exitCode, 0);
    QVERIFY(hasEnded(process));
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
}

/// The lease of a run whose supervisor's pid belongs to somebody else by now.
void tst_QuayAgent::recycledPidIsNobodysServer()
{
    m_room->write("  api: { command: sleep 600, restart: { policy: never } }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    QVERIFY(m_room->endAgent(SIGKILL));
    const auto places = m_room->placesOf("api");
    auto lease = Quay::readLease(places.lease());
    QVERIFY(lease.has_value());
    auto supervisor = Quay::ControlClient::connect(places);
    QVERIFY(supervisor && supervisor->send({.verb = Quay::ControlVerb::Stop, .isForced = true}));
    QVERIFY(waitUntil([&] { return !Quay::readLease(places.lease()); }));

    lease->supervisor.id.pid = ::getpid(); // which has another start time
    lease->server = lease->supervisor;
    QVERIFY(Quay::writeLease(places.lease(), *lease).has_value());

    QVERIFY(m_room->state(QStringLiteral("api")) != QStringLiteral("ready"));
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    QCOMPARE(m_room->quay({QStringLiteral("down")}).exitCode, 0);
}

void tst_QuayAgent::garbageInTheStateIsPassedOver()
{
    m_room->write("  api: { command: sleep 600 }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    const QString directory = m_room->path(QStringLiteral("quaymaster/agent/projects/"));
    for (const auto &[name, bytes] :
         {std::pair("empty", QByteArray()), std::pair("noise", QByteArray(5000, '\xfe')),
          std::pair("torn", QByteArray("{\"boot\":\"x\",\"fi")),
          std::pair("other", QByteArray("{\"boot\":\"x\",\"file\":\"/a\",\"text\":\"b\"}"))}) {
        QFile file(directory + QString::fromLatin1(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QVERIFY(m_room->endAgent(SIGKILL));

    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("ready"));
}

void tst_QuayAgent::garbageOnTheSocketEndsThatClientAlone()
{
    m_room->write("  api: { command: sleep 600 }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    const pid_t agent = m_room->agent();
    const std::vector<std::string> inputs{"garbage\n", std::string(100'000, '\0') + "\n", "{\"verb\":\"explode\"}\n",
                                          "{\"verb\":[{}],\"id\":-1}\n", std::string(9U << 20U, 'x')};

    for (const auto &input : inputs) {
        auto socket = Quay::connectTo(m_room->agentSocket(), Quay::SocketKind::Stream);
        QVERIFY(socket.has_value());
        std::size_t sent = 0;
        bool isClosed = false;
        QVERIFY(waitUntil([&] {
            const ssize_t count = ::send(socket->get(), input.data() + sent, input.size() - sent, MSG_NOSIGNAL);
            sent += count > 0 ? static_cast<std::size_t>(count) : 0;
            char byte = 0;
            isClosed = (count < 0 && errno != EAGAIN) || ::recv(socket->get(), &byte, 1, MSG_DONTWAIT) == 0;
            return isClosed;
        }));
    }

    QCOMPARE(m_room->agent(), agent);
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("ready"));
}

void tst_QuayAgent::nobodyElseMayAsk()
{
    if (::geteuid() != 0) {
        QSKIP("only root can become somebody else");
    }
    m_room->write("  api: { command: sleep 600 }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    // As if the directories were open: what counts is who asks.
    const std::string socket = m_room->agentSocket();
    QCOMPARE(::chmod(socket.c_str(), 0666), 0);
    QCOMPARE(::chmod((m_room->directory()).c_str(), 0755), 0);
    QCOMPARE(::chmod((m_room->directory() + "/quaymaster").c_str(), 0755), 0);
    QCOMPARE(::chmod((m_room->directory() + "/quaymaster/agent").c_str(), 0755), 0);

    const auto answer = Quay::Test::runAs(Quay::Test::OtherUid, [&socket] {
        const auto client = Quay::connectTo(socket, Quay::SocketKind::Stream);
        if (!client) {
            return std::string("not connected");
        }
        const std::string request = "{\"verb\":\"status\",\"id\":1}\n";
        std::ignore = ::send(client->get(), request.data(), request.size(), MSG_NOSIGNAL);
        pollfd watched{.fd = client->get(), .events = POLLIN, .revents = 0};
        ::poll(&watched, 1, 10'000);
        char byte = 0;
        return std::string(::recv(client->get(), &byte, 1, 0) > 0 ? "answered" : "refused");
    });

    QVERIFY2(answer.has_value(), "the other user did not come back");
    QCOMPARE(*answer, std::string("refused"));
}

void tst_QuayAgent::oneAgentForManyAtOnce()
{
    std::string servers;
    for (int i = 0; i < 6; ++i) {
        servers += "  s" + std::to_string(i) + ": { command: sleep 600 }\n";
    }
    m_room->write(servers);
    std::vector<std::unique_ptr<QProcess>> quays;
    for (int i = 0; i < 6; ++i) {
        quays.push_back(
            m_room->begin({QStringLiteral("start"), QStringLiteral("--wait"), QStringLiteral("s%1").arg(i)}));
    }

    for (const auto &quay : quays) {
        const auto end = Quay::Test::finish(*quay);
        QVERIFY2(end.exitCode == 0, end.err.constData());
    }

    for (int i = 0; i < 6; ++i) {
        QCOMPARE(m_room->state(QStringLiteral("s%1").arg(i)), QStringLiteral("ready"));
    }
}

void tst_QuayAgent::waitForAServerThatIsYetToBeStarted()
{
    const auto port = freePort();
    m_room->write("  api: { command: '" + webServer(port) + "', ports: [" + port + "] }\n");
    const auto wait = m_room->begin({QStringLiteral("wait"), QStringLiteral("server:api"), QStringLiteral("--json")});

    QCOMPARE(m_room->quay({QStringLiteral("up")}).exitCode, 0);

    const auto end = Quay::Test::finish(*wait);
    QVERIFY2(end.exitCode == 0, end.err.constData());
    QVERIFY2(end.out.contains("managedState"), end.out.constData());
    const auto missing = m_room->quay(
        {QStringLiteral("wait"), QStringLiteral("server:other"), QStringLiteral("--timeout"), QStringLiteral("50ms")});
    QCOMPARE(missing.exitCode, 1);
    QVERIFY2(missing.err.contains("not started by Quaymaster"), missing.err.constData());
}

void tst_QuayAgent::statusIsWatched()
{
    m_room->write("  api: { command: sleep 600 }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    const auto watch = m_room->begin({QStringLiteral("status"), QStringLiteral("--watch"), QStringLiteral("--json")});
    QByteArray seen;
    const auto hasSeen = [&](const char *state) {
        return waitUntil([&] {
            watch->waitForReadyRead(50);
            seen += watch->readAllStandardOutput();
            return seen.contains(QByteArray(QByteArray("\"state\":\"") + state));
        });
    };
    QVERIFY2(hasSeen("ready"), seen.constData());

    QCOMPARE(m_room->quay({QStringLiteral("down")}).exitCode, 0);

    QVERIFY2(hasSeen("stopped"), seen.constData());
    ::kill(static_cast<pid_t>(watch->processId()), SIGINT);
    QCOMPARE(Quay::Test::finish(*watch).exitCode, 0);
}

QTEST_GUILESS_MAIN(tst_QuayAgent)
#include "tst_quayagent.moc"
