// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"
#include "core/supervise/serverplaces.h"
#include "tests/support/quayuproom.h"
#include "tests/support/supervisedrun.h"

#include <QDir>
#include <QFile>
#include <QObject>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <sys/socket.h>

using Quay::Test::freePort;
using Quay::Test::HeldPort;
using Quay::Test::PatienceMs;
using Quay::Test::webServer;

/// `quay up --foreground` with real servers, as somebody at a terminal has it.
class tst_QuayUp : public QObject, private Quay::Test::QuayUpRoom
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void startsInOrderAndStopsInTheOpposite();
    void outputHasTheServersNames();
    void needThatFailsIsNamed();
    void takenPortIsNamedBeforeAnythingStarts();
    void nextPortIsTakenWhereThatIsAllowed();
    void interruptEndsTheChecks();
    void lineOfTheLogMakesItReady();
    void commandMakesItReady();
    void pageMakesItReady();
    void readinessHasADeadline();
    void crashesAreRestartedAndThenGivenUp();
    void secondInterruptKills();
    void stopCommandIsRun();
    void groupEndsWithItsMember();
    void serversOutliveAKilledQuay();
    void checkOfARunningServerIsNoFailure();
    void killedSupervisorIsSaid();
    void mistakesAreSaidAndNothingStarts();
    void changedFileRestarts();
    void mendedFileBringsACrashedServerBack();
    void fileChangedWhileItStopsStartsNothing();
    void jobIsRunAgainWhenAFileChanges();
    void whatCannotBeWatchedIsSaid();
    void alertIsSaid();
    void alertOfAQuickJobIsSaid();

private:
    void save(const char *name, const char *text);
    [[nodiscard]] Quay::ServerPlaces placesOf(const std::string &name) const;
};

void tst_QuayUp::init()
{
    makeRoom();
    QVERIFY(m_directory->isValid());
}

void tst_QuayUp::cleanup()
{
    leaveRoom();
}

Quay::ServerPlaces tst_QuayUp::placesOf(const std::string &name) const
{
    const std::string directory = m_directory->path().toStdString();
    return Quay::ServersPlaces{.runtimeDirectory = directory + "/quaymaster/servers",
                               .stateDirectory = directory + "/quaymaster/servers"}
        .of({.project = directory, .name = name});
}

void tst_QuayUp::startsInOrderAndStopsInTheOpposite()
{
    const auto db = freePort();
    const auto api = freePort();
    write("  api:\n    command: " + webServer(api) + "\n    ports: [" + api
          + "]\n    needs: [db]\n  db:\n    command: " + webServer(db) + "\n    ports: [" + db + "]\n");
    start();

    QVERIFY2(hasSaid("api is ready"), m_said.constData());
    QCOMPARE(endAfter(SIGINT), 0);

    QVERIFY2(m_said.indexOf("api waits for db") >= 0, m_said.constData());
    QVERIFY(m_said.indexOf("db is ready") < m_said.indexOf("api is ready"));
    QVERIFY2(m_said.indexOf("api is stopped") < m_said.indexOf("db is being stopped"), m_said.constData());
    QVERIFY(m_said.contains("db is stopped"));
    QVERIFY(!QFile::exists(QString::fromStdString(placesOf("db").lease())));
}

void tst_QuayUp::outputHasTheServersNames()
{
    write("  job: { command: 'echo out; echo err >&2' }\n  a-long-name: { command: 'printf \"\\033[31mred\"' }\n");
    start();

    QCOMPARE(endAfter(std::nullopt), 0);

    QVERIFY2(m_said.contains("job         | out\n"), m_said.constData());
    QVERIFY(m_said.contains("job         ! err\n"));
    QVERIFY(m_said.contains("a-long-name | "));
    QVERIFY(!m_said.contains("\x1b[31m")); // nobody's terminal is painted
}

void tst_QuayUp::needThatFailsIsNamed()
{
    write("  db: { command: 'exit 3' }\n  api: { command: 'sleep 600', needs: [{ name: db, state: exited-ok }] }\n");
    start();

    QCOMPARE(endAfter(std::nullopt), 1);

    QVERIFY2(m_said.contains("db has ended: exit code 3"), m_said.constData());
    QVERIFY(m_said.contains("api is not started, for it needs db"));
}

void tst_QuayUp::takenPortIsNamedBeforeAnythingStarts()
{
    const HeldPort holder;
    ::listen(holder.fd.get(), 1);
    const auto port = std::to_string(holder.port);
    write("  api: { command: 'echo started', ports: [" + port + "] }\n");
    start();

    QCOMPARE(endAfter(std::nullopt), 1);

    QVERIFY2(m_said.contains("api is not started: a check was not passed"), m_said.constData());
    QVERIFY(m_said.contains("tst_quayup"));
    QVERIFY(m_said.contains(QByteArray::fromStdString("quay free " + port)));
    QVERIFY(!m_said.contains("| started"));
}

