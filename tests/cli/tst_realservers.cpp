// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/agentroom.h"
#include "tests/support/freeport.h"
#include "tests/support/otheruser.h"
#include "tests/support/supervisedrun.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using Quay::Test::freePort;
using Quay::Test::hasEnded;
using Quay::Test::waitUntil;
using Quay::Test::webServer;

namespace {

/// Debian keeps the database's programs beside the path, those of each version in a directory of their own.
QString databaseProgram(const QString &name)
{
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    for (const auto &version : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed)) {
        const QString path = versions.filePath(version + QStringLiteral("/bin/") + name);
        if (QFile::exists(path)) {
            return path;
        }
    }
    return QStandardPaths::findExecutable(name);
}

/// Also where users have no such directory in their path.
QString program(const char *name)
{
    const QString found = QStandardPaths::findExecutable(QString::fromLatin1(name));
    return !found.isEmpty() ? found
                            : QStandardPaths::findExecutable(QString::fromLatin1(name), {QStringLiteral("/usr/sbin")});
}

bool isOpen(const std::string &port)
{
    const Quay::UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    name.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
    return ::connect(fd.get(), reinterpret_cast<const sockaddr *>(&name), sizeof name) == 0;
}

} // namespace

/// Servers as others have made them, managed through `quay` and its agent as their users would.
class tst_RealServers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void projectOfAllKindsLives();
    void databaseThatWasKilledShowsItsRecovery();
    void cacheShowsWhatItLoads();
    void webServerThatBecomesADaemonStaysManaged();
    void webServerWithMistakesSaysThem();
    void scriptServerIsReplacedByARestart();

private:
    void save(const char *name, const std::string &text) const;
    /// Two servers: one makes the database, which is the other.
    [[nodiscard]] std::string database(const std::string &port) const;
    /// Writes what it reads its settings from, and gives its command.
    [[nodiscard]] std::string webServerOfItsOwn(const std::string &port, const std::string &mode) const;
    [[nodiscard]] QStringList phasesOf(const char *server) const;
    [[nodiscard]] QByteArray logOf(const char *server) const;
    [[nodiscard]] Quay::Test::Finished up() const;

    std::unique_ptr<Quay::Test::AgentRoom> m_room;
    std::unique_ptr<QTemporaryDir> m_data; ///< Of the database, which does not run as root.
};

void tst_RealServers::init()
{
    m_room = std::make_unique<Quay::Test::AgentRoom>();
    m_data = std::make_unique<QTemporaryDir>();
    if (::geteuid() == 0) {
        QCOMPARE(::chown(m_data->path().toLocal8Bit().constData(), Quay::Test::OtherUid, Quay::Test::OtherUid), 0);
    }
}

void tst_RealServers::cleanup()
{
    m_room.reset();
    m_data.reset();
}

