// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/live/livelook.h"
#include "tests/support/childprocess.h"
#include "tests/support/clientsocket.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/freeport.h"
#include "tests/support/otheruser.h"
#include "tests/support/testserver.h"

#include <QByteArray>
#include <QFile>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QString>
#include <QStringList>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

#include <csignal>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <utility>

#include <unistd.h>

using Quay::PidFd;
using Quay::Test::ChildProcess;
using Quay::Test::finish;
using Quay::Test::Finished;
using Quay::Test::TestServer;
using Quay::Test::why;

namespace {

constexpr int LongEnoughMs = 20'000;

} // namespace

/// The program `quay` ends real servers, and writes it down.
class tst_QuayEnding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void portIsFreed();
    void severalPortsAreFreed();
    void deafServerIsKilledAfterTheGrace();
    void deafServerIsKilledAtOnce();
    void processIsStopped();
    void treeIsStopped();
    void portThatAChildGoesOnHoldingIsNotFree();
    void serverThatIsStartedAgainCameBack_data();
    void serverThatIsStartedAgainCameBack();
    void whoTookItIsInTheJson();
    void whoWouldStartItAgainIsStoppedToo_data();
    void whoWouldStartItAgainIsStoppedToo();
    void loopInAShellIsSeen_data();
    void loopInAShellIsSeen();
    void boundSocketIsNamedWithItsProcess();
    void connectedUdpSocketIsInTheWay();
    void portOfWhoeverStaysIsNotFree_data();
    void portOfWhoeverStaysIsNotFree();
    void whoListensAtAnotherAddressIsNotKeptQuietAbout();
    void otherUsersProcessIsRefusedAtOnce();
    void drainWaitsForConnections();
    void connectionsThatOutliveTheirTimeAreSaid();
    void interruptionLeavesTheServer_data();
    void interruptionLeavesTheServer();
    void interruptedWatchIsNoSuccess();
    void whoMayStartItAgainIsNamed();
    void nobodysHomeIsNoObstacle();
    void killedProgramLeavesARecord();
    void killedProgramNamesWhoCameLate();
    void whatAKilledProgramLeftIsEndedByTheNext();
    void closedOutputDoesNotStopAnEnding();

private:
    /// A program of that name that starts its server anew whenever it ends. The port.
    [[nodiscard]] QString startReviving(QProcess &server, const QString &name) const;
    void start(QProcess &quay, const QStringList &words) const;
    void start(QProcess &quay, const QString &program, const QStringList &words) const;
    [[nodiscard]] Finished run(const QStringList &words) const;
    [[nodiscard]] QJsonArray attempts() const;
    [[nodiscard]] QJsonObject onlyAttempt() const;
    /// Starts `quay free` and waits until @p server was asked to end.
    void startAsking(QProcess &quay, const TestServer &server) const;

    std::unique_ptr<QTemporaryDir> m_state;
};

namespace {

/// A script that has started a server, and goes on when that has ended.
struct Script
{
    ChildProcess process;
    pid_t server = 0;
    std::uint16_t port = 0;
};

Quay::Result<Script> startScript(const std::string &goesOnWith)
{
    auto process = ChildProcess::start(
        {.arguments = {"sh", "-c", "\"$0\" listen; " + goesOnWith, Quay::Test::programPath("testserver")}});
    const auto line = process ? process->readLine() : std::unexpected(process.error());
    if (!line) {
        return std::unexpected(line.error());
    }
    static const QRegularExpression ready(QStringLiteral("port=([0-9]+) .*pids=([0-9]+)"));
    const auto match = ready.match(QString::fromStdString(*line));
    return Script{
        .process = *std::move(process), .server = match.captured(2).toInt(), .port = match.captured(1).toUShort()};
}

QString portOf(const TestServer &server)
{
    return QString::number(server.port());
}

QByteArray aboutPort(const TestServer &server, const char *what)
{
    return QByteArray("Port ").append(portOf(server).toLatin1()).append(what);
}

QJsonObject firstTarget(const QJsonObject &attempt)
{
    return attempt.value(QStringLiteral("targets")).toArray().at(0).toObject();
}

QString outcomeOf(const QJsonObject &attempt)
{
    return firstTarget(attempt).value(QStringLiteral("outcome")).toString();
}

QList<int> signalsOf(const QJsonObject &attempt)
{
    QList<int> numbers;
    for (const auto &sent : firstTarget(attempt).value(QStringLiteral("signals")).toArray()) {
        numbers << sent.toObject().value(QStringLiteral("signal")).toInt();
    }
    return numbers;
}

} // namespace

