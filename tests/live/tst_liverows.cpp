// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "core/base/clock.h"
#include "core/ports/portmonitor.h"
#include "tests/live/livelook.h"
#include "tests/support/cgroupscope.h"
#include "tests/support/childprocess.h"
#include "tests/support/clientsocket.h"
#include "tests/support/otheruser.h"
#include "tests/support/testserver.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <pwd.h>
#include <unistd.h>

using namespace std::chrono_literals;
using Quay::PortModel;
using Quay::PortMonitor;
using Quay::Test::CgroupScope;
using Quay::Test::ChildProcess;
using Quay::Test::TestServer;
using Quay::Test::why;
namespace Column = Quay::PortModelColumn;

namespace {

/// The kernel's clocks three hours later, so that what was just started has an age that does not change meanwhile.
class LaterClock : public Quay::Clock
{
public:
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return Quay::systemClock().monotonic(); }
    [[nodiscard]] std::chrono::nanoseconds sinceBoot() const override { return Quay::systemClock().sinceBoot() + 3h; }
    [[nodiscard]] std::chrono::nanoseconds realTime() const override { return Quay::systemClock().realTime() + 3h; }
};

using Texts = QMap<Column::Column, QString>;

QString userCalled(uid_t uid)
{
    const passwd *entry = ::getpwuid(uid);
    return entry != nullptr ? QString::fromLocal8Bit(entry->pw_name) : QString::number(uid);
}

/// What the kernel calls the process, without any code of ours.
QString nameOf(pid_t pid)
{
    QFile file(QStringLiteral("/proc/%1/comm").arg(pid));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

} // namespace

/// Real servers as rows of the table: each text is what somebody would find out by hand.
class tst_LiveRows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void pythonHttpServer();
    void nodeHttpServer();
    void preforkedServerInAUnit();
    void udpServer();
    void serverOfAnotherUser();

private:
    Quay::Result<ChildProcess> startInProject(std::vector<std::string> arguments);
    void look();
    /// The texts of the only row of a port; nothing when there is none or several.
    [[nodiscard]] Texts textsOf(std::uint16_t port) const;
    void compare(std::uint16_t port, const Texts &truth);

    QTemporaryDir m_directory;
    QString m_root;
    LaterClock m_clock;
    std::unique_ptr<PortMonitor> m_monitor;
    std::unique_ptr<PortModel> m_model;
};

void tst_LiveRows::initTestCase()
{
    QVERIFY(m_directory.isValid());
    QVERIFY(QFile(m_directory.path())
                .setPermissions(QFile::permissions(m_directory.path()) | QFile::ReadOther | QFile::ExeOther));
    m_root = QDir(m_directory.path()).canonicalPath() + QStringLiteral("/harbour");
    for (const char *const path : {"/.git/objects", "/.git/refs/heads", "/public"}) {
        QVERIFY(QDir().mkpath(m_root + QString::fromLatin1(path)));
    }
    QFile head(m_root + QStringLiteral("/.git/HEAD"));
    QVERIFY(head.open(QIODevice::WriteOnly));
    QVERIFY(head.write("ref: refs/heads/feature/lights\n") > 0);
}

void tst_LiveRows::init()
{
    auto opened = PortMonitor::open();
    QVERIFY2(opened, why(opened));
    m_monitor = *std::move(opened);
    m_model = std::make_unique<PortModel>(nullptr, m_clock);
}

Quay::Result<ChildProcess> tst_LiveRows::startInProject(std::vector<std::string> arguments)
{
    return ChildProcess::start(
        {.arguments = std::move(arguments), .workingDirectory = m_root.toStdString() + "/public"});
}

void tst_LiveRows::look()
{
    const auto snapshot = m_monitor->look({.connections = true, .processes = true}); // as the window does
    QVERIFY2(snapshot, why(snapshot));
    m_model->setSnapshot(*snapshot);
}

Texts tst_LiveRows::textsOf(std::uint16_t port) const
{
    Texts texts;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->index(row, Column::Port).data().toString() != QString::number(port)) {
            continue;
        }
        if (!texts.isEmpty()) {
            return {};
        }
        for (int column = 0; column < Column::ColumnCount; ++column) {
            texts.insert(static_cast<Column::Column>(column), m_model->index(row, column).data().toString());
        }
    }
    return texts;
}

void tst_LiveRows::compare(std::uint16_t port, const Texts &truth)
{
    look();
    const auto texts = textsOf(port);
    QCOMPARE(texts.size(), qsizetype{Column::ColumnCount});
    for (const auto &[column, text] : truth.asKeyValueRange()) {
        QVERIFY2(texts.value(column) == text,
                 qPrintable(m_model->headerData(column, Qt::Horizontal).toString() % QStringLiteral(": “")
                            % texts.value(column) % QStringLiteral("”, not “") % text % QStringLiteral("”")));
    }
    QVERIFY2(texts.value(Column::Memory).endsWith(u'B'), qPrintable(texts.value(Column::Memory)));
    look();
    QVERIFY2(textsOf(port).value(Column::Cpu).endsWith(u'%'), qPrintable(textsOf(port).value(Column::Cpu)));
}

