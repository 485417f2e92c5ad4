// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/lease.h"
#include "tests/support/agentroom.h"
#include "tests/support/freeport.h"
#include "tests/support/supervisedrun.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>
#include <string>
#include <vector>

using Quay::Test::freePort;
using Quay::Test::hasEnded;
using Quay::Test::waitUntil;

namespace {

constexpr int Repairs = 5;

/// Takes half a second until it listens, and half a second to end.
constexpr auto SlowServer = R"(import signal, socket, sys, time
def end(*_):
    time.sleep(0.5)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
time.sleep(0.5)
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    server.accept()[0].close()
)";

/// Asks once, as somebody does who believes that the server is there.
constexpr auto Client = R"(import socket, sys, time
socket.create_connection(("127.0.0.1", int(sys.argv[1]))).close()
print("answered", flush=True)
time.sleep(600)
)";

/// Does not end when it is asked to, and has a worker in a session of its own.
constexpr auto CostlyScript = R"(import os, signal, subprocess, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
worker = subprocess.Popen(["sleep", "600"], start_new_session=True)
with open("pids", "a") as pids:
    pids.write(f"{os.getpid()} {worker.pid} ")
print("up", flush=True)
time.sleep(600)
)";

} // namespace

/// What developers tell of their servers: each as it happened to somebody.
class tst_QuayStories : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_room = std::make_unique<Quay::Test::AgentRoom>(); }
    void cleanup() { m_room.reset(); }

    void serverSaysThatItIsUpAndIsNot();
    void clientNeverAsksInVain();
    void scriptIsRepairedFiveTimes();
    void serverDiesWithoutAWord();
    void errorOnceInTwoDays();
    void missingVariableIsNoticedBeforeTheStart();
    void crashLoopIsNoServer();
    void exitCodeOfASignalIsNoCrash_data();
    void exitCodeOfASignalIsNoCrash();
    void whatEndsAtOnceIsNeverReady();
    void whoeverSaidThatItIsReadyIsHealthy();
    void serverThatIsNoLongerWellIsSaid();
    void restartWaitsForWhoeverIsStillEnding();
    void serverThatForksForeverIsEnded();

private:
    void save(const char *name, const QByteArray &text) const;
    [[nodiscard]] Quay::Test::Finished quay(const char *words) const;
    [[nodiscard]] int alerts() const;
    [[nodiscard]] std::vector<pid_t> pids() const;

    std::unique_ptr<Quay::Test::AgentRoom> m_room;
};