void tst_QuayEnding::init()
{
    m_state = std::make_unique<QTemporaryDir>();
    QVERIFY(m_state->isValid());
}

void tst_QuayEnding::start(QProcess &quay, const QStringList &words) const
{
    start(quay, QString::fromStdString(Quay::Test::programPath("quay")), words);
}

void tst_QuayEnding::start(QProcess &quay, const QString &program, const QStringList &words) const
{
    quay.setProcessEnvironment(Quay::Test::environmentIn(m_state->path()));
    quay.start(program, words);
    QVERIFY2(quay.waitForStarted(LongEnoughMs), qPrintable(quay.errorString()));
}

Finished tst_QuayEnding::run(const QStringList &words) const
{
    QProcess quay;
    start(quay, words);
    return finish(quay);
}

QJsonArray tst_QuayEnding::attempts() const
{
    const auto document = QJsonDocument::fromJson(run({QStringLiteral("audit"), QStringLiteral("--json")}).out);
    return document.object().value(QStringLiteral("attempts")).toArray();
}

QJsonObject tst_QuayEnding::onlyAttempt() const
{
    const auto all = attempts();
    return all.size() == 1 ? all.at(0).toObject() : QJsonObject();
}

void tst_QuayEnding::startAsking(QProcess &quay, const TestServer &server) const
{
    start(quay, {QStringLiteral("free"), portOf(server), QStringLiteral("--grace"), QStringLiteral("1h")});
    QTRY_VERIFY_WITH_TIMEOUT(!signalsOf(onlyAttempt()).isEmpty(), LongEnoughMs);
}

void tst_QuayEnding::portIsFreed()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));

    const auto freed = run({QStringLiteral("free"), portOf(*server)});

    QVERIFY2(freed.exitCode == 0, freed.err.constData());
    QVERIFY2(freed.out.contains("after SIGTERM."), freed.out.constData());
    QVERIFY2(freed.out.contains(aboutPort(*server, " is free.\n")), freed.out.constData());
    QVERIFY2(freed.err.startsWith("SIGTERM to testserver "), freed.err.constData()); // the plan
    const auto attempt = onlyAttempt();
    QVERIFY(attempt.value(QStringLiteral("isSuccess")).toBool());
    QCOMPARE(attempt.value(QStringLiteral("by")).toString(), QStringLiteral("commandLine"));
    QCOMPARE(firstTarget(attempt).value(QStringLiteral("pid")).toInt(), server->pid());
    QCOMPARE(signalsOf(attempt), QList<int>{SIGTERM});
}

void tst_QuayEnding::severalPortsAreFreed()
{
    const auto one = TestServer::start({"listen"});
    const auto other = TestServer::start({"listen"});
    QVERIFY2(one, why(one));
    QVERIFY2(other, why(other));

    const auto refused = run({QStringLiteral("free"), portOf(*one), portOf(*other)});
    const auto freed = run({QStringLiteral("free"), portOf(*one), portOf(*other), QStringLiteral("--yes")});

    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(freed.exitCode == 0, freed.err.constData());
    QCOMPARE(freed.out.count("is free."), 2);
}

