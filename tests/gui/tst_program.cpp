// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"
#include "tests/support/childprocess.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include <poll.h>
#include <unistd.h>

using namespace Quay;

namespace {

/// shop, api, stuck, metrics; pool with three workers; split with its two halves.
constexpr std::size_t DemoProcesses = 11;
constexpr int EndTimeoutMs = 10'000;

const QString Program = QStringLiteral(QUAY_BIN_DIR "/quaymaster");

/// All descendants of @p ancestor.
std::vector<ProcStat> descendantsOf(pid_t ancestor)
{
    const auto proc = ProcFs::open().value();
    std::vector<ProcStat> all;
    for (const pid_t pid : listPids(proc).value_or(std::vector<pid_t>())) {
        if (auto stat = readProcStat(proc, pid)) {
            all.push_back(std::move(*stat));
        }
    }
    std::vector<pid_t> family{ancestor};
    std::vector<ProcStat> found;
    for (std::size_t next = 0; next < family.size(); ++next) {
        for (const auto &stat : all) {
            if (stat.parentPid == family[next]) {
                family.push_back(stat.pid);
                found.push_back(stat);
            }
        }
    }
    return found;
}

std::vector<ProcStat> demoServersOf(pid_t window)
{
    auto found = descendantsOf(window);
    std::erase_if(found, [](const ProcStat &stat) { return !stat.comm.starts_with("demo-"); });
    return found;
}

} // namespace

/// The program as it is started from a terminal.
class tst_Program : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void helpAndVersionNeedNoDisplay_data();
    void helpAndVersionNeedNoDisplay();
    void optionsOfQtAreNotOurs_data();
    void optionsOfQtAreNotOurs();
    void wrongUsageIsNamed();
    void withoutADisplayItSaysWhatToDo();
    void deadDisplayEndsLikeAMissingOne_data();
    void deadDisplayEndsLikeAMissingOne();
    void demoServersEndWithAKilledWindow();
    void unknownDemoServerIsRefused();

private:
    QTemporaryDir m_home;
};

void tst_Program::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_home.path().toLocal8Bit());
}

void tst_Program::helpAndVersionNeedNoDisplay_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("expected");
    QTest::addRow("help") << QStringLiteral("--help") << QStringLiteral("--demo");
    QTest::addRow("help, short") << QStringLiteral("-h") << QStringLiteral("--demo");
    QTest::addRow("version") << QStringLiteral("--version") << QStringLiteral("quaymaster 0.");
    QTest::addRow("version, short") << QStringLiteral("-v") << QStringLiteral("quaymaster 0.");
}

void tst_Program::helpAndVersionNeedNoDisplay()
{
    QFETCH(const QString, option);
    QFETCH(const QString, expected);
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        environment.remove(QString::fromLatin1(name));
    }
    process.setProcessEnvironment(environment);

    process.start(Program, {option});

    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    const auto text = QString::fromUtf8(process.readAllStandardOutput());
    QVERIFY2(text.contains(expected), qPrintable(text));
    QVERIFY(!text.contains(QLatin1String("demo-server")));
}

void tst_Program::optionsOfQtAreNotOurs_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addRow("with a v in it") << QStringList{QStringLiteral("-reverse")};
    QTest::addRow("with an h in it") << QStringList{QStringLiteral("-stylesheet"), QStringLiteral("x")};
}

void tst_Program::optionsOfQtAreNotOurs()
{
    QFETCH(const QStringList, arguments);
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        environment.remove(QString::fromLatin1(name));
    }
    process.setProcessEnvironment(environment);

    process.start(Program, arguments);

    QVERIFY(process.waitForFinished());
    QCOMPARE(process.readAllStandardOutput(), QByteArray());
    QCOMPARE(process.exitCode(), 1); // there is no display, and nothing else was asked for
}

void tst_Program::wrongUsageIsNamed()
{
    QProcess process;

    process.start(Program, {QStringLiteral("--nonsense")});

    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(process.readAllStandardError().contains("nonsense"));
}

void tst_Program::withoutADisplayItSaysWhatToDo()
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        environment.remove(QString::fromLatin1(name));
    }
    process.setProcessEnvironment(environment);

    process.start(Program, QStringList());

    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("quay ports"));
}

void tst_Program::deadDisplayEndsLikeAMissingOne_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("display");
    QTest::addRow("X") << QStringLiteral("DISPLAY") << QStringLiteral(":4242");
    QTest::addRow("Wayland") << QStringLiteral("WAYLAND_DISPLAY") << QStringLiteral("wayland-4242");
    QTest::addRow("platform") << QStringLiteral("QT_QPA_PLATFORM") << QStringLiteral("xcb");
}

void tst_Program::deadDisplayEndsLikeAMissingOne()
{
    QFETCH(const QString, variable);
    QFETCH(const QString, display);
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        environment.remove(QString::fromLatin1(name));
    }
    environment.insert(variable, display);
    process.setProcessEnvironment(environment);

    process.start(Program, QStringList());

    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit); // not SIGABRT
    QCOMPARE(process.exitCode(), 1);
    const auto said = process.readAllStandardError();
    QVERIFY2(said.contains("quay ports"), said.constData());
    QVERIFY2(!said.contains("einstall"), said.constData()); // Qt's advice helps nobody here
}

void tst_Program::demoServersEndWithAKilledWindow()
{
    auto window = Test::ChildProcess::start({.arguments = {Program.toStdString(), "--demo"}, .isSilent = true});
    QVERIFY(window);
    QTRY_COMPARE_WITH_TIMEOUT(demoServersOf(window->pid()).size(), DemoProcesses, EndTimeoutMs);
    std::vector<PidFd> servers;
    for (const auto &stat : demoServersOf(window->pid())) {
        if (auto server = PidFd::open(stat.pid)) {
            servers.push_back(std::move(*server));
        }
    }
    QCOMPARE(servers.size(), DemoProcesses);

    window->end(); // SIGKILL: nothing of the window's own can clean up

    for (const auto &server : servers) {
        pollfd ended{.fd = server.descriptor(), .events = POLLIN, .revents = 0};
        QCOMPARE(::poll(&ended, 1, EndTimeoutMs), 1);
    }
}

void tst_Program::unknownDemoServerIsRefused()
{
    QProcess process;

    process.start(Program, {QStringLiteral("--demo-server"), QStringLiteral("nonsense")});

    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QVERIFY(process.exitCode() != 0);
}

QTEST_GUILESS_MAIN(tst_Program)
#include "tst_program.moc"