void tst_QuayUp::nextPortIsTakenWhereThatIsAllowed()
{
    const HeldPort holder;
    ::listen(holder.fd.get(), 1);
    write("  api:\n    command: 'echo serving $PORT; " + webServer("$PORT")
          + "'\n    ports: [{ port: " + std::to_string(holder.port) + ", variable: PORT, take_next: true }]\n");
    start();

    QVERIFY2(hasSaid("api is ready"), m_said.constData());

    QVERIFY2(!m_said.contains(QByteArray::fromStdString("serving " + std::to_string(holder.port) + '\n')),
             m_said.constData());
    QVERIFY(m_said.contains("tst_quayup")); // who has the other one
    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayUp::interruptEndsTheChecks()
{
    write(
        "  api:\n    command: echo started\n    preflight: [{ command: 'echo $$ > pid; sleep 600', timeout: 10m }]\n");
    start();
    QFile file(m_directory->filePath(QStringLiteral("pid")));
    QTRY_VERIFY_WITH_TIMEOUT(file.size() > 1, PatienceMs);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const int pid = file.readAll().trimmed().toInt();

    QCOMPARE(endAfter(SIGINT), 0);

    QVERIFY2(m_said.contains("api is stopped"), m_said.constData());
    QVERIFY(!m_said.contains("| started"));
    const auto isGone = [pid] {
        const auto process = Quay::PidFd::open(pid);
        return !process || process->hasEnded().value_or(false);
    };
    QVERIFY(Quay::Test::waitUntil(isGone));
}

void tst_QuayUp::lineOfTheLogMakesItReady()
{
    write("  api:\n    command: 'read -t 0.2 x < /dev/zero; echo now complete; sleep 600'\n"
          "    ready: [{ log: 'complete$' }]\n");
    start();

    QVERIFY2(hasSaid("api is ready"), m_said.constData());

    QVERIFY(m_said.indexOf("now complete") < m_said.indexOf("api is ready"));
    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayUp::commandMakesItReady()
{
    write("  api:\n    command: 'echo began; sleep 0.3; touch there; sleep 600'\n"
          "    ready: [{ command: 'test -e there', start_interval: 20ms }]\n");
    start();

    QVERIFY2(hasSaid("api is ready"), m_said.constData());

    QVERIFY(QFile::exists(m_directory->filePath(QStringLiteral("there"))));
    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayUp::pageMakesItReady()
{
    const auto port = freePort();
    write("  api:\n    command: " + webServer(port) + "\n    ports: [" + port
          + "]\n    ready:\n      - http: http://127.0.0.1:" + port
          + "/\n        status: [200]\n        answer_headers: { server: '^SimpleHTTP' }\n        body: Directory "
            "listing\n");
    start();

    QVERIFY2(hasSaid("api is ready"), m_said.constData());

    QCOMPARE(endAfter(SIGTERM), 0);
}

void tst_QuayUp::readinessHasADeadline()
{
    const auto port = freePort();
    write("  api:\n    command: sleep 600\n    ports: [" + port + "]\n    ready: [{ listening: " + port
          + ", deadline: 200ms }]\n  client: { command: 'sleep 600', needs: [api] }\n");
    start();

    QVERIFY2(hasSaid("api is not well"), m_said.constData());
    QVERIFY2(hasSaid("client is not started, for it needs api"), m_said.constData());

    QVERIFY(m_said.contains("nobody listens"));
    QCOMPARE(endAfter(SIGINT), 1);
}

void tst_QuayUp::crashesAreRestartedAndThenGivenUp()
{
    write("  api:\n    command: 'echo once more; kill -SEGV $$'\n    restart:\n      policy: on-failure\n"
          "      backoff: { initial: 10ms, factor: 2, max: 1s, jitter: 0 }\n      crash_loop: { exits: 3, within: 1m "
          "}\n");
    start();

    QCOMPARE(endAfter(std::nullopt), 1);

    QCOMPARE(m_said.count("| once more\n"), 3);
    QVERIFY2(m_said.contains("api has ended (SIGSEGV"), m_said.constData());
    QCOMPARE(m_said.count("is started again in 10 ms"), 1);
    QCOMPARE(m_said.count("is started again in 20 ms"), 1);
    QVERIFY2(m_said.contains("api has ended too often (3 times) and is given up"), m_said.constData());
}

void tst_QuayUp::secondInterruptKills()
{
    write(
        "  api:\n    command: 'trap \"\" TERM INT; echo up; while :; do sleep 600; done'\n    stop: { grace: 10m }\n");
    start();
    QVERIFY2(hasSaid("| up"), m_said.constData());

    ::kill(static_cast<pid_t>(m_quay->processId()), SIGINT);
    QVERIFY2(hasSaid("api is being stopped"), m_said.constData());
    QCOMPARE(endAfter(SIGINT), 0);

    QVERIFY2(m_said.contains("api is stopped"), m_said.constData());
    QVERIFY2(m_said.contains("api did not end in time: its process "), m_said.constData());
}

void tst_QuayUp::stopCommandIsRun()
{
    write("  api:\n    command: 'echo up; until test -e end; do sleep 0.05; done; echo ending by itself'\n"
          "    stop: { command: touch end, grace: 10m }\n");
    start();
    QVERIFY2(hasSaid("| up"), m_said.constData());

    QCOMPARE(endAfter(SIGINT), 0);

    QVERIFY2(m_said.contains("| ending by itself"), m_said.constData());
}

void tst_QuayUp::groupEndsWithItsMember()
{
    write("  web: { command: 'sleep 600', groups: [all] }\n"
          "  worker: { command: 'sleep 0.2', groups: [all], on_exit: stop-group }\n");
    start();

    QCOMPARE(endAfter(std::nullopt), 0);

    QVERIFY2(m_said.contains("web is stopped"), m_said.constData());
}

void tst_QuayUp::serversOutliveAKilledQuay()
{
    write("  api: { command: 'echo up; sleep 600' }\n");
    start();
    QVERIFY2(hasSaid("| up"), m_said.constData());
    m_quay->kill();
    QVERIFY(m_quay->waitForFinished(PatienceMs));
    m_said.clear();

    start(); // again
    const int exitCode = endAfter(std::nullopt);

    const auto lease = Quay::readLease(placesOf("api").lease());
    QVERIFY(lease && lease->server);
    const auto proc = Quay::ProcFs::open();
    QVERIFY(proc && Quay::isRunning(*proc, *lease->server));
    QCOMPARE(exitCode, 1);
    QVERIFY2(m_said.contains("api runs already"), m_said.constData());
    QVERIFY(Quay::isRunning(*proc, lease->supervisor));
    ::kill(lease->supervisor.id.pid, SIGTERM);
    QVERIFY(Quay::Test::waitUntil([&] { return !Quay::isRunning(*proc, lease->supervisor); }));
}

/// Its port is its own; for anybody else it is taken.
void tst_QuayUp::checkOfARunningServerIsNoFailure()
{
    const auto port = freePort();
    write("  api: { command: " + webServer(port) + ", ports: [" + port + "] }\n  other: { command: 'true', ports: ["
          + port + "], autostart: false }\n");
    start();
    QVERIFY2(hasSaid("api is ready"), m_said.constData());

    const auto own = run({QStringLiteral("check"), QStringLiteral("api")});
    const auto foreign = run({QStringLiteral("check"), QStringLiteral("other")});

    QVERIFY2(own.out.contains(QByteArray::fromStdString("port " + port + ": held by api itself, which runs\n")),
             own.out.constData());
    QCOMPARE(own.exitCode, 0);
    QVERIFY2(foreign.out.contains(QByteArray::fromStdString("critical  port " + port + ": is held by ")),
             foreign.out.constData());
    QCOMPARE(foreign.exitCode, 1);
    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayUp::killedSupervisorIsSaid()
{
    write("  api: { command: 'echo up; sleep 600' }\n");
    start();
    QVERIFY2(hasSaid("| up"), m_said.constData());
    const auto lease = Quay::readLease(placesOf("api").lease());
    QVERIFY(lease);

    ::kill(lease->supervisor.id.pid, SIGKILL);

    QVERIFY2(hasSaid("api is left over"), m_said.constData());
    QCOMPARE(endAfter(SIGINT), 1);
    QVERIFY2(m_said.contains("api is stopped"), m_said.constData());
    const auto proc = Quay::ProcFs::open();
    QVERIFY(proc && lease->server && !Quay::isRunning(*proc, *lease->server));
}

void tst_QuayUp::mistakesAreSaidAndNothingStarts()
{
    write("  api: { commandd: 'echo started' }\n");
    start();

    QCOMPARE(endAfter(std::nullopt), 2);

    QVERIFY2(m_said.contains("quaymaster.yaml:3:"), m_said.constData());
    QVERIFY(m_said.contains("Did you mean 'command'?"));
    QVERIFY(!m_said.contains("started\n"));
}

/// As an editor does, through another file.
void tst_QuayUp::save(const char *name, const char *text)
{
    const QString path = m_directory->filePath(QString::fromLatin1(name));
    QFile file(QString(path + QStringLiteral(".new~")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    QCOMPARE(::rename(file.fileName().toLocal8Bit().constData(), path.toLocal8Bit().constData()), 0);
}

void tst_QuayUp::changedFileRestarts()
{
    QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("src/deep")));
    save("src/deep/say", "one");
    write("  api:\n    command: 'echo said $(cat src/deep/say); exec sleep 600'\n    watch: { paths: [src], debounce: "
          "20ms }\n");
    start();
    QVERIFY2(hasSaid("| said one"), m_said.constData());
    QVERIFY2(hasSaid("api is ready"), m_said.constData());

    save("src/deep/say", "two");

    QVERIFY2(hasSaid("| said two"), m_said.constData());
    QVERIFY2(m_said.contains("api is started again, for src/deep/say has changed"), m_said.constData());
    QCOMPARE(endAfter(SIGINT), 0);
    QVERIFY2(m_said.contains("api is stopped"), m_said.constData());
    QCOMPARE(m_said.count("| said"), 2);
}

void tst_QuayUp::mendedFileBringsACrashedServerBack()
{
    save("run.sh", "echo broken; exit 3");
    write("  api: { command: 'sh run.sh', watch: { paths: [run.sh], debounce: 20ms } }\n");
    start();
    QVERIFY2(hasSaid("api has ended: exit code 3"), m_said.constData());

    save("run.sh", "echo mended; exec sleep 600");

    QVERIFY2(hasSaid("| mended"), m_said.constData());
    QVERIFY(m_said.contains("api is started again, for run.sh has changed"));
    QCOMPARE(endAfter(SIGINT), 1); // it had failed
    QVERIFY2(m_said.contains("api is stopped"), m_said.constData());
}

void tst_QuayUp::fileChangedWhileItStopsStartsNothing()
{
    save("say", "one");
    write(
        "  api:\n    command: 'trap \"touch stopping; until test -e end; do sleep 0.05; done; exit\" TERM; echo said "
        "$(cat say); while :; do sleep 0.05; done'\n    watch: { paths: [say], debounce: 1ms }\n    stop: { grace: 10m "
        "}\n");
    start();
    QVERIFY2(hasSaid("| said one"), m_said.constData());
    ::kill(static_cast<pid_t>(m_quay->processId()), SIGINT);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_directory->filePath(QStringLiteral("stopping"))), PatienceMs);

    save("say", "two");
    save("end", "");

    QCOMPARE(endAfter(std::nullopt), 0);
    QVERIFY2(m_said.contains("api is stopped"), m_said.constData());
    QVERIFY(!m_said.contains("said two"));
}

void tst_QuayUp::jobIsRunAgainWhenAFileChanges()
{
    save("say", "one");
    write("  job: { command: 'echo said $(cat say)', watch: { paths: [say], debounce: 20ms } }\n");
    start();
    QVERIFY2(hasSaid("job has ended: exit code 0"), m_said.constData());

    save("say", "two");
    QVERIFY2(hasSaid("| said two"), m_said.constData());

    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayUp::whatCannotBeWatchedIsSaid()
{
    write("  api: { command: 'echo up; exec sleep 600', watch: { paths: [src], debounce: 20ms } }\n");
    start();

    QVERIFY2(hasSaid("/src is to be watched and is not there yet."), m_said.constData());
    QVERIFY2(hasSaid("| up"), m_said.constData());
    QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("src")));
    save("src/a", "text");

    QVERIFY2(hasSaid("api is started again"), m_said.constData());
    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayUp::alertIsSaid()
{
    write("  api:\n    command: 'echo fine; echo ERROR one; echo NOTE; for i in 2 3 4; do echo ERROR $i; done; sleep "
          "600'\n    alerts: [{ pattern: '^ERROR' }, { name: quiet, pattern: NOTE, notify: false }]\n");
    start();

    QVERIFY2(hasSaid("quay: api: ^ERROR"), m_said.constData());

    QCOMPARE(endAfter(SIGINT), 0);
    QVERIFY(m_said.count("quay: api: ^ERROR") <= 2); // not one for each
    QVERIFY2(!m_said.contains("quiet"), m_said.constData());
    QVERIFY(QFile::exists(QString::fromStdString(placesOf("api").alerts())));
    QVERIFY(!m_said.contains("leaves out"));
}

/// It has ended long before all that it wrote was looked at.
void tst_QuayUp::alertOfAQuickJobIsSaid()
{
    write("  job: { command: 'seq 1 100000', alerts: [{ name: late, pattern: '^99999$' }] }\n");
    start();

    QCOMPARE(endAfter(std::nullopt), 0);

    QVERIFY(m_said.contains("quay: job: late: 99999\n"));
}

QTEST_GUILESS_MAIN(tst_QuayUp)
#include "tst_quayup.moc"