void tst_QuayEnding::deafServerIsKilledAfterTheGrace()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY2(server, why(server));

    const auto freed = run({QStringLiteral("free"), portOf(*server), QStringLiteral("--grace"), QStringLiteral("0.2")});

    QVERIFY2(freed.exitCode == 0, freed.err.constData());
    QVERIFY2(freed.out.contains(" after SIGTERM, once SIGKILL was sent."), freed.out.constData());
    const auto attempt = onlyAttempt();
    QCOMPARE(signalsOf(attempt), (QList<int>{SIGTERM, SIGKILL}));
    QVERIFY(!attempt.value(QStringLiteral("forcedAt")).isNull());
    QVERIFY(attempt.value(QStringLiteral("elapsedNs")).toInteger() >= 200'000'000);
}

void tst_QuayEnding::deafServerIsKilledAtOnce()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY2(server, why(server));

    const auto freed = run({QStringLiteral("free"), portOf(*server), QStringLiteral("--force")});

    QVERIFY2(freed.exitCode == 0, freed.err.constData());
    const auto attempt = onlyAttempt();
    QCOMPARE(signalsOf(attempt), QList<int>{SIGKILL});
    QVERIFY(attempt.value(QStringLiteral("isForced")).toBool());
}

void tst_QuayEnding::processIsStopped()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));

    const auto stopped = run(
        {QStringLiteral("stop"), QString::number(server->pid()), QStringLiteral("--signal"), QStringLiteral("INT")});

    QVERIFY2(stopped.exitCode == 0, stopped.err.constData());
    QVERIFY2(stopped.out.contains("is free."), stopped.out.constData());
    QCOMPARE(signalsOf(onlyAttempt()), QList<int>{SIGINT});
}

void tst_QuayEnding::treeIsStopped()
{
    auto server = TestServer::start({"family"});
    QVERIFY2(server, why(server));

    const auto stopped = run({QStringLiteral("stop"), QString::number(server->pid()), QStringLiteral("--scope"),
                              QStringLiteral("tree"), QStringLiteral("--force"), QStringLiteral("--yes")});

    QVERIFY2(stopped.exitCode == 0, stopped.err.constData());
    const auto gone = server->waitUntilNobodyIsLeft();
    QVERIFY2(gone, why(gone));
}

void tst_QuayEnding::portThatAChildGoesOnHoldingIsNotFree()
{
    const auto server = TestServer::start({"family"});
    QVERIFY2(server, why(server));

    const auto stopped = run({QStringLiteral("stop"), QString::number(server->pid())});

    QCOMPARE(stopped.exitCode, 1);
    QVERIFY2(stopped.err.contains(aboutPort(*server, " is held by testserver ")), stopped.err.constData());
    const auto attempt = onlyAttempt();
    QCOMPARE(outcomeOf(attempt), QStringLiteral("ended"));
    QVERIFY(!attempt.value(QStringLiteral("isSuccess")).toBool());
}

QString tst_QuayEnding::startReviving(QProcess &server, const QString &name) const
{
    const QString manager = m_state->filePath(name);
    QFile::link(QString::fromStdString(Quay::Test::programPath("testserver")), manager);
    server.start(manager, {QStringLiteral("revive")});
    server.waitForReadyRead(LongEnoughMs);
    static const QRegularExpression portPattern(QStringLiteral("port=([0-9]+)"));
    return portPattern.match(QString::fromLatin1(server.readLine())).captured(1);
}

void tst_QuayEnding::serverThatIsStartedAgainCameBack_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("warning");
    // It is known by its name for starting again what ended.
    QTest::newRow("manager") << "supervisord" << "Supervisor (%1) may start it again.";
    QTest::newRow("any program") << "loop" << QString();
}

void tst_QuayEnding::serverThatIsStartedAgainCameBack()
{
    QFETCH(const QString, name);
    QFETCH(const QString, warning);
    QProcess server;
    const QString port = startReviving(server, name);

    const auto freed = run({QStringLiteral("free"), port});

    QCOMPARE(freed.exitCode, 1);
    const QString err = QString::fromUtf8(freed.err);
    QCOMPARE(err.contains(QStringLiteral("may start it again.")), !warning.isEmpty());
    QVERIFY2(warning.isEmpty() || err.contains(warning.arg(server.processId())), qPrintable(err));
    QVERIFY2(err.contains(QStringLiteral("Port %1 was free and came back").arg(port)), qPrintable(err));
    QVERIFY2(err.contains(QStringLiteral("started by %1 %2").arg(name).arg(server.processId())), qPrintable(err));
    QVERIFY(onlyAttempt().value(QStringLiteral("ports")).toArray().at(0)[QStringLiteral("cameBack")].toBool());
    server.closeWriteChannel();
    QVERIFY(server.waitForFinished(LongEnoughMs));
}

