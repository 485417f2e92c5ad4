// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/unixsocket.h"
#include "core/supervise/lease.h"
#include "tests/support/agentroom.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/freeport.h"
#include "tests/support/otheruser.h"
#include "tests/support/smalldisk.h"
#include "tests/support/supervisedrun.h"
#include "tests/support/testserver.h"

#include <QDir>
#include <QFile>
#include <QObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTest>

#include <csignal>
#include <cstddef>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

using Quay::Test::waitUntil;

namespace {

constexpr int Agents = 6;
constexpr int ManyServers = 20;
constexpr rlim_t FewDescriptors = 24;

/// The first writes down how many descriptors its probe may have.
std::string manyServers()
{
    std::string servers;
    for (int i = 0; i < ManyServers; ++i) {
        servers += "  s" + std::to_string(i) + ": { command: 'echo up; exec sleep 600'"
            + (i == 0 ? ", ready: [{ command: 'ulimit -Sn > limit' }]" : "") + " }\n";
    }
    return servers;
}

/// A user without rights, with directories and programs that he may use.
class Guest
{
public:
    Guest(uid_t uid, QString programs, QString project, const QString &home)
        : m_uid(uid)
        , m_programs(std::move(programs))
        , m_project(std::move(project))
        , m_home(home)
    {
        QDir().mkpath(home);
        ::chown(home.toLocal8Bit().constData(), uid, uid);
        ::chmod(home.toLocal8Bit().constData(), S_IRWXU);
    }
    Guest(const Guest &) = delete;
    Guest &operator=(const Guest &) = delete;
    ~Guest()
    {
        quay("down --force --timeout 20s");
        std::ignore = Quay::Test::endAgentAt(agentSocket(), SIGKILL);
    }

    Quay::Test::Finished quay(const char *words, const QString &runtimeOf = {}) const
    {
        QProcess process;
        auto environment = Quay::Test::environmentIn(m_home);
        environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
        if (!runtimeOf.isEmpty()) {
            environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), runtimeOf);
        }
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_project);
        const QString id = QString::number(m_uid);
        process.start(QStringLiteral("setpriv"),
                      QStringList{QStringLiteral("--reuid=%1").arg(id), QStringLiteral("--regid=%1").arg(id),
                                  QStringLiteral("--clear-groups"), QString(m_programs + QStringLiteral("/quay"))}
                          + QString::fromLatin1(words).split(QLatin1Char(' ')));
        return Quay::Test::finish(process);
    }
    [[nodiscard]] const QString &home() const { return m_home; }
    [[nodiscard]] std::string agentSocket() const { return Quay::Test::agentSocketIn(m_home.toStdString()); }

private:
    uid_t m_uid;
    QString m_programs;
    QString m_project;
    QString m_home;
};

} // namespace

/// What goes wrong around the agent.
class tst_AgentFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_room = std::make_unique<Quay::Test::AgentRoom>(); }
    void cleanup() { m_room.reset(); }

    void manyAgentsAtOnceAreOne();
    void agentAllowsItselfAllDescriptors();
    void agentWithoutDescriptorsLosesNobody();
    void stateThatCannotBeWrittenIsSaid();
    void socketOfSomethingElseIsSaid();
    void fullDiskStopsNobody();
    void usersDoNotMeet();

private:
    void save(const char *name, const QByteArray &text) const;
    [[nodiscard]] QByteArray read(const char *name) const;
    [[nodiscard]] Quay::Test::Finished quay(const char *words) const;

    std::unique_ptr<Quay::Test::AgentRoom> m_room;
};