void tst_RealServers::save(const char *name, const std::string &text) const
{
    QFile file(m_room->path(QString::fromLatin1(name)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(text));
}

Quay::Test::Finished tst_RealServers::up() const
{
    return m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")});
}

QByteArray tst_RealServers::logOf(const char *server) const
{
    return m_room->quay({QStringLiteral("logs"), QString::fromLatin1(server)}).out;
}

/// Of its last start, once that is kept.
QStringList tst_RealServers::phasesOf(const char *server) const
{
    QJsonObject startup;
    const QStringList words{QStringLiteral("startup"), QString::fromLatin1(server), QStringLiteral("--json")};
    std::ignore = waitUntil([&] {
        startup = QJsonDocument::fromJson(m_room->quay(words).out).object();
        return !startup.isEmpty();
    });
    QStringList names;
    for (const auto &phase : startup.value(QStringLiteral("phases")).toArray()) {
        names << phase.toObject().value(QStringLiteral("name")).toString();
    }
    return names;
}

std::string tst_RealServers::database(const std::string &port) const
{
    const std::string user = ::geteuid() == 0 ? "exec setpriv --reuid=" + std::to_string(Quay::Test::OtherUid)
            + " --regid=" + std::to_string(Quay::Test::OtherUid) + " --clear-groups "
                                              : "exec ";
    const std::string data = m_data->path().toStdString() + "/db";
    return "  init: { command: 'test -e " + data + "/PG_VERSION || " + user
        + databaseProgram(QStringLiteral("initdb")).toStdString() + " -D " + data
        + " -U quay -A trust --no-sync', directory: / }\n  db:\n    command: " + user
        + databaseProgram(QStringLiteral("postgres")).toStdString() + " -D " + data + " -p " + port
        + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off\n    directory: /\n    ports: ["
        + port + "]\n    needs: [{ name: init, state: exited-ok }]\n    stop: { signal: INT }\n"
        + "    ready: [listening, { command: [" + databaseProgram(QStringLiteral("pg_isready")).toStdString()
        + ", -h, 127.0.0.1, -p, '" + port + "'] }]\n";
}

std::string tst_RealServers::webServerOfItsOwn(const std::string &port, const std::string &mode) const
{
    std::string places;
    for (const char *const kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
        places += std::string(kind) + "_temp_path " + kind + ";\n";
    }
    save("nginx.conf",
         mode + "\npid nginx.pid;\nerror_log stderr notice;\nevents {}\nhttp {\naccess_log off;\n" + places
             + "server { listen 127.0.0.1:" + port + "; location / { return 200 hello; } }\n}\n");
    return "[" + program("nginx").toStdString() + ", -p, " + m_room->directory() + "/, -c, nginx.conf, -e, stderr]";
}

void tst_RealServers::projectOfAllKindsLives()
{
    std::vector<std::string> ports{freePort(), freePort()};
    std::string servers = "  api: { command: '" + webServer(ports[0]) + "', ports: [" + ports[0]
        + "], needs: [cache] }\n" + "  cache: { command: '" + webServer(ports[1]) + "', ports: [" + ports[1] + "] }\n";
    QStringList names{QStringLiteral("api"), QStringLiteral("cache")};
    const auto add = [&](const char *name, const std::string &text, const std::string &port) {
        servers += text;
        names << QString::fromLatin1(name);
        ports.push_back(port);
    };
    if (const auto port = freePort(); !databaseProgram(QStringLiteral("postgres")).isEmpty()) {
        add("db", database(port), port);
    }
    if (const auto port = freePort(); !program("redis-server").isEmpty()) {
        add("store",
            "  store: { command: 'exec redis-server --port " + port + " --bind 127.0.0.1', ports: [" + port + "] }\n",
            port);
    }
    if (const auto port = freePort(); !program("nginx").isEmpty()) {
        add("web",
            "  web: { command: " + webServerOfItsOwn(port, "daemon off;") + ", needs: [api], ports: [" + port
                + "], ready: [{ http: 'http://127.0.0.1:" + port + "/', body: ^hello }] }\n",
            port);
    }
    if (const auto port = freePort(); !program("node").isEmpty()) {
        save("server.js",
             "require('http').createServer((q, a) => a.end('ok')).listen(" + port
                 + ", '127.0.0.1', () => console.log('Listening on http://127.0.0.1:" + port + "/'))\n");
        add("node", "  node: { command: [node, server.js], needs: [cache], ports: [" + port + "] }\n", port);
    }
    m_room->write(servers);

    for (int round = 0; round < 2; ++round) { // the next start finds nothing in its way
        const auto end = up();
        QVERIFY2(end.exitCode == 0, end.err.constData());
        std::vector<pid_t> processes;
        for (const auto &name : names) {
            const auto status = m_room->status(name);
            QVERIFY2(status.value(QStringLiteral("state")) == QJsonValue(QStringLiteral("ready")), qPrintable(name));
            processes.push_back(m_room->process(name));
        }
        for (const auto &port : ports) {
            QVERIFY2(isOpen(port), port.c_str());
        }

        const auto down = m_room->quay({QStringLiteral("down")});
        QVERIFY2(down.exitCode == 0, down.err.constData());
        for (const pid_t process : processes) {
            QVERIFY(hasEnded(process));
        }
        for (const auto &port : ports) {
            QVERIFY2(!isOpen(port), port.c_str());
        }
        for (const auto &name : names) {
            QCOMPARE(m_room->state(name), QStringLiteral("stopped")); // none has failed
        }
    }
}

void tst_RealServers::databaseThatWasKilledShowsItsRecovery()
{
    if (databaseProgram(QStringLiteral("postgres")).isEmpty()) {
        QSKIP("PostgreSQL is not installed");
    }
    m_room->write(database(freePort()));
    auto end = up();
    QVERIFY2(end.exitCode == 0, end.err.constData());
    QVERIFY(!phasesOf("db").contains(QStringLiteral("recovery")));
    const auto stop = m_room->quay({QStringLiteral("stop"), QStringLiteral("db"), QStringLiteral("--force")});
    QVERIFY2(stop.exitCode == 0, stop.err.constData());

    end = up();

    QVERIFY2(end.exitCode == 0, end.err.constData());
    QVERIFY2(waitUntil([this] { return phasesOf("db").contains(QStringLiteral("recovery")); }),
             logOf("db").constData());
    QVERIFY(logOf("db").contains("database system was not properly shut down"));
}

void tst_RealServers::cacheShowsWhatItLoads()
{
    if (program("redis-server").isEmpty()) {
        QSKIP("Redis is not installed");
    }
    const auto port = freePort();
    m_room->write("  cache: { command: [redis-server, --port, '" + port
                  + "', --bind, 127.0.0.1, --save, 3600 1], ports: [" + port + "] }\n");
    QCOMPARE(up().exitCode, 0);

    const auto restart = m_room->quay(
        {QStringLiteral("restart"), QStringLiteral("cache"), QStringLiteral("--wait")}); // it saves its data

    QVERIFY2(restart.exitCode == 0, restart.err.constData());
    QVERIFY2(waitUntil([this] { return phasesOf("cache").contains(QStringLiteral("load data")); }),
             logOf("cache").constData());
    QCOMPARE(logOf("cache").count("Ready to accept connections"), 2);
}

void tst_RealServers::webServerThatBecomesADaemonStaysManaged()
{
    if (program("nginx").isEmpty()) {
        QSKIP("nginx is not installed");
    }
    const auto port = freePort();
    m_room->write("  web: { command: " + webServerOfItsOwn(port, "daemon on;") + ", ports: [" + port
                  + "], restart: always }\n");

    const auto end = up();

    QVERIFY2(end.exitCode == 0, end.err.constData());
    QFile pidFile(m_room->path(QStringLiteral("nginx.pid")));
    QVERIFY(pidFile.open(QIODevice::ReadOnly));
    const pid_t daemon = pidFile.readAll().trimmed().toInt();
    QVERIFY(daemon > 0 && !hasEnded(daemon));
    QVERIFY(m_room->endAgent(SIGKILL)); // nor does the next agent believe that it has ended
    QCOMPARE(m_room->state(QStringLiteral("web")), QStringLiteral("ready"));
    const auto restart = m_room->quay({QStringLiteral("restart"), QStringLiteral("web"), QStringLiteral("--wait")});
    QVERIFY2(restart.exitCode == 0, restart.err.constData());
    QVERIFY(hasEnded(daemon));
    QCOMPARE(m_room->quay({QStringLiteral("down")}).exitCode, 0);
    QVERIFY(!isOpen(port));
    QCOMPARE(m_room->state(QStringLiteral("web")), QStringLiteral("stopped"));
}

void tst_RealServers::webServerWithMistakesSaysThem()
{
    if (program("nginx").isEmpty()) {
        QSKIP("nginx is not installed");
    }
    const auto port = freePort();
    m_room->write("  web: { command: " + webServerOfItsOwn(port, "daemon offf;") + ", ports: [" + port + "] }\n");

    const auto end = up();

    QCOMPARE(end.exitCode, 1);
    QVERIFY2(end.err.contains("web has ended: exit code 1"), end.err.constData());
    QVERIFY2(end.err.contains("web ! ") && end.err.contains("[emerg]"), end.err.constData());
    QVERIFY(logOf("web").contains("[emerg]"));
}

void tst_RealServers::scriptServerIsReplacedByARestart()
{
    const auto port = freePort();
    m_room->write("  api: { command: '" + webServer(port) + "', ports: [" + port + "] }\n");
    QCOMPARE(up().exitCode, 0);
    const pid_t process = m_room->process(QStringLiteral("api"));

    const auto restart = m_room->quay({QStringLiteral("restart"), QStringLiteral("api"), QStringLiteral("--wait")});

    QVERIFY2(restart.exitCode == 0, restart.err.constData());
    QVERIFY(hasEnded(process));
    QVERIFY(m_room->process(QStringLiteral("api")) != process);
    QVERIFY(isOpen(port));
    QCOMPARE(logOf("api").count("Serving HTTP on"), 2);
}

QTEST_GUILESS_MAIN(tst_RealServers)
#include "tst_realservers.moc"