void tst_QuayEnding::whoTookItIsInTheJson()
{
    QProcess server;
    const QString port = startReviving(server, QStringLiteral("loop"));

    const auto freed = run({QStringLiteral("free"), port, QStringLiteral("--json")});

    QCOMPARE(freed.exitCode, 1);
    const auto report = QJsonDocument::fromJson(freed.out).object();
    const auto held = report.value(QStringLiteral("held")).toArray();
    const auto taken = report.value(QStringLiteral("takenBy")).toArray();
    QCOMPARE(held.size(), 1);
    QCOMPARE(taken.size(), 1);
    const auto target = report.value(QStringLiteral("targets")).toArray().at(0);
    QCOMPARE(held.at(0)[QStringLiteral("pid")], target[QStringLiteral("pid")]);
    QCOMPARE(held.at(0)[QStringLiteral("port")].toInt(), port.toInt());
    QCOMPARE(taken.at(0)[QStringLiteral("port")].toInt(), port.toInt());
    QVERIFY(taken.at(0)[QStringLiteral("pid")].toInt() > 0);
    QVERIFY(taken.at(0)[QStringLiteral("pid")] != target[QStringLiteral("pid")]);
    server.closeWriteChannel();
    QVERIFY(server.waitForFinished(LongEnoughMs));
}

void tst_QuayEnding::whoWouldStartItAgainIsStoppedToo_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isKnown");
    QTest::newRow("manager") << "supervisord" << true;
    QTest::newRow("any program") << "loop" << false;
}

void tst_QuayEnding::whoWouldStartItAgainIsStoppedToo()
{
    QFETCH(const QString, name);
    QFETCH(const bool, isKnown);
    QProcess server;
    const QString port = startReviving(server, name);
    const qint64 starter = server.processId();

    const auto freed = run({QStringLiteral("free"), port, QStringLiteral("--stop-manager"), QStringLiteral("--yes")});

    QVERIFY2(freed.exitCode == 0, freed.err.constData());
    QVERIFY2(freed.out.contains(QStringLiteral("Port %1 is free.").arg(port).toUtf8()), freed.out.constData());
    const QString guess = QStringLiteral("What has started it is ended as well, with all below: loop %1.").arg(starter);
    QCOMPARE(freed.err.contains(guess.toUtf8()), !isKnown);
    QTRY_COMPARE_WITH_TIMEOUT(server.state(), QProcess::NotRunning, LongEnoughMs);
}

void tst_QuayEnding::loopInAShellIsSeen_data()
{
    QTest::addColumn<bool>("isOnTerminal");
    QTest::addColumn<QString>("loop");
    const auto loop = QStringLiteral("while kill -0 $$; do '%1' listen --port %2; sleep 0.1; done");
    QTest::newRow("terminal") << true << loop;
    QTest::newRow("no terminal") << false << loop;
    QTest::newRow("pipeline") << true << loop + QStringLiteral(" | cat");
    QTest::newRow("background") << true << QStringLiteral("(%1) &").arg(loop);
}

