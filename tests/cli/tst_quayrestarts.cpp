// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/pidfd.h"
#include "core/servers/filerestart.h"
#include "tests/support/agentroom.h"
#include "tests/support/misfitserver.h"
#include "tests/support/supervisedrun.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QTest>

#include <array>
#include <csignal>
#include <cstddef>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include <sys/types.h>

using Quay::Test::waitUntil;

namespace {

constexpr int ExitsOfACrashLoop = 4;

/// Writes down when it starts and when it has ended, for which it takes so many seconds; is ready once it could be
/// asked to.
std::string recorder(const std::string &name, const std::string &seconds, const std::string &more)
{
    return "  " + name + ":\n    command: 'trap \"sleep " + seconds + "; echo " + name
        + "- >> order; exit 0\" TERM; echo " + name
        + "+ >> order; echo up; while :; do sleep 0.02; done'\n    ready: [{ log: up }]\n" + more;
}

} // namespace

/// Servers that are started again, by whatever: whom they bring back, in which order, and how often.
class tst_QuayRestarts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_room = std::make_unique<Quay::Test::AgentRoom>(); }
    void cleanup() { m_room.reset(); }

    void changedFileBringsBackWhoeverNeedsIt();
    void whoeverIsStoppedIsNotBroughtBack();
    void severalAreRestartedInTheOrderOfTheirNeeds();
    void crashLoopOutlivesItsAgents();
    void whatHasEndedOutlivesItsAgent();
    void whatWasNeverReadyIsNotReadyForTheNextAgent();
    void serverThatDoesNotSayThatItIsAliveIsStartedAgain();
    void serverThatNeverSaysThatItIsAliveIsNotWell();
    void serverThatChangesItsOwnFilesIsLeftAlone();

private:
    void save(const char *name, const QByteArray &text) const;
    [[nodiscard]] QByteArray read(const char *name) const;
    [[nodiscard]] Quay::Test::Finished quay(const char *words) const;
    [[nodiscard]] bool comesTo(const char *server, const char *state) const;
    [[nodiscard]] bool crashes(const char *server) const;

    std::unique_ptr<Quay::Test::AgentRoom> m_room;
};

