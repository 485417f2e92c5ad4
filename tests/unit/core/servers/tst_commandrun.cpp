// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "core/servers/commandrun.h"
#include "core/servers/programpath.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <optional>
#include <string>

#include <poll.h>
#include <unistd.h>

using Quay::CommandRun;
using Quay::ErrorCode;

namespace {

constexpr int PatienceMs = 30'000;

Quay::CommandStart shell(std::string line)
{
    return {.arguments = {"sh", "-c", std::move(line)},
            .directory = "/",
            .environment = {{"PATH", "/usr/bin:/bin"}, {"WORD", "hello"}}};
}

/// Until it has ended by itself.
std::optional<Quay::CommandResult> finished(CommandRun &run)
{
    for (;;) {
        pollfd awaited{.fd = run.descriptor(), .events = POLLIN, .revents = 0};
        if (::poll(&awaited, 1, PatienceMs) <= 0) {
            return std::nullopt;
        }
        if (auto result = run.proceed()) {
            return result;
        }
    }
}

/// Until it has written as many lines.
bool wroteLines(CommandRun &run, qsizetype count)
{
    while (std::ranges::count(run.output(), '\n') < count) {
        pollfd awaited{.fd = run.descriptor(), .events = POLLIN, .revents = 0};
        if (::poll(&awaited, 1, PatienceMs) <= 0 || run.proceed()) {
            return false;
        }
    }
    return true;
}

/// A process that has ended but was not asked for yet is not.
bool isThere(pid_t pid)
{
    const auto proc = Quay::ProcFs::open();
    const auto stat = proc ? Quay::readProcStat(*proc, pid) : std::unexpected(proc.error());
    return stat && stat->state != 'Z';
}

} // namespace

class tst_CommandRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void outputAndExitCodeAreTaken();
    void aSignalIsTold();
    void muchOutputIsBounded();
    void binaryOutputComesAsItIs();
    void whatItLeavesBehindIsEnded();
    void whoeverIsGivenUpGoesWithAllBelow();
    void itHasASessionOfItsOwnAndNothingToRead();
    void whatCannotBeStartedIsSaid_data();
    void whatCannotBeStartedIsSaid();
    void programsAreFound();
};

void tst_CommandRun::outputAndExitCodeAreTaken()
{
    auto run = CommandRun::start(shell("echo $WORD; echo there >&2; pwd; exit 3"));
    QVERIFY(run);

    const auto result = finished(*run);

    QVERIFY(result);
    QCOMPARE(result->output, std::string("hello\nthere\n/\n"));
    QCOMPARE(result->exit.code, std::optional(3));
}

void tst_CommandRun::aSignalIsTold()
{
    auto run = CommandRun::start(shell("kill -TERM $$"));
    QVERIFY(run);

    const auto result = finished(*run);

    QVERIFY(result);
    QCOMPARE(result->exit.signal, SIGTERM);
}

void tst_CommandRun::muchOutputIsBounded()
{
    auto run = CommandRun::start(shell("head -c 20000000 /dev/zero"));
    QVERIFY(run);

    const auto result = finished(*run);

    QVERIFY(result);
    QCOMPARE(result->output.size(), CommandRun::MostOutputBytes);
    QCOMPARE(result->exit.code, std::optional(0));
}

void tst_CommandRun::binaryOutputComesAsItIs()
{
    auto run = CommandRun::start(shell("printf '\\000\\377\\033'"));
    QVERIFY(run);

    const auto result = finished(*run);

    QVERIFY(result);
    QCOMPARE(result->output, std::string("\0\377\033", 3));
}

void tst_CommandRun::whatItLeavesBehindIsEnded()
{
    auto run = CommandRun::start(shell("sleep 1000 & echo $!"));
    QVERIFY(run);

    const auto result = finished(*run);

    QVERIFY(result);
    const pid_t left = std::stoi(result->output);
    QTRY_VERIFY_WITH_TIMEOUT(!isThere(left), PatienceMs);
}

void tst_CommandRun::whoeverIsGivenUpGoesWithAllBelow()
{
    auto started =
        CommandRun::start(shell("trap '' TERM INT HUP; sleep 1000 & echo $!; setsid sleep 1000 & echo $!; wait"));
    QVERIFY(started);
    std::optional<CommandRun> run(std::move(*started));
    QVERIFY(wroteLines(*run, 2));
    const auto newline = run->output().find('\n');
    const pid_t below = std::stoi(run->output());
    const pid_t inOwnSession = std::stoi(run->output().substr(newline));

    run.reset();

    QTRY_VERIFY_WITH_TIMEOUT(!isThere(below), PatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!isThere(inOwnSession), PatienceMs);
}

void tst_CommandRun::itHasASessionOfItsOwnAndNothingToRead()
{
    auto run = CommandRun::start(shell("cat; ls /proc/self/fd | wc -l; cut -d' ' -f6 /proc/self/stat; echo $$"));
    QVERIFY(run);

    const auto result = finished(*run);

    QVERIFY(result);
    const QStringList lines = QString::fromStdString(result->output).split(u'\n');
    QCOMPARE(lines.at(0).trimmed(), QStringLiteral("4")); // three, and the directory that is read
    QCOMPARE(lines.at(1), lines.at(2));
}

void tst_CommandRun::whatCannotBeStartedIsSaid_data()
{
    QTest::addColumn<std::string>("program");
    QTest::addColumn<std::string>("directory");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<std::string>("subject");
    QTest::addRow("no program") << std::string("quay-no-such") << std::string("/") << ErrorCode::Gone
                                << std::string("quay-no-such");
    QTest::addRow("no directory") << std::string("true") << std::string("/nowhere") << ErrorCode::Gone
                                  << std::string("/nowhere");
    QTest::addRow("not executable") << std::string("/etc/passwd") << std::string("/") << ErrorCode::Denied
                                    << std::string("/etc/passwd");
    QTest::addRow("nothing") << std::string() << std::string("/") << ErrorCode::Gone << std::string();
}

void tst_CommandRun::whatCannotBeStartedIsSaid()
{
    QFETCH(const std::string, program);
    QFETCH(const std::string, directory);
    QFETCH(const ErrorCode, code);
    QFETCH(const std::string, subject);

    const auto run =
        CommandRun::start({.arguments = {program}, .directory = directory, .environment = {{"PATH", "/usr/bin:/bin"}}});

    QVERIFY(!run);
    QCOMPARE(static_cast<int>(run.error().code), static_cast<int>(code));
    QCOMPARE(run.error().subject, subject);
}

void tst_CommandRun::programsAreFound()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("tool"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const std::string base = directory.path().toStdString();

    QCOMPARE(static_cast<int>(Quay::findProgram("tool", base, "/").error().code), static_cast<int>(ErrorCode::Denied));
    QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::ExeOwner));
    QCOMPARE(Quay::findProgram("tool", "/nowhere::" + base, "/").value_or(""), path.toStdString());
    QCOMPARE(Quay::findProgram("./tool", "", base).value_or(""), path.toStdString());
    QVERIFY(!Quay::findProgram("tool", "", base));
    QVERIFY(!Quay::findProgram(base, base, "/"));
}

QTEST_GUILESS_MAIN(tst_CommandRun)
#include "tst_commandrun.moc"