void tst_AgentFaults::save(const char *name, const QByteArray &text) const
{
    QFile file(m_room->path(QString::fromLatin1(name)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QByteArray tst_AgentFaults::read(const char *name) const
{
    QFile file(m_room->path(QString::fromLatin1(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Quay::Test::Finished tst_AgentFaults::quay(const char *words) const
{
    return m_room->quay(QString::fromLatin1(words).split(QLatin1Char(' ')));
}

void tst_AgentFaults::manyAgentsAtOnceAreOne()
{
    m_room->write("  api: { command: sleep 600 }\n");
    std::vector<std::unique_ptr<QProcess>> agents;
    for (int i = 0; i < Agents; ++i) {
        agents.push_back(std::make_unique<QProcess>());
        agents.back()->setProcessEnvironment(Quay::Test::environmentIn(m_room->path(QString())));
        agents.back()->start(QString::fromStdString(Quay::Test::programPath("quaymaster-agent")),
                             {QStringLiteral("--headless")});
    }

    QCOMPARE(quay("up --wait").exitCode, 0);

    const pid_t agent = m_room->agent();
    int others = 0;
    for (const auto &process : agents) {
        if (process->processId() != agent) {
            QCOMPARE(Quay::Test::finish(*process).exitCode, 0);
            ++others;
        }
    }
    QVERIFY(others >= Agents - 1);
    QCOMPARE(m_room->agent(), agent);
    QVERIFY(m_room->endAgent(SIGTERM));
    for (const auto &process : agents) {
        QCOMPARE(Quay::Test::finish(*process).exitCode, 0);
    }
}

/// For each server it needs some. What it allows itself is not for the programs that it starts.
void tst_AgentFaults::agentAllowsItselfAllDescriptors()
{
    m_room->write(manyServers());
    QProcess shell;
    shell.setProcessEnvironment(Quay::Test::environmentIn(m_room->path(QString())));
    shell.setWorkingDirectory(m_room->path(QString()));
    shell.start(QStringLiteral("/bin/sh"),
                {QStringLiteral("-c"),
                 QStringLiteral("ulimit -Sn %1; exec '%2' up --wait")
                     .arg(FewDescriptors)
                     .arg(QString::fromStdString(Quay::Test::programPath("quay")))});

    const auto up = Quay::Test::finish(shell);

    QVERIFY2(up.exitCode == 0, up.err.constData());
    for (int i = 0; i < ManyServers; ++i) {
        rlimit ofServer{};
        QCOMPARE(::prlimit(m_room->process(QStringLiteral("s%1").arg(i)), RLIMIT_NOFILE, nullptr, &ofServer), 0);
        QCOMPARE(ofServer.rlim_cur, FewDescriptors);
        QVERIFY(ofServer.rlim_max > FewDescriptors);
    }
    QCOMPARE(read("limit").trimmed(), QByteArray::number(FewDescriptors));
}

/// Whom it cannot start it says; whoever was started is not taken for lost.
void tst_AgentFaults::agentWithoutDescriptorsLosesNobody()
{
    m_room->write(manyServers());
    QCOMPARE(quay("start s0 --wait").exitCode, 0);
    const rlimit few{.rlim_cur = FewDescriptors, .rlim_max = FewDescriptors};
    QCOMPARE(::prlimit(m_room->agent(), RLIMIT_NOFILE, &few, nullptr), 0);

    const auto up = quay("up --wait --timeout 20s");

    QCOMPARE(up.exitCode, 1);
    QVERIFY2(up.err.contains("is not started. "), up.err.constData());
    QVERIFY2(!up.err.contains("its supervisor was killed"), up.err.constData());
    std::vector<pid_t> started;
    for (int i = 0; i < ManyServers; ++i) {
        started.push_back(m_room->process(QStringLiteral("s%1").arg(i)));
    }
    QVERIFY(m_room->endAgent(SIGKILL)); // the next one may have as many as it needs
    const auto again = quay("up --wait");
    QVERIFY2(again.exitCode == 0, again.err.constData());
    for (int i = 0; i < ManyServers; ++i) {
        const QString name = QStringLiteral("s%1").arg(i);
        QCOMPARE(m_room->state(name), QStringLiteral("ready"));
        if (started[i] > 0) {
            QCOMPARE(m_room->process(name), started[i]);
        }
    }
}

void tst_AgentFaults::stateThatCannotBeWrittenIsSaid()
{
    m_room->write("  api: { command: 'touch started; exec sleep 600' }\n");
    QVERIFY(QDir().mkpath(m_room->path(QStringLiteral("quaymaster"))));
    save("quaymaster/servers", "not a directory");

    const auto up = quay("up --wait");

    QCOMPARE(up.exitCode, 1);
    QVERIFY2(up.err.contains("api is not started: ") && up.err.contains("cannot be written"), up.err.constData());
    QVERIFY(!QFile::exists(m_room->path(QStringLiteral("started"))));
}

/// Whether anything is managed cannot be known then.
void tst_AgentFaults::socketOfSomethingElseIsSaid()
{
    QVERIFY(QDir().mkpath(m_room->path(QStringLiteral("quaymaster/agent"))));
    const auto other = Quay::listenAt(m_room->agentSocket(), Quay::SocketKind::Packets);
    QVERIFY(other);

    const auto status = quay("status");

    QVERIFY2(status.exitCode > 0, status.out.constData());
    QVERIFY2(!status.err.contains("No server is managed"), status.err.constData());
    QVERIFY2(status.err.startsWith("quay: "), status.err.constData());
}

/// What cannot be written down is said or lost; servers, and whoever asks about them, are not held up by it.
void tst_AgentFaults::fullDiskStopsNobody()
{
    if (::geteuid() != 0) {
        QSKIP("only root can mount a small disk");
    }
    const Quay::Test::SmallDisk disk(m_room->path(QStringLiteral("quaymaster")).toStdString(), 0, "size=512k");
    QVERIFY(disk.isMounted());
    m_room->write("  api: { command: 'echo up; exec sleep 600', ready: [{ log: up }] }\n"
                  "  loud: { command: ["
                  + Quay::Test::programPath("noisyserver")
                  + ", flood, '20000', '100'], restart: never }\n"
                    "  late: { command: 'echo up; exec sleep 600', ready: [{ log: up }] }\n");
    QCOMPARE(quay("up api --wait").exitCode, 0);
    const pid_t process = m_room->process(QStringLiteral("api"));

    const auto loud = quay("up loud --wait"); // it writes four times as much as there is room for, and ends

    QVERIFY2(loud.exitCode == 0, loud.err.constData());
    QCOMPARE(m_room->process(QStringLiteral("api")), process);
    const auto late = quay("up late --wait"); // with a lease, or not at all
    const bool isStarted = m_room->state(QStringLiteral("late")) == QStringLiteral("ready");
    QVERIFY2(late.exitCode == (isStarted ? 0 : 1), late.err.constData());
    QVERIFY2(isStarted || late.err.contains("No space left on device"), late.err.constData());
    const auto stop = quay("stop api");
    QVERIFY2(stop.exitCode == 0, stop.err.constData());
    QVERIFY(m_room->endAgent(SIGKILL)); // what it could not keep the next one does not know
    QVERIFY(disk.grow("size=100m"));
    const auto again = quay("up api late --wait");
    QVERIFY2(again.exitCode == 0, again.err.constData());
    QCOMPARE(m_room->state(QStringLiteral("late")), QStringLiteral("ready"));
    QCOMPARE(quay("down --force").exitCode, 0);
    QVERIFY(m_room->endAgent(SIGKILL)); // as long as the disk is there: it listens on it
}

/// Two users in one project: each has an agent and servers of his own, and cannot reach those of the other.
void tst_AgentFaults::usersDoNotMeet()
{
    if (::geteuid() != 0) {
        QSKIP("only root can become two other users");
    }
    const QString programs = m_room->path(QStringLiteral("programs"));
    QVERIFY(QDir().mkpath(programs));
    const QDir built(QString::fromStdString(Quay::Test::programPath("")));
    for (const auto &name : built.entryList({QStringLiteral("quay*")}, QDir::Files)) {
        QVERIFY(QFile::copy(built.filePath(name), QString(programs + QLatin1Char('/') + name)));
    }
    ::chmod(m_room->directory().c_str(), S_IRWXU | S_IRGRP | S_IXGRP | S_IROTH | S_IXOTH);
    const std::string port = Quay::Test::freePort();
    m_room->write("  api: { command: '" + Quay::Test::webServer(port) + "', ports: [" + port
                  + "] }\n  worker: { command: 'echo up; exec sleep 600', ready: [{ log: up }] }\n");
    const Guest first(Quay::Test::OtherUid, programs, m_room->path(QString()), m_room->path(QStringLiteral("first")));
    const Guest second(Quay::Test::ThirdUid, programs, m_room->path(QString()), m_room->path(QStringLiteral("second")));
    const auto up = first.quay("up --wait");
    QVERIFY2(up.exitCode == 0, up.err.constData());

    const auto worker = second.quay("up worker --wait"); // of the same name, in the same project
    const auto api = second.quay("up api --wait");
    const auto intruding = second.quay("status", first.home());

    QVERIFY2(worker.exitCode == 0, worker.err.constData());
    QCOMPARE(api.exitCode, 1);
    QVERIFY2(api.err.contains(QByteArray::fromStdString(port)), api.err.constData());
    QVERIFY2(!intruding.out.contains("api"), intruding.out.constData());
    const auto knocking = Quay::Test::runAs(Quay::Test::ThirdUid, [&first] {
        return Quay::connectTo(first.agentSocket(), Quay::SocketKind::Stream) ? std::string("open")
                                                                              : std::string("shut");
    });
    QVERIFY(knocking);
    QCOMPARE(*knocking, std::string("shut"));
    QCOMPARE(second.quay("down").exitCode, 0);
    const auto still = first.quay("status");
    QCOMPARE(still.out.count("ready"), 2);
}

QTEST_GUILESS_MAIN(tst_AgentFaults)
#include "tst_agentfaults.moc"