/// Also by a script, which is not to wait for what does not come.
void tst_QuayEnding::loopInAShellIsSeen()
{
    QFETCH(const bool, isOnTerminal);
    QFETCH(const QString, loop);
    const QString port = QString::fromStdString(Quay::Test::freePort());
    auto shell = ChildProcess::start(
        {.arguments = {"env", "TERM=dumb", "bash", "--norc", "--noprofile"}, .isOnTerminal = isOnTerminal});
    QVERIFY2(shell, why(shell));
    QVERIFY(
        shell->writeLine(loop.arg(QString::fromStdString(Quay::Test::programPath("testserver")), port).toStdString()));
    QTRY_COMPARE_WITH_TIMEOUT(run({QStringLiteral("ports"), port}).exitCode, 0, LongEnoughMs);

    const auto freed = run({QStringLiteral("free"), port});

    QVERIFY2(freed.exitCode == 1, freed.err.constData());
    QVERIFY2(freed.err.contains("was free and came back"), freed.err.constData());
    QVERIFY2(freed.err.contains("started by bash "), freed.err.constData());
    QVERIFY2(freed.err.contains("A loop runs in bash "), freed.err.constData());
}

/// It is in the way of everybody who wants the port, and no list of listeners shows it.
void tst_QuayEnding::boundSocketIsNamedWithItsProcess()
{
    const Quay::Test::HeldPort bound;

    const auto freed = run({QStringLiteral("free"), QString::number(bound.port)});

    QCOMPARE(freed.exitCode, 1);
    QVERIFY2(freed.err.contains(QByteArray("1 socket that was bound and does not listen, of tst_quayending ")
                                    .append(QByteArray::number(::getpid()))),
             freed.err.constData());
}

void tst_QuayEnding::connectedUdpSocketIsInTheWay()
{
    QUdpSocket socket;
    QVERIFY(socket.bind(QHostAddress::LocalHost, 0));
    const QString port = QString::number(socket.localPort());
    socket.connectToHost(QHostAddress::LocalHost, 9);
    QVERIFY(socket.waitForConnected());

    const auto quay = run({QStringLiteral("free"), port});

    QCOMPARE(quay.exitCode, 1);
    QVERIFY2(
        quay.err.contains(QByteArray("Nobody listens on port " + port.toLatin1() + ", but it cannot be bound yet: ")),
        quay.err.constData());
    QVERIFY2(quay.err.contains(QByteArray("of tst_quayending " + QByteArray::number(::getpid()))),
             quay.err.constData());
}

void tst_QuayEnding::portOfWhoeverStaysIsNotFree_data()
{
    QTest::addColumn<bool>("isDryRun");
    QTest::newRow("ended") << false;
    QTest::newRow("shown only") << true;
}

/// Whoever runs quay is not to be ended by it: here, this test.
void tst_QuayEnding::portOfWhoeverStaysIsNotFree()
{
    QFETCH(const bool, isDryRun);
    const auto server = TestServer::start({"listen"});
    QVERIFY(server);
    QTcpServer own;
    QVERIFY(own.listen(QHostAddress::LocalHost));
    const QString ownPort = QString::number(own.serverPort());
    QStringList words{QStringLiteral("free"), ownPort, portOf(*server), QStringLiteral("--yes")};
    if (isDryRun) {
        words << QStringLiteral("--dry-run");
    }

    const auto quay = run(words);

    QCOMPARE(quay.exitCode, isDryRun ? 0 : 1);
    QVERIFY2(isDryRun || quay.out.contains(aboutPort(*server, " is free.")), quay.out.constData());
    const QByteArray held =
        "Port " + ownPort.toLatin1() + " is held by tst_quayending " + QByteArray::number(::getpid());
    QVERIFY2(quay.err.contains(held), quay.err.constData());
}

void tst_QuayEnding::whoListensAtAnotherAddressIsNotKeptQuietAbout()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY(server);
    QTcpServer own;
    if (!own.listen(QHostAddress::LocalHostIPv6, server->port())) {
        QSKIP("needs IPv6");
    }

    const auto quay = run({QStringLiteral("stop"), QString::number(server->pid())});

    QCOMPARE(quay.exitCode, 0);
    QVERIFY2(quay.out.contains(aboutPort(*server, " is free at 127.0.0.1; somebody else listens at ::1.")),
             quay.out.constData());
}