void tst_QuayStories::save(const char *name, const QByteArray &text) const
{
    QFile file(m_room->path(QString::fromLatin1(name)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

Quay::Test::Finished tst_QuayStories::quay(const char *words) const
{
    return m_room->quay(QString::fromLatin1(words).split(QLatin1Char(' ')));
}

/// How often the first pattern of the first server was found.
int tst_QuayStories::alerts() const
{
    const auto json = QJsonDocument::fromJson(quay("logs --alerts --json").out).object();
    return json[u"alerts"].toArray().at(0).toObject()[u"count"].toInt();
}

/// Of all copies of CostlyScript that were ever started, and of their workers.
std::vector<pid_t> tst_QuayStories::pids() const
{
    QFile file(m_room->path(QStringLiteral("pids")));
    std::vector<pid_t> pids;
    if (file.open(QIODevice::ReadOnly)) {
        for (const auto &pid : file.readAll().simplified().split(' ')) {
            pids.push_back(pid.toInt());
        }
    }
    return pids;
}

void tst_QuayStories::serverSaysThatItIsUpAndIsNot()
{
    const auto port = freePort();
    m_room->write("  api: { command: 'echo Application startup complete.; exec sleep 600', ports: [" + port + "] }\n");

    const auto up = quay("up --wait --timeout 5s");

    QCOMPARE(up.exitCode, 1);
    QVERIFY2(!up.err.contains("api is ready"), up.err.constData());
    const auto sentence = "api says that it is up, but has not opened port " + port;
    QVERIFY2(up.err.contains(sentence.c_str()), up.err.constData());
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("starting"));
    QVERIFY(quay("status").out.contains("says that it is up"));
}

void tst_QuayStories::clientNeverAsksInVain()
{
    const auto port = freePort();
    save("server.py", SlowServer);
    save("client.py", Client);
    m_room->write("  client: { command: 'exec python3 client.py " + port
                  + "', needs: [api], ready: [{ log: answered }] }\n" + "  api: { command: 'exec python3 server.py "
                  + port + "', ports: [" + port + "] }\n");
    const auto stranger = m_room->begin({QStringLiteral("wait"), QStringLiteral("server:api")});

    const auto up = quay("up --wait");

    QVERIFY2(up.exitCode == 0, up.err.constData());
    QVERIFY(!quay("logs client").out.contains("ConnectionRefused"));
    const auto waited = Quay::Test::finish(*stranger);
    QVERIFY2(waited.exitCode == 0, waited.err.constData());
}

void tst_QuayStories::scriptIsRepairedFiveTimes()
{
    save("job.py", CostlyScript);
    m_room->write("  job: { command: 'exec python3 job.py', ready: [{ log: ^up }], stop: { grace: 50ms } }\n");
    QCOMPARE(quay("up --wait").exitCode, 0);

    for (int repair = 1; repair <= Repairs; ++repair) {
        save("job.py", CostlyScript + QByteArray("# repaired\n"));
        const auto before = pids().size();
        QCOMPARE(quay("start job --wait").exitCode, 0); // it is there
        const auto another = quay("up --foreground");
        QCOMPARE(another.exitCode, 1);
        QVERIFY2((another.out.contains("job runs already") || another.err.contains("job runs already")),
                 another.err.constData());
        QCOMPARE(pids().size(), before); // no second copy
        const auto restart = quay("restart job --wait");
        QVERIFY2(restart.exitCode == 0, restart.err.constData());
    }

    const auto all = pids();
    QCOMPARE(all.size(), 2U * (Repairs + 1));
    QCOMPARE(std::ranges::count_if(all, [](pid_t pid) { return !hasEnded(pid); }), 2); // one, and its worker
    QCOMPARE(quay("down").exitCode, 0);
    QVERIFY(std::ranges::all_of(all, hasEnded));
}

/// Nobody looks: neither an agent nor a terminal is there.
void tst_QuayStories::serverDiesWithoutAWord()
{
    m_room->write(
        "  api: { command: 'until test -e go; do sleep 0.02; done; printf \"no memory for it\" >&2; kill -KILL "
        "$$' }\n");
    QCOMPARE(quay("up --wait").exitCode, 0);
    QVERIFY(m_room->endAgent(SIGKILL));

    save("go", "");
    QVERIFY(waitUntil([this] { return !Quay::readLease(m_room->placesOf("api").lease()); }));

    QVERIFY2(quay("logs api").out.contains("no memory for it"), quay("logs api").out.constData());
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("failed"));
    const auto status = quay("status");
    QVERIFY2(status.out.contains("has ended: ") && status.out.contains("SIGKILL"), status.out.constData());
}

/// Across agents, across times without one, and across runs.
void tst_QuayStories::errorOnceInTwoDays()
{
    m_room->write("  api:\n    command: 'until test -e go; do sleep 0.02; done; rm go; echo bound to a different event "
                  "loop; exec sleep 600'\n    alerts: [{ pattern: bound to a different event loop }]\n");
    QCOMPARE(quay("up --wait").exitCode, 0);
    save("go", "");
    QVERIFY(waitUntil([this] { return alerts() == 1; }));
    QCOMPARE(quay("restart api --wait").exitCode, 0);
    QVERIFY(m_room->endAgent(SIGKILL));
    save("go", "");
    QVERIFY(waitUntil([this] { return !QFile::exists(m_room->path(QStringLiteral("go"))); }));
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("ready")); // another agent

    QVERIFY(waitUntil([this] { return alerts() == 2; }));

    QCOMPARE(quay("down").exitCode, 0);
    QCOMPARE(alerts(), 2);
    const auto text = quay("logs --alerts");
    QVERIFY2(text.out.contains("2 times, first ") && text.out.contains(" without"), text.out.constData());
}

void tst_QuayStories::missingVariableIsNoticedBeforeTheStart()
{
    m_room->write("  api: { command: 'touch started; exec sleep 600', env_files: [{ path: .env, optional: true }],\n"
                  "    preflight: [{ variable: QUAY_TEST_API_KEY }] }\n");

    const auto without = quay("up --wait");

    QCOMPARE(without.exitCode, 1);
    QVERIFY2(without.err.contains("QUAY_TEST_API_KEY"), without.err.constData());
    QVERIFY(!QFile::exists(m_room->path(QStringLiteral("started"))));
    save(".env", "QUAY_TEST_API_KEY=hunter2hunter2\n");
    const auto with = quay("up --wait");
    QVERIFY2(with.exitCode == 0, with.err.constData());
    QVERIFY(!with.err.contains("hunter2") && !quay("status --json").out.contains("hunter2"));
}

void tst_QuayStories::crashLoopIsNoServer()
{
    m_room->write(
        "  api: { command: 'echo once more; exit 1', ports: [" + freePort()
        + "],\n    restart: { policy: always, backoff: { initial: 10ms }, crash_loop: { exits: 4, within: 1m } } }\n");

    const auto up = quay("up --wait");

    QCOMPARE(up.exitCode, 1);
    QVERIFY2(!up.err.contains("api is ready") && up.err.contains("api has ended too often"), up.err.constData());
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("crashLoop"));
    QCOMPARE(quay("logs api").out.count("once more"), 4);
}

