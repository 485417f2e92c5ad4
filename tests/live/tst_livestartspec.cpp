// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/startspec.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "tests/live/livelook.h"
#include "tests/support/childprocess.h"
#include "tests/support/endingrun.h"
#include "tests/support/testserver.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QStandardPaths>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

using Quay::ErrorCode;
using Quay::KillPlan;
using Quay::ProcessInfo;
using Quay::ProcFs;
using Quay::Test::ChildProcess;
using Quay::Test::TestServer;
using Quay::Test::why;

/// How real processes were started.
class tst_LiveStartSpec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void specIsHowItWasStarted();
    void programIsCalledAsItWas_data();
    void programIsCalledAsItWas();
    void scriptIsCalledByItsName_data();
    void scriptIsCalledByItsName();
    void recycledPidIsGone();
    void otherUsersProcessIsDenied();
    void titleIsNoCommandLine();
    void topmostProcessStartsTheOthers();
    void whoCannotBeStartedIsByWhatItRuns_data();
    void whoCannotBeStartedIsByWhatItRuns();
    void programThatWasBuiltAnewIsStartedAnew();
    void whatSomebodyElseStartsIsLeftToThem();

private:
    /// Of processes that run.
    [[nodiscard]] static KillPlan plan(const std::vector<pid_t> &pids);
    [[nodiscard]] static ProcessInfo infoOf(const TestServer &server);

    std::unique_ptr<ProcFs> m_proc;
};

void tst_LiveStartSpec::initTestCase()
{
    m_proc = std::make_unique<ProcFs>(ProcFs::open().value());
    ::setenv("QUAY_MARK", "it is I", 1);
}

KillPlan tst_LiveStartSpec::plan(const std::vector<pid_t> &pids)
{
    return Quay::Test::planOf({.pids = pids}).value();
}

ProcessInfo tst_LiveStartSpec::infoOf(const TestServer &server)
{
    return *plan({server.pids().front()}).targets.front().process;
}

void tst_LiveStartSpec::specIsHowItWasStarted()
{
    const auto server = TestServer::start({"listen", "--no-accept"}, "/usr");
    QVERIFY2(server, why(server));

    const auto spec = Quay::readStartSpec(*m_proc, infoOf(*server));

    QVERIFY2(spec, why(spec));
    QCOMPARE(spec->name, std::string("testserver"));
    QCOMPARE(spec->executable, Quay::Test::programPath("testserver"));
    QVERIFY(
        (spec->arguments == std::vector<std::string>{Quay::Test::programPath("testserver"), "listen", "--no-accept"}));
    QCOMPARE(spec->directory, std::string("/usr"));
    QVERIFY(std::ranges::contains(spec->environment, "QUAY_MARK=it is I"));
}

void tst_LiveStartSpec::programIsCalledAsItWas_data()
{
    QTest::addColumn<QString>("script"); // in a directory where `link/doze` leads to sleep
    QTest::addColumn<QString>("executable"); // below it; empty: the program file itself
    QTest::addRow("found in PATH") << "PATH=$PWD/link:$PATH exec doze 600" << "link/doze";
    QTest::addRow("by its path") << "exec link/doze 600" << "link/doze";
    QTest::addRow("from its own directory") << "cd link && exec ./doze 600" << "link/doze";
    QTest::addRow("as a login shell") << "PATH=$PWD/link:$PATH exec -a -doze doze 600" << "link/doze";
    QTest::addRow("by a path that leads nowhere") << "exec -a nowhere/doze sleep 600" << "";
    QTest::addRow("PATH does not lead there")
        << "sleep=$(type -P sleep); PATH=/nonexistent exec -a doze $sleep 600" << "";
}

void tst_LiveStartSpec::programIsCalledAsItWas()
{
    QFETCH(const QString, script);
    QFETCH(const QString, executable);
    QTemporaryDir directory;
    QVERIFY(QDir(directory.path()).mkpath(QStringLiteral("link")));
    const QString sleep = QStandardPaths::findExecutable(QStringLiteral("sleep"));
    QVERIFY(QFile::link(sleep, directory.filePath(QStringLiteral("link/doze"))));
    const auto process = ChildProcess::start(
        {.arguments = {"bash", "-c", script.toStdString()}, .workingDirectory = directory.path().toStdString()});
    QVERIFY2(process, why(process));
    const auto sleeper = [&process] { return plan({process->pid()}).targets.front().process; };
    QTRY_COMPARE(sleeper()->name, std::string(executable.isEmpty() ? "sleep" : "doze")); // it has been executed by then
    QTRY_COMPARE(sleeper()->arguments.size(), std::size_t{2});

    const auto spec = Quay::readStartSpec(*m_proc, *sleeper());

    QVERIFY2(spec, why(spec));
    const auto expected = executable.isEmpty() ? QFileInfo(sleep).canonicalFilePath() : directory.filePath(executable);
    QCOMPARE(QString::fromStdString(spec->executable), expected);
}

void tst_LiveStartSpec::scriptIsCalledByItsName_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addRow("interpreter") << QByteArray("#!/bin/bash\n");
    QTest::addRow("with an option") << QByteArray("#! /bin/bash  -e \n");
}

