// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/filelock.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/unixsocket.h"
#include "core/supervise/lease.h"
#include "core/supervise/runrecord.h"
#include "tests/support/agentroom.h"
#include "tests/support/freeport.h"
#include "tests/support/otheruser.h"
#include "tests/support/supervisedrun.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
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
using Quay::Test::hasEnded;
using Quay::Test::waitUntil;
using Quay::Test::webServer;

namespace {

constexpr int Agents = 20;

/// Only that process: a child of ours, or a server of ours of which `quay status` has just told.
void signalServer(pid_t pid, int signal)
{
    const auto handle = Quay::PidFd::open(pid);
    QVERIFY(handle.has_value());
    QVERIFY(handle->signal(signal).has_value());
}

} // namespace

/// Agents that die, runs that are another's, and whoever means no good: the servers are none the worse for it.
class tst_AgentSuccession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_room = std::make_unique<Quay::Test::AgentRoom>(); }
    void cleanup() { m_room.reset(); }

    void serversOutliveTheirAgent();
    void agentsDieWhileServersWork();
    void crashIsRestartedByTheNextAgent();
    void askedEndIsNoCrashForTheNextAgent();
    void waitingGoesOnWithTheNextAgent();
    void lockThatIsSetFreeLateIsWaitedFor();
    void agentThatIsKilledLeavesNobodyHalfAsked();
    void othersStopIsNoCrash();
    void othersRunIsShownAndGoneOnWith();
    void leftOversAreNamedAndEnded();
    void recycledPidIsNobodysServer();
    void garbageInTheStateIsPassedOver();
    void garbageOnTheSocketEndsThatClientAlone();
    void nobodyElseMayAsk();

private:
    std::unique_ptr<Quay::Test::AgentRoom> m_room;
};

void tst_AgentSuccession::serversOutliveTheirAgent()
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
void tst_AgentSuccession::agentsDieWhileServersWork()
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

void tst_AgentSuccession::crashIsRestartedByTheNextAgent()
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

void tst_AgentSuccession::askedEndIsNoCrashForTheNextAgent()
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

void tst_AgentSuccession::waitingGoesOnWithTheNextAgent()
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
void tst_AgentSuccession::lockThatIsSetFreeLateIsWaitedFor()
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

void tst_AgentSuccession::agentThatIsKilledLeavesNobodyHalfAsked()
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
    const auto attempt = m_room->recordedAttempts().at(0).toObject(); // whoever asked has written it down
    QCOMPARE(attempt[u"actions"][0][u"subject"].toString(), QStringLiteral("web"));
}

/// `quay up --foreground` runs it, the agent sees it, and Ctrl-C is no crash.
void tst_AgentSuccession::othersStopIsNoCrash()
{
    m_room->write("  api: { command: sleep 600, restart: { policy: always, backoff: { initial: 10ms } } }\n");
    const auto foreground = m_room->begin({QStringLiteral("up"), QStringLiteral("--foreground")});
    QVERIFY(waitUntil([&] { return Quay::readLease(m_room->placesOf("api").lease()).has_value(); }));
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0); // it is there

    signalServer(static_cast<pid_t>(foreground->processId()), SIGINT);
    const auto ended = Quay::Test::finish(*foreground);
    QVERIFY2(ended.exitCode == 0, ended.err.constData());

    QVERIFY(waitUntil([&] { return m_room->state(QStringLiteral("api")) == QStringLiteral("stopped"); }));
}

/// The agent knows the server as one that does not run, when `quay up --foreground` begins to run it.
void tst_AgentSuccession::othersRunIsShownAndGoneOnWith()
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

void tst_AgentSuccession::leftOversAreNamedAndEnded()
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
void tst_AgentSuccession::recycledPidIsNobodysServer()
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

void tst_AgentSuccession::garbageInTheStateIsPassedOver()
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

void tst_AgentSuccession::garbageOnTheSocketEndsThatClientAlone()
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

void tst_AgentSuccession::nobodyElseMayAsk()
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

QTEST_GUILESS_MAIN(tst_AgentSuccession)
#include "tst_agentsuccession.moc"
