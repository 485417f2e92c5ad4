// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "tests/support/clientsocket.h"
#include "tests/support/misfitserver.h"
#include "tests/support/quayuproom.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QTest>

#include <csignal>
#include <initializer_list>
#include <optional>
#include <string>

#include <netinet/in.h>
#include <sys/socket.h>

using Quay::Test::freePort;
using Quay::Test::HeldPort;

namespace {

constexpr int EarlierStarts = 5; // so many are needed to say what is usual

/// A server of tests/data/servers/misfit.py, with @p more keys.
std::string misfit(const std::string &words, const std::string &port, const std::string &more = {})
{
    return "  api:\n    command: " + Quay::Test::misfitServer(words) + "\n    ports: [" + port
        + "]\n    stop: { grace: 100ms }\n" + more;
}

/// Asks for a page that these servers never send.
std::string asksForPage(const std::string &port)
{
    return "    ready: [{ http: 'http://127.0.0.1:" + port + "/', timeout: 300ms, start_interval: 50ms }]\n";
}

bool hasIpv6()
{
    const Quay::UniqueFd fd(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in6 name{};
    name.sin6_family = AF_INET6;
    name.sin6_addr = in6addr_loopback;
    return fd && ::bind(fd.get(), reinterpret_cast<const sockaddr *>(&name), sizeof name) == 0;
}

QJsonObject phaseIn(const QJsonObject &run, const char *name)
{
    for (const auto &phase : run.value(QStringLiteral("phases")).toArray()) {
        if (phase.toObject().value(QStringLiteral("name")).toString() == QLatin1StringView(name)) {
            return phase.toObject();
        }
    }
    return {};
}

qint64 numberOf(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1StringView(key)).toInteger(-1);
}

} // namespace

/// What `quay up --foreground` says about starts that go wrong, and what `quay startup` shows of them afterwards.
class tst_QuayStartup : public QObject, private Quay::Test::QuayUpRoom
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void saysThatItIsUpAndOpensNoPort();
    void blockedServerTakesNoConnections();
    void blockedServerIsNotReadyByListening();
    void portThatIsNotServedIsNamed();
    void serverForOneClientIsLeftAlone();
    void stoppedServerIsNamed();
    void endlessLoopIsNamed();
    void reasonThatShowsLaterIsSaid();
    void listensOnTheOtherFamily();
    void listensOnAnotherPort();
    void portIsHeldBySomebodyElse();
    void waitsForADatabaseThatIsNotThere();
    void serverThatIsUpIsNotAccused();
    void startIsToldApartIntoPhases();
    void listeningIsSeenWithoutPorts();
    void lineAfterReadinessStillCounts();
    void slowStartSaysWhichPhase();
    void failedStartIsKept();
    void checkInTheWayIsNamed();
    void withoutStartsThereIsNothing();

private:
    [[nodiscard]] QJsonObject startupOf(std::initializer_list<const char *> options);
};

void tst_QuayStartup::init()
{
    makeRoom();
    QVERIFY(m_directory->isValid());
}

void tst_QuayStartup::cleanup()
{
    leaveRoom();
}

QJsonObject tst_QuayStartup::startupOf(std::initializer_list<const char *> options)
{
    QStringList words{QStringLiteral("startup"), QStringLiteral("api"), QStringLiteral("--json")};
    for (const char *const option : options) {
        words << QString::fromLatin1(option);
    }
    const auto finished = run(words);
    if (finished.exitCode != 0) {
        qWarning("%s", finished.err.constData());
    }
    return QJsonDocument::fromJson(finished.out).object();
}

