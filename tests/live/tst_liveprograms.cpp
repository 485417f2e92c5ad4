// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/portmonitor.h"
#include "tests/live/livelook.h"
#include "tests/support/childprocess.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testserver.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QObject>
#include <QStandardPaths>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using Quay::PortMonitor;
using Quay::Test::ChildProcess;
using Quay::Test::listenerOn;
using Quay::Test::why;

/// Servers as developers run them, in a source tree.
class tst_LivePrograms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void pythonHttpServer();
    void nodeHttpServer();
    void branchFollowsHead();
    void pathOfOtherMountsIsNoProject();

private:
    /// Starts a program in the source tree. It says its port as the last number of its first line.
    Quay::Result<ChildProcess> startInProject(std::vector<std::string> arguments);
    static std::uint16_t portIn(const std::string &line);
    void checkOut(const QByteArray &branch) const;

    QTemporaryDir m_directory;
    QString m_root;
};

void tst_LivePrograms::initTestCase()
{
    QVERIFY(m_directory.isValid());
    m_root = QDir(m_directory.path()).canonicalPath() + QStringLiteral("/harbour");
    QVERIFY(QDir().mkpath(m_root + QStringLiteral("/.git/objects")));
    QVERIFY(QDir().mkpath(m_root + QStringLiteral("/.git/refs/heads")));
    QVERIFY(QDir().mkpath(m_root + QStringLiteral("/public")));
    checkOut("feature/lights");
}

void tst_LivePrograms::checkOut(const QByteArray &branch) const
{
    QFile head(m_root + QStringLiteral("/.git/HEAD"));
    QVERIFY(head.open(QIODevice::WriteOnly));
    QVERIFY(head.write("ref: refs/heads/" + branch + '\n') > 0);
}

Quay::Result<ChildProcess> tst_LivePrograms::startInProject(std::vector<std::string> arguments)
{
    return ChildProcess::start(
        {.arguments = std::move(arguments), .workingDirectory = m_root.toStdString() + "/public"});
}

std::uint16_t tst_LivePrograms::portIn(const std::string &line)
{
    const auto begin = line.find("port ");
    return begin == std::string::npos ? 0 : static_cast<std::uint16_t>(std::atoi(line.c_str() + begin + 5));
}

void tst_LivePrograms::pythonHttpServer()
{
    if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty()) {
        QSKIP("there is no python3");
    }
    auto server = startInProject({"python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"});
    QVERIFY2(server, why(server));
    const auto line = server->readLine();
    QVERIFY2(line, why(line));

    auto monitor = PortMonitor::open();
    QVERIFY2(monitor, why(monitor));
    const auto snapshot = (*monitor)->look({});
    QVERIFY2(snapshot, why(snapshot));

    const auto listener = listenerOn(**snapshot, portIn(*line));
    QVERIFY(listener);
    QCOMPARE(Quay::Test::ownerPids(*listener), std::vector{server->pid()});
    const Quay::OwnerProfile &profile = *listener->owners.front().profile;
    QCOMPARE(profile.workingDirectory->path, m_root.toStdString() + "/public");
    QVERIFY(profile.executable->path.contains("python3"));
    QVERIFY(profile.project);
    QCOMPARE(profile.project->root, m_root.toStdString());
    QCOMPARE(profile.project->name, std::string("harbour"));
    QCOMPARE(profile.project->branch, std::string("feature/lights"));
    QVERIFY(!profile.project->worktree);
    QVERIFY(profile.kind);
    QVERIFY2(profile.kind->name.contains("http.server"), profile.kind->name.c_str());
    QVERIFY(profile.kind->speaksHttp);
}