void tst_QuayEnding::otherUsersProcessIsRefusedAtOnce()
{
    if (::getuid() != 0) {
        QSKIP("only root can be another user for a moment");
    }
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto handle = PidFd::open(server->pid());
    QCOMPARE(::chown(QFile::encodeName(m_state->path()).constData(), Quay::Test::ThirdUid, Quay::Test::ThirdUid), 0);
    const QString user = QString::number(Quay::Test::ThirdUid);
    QProcess quay;
    start(quay, QStringLiteral("setpriv"),
          {QStringLiteral("--reuid"), user, QStringLiteral("--regid"), user, QStringLiteral("--clear-groups"),
           QString::fromStdString(Quay::Test::programPath("quay")), QStringLiteral("stop"),
           QStringLiteral("--no-ask-password"), QString::number(server->pid())});

    const auto refused = finish(quay);

    QCOMPARE(refused.exitCode, 3);
    QVERIFY2(refused.err.contains("belongs to another user, and may not be stopped by you."), refused.err.constData());
    QFile log(m_state->filePath(QStringLiteral("quaymaster/audit.jsonl")));
    QVERIFY(log.open(QIODevice::ReadOnly)); // what was refused is on record too
    QVERIFY(log.readAll().contains("\"outcome\":\"needsPermission\""));
    QVERIFY(handle->hasEnded() == false);
}

void tst_QuayEnding::drainWaitsForConnections()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    auto client = Quay::Test::connectTo(server->port());
    QVERIFY(client);
    QProcess quay;
    start(quay, {QStringLiteral("free"), portOf(*server), QStringLiteral("--drain"), QStringLiteral("1h")});
    QTRY_VERIFY_WITH_TIMEOUT(!attempts().isEmpty(), LongEnoughMs);
    QVERIFY(quay.state() == QProcess::Running);
    QVERIFY(signalsOf(onlyAttempt()).isEmpty());

    client.reset();
    const auto freed = finish(quay);

    QVERIFY2(freed.exitCode == 0, freed.err.constData());
}

void tst_QuayEnding::connectionsThatOutliveTheirTimeAreSaid()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto client = Quay::Test::connectTo(server->port());
    QVERIFY(client);

    const auto freed = run({QStringLiteral("free"), portOf(*server), QStringLiteral("--drain"), QStringLiteral("100ms"),
                            QStringLiteral("--json")});

    QVERIFY2(freed.exitCode == 0, freed.err.constData());
    QVERIFY2(freed.err.contains("1 connection had not ended after"), freed.err.constData());
    const auto report = QJsonDocument::fromJson(freed.out).object();
    QCOMPARE(report.value(QStringLiteral("drainNs")).toInteger(), 100'000'000);
    QCOMPARE(report.value(QStringLiteral("connectionsCut")).toInt(), 1);
    const auto attempt = onlyAttempt();
    QCOMPARE(attempt.value(QStringLiteral("drainNs")).toInteger(), 100'000'000);
    QCOMPARE(attempt.value(QStringLiteral("connectionsCut")).toInt(), 1);
}

void tst_QuayEnding::interruptionLeavesTheServer_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl-C") << SIGINT;
    QTest::newRow("asked to end") << SIGTERM;
    QTest::newRow("terminal closed") << SIGHUP;
}

void tst_QuayEnding::interruptionLeavesTheServer()
{
    QFETCH(const int, signal);
    const auto server = TestServer::start({"deaf"});
    QVERIFY2(server, why(server));
    const auto handle = PidFd::open(server->pid());
    QVERIFY(handle);
    QProcess quay;
    startAsking(quay, *server);

    QVERIFY(quay.processId() > 0); // 0, which it is once it has ended, would be all of us
    ::kill(static_cast<pid_t>(quay.processId()), signal);
    const auto freed = finish(quay);

    QCOMPARE(freed.exitCode, 1);
    QVERIFY2(freed.err.contains("was asked to stop and still runs."), freed.err.constData());
    QVERIFY2(freed.err.contains("Interrupted: whoever was asked to end"), freed.err.constData());
    QCOMPARE(freed.err.count("Interrupted:"), 1);
    QVERIFY(!handle->hasEnded().value());
    QCOMPARE(outcomeOf(onlyAttempt()), QStringLiteral("left"));
}