void tst_QuayStartup::saysThatItIsUpAndOpensNoPort()
{
    const auto port = freePort();
    write(misfit("mute " + port, port));
    start();

    const auto sentence = "api says that it is up, but has not opened port " + port + " nor any other";
    QVERIFY2(hasSaid(sentence.c_str()), m_said.constData());

    QVERIFY(!m_said.contains("api is ready"));
    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayStartup::blockedServerTakesNoConnections()
{
    const auto port = freePort();
    write(misfit("deaf " + port, port, asksForPage(port)));
    start();

    const auto sentence = "api listens at 127.0.0.1:" + port + ", but takes no connections";
    QVERIFY2(hasSaid(sentence.c_str()), m_said.constData());

    QCOMPARE(endAfter(SIGINT), 0);
}

/// No probe is configured: that its port is open is not enough.
void tst_QuayStartup::blockedServerIsNotReadyByListening()
{
    const auto port = freePort();
    write(misfit("deaf " + port, port));
    start();

    const auto sentence = "api listens at 127.0.0.1:" + port + ", but takes no connections";
    QVERIFY2(hasSaid(sentence.c_str()), m_said.constData());
    QVERIFY2(!m_said.contains("api is ready"), m_said.constData());

    QCOMPARE(endAfter(SIGINT), 0);
    QVERIFY(phaseIn(startupOf({}), "accepting").isEmpty());
    QCOMPARE(phaseIn(startupOf({}), "listening").value(QStringLiteral("state")).toString(), QStringLiteral("ended"));
}

void tst_QuayStartup::portThatIsNotServedIsNamed()
{
    const auto port = freePort();
    const auto other = freePort();
    write("  api:\n    command: " + Quay::Test::misfitServer("half " + port + ' ' + other) + "\n    ports: [" + port
          + ", " + other + "]\n    stop: { grace: 100ms }\n");
    start();

    const auto sentence = "api listens at 127.0.0.1:" + other + ", but takes no connections";
    QVERIFY2(hasSaid(sentence.c_str()), m_said.constData());
    QVERIFY2(!m_said.contains("api is ready"), m_said.constData());

    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayStartup::serverForOneClientIsLeftAlone()
{
    const auto port = freePort();
    write(misfit("single " + port, port));
    start();

    QVERIFY2(hasSaid("api is ready"), m_said.constData());

    QVERIFY(Quay::Test::connectTo(static_cast<std::uint16_t>(std::stoi(port)))); // its client
    QVERIFY2(hasSaid("api has ended"), m_said.constData());
    QCOMPARE(endAfter(std::nullopt), 0);
    QVERIFY(phaseIn(startupOf({}), "accepting").isEmpty());
}

void tst_QuayStartup::stoppedServerIsNamed()
{
    const auto port = freePort();
    write(misfit("stopped " + port, port, asksForPage(port)));
    start();

    QVERIFY2(hasSaid(") has been stopped for "), m_said.constData());

    QVERIFY2(m_said.contains(QByteArray::fromStdString("api listens at 127.0.0.1:" + port)), m_said.constData());
    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayStartup::endlessLoopIsNamed()
{
    const auto port = freePort();
    write(misfit("burning " + port, port, asksForPage(port)));
    start();

    QVERIFY2(hasSaid(") has been computing without a pause for "), m_said.constData());

    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayStartup::reasonThatShowsLaterIsSaid()
{
    const auto port = freePort();
    write(misfit("tiring " + port, port)); // one connection waits, all the time
    start();
    QVERIFY2(hasSaid(", but takes no connections"), m_said.constData());
    const bool wasAccused = m_said.contains("without a pause");

    QVERIFY(QFile(m_directory->filePath(QStringLiteral("tired"))).open(QIODevice::NewOnly));

    QVERIFY2(hasSaid(") has been computing without a pause for "), m_said.constData());
    QVERIFY(!wasAccused);
    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayStartup::listensOnTheOtherFamily()
{
    if (!hasIpv6()) {
        QSKIP("there is no ::1 here");
    }
    const auto port = freePort();
    write(misfit("ipv6 " + port, port, "    ready: [{ tcp: '127.0.0.1:" + port + "' }]\n"));
    start();

    const auto sentence = "api listens at [::1]:" + port + " only, and is asked at 127.0.0.1:" + port;
    QVERIFY2(hasSaid(sentence.c_str()), m_said.constData());

    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayStartup::listensOnAnotherPort()
{
    const auto port = freePort();
    const auto other = freePort();
    write(misfit("elsewhere " + port + ' ' + other, port));
    start();

    const auto sentence = "api says that it is up, but listens at 127.0.0.1:" + other + " and not on port " + port;
    QVERIFY2(hasSaid(sentence.c_str()), m_said.constData());

    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayStartup::portIsHeldBySomebodyElse()
{
    const HeldPort holder; // bound, but for preflight free as long as it does not listen
    const auto port = std::to_string(holder.port);
    write("  api:\n    command: " + Quay::Test::misfitServer("late " + port) + "\n    ready: [{ listening: " + port
          + " }]\n");
    start();
    QVERIFY2(hasSaid("about to listen"), m_said.constData());
    QCOMPARE(::listen(holder.fd.get(), 1), 0);
    QFile go(m_directory->filePath(QStringLiteral("go")));
    QVERIFY(go.open(QIODevice::WriteOnly));

    QVERIFY2(hasSaid("startup complete"), m_said.constData());
    const auto sentence = "api says that it is up, but port " + port + " is held by tst_quaystartup (process "
        + std::to_string(QCoreApplication::applicationPid()) + ')';
    QVERIFY2(hasSaid(sentence.c_str()), m_said.constData());

    QVERIFY(!m_said.contains("api is ready"));
    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayStartup::waitsForADatabaseThatIsNotThere()
{
    const auto port = freePort();
    HeldPort database;
    const auto there = std::to_string(database.port);
    write(misfit("waiting " + port + ' ' + there, port,
                 "    phases: [{ name: connect, pattern: '^connected', deadline: 1s }]\n"));
    start();

    const auto sentence = "api has not got through its phase 'connect' within 1 s: waits for 127.0.0.1:" + there
        + ", nothing listens there";
    QVERIFY2(hasSaid(sentence.c_str()), m_said.constData());
    QVERIFY2(hasSaid(("    Error: connect ECONNREFUSED 127.0.0.1:" + there).c_str()), m_said.constData());

    ::listen(database.fd.get(), 1);
    QVERIFY2(hasSaid("api is ready"), m_said.constData());
    QCOMPARE(endAfter(SIGINT), 0);
    const auto connect = phaseIn(startupOf({}), "connect");
    const auto refused = connect.value(QStringLiteral("usage")).toObject().value(QStringLiteral("refused")).toArray();
    QCOMPARE(refused.size(), 1);
    QCOMPARE(numberOf(refused.first().toObject(), "port"), database.port);
    QCOMPARE_GE(numberOf(refused.first().toObject(), "attempts"), 2);
}

void tst_QuayStartup::serverThatIsUpIsNotAccused()
{
    const auto port = freePort();
    write(misfit("migrating " + port, port, "    ready: [{ tcp: '127.0.0.1:" + port + "' }, { log: later }]\n"));
    start();
    QVERIFY2(hasSaid("migrated in"), m_said.constData());

    // So long after its socket was seen, all that is wrong with a server is said in the other tests.
    QVERIFY(!m_quay->waitForFinished(3'000));
    m_said += m_quay->readAll();

    QVERIFY2(!m_said.contains("api listens") && !m_said.contains("api says"), m_said.constData());
    QCOMPARE(endAfter(SIGINT), 0);
}

void tst_QuayStartup::startIsToldApartIntoPhases()
{
    const auto port = freePort();
    write(misfit("migrating " + port, port,
                 "    phases: [{ name: migrate, pattern: 'migrated in (?<duration>[0-9]+) (?<unit>ms)' }]\n"));
    start();
    QVERIFY2(hasSaid("api is ready"), m_said.constData());
    QCOMPARE(endAfter(SIGINT), 0);
    QVERIFY2(!m_said.contains("this version leaves out"), m_said.constData());

    const auto json = startupOf({});

    QCOMPARE(json.value(QStringLiteral("outcome")).toString(), QStringLiteral("ready"));
    const auto phase = [&json](const char *name) { return phaseIn(json, name); };
    for (const char *const name :
         {"preflight", "spawned", "firstOutput", "migrate", "listening", "accepting", "ready"}) {
        QVERIFY2(phase(name).value(QStringLiteral("state")).toString() == QStringLiteral("ended"), name);
    }
    QVERIFY(phase("waitingForNeeds").isEmpty()); // it needs nobody
    QCOMPARE(numberOf(phase("migrate"), "saidNs"), 120'000'000);
    QCOMPARE_LE(numberOf(phase("firstOutput"), "endNs"), numberOf(phase("listening"), "endNs"));
    QCOMPARE(phase("listening").value(QStringLiteral("source")).toString(), QStringLiteral("kernel"));
    QCOMPARE(phase("listening").value(QStringLiteral("detail")).toString().toStdString(), "127.0.0.1:" + port);
    // Bytes, not pages or KiB; of the shell before it became Python where nobody came to look again in between.
    QCOMPARE_GT(numberOf(phase("listening").value(QStringLiteral("usage")).toObject(), "residentBytes"), 100'000);
    QCOMPARE_GT(numberOf(phase("listening").value(QStringLiteral("usage")).toObject(), "cpuNs"), 0);
    QCOMPARE(numberOf(phase("ready"), "endNs"), numberOf(json, "readyNs"));

    const auto text = run({QStringLiteral("startup"), QStringLiteral("api")});
    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.out.startsWith("api: ready after ") && text.out.contains("migrate"), text.out.constData());
}

/// Nothing is known of a port: that it opens one is seen all the same.
void tst_QuayStartup::listeningIsSeenWithoutPorts()
{
    const auto port = freePort();
    write("  api:\n    command: " + Quay::Test::misfitServer("migrating " + port)
          + "\n    ready: [{ log: startup complete }]\n");
    start();
    QVERIFY2(hasSaid("api is ready"), m_said.constData());
    QCOMPARE(endAfter(SIGINT), 0);

    const auto listening = phaseIn(startupOf({}), "listening");

    QCOMPARE(listening.value(QStringLiteral("source")).toString(), QStringLiteral("kernel"));
    QCOMPARE(listening.value(QStringLiteral("detail")).toString().toStdString(), "127.0.0.1:" + port);
}

void tst_QuayStartup::lineAfterReadinessStillCounts()
{
    write("  api:\n    command: 'echo up; sleep 0.6; echo warm; sleep 600'\n    ready: [{ log: '^up' }]\n"
          "    phases: [{ name: warm up, pattern: '^warm', deadline: 20s }]\n");
    start();
    QVERIFY2(hasSaid("api is ready"), m_said.constData());
    QVERIFY2(hasSaid("| warm"), m_said.constData());
    QCOMPARE(endAfter(SIGINT), 0);

    const auto json = startupOf({});

    QCOMPARE(phaseIn(json, "warm up").value(QStringLiteral("state")).toString(), QStringLiteral("ended"));
    QCOMPARE_GE(numberOf(phaseIn(json, "warm up"), "endNs"), numberOf(json, "readyNs"));
}

void tst_QuayStartup::slowStartSaysWhichPhase()
{
    const auto port = freePort();
    write(misfit("migrating " + port, port, "    phases: [{ name: migrate, pattern: '^migrated' }]\n"));
    for (int i = 0; i < EarlierStarts; ++i) {
        m_said.clear();
        start();
        QVERIFY2(hasSaid("api is ready"), m_said.constData());
        QVERIFY2(hasSaid("| Application startup complete."), m_said.constData()); // its lines come later at times
        QCOMPARE(endAfter(SIGINT), 0);
        QVERIFY2(!m_said.contains("clearly longer"), m_said.constData());
    }
    QFile slow(m_directory->filePath(QStringLiteral("slow")));
    QVERIFY(slow.open(QIODevice::WriteOnly));
    m_said.clear();
    start();

    QVERIFY2(hasSaid("api took clearly longer to be ready than usual"), m_said.constData());
    QVERIFY2(hasSaid(", most of it in 'migrate'"), m_said.constData());
    QCOMPARE(endAfter(SIGINT), 0);

    QVERIFY(startupOf({}).value(QStringLiteral("isSlower")).toBool());
    QVERIFY(phaseIn(startupOf({}), "migrate").value(QStringLiteral("isSlower")).toBool());
    QVERIFY(!startupOf({"--run", "2"}).value(QStringLiteral("isSlower")).toBool());
    QCOMPARE(startupOf({"--list"}).value(QStringLiteral("runs")).toArray().size(), EarlierStarts + 1);
    QCOMPARE(
        run({QStringLiteral("startup"), QStringLiteral("api"), QStringLiteral("--run"), QStringLiteral("7")}).exitCode,
        4);
}

void tst_QuayStartup::failedStartIsKept()
{
    const auto port = freePort();
    write("  api: { command: 'echo starting; exit 3', ports: [" + port + "] }\n");
    start();
    QCOMPARE(endAfter(std::nullopt), 1);

    const auto json = startupOf({});

    QCOMPARE(json.value(QStringLiteral("outcome")).toString(), QStringLiteral("failed"));
    QVERIFY(json.value(QStringLiteral("readyNs")).isNull());
    QCOMPARE(phaseIn(json, "listening").value(QStringLiteral("state")).toString(), QStringLiteral("interrupted"));
}

void tst_QuayStartup::checkInTheWayIsNamed()
{
    write("  db: { command: exit 0 }\n"
          "  api: { command: exec sleep 600, needs: [{ name: db, state: exited-ok }],\n"
          "    preflight: [{ variable: QUAY_TEST_NOT_SET }] }\n");
    start();
    QCOMPARE(endAfter(std::nullopt), 1);

    const auto preflight = phaseIn(startupOf({}), "preflight");

    QCOMPARE(preflight.value(QStringLiteral("state")).toString(), QStringLiteral("interrupted"));
    QCOMPARE(preflight.value(QStringLiteral("detail")).toString(), QStringLiteral("variable QUAY_TEST_NOT_SET"));
    const auto text = run({QStringLiteral("startup"), QStringLiteral("api")});
    QVERIFY2(text.out.contains("in the way was variable QUAY_TEST_NOT_SET"), text.out.constData());
}

void tst_QuayStartup::withoutStartsThereIsNothing()
{
    write("  api: { command: 'echo' }\n");

    const auto never = run({QStringLiteral("startup"), QStringLiteral("api")});
    const auto unknown = run({QStringLiteral("startup"), QStringLiteral("apl")});
    const auto wrong =
        run({QStringLiteral("startup"), QStringLiteral("api"), QStringLiteral("--run"), QStringLiteral("0")});

    QCOMPARE(never.exitCode, 4);
    QCOMPARE(unknown.exitCode, 2);
    QVERIFY2(unknown.err.contains("Did you mean 'api'?"), unknown.err.constData());
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY(!QFile::exists(m_directory->filePath(QStringLiteral("quaymaster/startups.db")))); // looking makes none
}

QTEST_GUILESS_MAIN(tst_QuayStartup)
#include "tst_quaystartup.moc"