void tst_QuayStories::exitCodeOfASignalIsNoCrash_data()
{
    QTest::addColumn<std::string>("signal");
    QTest::addColumn<std::string>("code");
    QTest::addRow("SIGTERM") << std::string("TERM") << std::string("143");
    QTest::addRow("SIGINT") << std::string("INT") << std::string("130");
}

void tst_QuayStories::exitCodeOfASignalIsNoCrash()
{
    QFETCH(const std::string, signal);
    QFETCH(const std::string, code);
    m_room->write("  api: { command: 'trap \"exit " + code + "\" " + signal
                  + "; echo up; while :; do sleep 0.02; done', restart: on-failure,\n    ready: [{ log: up }], stop: { "
                    "signal: "
                  + signal + " } }\n");
    QCOMPARE(quay("up --wait").exitCode, 0);

    QCOMPARE(quay("stop api").exitCode, 0);

    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("stopped"));
    QVERIFY(!quay("status").out.contains(QByteArray::fromStdString(code)));
    QCOMPARE(quay("logs api").out.count("up\n"), 1);
}

/// Once ready is not for ever ready: whoever looks sees it, and sees when it is over.
/// It opens no port, and nothing says when it is ready.
void tst_QuayStories::whatEndsAtOnceIsNeverReady()
{
    m_room->write("  api: { command: 'sleep 0.1; echo boom >&2; exit 3' }\n");

    for (int round = 0; round < 3; ++round) {
        const auto up = quay("up --wait");

        QCOMPARE(up.exitCode, 1);
        QVERIFY2(up.err.contains("boom") && !up.err.contains("ready"), up.err.constData());
    }
}

/// By sd_notify, once and before anybody asks whether it is well.
void tst_QuayStories::whoeverSaidThatItIsReadyIsHealthy()
{
    m_room->write("  api: { command: [" + Quay::Test::programPath("noisyserver")
                  + ", notify, READY=1], ready: [notify], alive: [notify] }\n"
                    "  web: { command: 'echo up; exec sleep 600', ready: [{ log: up }],\n"
                    "    needs: [{ name: api, state: healthy }] }\n");

    const auto up = quay("up --wait --timeout 30s");

    QVERIFY2(up.exitCode == 0, up.err.constData());
}

void tst_QuayStories::serverThatIsNoLongerWellIsSaid()
{
    save("well", "");
    m_room->write(
        "  api: { command: sleep 600, alive: [{ name: page, command: 'test -e well && touch asked', interval: 20ms, "
        "start_interval: 20ms, failures: 1 }] }\n");
    const auto comesTo = [this](const QString &state) {
        return waitUntil([&] { return m_room->state(QStringLiteral("api")) == state; });
    };
    QCOMPARE(quay("up --wait").exitCode, 0);

    QVERIFY(waitUntil([this] { return QFile::exists(m_room->path(QStringLiteral("asked"))); })); // it has been well
    QVERIFY(QFile::remove(m_room->path(QStringLiteral("well"))));
    QVERIFY(comesTo(QStringLiteral("unhealthy")));
    const auto unwell = quay("status");
    save("well", "");
    QVERIFY(comesTo(QStringLiteral("ready")));

    QVERIFY2(unwell.out.contains("unhealthy") && unwell.out.contains("page"), unwell.out.constData());
    QVERIFY(!quay("status").out.contains("unhealthy"));
}

/// The shell ends at once, its server takes its time and holds the port until then.
void tst_QuayStories::restartWaitsForWhoeverIsStillEnding()
{
    const auto port = freePort();
    save("server.py", SlowServer);
    m_room->write("  api: { command: 'python3 server.py " + port + " & wait', ports: [" + port + "] }\n");
    QCOMPARE(quay("up --wait").exitCode, 0);

    const auto restart = quay("restart api --wait");

    QVERIFY2(restart.exitCode == 0, restart.err.constData());
    QVERIFY(!quay("logs api").out.contains("Address already in use"));
}

void tst_QuayStories::serverThatForksForeverIsEnded()
{
    m_room->write("  api: { command: [" + Quay::Test::programPath("noisyserver") + ", forks, '100000000'] }\n");
    QCOMPARE(quay("up --wait").exitCode, 0);

    const auto down = quay("down --force");

    QVERIFY2(down.exitCode == 0, down.err.constData());
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("stopped"));
}

QTEST_GUILESS_MAIN(tst_QuayStories)
#include "tst_quaystories.moc"
