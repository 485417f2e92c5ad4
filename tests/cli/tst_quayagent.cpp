// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/pidfd.h"
#include "tests/support/agentroom.h"
#include "tests/support/freeport.h"
#include "tests/support/misfitserver.h"
#include "tests/support/supervisedrun.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

using Quay::Test::freePort;
using Quay::Test::hasEnded;
using Quay::Test::HeldPort;
using Quay::Test::waitUntil;
using Quay::Test::webServer;

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
    void stopTakesTheOppositeOrder();
    void stopIsOnRecord();
    void killOfADeafServerIsOnRecord();
    void stopOfNobodyIsNoSuccess();
    void stopDuringThePauseStops();
    void changedFileIsShownAndAppliedByARestart();
    void fileWithMistakesKeepsNobodyFromStopping();
    void serverThatWasTakenOutIsStoppedWithTheRest();
    void oneAgentForManyAtOnce();
    void waitForAServerThatIsYetToBeStarted();
    void statusIsWatched();

private:
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
        {QStringLiteral("up"), QStringLiteral("--wait"), QStringLiteral("--timeout"), QStringLiteral("0.3")});

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

void tst_QuayAgent::stopTakesTheOppositeOrder()
{
    m_room->write("  db: { command: sleep 600 }\n  api: { command: sleep 600, needs: [db] }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);

    const auto down = m_room->quay({QStringLiteral("down")});

    QVERIFY2(down.exitCode == 0, down.err.constData());
    QVERIFY2(down.err.indexOf("api is stopped") < down.err.indexOf("db is being stopped"), down.err.constData());
    QVERIFY(down.err.contains("db is stopped"));
}

void tst_QuayAgent::stopIsOnRecord()
{
    m_room->write("  web: { command: exec sleep 600 }\n  api: { command: exec sleep 600 }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    const pid_t web = m_room->process(QStringLiteral("web"));

    QCOMPARE(m_room->quay({QStringLiteral("stop"), QStringLiteral("web")}).exitCode, 0);
    QCOMPARE(m_room->quay({QStringLiteral("restart"), QStringLiteral("api"), QStringLiteral("--wait")}).exitCode, 0);

    const auto all = m_room->recordedAttempts();
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

    const auto all = m_room->recordedAttempts();
    QCOMPARE(all.size(), 1);
    const auto sent = all.at(0)[u"targets"][0][u"signals"].toArray();
    QCOMPARE(sent.first()[u"signal"].toInt(), SIGTERM);
    QCOMPARE(sent.last()[u"signal"].toInt(), SIGKILL);
    QVERIFY(!all.at(0)[u"forcedAt"].isNull());
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
    const auto handle = Quay::PidFd::open(static_cast<pid_t>(watch->processId()));
    QVERIFY(handle && handle->signal(SIGINT));
    QCOMPARE(Quay::Test::finish(*watch).exitCode, 0);
}

QTEST_GUILESS_MAIN(tst_QuayAgent)
#include "tst_quayagent.moc"