void tst_LiveRows::pythonHttpServer()
{
    QVERIFY2(!QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty(), "tests need python3");
    auto server = startInProject({"python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"});
    QVERIFY2(server, why(server));
    const auto line = server->readLine(); // Serving HTTP on 127.0.0.1 port 12345 (...
    QVERIFY2(line, why(line));
    const auto port = QString::fromStdString(*line).section(QStringLiteral(" port "), 1).section(u' ', 0, 0).toUShort();
    QVERIFY(port != 0);
    const auto client = Quay::Test::connectTo(port);
    QVERIFY(client);
    QTRY_VERIFY((look(), textsOf(port).value(Column::Connections) == QLatin1String("1"))); // counted now and then

    compare(port,
            {{Column::Port, QString::number(port)},
             {Column::Protocol, QStringLiteral("TCP")},
             {Column::Scope, QStringLiteral("this machine (127.0.0.1)")},
             {Column::Process, nameOf(server->pid())},
             {Column::Pid, QString::number(server->pid())},
             {Column::Project, QStringLiteral("harbour (feature/lights)")},
             {Column::Kind, QStringLiteral("Python http.server")},
             {Column::User, userCalled(::geteuid())},
             {Column::Connections, QStringLiteral("1")},
             {Column::Since, QStringLiteral("3 h")}});
}

void tst_LiveRows::nodeHttpServer()
{
    if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty()) {
        QSKIP("there is no node");
    }
    auto server = startInProject({"node", "-e",
                                  "const s = require('http').createServer((q, r) => r.end('ok'));"
                                  "s.listen(0, '::1', () => console.log(s.address().port))"});
    QVERIFY2(server, why(server));
    const auto line = server->readLine();
    QVERIFY2(line, why(line));
    const auto port = QString::fromStdString(*line).toUShort();
    QVERIFY(port != 0);

    compare(port,
            {{Column::Port, QString::number(port)},
             {Column::Protocol, QStringLiteral("TCP")},
             {Column::Scope, QStringLiteral("this machine (::1)")},
             {Column::Process, nameOf(server->pid())},
             {Column::Pid, QString::number(server->pid())},
             {Column::Project, QStringLiteral("harbour (feature/lights)")},
             {Column::Kind, QStringLiteral("Node.js")},
             {Column::User, userCalled(::geteuid())},
             {Column::Connections, QStringLiteral("0")},
             {Column::Since, QStringLiteral("3 h")}});
}

void tst_LiveRows::preforkedServerInAUnit()
{
    const auto cgroup = CgroupScope::make("system.slice/quaymaster-rows.service");
    if (!cgroup) {
        QSKIP("no cgroup can be made here");
    }
    const auto server = TestServer::start({"prefork", "--workers", "3", "--cgroup", cgroup->directory().string()},
                                          m_root.toStdString() + "/public");
    QVERIFY2(server, why(server));
    std::vector<Quay::UniqueFd> clients;
    for (int number = 0; number < 2; ++number) {
        clients.push_back(Quay::Test::connectTo(server->port()));
        QVERIFY(clients.back());
    }
    QTRY_VERIFY((look(), textsOf(server->port()).value(Column::Connections) == QLatin1String("2")));

    compare(server->port(),
            {{Column::Port, QString::number(server->port())},
             {Column::Protocol, QStringLiteral("TCP")},
             {Column::Scope, QStringLiteral("this machine (127.0.0.1)")},
             {Column::Process, QStringLiteral("testserver +%1").arg(server->pids().size() - 1)},
             {Column::Pid, QString::number(server->pids().front())},
             {Column::Project, QStringLiteral("harbour (feature/lights)")},
             {Column::Kind, QString()},
             {Column::User, userCalled(::geteuid())},
             {Column::Unit, QStringLiteral("quaymaster-rows.service")},
             {Column::Connections, QStringLiteral("2")},
             {Column::Since, QStringLiteral("3 h")}});
    QVERIFY(server->pids().size() >= 4);
}

void tst_LiveRows::udpServer()
{
    const auto server = TestServer::start({"listen", "--udp", "--address", "0.0.0.0"});
    QVERIFY2(server, why(server));

    compare(server->port(),
            {{Column::Protocol, QStringLiteral("UDP")},
             {Column::Scope, QStringLiteral("network (0.0.0.0)")},
             {Column::Process, QStringLiteral("testserver")},
             {Column::Pid, QString::number(server->pid())},
             {Column::Connections, QStringLiteral("–")}}); // a datagram socket has none to count
}

void tst_LiveRows::serverOfAnotherUser()
{
    if (::getuid() != 0) {
        QSKIP("only root can start servers as other users");
    }
    const auto server = TestServer::start(
        {"listen", "--address", "0.0.0.0", "--uid", std::to_string(Quay::Test::OtherUid)}, m_root.toStdString());
    QVERIFY2(server, why(server));

    compare(server->port(),
            {{Column::Port, QString::number(server->port())},
             {Column::Protocol, QStringLiteral("TCP")},
             {Column::Scope, QStringLiteral("network (0.0.0.0)")},
             {Column::Process, QStringLiteral("testserver")},
             {Column::Pid, QString::number(server->pid())},
             {Column::Project, QStringLiteral("harbour (feature/lights)")},
             {Column::User, userCalled(Quay::Test::OtherUid)},
             {Column::Connections, QStringLiteral("0")},
             {Column::Since, QStringLiteral("3 h")}});
    QVERIFY(userCalled(Quay::Test::OtherUid) != userCalled(::getuid()));
}

QTEST_GUILESS_MAIN(tst_LiveRows)
#include "tst_liverows.moc"