/// A script that has gone on with something else lives, and might start the server again.
void tst_QuayEnding::interruptedWatchIsNoSuccess()
{
    const auto script = startScript("tail --pid=$PPID -f /dev/null");
    QVERIFY2(script, why(script));
    const auto handle = PidFd::open(script->server);
    QVERIFY(handle);
    QProcess quay;
    start(quay, {QStringLiteral("free"), QString::number(script->port), QStringLiteral("--json")});
    QTRY_VERIFY_WITH_TIMEOUT(handle->hasEnded().value_or(true), LongEnoughMs);

    ::kill(static_cast<pid_t>(quay.processId()), SIGINT);
    const auto freed = finish(quay);

    QCOMPARE(freed.exitCode, 1);
    QVERIFY2(freed.err.contains("Interrupted: "), freed.err.constData());
    QCOMPARE(freed.err.count("Interrupted:"), 1);
    const auto said = QJsonDocument::fromJson(freed.out).object();
    QVERIFY(said.value(QStringLiteral("isInterrupted")).toBool());
    QVERIFY(!said.value(QStringLiteral("isSuccess")).toBool());
    QVERIFY(onlyAttempt().value(QStringLiteral("isLeft")).toBool());
    QVERIFY(!onlyAttempt().value(QStringLiteral("isSuccess")).toBool());
}

/// It may take longer than anybody waits.
void tst_QuayEnding::whoMayStartItAgainIsNamed()
{
    const auto script = startScript("read -r line");
    QVERIFY2(script, why(script));

    const auto freed = run({QStringLiteral("free"), QString::number(script->port), QStringLiteral("--json")});

    QVERIFY2(freed.exitCode == 0, freed.err.constData());
    const QByteArray pid = QByteArray::number(script->process.pid());
    QVERIFY2(freed.err.contains(QByteArray("sh " + pid + " started it, still runs, and may start it again.")),
             freed.err.constData());
    const auto starters = QJsonDocument::fromJson(freed.out).object().value(QStringLiteral("starters")).toArray();
    QCOMPARE(starters.size(), 1);
    QCOMPARE(starters.at(0).toObject().value(QStringLiteral("pid")).toInt(), script->process.pid());
}

/// As in a container that runs with the number of a user whom nobody has entered.
void tst_QuayEnding::nobodysHomeIsNoObstacle()
{
    if (::geteuid() != 0) {
        QSKIP("only root can be somebody without a home");
    }
    const QStringList stranger{QStringLiteral("--reuid"), QStringLiteral("54321"), QStringLiteral("--clear-groups"),
                               QStringLiteral("env"),     QStringLiteral("-i"),    QStringLiteral("HOME=/")};
    const QString port = QString::fromStdString(Quay::Test::freePort());
    QProcess server;
    server.start(QStringLiteral("setpriv"),
                 stranger
                     + QStringList{QString::fromStdString(Quay::Test::programPath("testserver")),
                                   QStringLiteral("listen"), QStringLiteral("--port"), port});
    QVERIFY(server.waitForReadyRead(LongEnoughMs));
    QProcess quay;
    quay.start(
        QStringLiteral("setpriv"),
        stranger + QStringList{QString::fromStdString(Quay::Test::programPath("quay")), QStringLiteral("free"), port});

    const auto freed = finish(quay);

    QVERIFY2(freed.exitCode == 0, freed.err.constData());
    QVERIFY2(
        freed.err.contains("This was not recorded for 'quay audit'. There is no home directory that is yours: HOME"),
        freed.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(server.state(), QProcess::NotRunning, LongEnoughMs);
}

void tst_QuayEnding::killedProgramLeavesARecord()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY2(server, why(server));
    const auto handle = PidFd::open(server->pid());
    QVERIFY(handle);
    QProcess quay;
    startAsking(quay, *server);
    QCOMPARE(onlyAttempt().value(QStringLiteral("state")).toString(), QStringLiteral("running"));

    quay.kill();
    QVERIFY(quay.waitForFinished(LongEnoughMs));

    const auto attempt = onlyAttempt();
    QCOMPARE(attempt.value(QStringLiteral("state")).toString(), QStringLiteral("interrupted"));
    QCOMPARE(firstTarget(attempt).value(QStringLiteral("pid")).toInt(), server->pid());
    QCOMPARE(signalsOf(attempt), QList<int>{SIGTERM}); // that it was asked is known, and that it was not killed
    QVERIFY(attempt.value(QStringLiteral("forcedAt")).isNull());
    QVERIFY(!handle->hasEnded().value());
    const auto stat = Quay::readProcStat(Quay::ProcFs::open().value(), server->pid());
    QVERIFY(stat && stat->state != 'T'); // nor was it left stopped
}