void tst_LivePrograms::nodeHttpServer()
{
    if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty()) {
        QSKIP("there is no node");
    }
    auto server = startInProject({"node", "-e",
                                  "const s = require('http').createServer((q, r) => r.end('ok'));"
                                  "s.listen(0, '127.0.0.1', () => console.log('port ' + s.address().port))"});
    QVERIFY2(server, why(server));
    const auto line = server->readLine();
    QVERIFY2(line, why(line));

    auto monitor = PortMonitor::open();
    QVERIFY2(monitor, why(monitor));
    const auto snapshot = (*monitor)->look({});
    QVERIFY2(snapshot, why(snapshot));

    const auto listener = listenerOn(**snapshot, portIn(*line));
    QVERIFY(listener);
    QCOMPARE(Quay::Test::ownerPids(*listener), std::vector{server->pid()});
    const Quay::Owner &owner = listener->owners.front();
    QVERIFY(owner.process->threadCount > 1);
    QCOMPARE(owner.process->arguments.at(1), std::string("-e"));
    QVERIFY(owner.profile->executable->path.contains("node"));
    QVERIFY(owner.profile->project);
    QCOMPARE(owner.profile->project->name, std::string("harbour"));
    QVERIFY(owner.profile->kind);
    QVERIFY2(owner.profile->kind->name.contains("Node"), owner.profile->kind->name.c_str());
}

void tst_LivePrograms::branchFollowsHead()
{
    auto server = startInProject({Quay::Test::programPath("testserver"), "listen"});
    QVERIFY2(server, why(server));
    const auto line = server->readLine();
    QVERIFY2(line, why(line));
    const auto port = static_cast<std::uint16_t>(std::atoi(line->c_str() + line->find('=') + 1));
    Quay::Test::FakeClock clock;
    Quay::PortMonitorSources sources;
    sources.clock = &clock;
    auto monitor = PortMonitor::open(std::move(sources));
    QVERIFY2(monitor, why(monitor));
    const auto branchNow = [&]() -> std::optional<std::string> {
        const auto snapshot = (*monitor)->look({});
        const auto listener = snapshot ? listenerOn(**snapshot, port) : nullptr;
        return listener ? listener->owners.front().profile->project->branch : std::nullopt;
    };
    QCOMPARE(branchNow(), std::string("feature/lights"));

    checkOut("main");

    // The server did not run meanwhile: among however many others, each is looked at again within twenty looks.
    for (int second = 0; second < 20; ++second) {
        clock.advance(std::chrono::seconds(1));
        QVERIFY((*monitor)->look({}));
    }
    QCOMPARE(branchNow(), std::string("main"));
    checkOut("feature/lights");
}

void tst_LivePrograms::pathOfOtherMountsIsNoProject()
{
    const std::vector<std::string> apart{"unshare", "--mount", "--propagation", "unchanged", "sh", "-c"};
    const auto inside = [&apart](std::vector<std::string> rest) {
        rest.insert(rest.begin(), apart.begin(), apart.end());
        return rest;
    };
    const std::string directory = m_root.toStdString() + "/public";
    const std::string enter = "mount --make-rprivate / 2>/dev/null; mount -t tmpfs none '" + directory + "' && cd '"
        + directory + "' && exec \"$@\"";
    const auto tried = Quay::Test::runSilently(inside({enter, "sh", "true"}));
    if (!tried || tried->waitStatus != 0) {
        QSKIP("only root can have other mounts, and not in every container");
    }
    auto server = startInProject(inside({enter, "sh", Quay::Test::programPath("testserver"), "listen"}));
    QVERIFY2(server, why(server));
    const auto line = server->readLine();
    QVERIFY2(line, why(line));
    const auto port = static_cast<std::uint16_t>(std::atoi(line->c_str() + line->find('=') + 1));

    auto monitor = PortMonitor::open();
    QVERIFY2(monitor, why(monitor));
    const auto snapshot = (*monitor)->look({});
    QVERIFY2(snapshot, why(snapshot));

    const auto listener = listenerOn(**snapshot, port);
    QVERIFY(listener);
    const Quay::OwnerProfile &profile = *listener->owners.front().profile;
    QVERIFY(profile.workingDirectory->path.ends_with("/public")); // which for us is a directory of the project
    QVERIFY(profile.isDirectoryElsewhere);
    QVERIFY(!profile.project);
}

QTEST_GUILESS_MAIN(tst_LivePrograms)
#include "tst_liveprograms.moc"