void tst_LiveStartSpec::scriptIsCalledByItsName()
{
    QFETCH(const QByteArray, line);
    QTemporaryDir directory;
    QFile script(directory.filePath(QStringLiteral("a-tool")));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write(line + "read -r line\n");
    script.close();
    QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    const std::string path = script.fileName().toStdString();
    const auto process = ChildProcess::start({.arguments = {path, "one"}, .workingDirectory = "/usr"});
    QVERIFY2(process, why(process));
    const auto tool = [&process] { return plan({process->pid()}).targets.front().process; };
    QTRY_COMPARE(tool()->name, std::string("a-tool"));
    QTRY_VERIFY(!tool()->arguments.empty());

    const auto spec = Quay::readStartSpec(*m_proc, *tool());

    QVERIFY2(spec, why(spec));
    QCOMPARE(spec->executable, path);
    QCOMPARE(spec->arguments, (std::vector<std::string>{path, "one"}));
}

void tst_LiveStartSpec::recycledPidIsGone()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    auto info = infoOf(*server);
    --info.id.startTicks;

    const auto spec = Quay::readStartSpec(*m_proc, info);

    QVERIFY(!spec);
    QCOMPARE(spec.error().code, ErrorCode::Gone);
}

void tst_LiveStartSpec::otherUsersProcessIsDenied()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    auto info = infoOf(*server);
    ++info.uid;

    const auto spec = Quay::readStartSpec(*m_proc, info);

    QVERIFY(!spec);
    QCOMPARE(spec.error().code, ErrorCode::Denied);
}

void tst_LiveStartSpec::titleIsNoCommandLine()
{
    const auto server = TestServer::start({"listen", "--title", "next-server (v15.1)"});
    QVERIFY2(server, why(server));

    const auto spec = Quay::readStartSpec(*m_proc, infoOf(*server));

    QVERIFY(!spec);
    QCOMPARE(spec.error().code, ErrorCode::Unsupported);
}

void tst_LiveStartSpec::topmostProcessStartsTheOthers()
{
    const auto server = TestServer::start({"prefork"});
    QVERIFY2(server, why(server));

    const auto specs = Quay::startSpecsOf(*m_proc, plan(server->pids()));

    QCOMPARE(specs.size(), std::size_t{1});
    QCOMPARE(specs.front().arguments.back(), std::string("prefork"));
}

void tst_LiveStartSpec::whoCannotBeStartedIsByWhatItRuns_data()
{
    QTest::addColumn<QString>("name");

    QTest::newRow("title, as npm has one") << QStringLiteral("npm run dev");
    QTest::newRow("shell at which somebody types") << QStringLiteral("bash");
    QTest::newRow("program of ours, which needs who started it") << QStringLiteral("/opt/quaymaster");
}

void tst_LiveStartSpec::whoCannotBeStartedIsByWhatItRuns()
{
    QFETCH(const QString, name);
    const std::string command = "exec -a '" + name.toStdString() + "' bash <<< 'sleep 601 & echo $!; wait'";
    auto parent = ChildProcess::start({.arguments = {"bash", "-c", command}, .workingDirectory = "/usr"});
    QVERIFY(parent);
    const auto child = parent->readLine();
    QVERIFY(child);
    const auto handle = Quay::PidFd::open(std::stoi(*child));
    QVERIFY(handle);
    const auto isSleeping = [&child] {
        const auto targets = plan({std::stoi(*child)}).targets; // while it becomes sleep it has no arguments
        return !targets.empty() && targets.front().process->arguments == std::vector<std::string>{"sleep", "601"};
    };
    QTRY_VERIFY(isSleeping());

    const auto specs = Quay::startSpecsOf(*m_proc, plan({parent->pid(), std::stoi(*child)}));
    const auto alone = Quay::startSpecsOf(*m_proc, plan({parent->pid()}));
    QVERIFY(handle->signal(SIGKILL));

    QCOMPARE(specs.size(), std::size_t{1});
    QCOMPARE(specs.front().arguments, (std::vector<std::string>{"sleep", "601"}));
    QCOMPARE(specs.front().directory, std::string("/usr"));
    QVERIFY(alone.empty());
}

void tst_LiveStartSpec::programThatWasBuiltAnewIsStartedAnew()
{
    const QTemporaryDir directory;
    const QString program = directory.filePath(QStringLiteral("server"));
    QVERIFY(QFile::copy(QStringLiteral("/bin/sleep"), program));
    const auto server = ChildProcess::start({.arguments = {program.toStdString(), "600"}, .workingDirectory = "/usr"});
    QVERIFY(server);
    const auto spec = [&] { return Quay::readStartSpec(*m_proc, *plan({server->pid()}).targets.front().process); };
    QTRY_VERIFY(spec() && spec()->executable == program.toStdString());
    QVERIFY(QFile::remove(program));

    const auto gone = spec();
    QVERIFY(QFile::copy(QStringLiteral("/bin/sleep"), program));
    const auto anew = spec();

    QVERIFY(!gone);
    QCOMPARE(gone.error().code, ErrorCode::Gone);
    QVERIFY2(anew, why(anew));
    QCOMPARE(anew->executable, program.toStdString());
}

void tst_LiveStartSpec::whatSomebodyElseStartsIsLeftToThem()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    auto managed = plan({server->pids().front()});
    managed.revivers.push_back({.kind = Quay::ReviverKind::Unit, .name = "app.service"});

    QVERIFY(Quay::startSpecsOf(*m_proc, managed).empty());
}

QTEST_GUILESS_MAIN(tst_LiveStartSpec)
#include "tst_livestartspec.moc"