void tst_QuayEnding::killedProgramNamesWhoCameLate()
{
    auto server = TestServer::start({"deafheir"}); // once asked it ends, and leaves a child that does not
    QVERIFY2(server, why(server));
    QProcess quay;
    start(quay,
          {QStringLiteral("stop"), QString::number(server->pid()), QStringLiteral("--scope"), QStringLiteral("tree"),
           QStringLiteral("--grace"), QStringLiteral("1h")});
    const auto targets = [this] { return onlyAttempt().value(QStringLiteral("targets")).toArray(); };
    QTRY_COMPARE_WITH_TIMEOUT(targets().size(), 2, LongEnoughMs);

    quay.kill();
    QVERIFY(quay.waitForFinished(LongEnoughMs));

    QCOMPARE(onlyAttempt().value(QStringLiteral("state")).toString(), QStringLiteral("interrupted"));
    QCOMPARE(targets().at(0).toObject().value(QStringLiteral("pid")).toInt(), server->pid());
    const auto heir = targets().at(1).toObject();
    QVERIFY(heir.value(QStringLiteral("isLate")).toBool());
    const auto handle = PidFd::open(heir.value(QStringLiteral("pid")).toInt());
    QVERIFY(handle);
    QVERIFY(!handle->hasEnded().value());
}

void tst_QuayEnding::whatAKilledProgramLeftIsEndedByTheNext()
{
    const auto server = TestServer::start({"yielding"});
    QVERIFY2(server, why(server));
    QProcess quay;
    startAsking(quay, *server);
    QTRY_VERIFY_WITH_TIMEOUT(!Quay::Test::connectTo(server->port()), LongEnoughMs); // SIGTERM has come
    quay.kill();
    QVERIFY(quay.waitForFinished(LongEnoughMs));

    const auto stopped = run({QStringLiteral("stop"), QString::number(server->pid()), QStringLiteral("--force")});

    QVERIFY2(stopped.exitCode == 0, stopped.err.constData());
    const auto all = attempts(); // the last one first
    QCOMPARE(all.size(), 2);
    const auto next = all.at(0).toObject();
    QVERIFY(next.value(QStringLiteral("isSuccess")).toBool());
    QCOMPARE(signalsOf(next), QList<int>{SIGKILL});
    const auto killed = all.at(1).toObject();
    QCOMPARE(killed.value(QStringLiteral("state")).toString(), QStringLiteral("interrupted"));
    QVERIFY(!killed.value(QStringLiteral("isSuccess")).toBool()); // it ended, but that is not its doing
    QVERIFY(killed.value(QStringLiteral("forcedAt")).isNull());
    QCOMPARE(firstTarget(killed).value(QStringLiteral("pid")).toInt(), server->pid());
}

void tst_QuayEnding::closedOutputDoesNotStopAnEnding()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY2(server, why(server));
    QProcess quay;
    start(quay, {QStringLiteral("free"), portOf(*server), QStringLiteral("--grace"), QStringLiteral("300ms")});
    quay.closeReadChannel(QProcess::StandardOutput);

    QVERIFY(quay.waitForFinished(LongEnoughMs));

    QVERIFY(onlyAttempt().value(QStringLiteral("isSuccess")).toBool());
}

QTEST_GUILESS_MAIN(tst_QuayEnding)
#include "tst_quayending.moc"