void tst_QuayRestarts::save(const char *name, const QByteArray &text) const
{
    QFile file(m_room->path(QString::fromLatin1(name)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QByteArray tst_QuayRestarts::read(const char *name) const
{
    QFile file(m_room->path(QString::fromLatin1(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Quay::Test::Finished tst_QuayRestarts::quay(const char *words) const
{
    return m_room->quay(QString::fromLatin1(words).split(QLatin1Char(' ')));
}

bool tst_QuayRestarts::comesTo(const char *server, const char *state) const
{
    return waitUntil([&] { return m_room->state(QString::fromLatin1(server)) == QString::fromLatin1(state); });
}

/// Makes it end, and waits until it is ready as another process.
bool tst_QuayRestarts::crashes(const char *server) const
{
    const pid_t before = m_room->process(QString::fromLatin1(server));
    const auto handle = Quay::PidFd::open(before); // it was told a moment ago, and is a server of ours
    if (!handle || !handle->signal(SIGSEGV)) {
        return false;
    }
    return waitUntil([&] {
        const auto now = m_room->status(QString::fromLatin1(server));
        return now[u"state"] == QStringLiteral("ready")
            && now[u"process"].toObject()[u"pid"].toInt() != static_cast<int>(before);
    });
}

void tst_QuayRestarts::changedFileBringsBackWhoeverNeedsIt()
{
    save("db.sh", "exit 3\n");
    m_room->write(
        "  web: { command: sleep 600, needs: [api] }\n  api: { command: sleep 600, needs: [db] }\n"
        "  db: { command: 'exec sh db.sh', ready: [{ log: up }], watch: { paths: [db.sh], debounce: 20ms } }\n");
    QCOMPARE(quay("up --wait").exitCode, 1);
    QVERIFY(comesTo("web", "failed"));

    save("db.sh", "echo up; exec sleep 600\n");

    QVERIFY(comesTo("db", "ready"));
    QVERIFY(comesTo("api", "ready"));
    QVERIFY(comesTo("web", "ready"));
}

void tst_QuayRestarts::whoeverIsStoppedIsNotBroughtBack()
{
    save("db.sh", "exit 3\n");
    m_room->write(
        "  web: { command: sleep 600, needs: [db] }\n  api: { command: sleep 600, needs: [db] }\n"
        "  db: { command: 'exec sh db.sh', ready: [{ log: up }], watch: { paths: [db.sh], debounce: 20ms } }\n");
    QCOMPARE(quay("up --wait").exitCode, 1);
    QVERIFY(comesTo("web", "failed"));
    std::ignore = quay("stop api");

    save("db.sh", "echo up; exec sleep 600\n");

    QVERIFY(comesTo("web", "ready"));
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("stopped"));
}

void tst_QuayRestarts::severalAreRestartedInTheOrderOfTheirNeeds()
{
    m_room->write(recorder("web", "0.4", "    needs: [api]\n") + recorder("db", "0", {})
                  + recorder("api", "0.2", "    needs: [db]\n"));
    QCOMPARE(quay("up --wait").exitCode, 0);

    const auto restart = quay("restart db web api --wait");

    QVERIFY2(restart.exitCode == 0, restart.err.constData());
    QCOMPARE(read("order").simplified(), QByteArray("db+ api+ web+ web- api- db- db+ api+ web+"));
}

/// The crashes that an earlier agent has seen count for the next one.
void tst_QuayRestarts::crashLoopOutlivesItsAgents()
{
    m_room->write("  api: { command: 'exec sleep 600', restart: { policy: always, backoff: { initial: 10ms },\n"
                  "    reset_after: 1h, crash_loop: { exits: "
                  + std::to_string(ExitsOfACrashLoop) + ", within: 1h } } }\n");
    QCOMPARE(quay("up --wait").exitCode, 0);

    for (int exits = 1; exits < ExitsOfACrashLoop; ++exits) {
        QVERIFY(crashes("api"));
        QVERIFY(m_room->endAgent(SIGKILL));
    }
    const auto handle = Quay::PidFd::open(m_room->process(QStringLiteral("api")));
    QVERIFY(handle && handle->signal(SIGSEGV));

    QVERIFY(comesTo("api", "crashLoop"));
}

/// How it ended, since when, and the rest of the pause before it is started again.
void tst_QuayRestarts::whatHasEndedOutlivesItsAgent()
{
    m_room->write("  failed: { command: 'exit 7', restart: never }\n"
                  "  loop: { command: 'kill -SEGV $$', restart: { policy: always, backoff: { initial: 1ms },\n"
                  "    crash_loop: { exits: 2, within: 1h } } }\n"
                  "  pausing: { command: 'echo x >> starts; exit 3', restart: { policy: always,\n"
                  "    backoff: { initial: 1h, max: 1h } } }\n"
                  "  well: { command: 'echo up; exec sleep 600', ready: [{ log: up }] }\n");
    std::ignore = quay("up");
    const std::array servers{"failed", "loop", "pausing", "well"};
    const std::array states{"failed", "crashLoop", "waiting", "ready"};
    std::vector<QJsonObject> before;
    for (std::size_t i = 0; i < servers.size(); ++i) {
        QVERIFY2(comesTo(servers[i], states[i]), servers[i]);
        before.push_back(m_room->status(QString::fromLatin1(servers[i])));
    }

    QVERIFY(m_room->endAgent(SIGKILL));

    for (std::size_t i = 0; i < servers.size(); ++i) {
        const auto now = m_room->status(QString::fromLatin1(servers[i]));
        QCOMPARE(now[u"state"], before[i][u"state"]);
        if (now[u"run"].isNull()) { // else it was found running
            QCOMPARE(now[u"reason"], before[i][u"reason"]);
        }
        constexpr qint64 ApartNs = 100'000'000; // kept on one clock and told on another
        QVERIFY(qAbs(now[u"sinceNs"].toInteger() - before[i][u"sinceNs"].toInteger()) < ApartNs);
    }
    QCOMPARE(read("starts").count('x'), 1);
    QVERIFY2(quay("start failed --wait").exitCode == 1, "it can be started, and fails again");
    QVERIFY(comesTo("failed", "failed"));
}

void tst_QuayRestarts::whatWasNeverReadyIsNotReadyForTheNextAgent()
{
    m_room->write("  api: { command: sleep 600, ready: [{ log: never, deadline: 300ms }] }\n");
    QCOMPARE(quay("up --wait").exitCode, 1);
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("unhealthy"));

    QVERIFY(m_room->endAgent(SIGKILL));

    QVERIFY(comesTo("api", "unhealthy"));
    QCOMPARE(quay("up --wait").exitCode, 1);
}

/// Its port is open all the time: nobody but itself knows that it hangs.
void tst_QuayRestarts::serverThatDoesNotSayThatItIsAliveIsStartedAgain()
{
    m_room->write("  api: { command: " + Quay::Test::misfitServer("breathing 0")
                  + ", ready: [notify],\n"
                    "    alive: [{ name: breathes, watchdog: 3s, interval: 20ms }],\n"
                    "    restart: { policy: on-failure, on_unhealthy: true, backoff: { initial: 10m } } }\n");
    QCOMPARE(quay("up --wait").exitCode, 0);
    const auto before = quay("status");
    QFile hang(m_room->path(QStringLiteral("hang")));
    QVERIFY(hang.open(QIODevice::WriteOnly));

    QVERIFY(comesTo("api", "waiting"));

    QVERIFY2(before.out.contains("says: taking orders"), before.out.constData());
    const auto status = quay("status");
    QVERIFY2(status.out.contains("was not well (breathes, it has not said for 3 s that it is alive)"),
             status.out.constData());
    const auto probes = quay("logs api --probes");
    QVERIFY2(probes.out.contains("| breathes: not met, it has not said for 3 s"), probes.out.constData());
    const auto audit = QJsonDocument::fromJson(quay("audit --json").out).object()[u"attempts"].toArray();
    QCOMPARE(audit.size(), 1); // nobody had asked for it
    QCOMPARE(audit.first()[u"by"].toString(), QStringLiteral("agent"));
    QVERIFY(audit.first()[u"isSuccess"].toBool());
    QCOMPARE(audit.first()[u"actions"][0][u"subject"].toString(), QStringLiteral("api"));
}

/// It has never said anything by sd_notify: nobody but whoever waits for its first word knows.
void tst_QuayRestarts::serverThatNeverSaysThatItIsAliveIsNotWell()
{
    m_room->write("  api: { command: 'echo up; exec sleep 600', ready: [{ log: up }],\n"
                  "    alive: [{ name: breathes, watchdog: 200ms, interval: 20ms }], restart: never }\n");
    QCOMPARE(quay("up --wait").exitCode, 0);

    QVERIFY(comesTo("api", "unhealthy"));

    const auto status = quay("status");
    QVERIFY2(status.out.contains("breathes, it has not said for 200 ms that it is alive"), status.out.constData());
}

void tst_QuayRestarts::serverThatChangesItsOwnFilesIsLeftAlone()
{
    QVERIFY(QDir().mkpath(m_room->path(QStringLiteral("src"))));
    m_room->write("  api: { command: 'echo x >> starts; echo line >> src/app.log; exec sleep 600',\n"
                  "    watch: { paths: [src], debounce: 1ms } }\n");
    QCOMPARE(quay("up").exitCode, 0);

    QVERIFY(waitUntil([&] { return !m_room->status(QStringLiteral("api"))[u"unwatchedFor"].isNull(); }));

    QVERIFY(comesTo("api", "ready"));
    QCOMPARE(read("starts").count('x'), 1 + Quay::FileRestart::MostInARow);
    const auto status = quay("status");
    QVERIFY2(status.out.contains("src/app.log has changed right after each start"), status.out.constData());
}

QTEST_GUILESS_MAIN(tst_QuayRestarts)
#include "tst_quayrestarts.moc"
