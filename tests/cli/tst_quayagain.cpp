// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/againstore.h"
#include "core/base/readfile.h"
#include "core/history/auditlog.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/proccmdline.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclink.h"
#include "core/kernel/procstat.h"
#include "tests/support/childprocess.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/testserver.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <unistd.h>

using Quay::Test::ChildProcess;
using Quay::Test::finish;
using Quay::Test::Finished;
using Quay::Test::TestServer;

/// The program `quay` starts again what it has stopped.
class tst_QuayAgain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatWasStoppedIsStartedAgain();
    void whoWasStartedIsInTheRecord();
    void whatRunsAgainIsNotStartedTwice();
    void whoIsStartingItIsLeftToIt();
    void takenPortIsSaidAndNothingIsStarted();
    void whatEndsAtOnceIsNoSuccess();
    void portThatStaysSilentIsNamed();
    void whatIsMissingIsShown();
    void whatHadNoDirectoryIsNotForgotten();
    void whatWasLeftCountsOnceItHasEnded_data();
    void whatWasLeftCountsOnceItHasEnded();
    void whatIsUnderWayIsNotForgotten();
    void whatEndedInPartIsNotForgotten();
    void stoppedUnitIsNotForgotten_data();
    void stoppedUnitIsNotForgotten();
    void whatWasStoppedIsShown();
    void environmentIsNotInTheRecord();
    void nothingWasStopped();
    void unknownAttemptIsNothingThere();
    void emptyWordIsNoAttempt();
    void nothingOlderIsStartedInstead();
    void objectIsPrintedWhateverIsKept();
    void unusableRuntimeDirectoryIsNamed();
    void logThatCannotBeWrittenIsNoMissingFile();
    void stateDirectoryOfAnotherIsNamed();

private:
    [[nodiscard]] QProcessEnvironment ownEnvironment() const { return Quay::Test::environmentIn(m_directory->path()); }
    [[nodiscard]] Finished run(const QStringList &words) const { return run(words, ownEnvironment()); }
    [[nodiscard]] static Finished run(const QStringList &words, const QProcessEnvironment &environment);
    [[nodiscard]] std::string recordPath() const;
    /// An empty file, which is no directory.
    [[nodiscard]] QString file() const;
    /// That somebody else owns, as `sudo -E` names one.
    [[nodiscard]] QString directoryOfAnother() const;
    /// Whether it is what is printed where nothing was tried.
    [[nodiscard]] static bool isEmptyAnswer(const QByteArray &json);
    /// `quay stop`, until it has asked somebody to end. To be called once, after stopASleeper().
    void startStopping(QProcess &quay, const QStringList &words) const;
    /// The process that `quay again --json` told of.
    [[nodiscard]] static pid_t startedBy(const Finished &again);
    /// `sleep 600` in a directory of its own, with a variable of its own, stopped by `quay stop`.
    void stopASleeper();

    std::unique_ptr<QTemporaryDir> m_directory;
};

void tst_QuayAgain::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

Finished tst_QuayAgain::run(const QStringList &words, const QProcessEnvironment &environment)
{
    QProcess quay;
    quay.setProcessEnvironment(environment);
    quay.start(QString::fromStdString(Quay::Test::programPath("quay")), words);
    return finish(quay);
}

std::string tst_QuayAgain::recordPath() const
{
    return m_directory->filePath(QStringLiteral("quaymaster/audit.jsonl")).toStdString();
}

QString tst_QuayAgain::file() const
{
    QFile made(m_directory->filePath(QStringLiteral("file")));
    return made.open(QIODevice::WriteOnly) ? made.fileName() : QString();
}

QString tst_QuayAgain::directoryOfAnother() const
{
    if (::geteuid() != 0) {
        return QStringLiteral("/");
    }
    const QString path = m_directory->filePath(QStringLiteral("other"));
    const bool isMade = QDir().mkdir(path) && ::chown(QFile::encodeName(path).constData(), 4711, 4711) == 0;
    return isMade ? path : QString();
}

bool tst_QuayAgain::isEmptyAnswer(const QByteArray &json)
{
    const auto object = QJsonDocument::fromJson(json).object();
    return object.value(QStringLiteral("schema")).isDouble() && !object.value(QStringLiteral("isSuccess")).toBool(true)
        && object.value(QStringLiteral("started")).isArray()
        && object.value(QStringLiteral("started")).toArray().isEmpty();
}

void tst_QuayAgain::startStopping(QProcess &quay, const QStringList &words) const
{
    quay.setProcessEnvironment(ownEnvironment());
    quay.start(
        QString::fromStdString(Quay::Test::programPath("quay")),
        QStringList{QStringLiteral("stop"), QStringLiteral("--grace"), QStringLiteral("60s"), QStringLiteral("--yes")}
            + words);
    const std::string asked = "\"record\":\"asked\"";
    const auto isAsked = [&] { // the second time: the sleeper was
        const auto text = Quay::readFile(recordPath()).value_or(std::string());
        return text.find(asked, text.find(asked) + 1) != std::string::npos;
    };
    QTRY_VERIFY(isAsked());
}

pid_t tst_QuayAgain::startedBy(const Finished &again)
{
    const auto started = QJsonDocument::fromJson(again.out).object().value(QStringLiteral("started")).toArray();
    return static_cast<pid_t>(started.at(0).toObject().value(QStringLiteral("pid")).toInt());
}

void tst_QuayAgain::stopASleeper()
{
    qputenv("QUAY_PASSWORD", "geheim");
    const auto sleeper = ChildProcess::start({.arguments = {"sleep", "600"}, .workingDirectory = "/usr"});
    QVERIFY(sleeper);
    const auto stopped = run({QStringLiteral("stop"), QString::number(sleeper->pid())});
    QVERIFY2(stopped.exitCode == 0, stopped.err.constData());
}

void tst_QuayAgain::whatWasStoppedIsStartedAgain()
{
    stopASleeper();

    const auto again = run({QStringLiteral("again"), QStringLiteral("--json")});

    QVERIFY2(again.exitCode == 0, again.err.constData());
    const auto thing = QJsonDocument::fromJson(again.out).object().value(QStringLiteral("started")).toArray().at(0);
    const pid_t pid = startedBy(again);
    const auto handle = Quay::PidFd::open(pid);
    QVERIFY(handle);
    const auto proc = Quay::ProcFs::open().value();
    const auto arguments = Quay::readArguments(proc, pid);
    const auto directory = Quay::readWorkingDirectory(proc, pid);
    const auto environment = Quay::readEnvironment(proc, pid);
    QVERIFY(handle->signal(SIGKILL));
    QCOMPARE(arguments.value(), (std::vector<std::string>{"sleep", "600"}));
    QCOMPARE(directory.value().path, std::string("/usr"));
    QVERIFY(std::ranges::contains(environment.value(), "QUAY_PASSWORD=geheim"));
    QVERIFY(QFile::exists(thing.toObject().value(QStringLiteral("logPath")).toString()));
    QCOMPARE(thing.toObject().value(QStringLiteral("commandLine")).toString(), QStringLiteral("sleep 600"));
    QCOMPARE(thing.toObject().value(QStringLiteral("directory")).toString(), QStringLiteral("/usr"));
}

void tst_QuayAgain::whoWasStartedIsInTheRecord()
{
    stopASleeper();

    const auto again = run({QStringLiteral("again"), QStringLiteral("--json")});

    const pid_t pid = startedBy(again);
    const auto handle = Quay::PidFd::open(pid);
    QVERIFY(handle);
    const auto stat = Quay::readProcStat(Quay::ProcFs::open().value(), pid);
    QVERIFY(handle->signal(SIGKILL));
    QVERIFY(stat);
    const QJsonObject process{{QStringLiteral("pid"), pid},
                              {QStringLiteral("startTicks"), static_cast<qint64>(stat->startTicks)}};
    const auto shown = run({QStringLiteral("audit"), QStringLiteral("pid:%1").arg(pid)});
    const auto asJson = run({QStringLiteral("audit"), QStringLiteral("--json")});
    const auto started = QJsonDocument::fromJson(again.out).object().value(QStringLiteral("started"));
    const auto attempts = QJsonDocument::fromJson(asJson.out).object().value(QStringLiteral("attempts"));
    QVERIFY2(started[0][u"process"].toObject() == process, again.out.constData());
    QVERIFY2(attempts[0][u"actions"][0][u"process"].toObject() == process, asJson.out.constData());
    QVERIFY2(shown.out.contains(QByteArray("sleep was started again as process " + QByteArray::number(pid))),
             shown.out.constData());
}

void tst_QuayAgain::whatRunsAgainIsNotStartedTwice()
{
    stopASleeper();
    const pid_t pid = startedBy(run({QStringLiteral("again"), QStringLiteral("--json")}));
    const auto handle = Quay::PidFd::open(pid);
    QVERIFY(handle);

    const auto twice = run({QStringLiteral("again"), QStringLiteral("--json")});

    QCOMPARE(twice.exitCode, 1);
    QVERIFY2(twice.err.contains(QByteArray("already, and runs: sleep " + QByteArray::number(pid))),
             twice.err.constData());
    QCOMPARE(startedBy(twice), 0);
    const auto running = QJsonDocument::fromJson(twice.out).object().value(QStringLiteral("running")).toArray();
    QCOMPARE(running.size(), 1);
    QCOMPARE(running.at(0).toObject().value(QStringLiteral("pid")).toInt(), pid);
    QCOMPARE(running.at(0).toObject().value(QStringLiteral("name")).toString(), QStringLiteral("sleep"));

    const auto dry = run({QStringLiteral("again"), QStringLiteral("--dry-run")});
    QCOMPARE(dry.exitCode, 1);
    QVERIFY2(dry.err.contains("Nothing would be started. With --anyway it is."), dry.err.constData());

    QVERIFY(handle->signal(SIGKILL));
    QTRY_VERIFY(handle->hasEnded().value_or(false));
    const auto afterwards = run({QStringLiteral("again"), QStringLiteral("--json")});
    QVERIFY2(afterwards.exitCode == 0, afterwards.err.constData());
    QVERIFY(Quay::PidFd::open(startedBy(afterwards)).value().signal(SIGKILL));
}

void tst_QuayAgain::whoIsStartingItIsLeftToIt()
{
    stopASleeper();
    QProcess starter; // stands for one that is at it
    starter.start(QString::fromStdString(Quay::Test::programPath("quay")),
                  {QStringLiteral("ports"), QStringLiteral("--watch")});
    QVERIFY(starter.waitForReadyRead());
    const auto stat = Quay::readProcStat(Quay::ProcFs::open().value(), static_cast<pid_t>(starter.processId()));
    QVERIFY(stat);
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_directory->path()));
    const Quay::AgainStore store(Quay::againDirectory().value());
    auto kept = store.read(store.attempts().front()).value();
    kept.started = {{.pid = stat->pid, .startTicks = stat->startTicks}};
    QVERIFY(store.keep(kept));

    const auto again = run({QStringLiteral("again")});

    QCOMPARE(again.exitCode, 1);
    QVERIFY2(again.err.contains("is starting it just now"), again.err.constData());
    QVERIFY2(!again.err.contains("--anyway"), again.err.constData());
    starter.kill();
    QVERIFY(starter.waitForFinished());
}

void tst_QuayAgain::takenPortIsSaidAndNothingIsStarted()
{
    auto server = TestServer::start({"listen"});
    QVERIFY(server);
    const auto port = QString::number(server->port());
    QVERIFY2(run({QStringLiteral("free"), port}).exitCode == 0, "nobody else holds it");
    const auto taker = TestServer::start({"listen", "--port", port.toStdString()});
    QVERIFY2(taker, taker ? "" : taker.error().subject.c_str());

    const auto refused = run({QStringLiteral("again"), QStringLiteral("--json")});

    QCOMPARE(refused.exitCode, 1);
    const QString holder = QStringLiteral("Port %1, which it held, is held by testserver %2 now.");
    QVERIFY2(refused.err.contains(holder.arg(port).arg(taker->pid()).toUtf8()), refused.err.constData());
    const auto object = QJsonDocument::fromJson(refused.out).object();
    QCOMPARE(object.value(QStringLiteral("taken")).toArray().size(), 1);
    QCOMPARE(object.value(QStringLiteral("isSuccess")).toBool(), false);
    QVERIFY(!QDir(m_directory->filePath(QStringLiteral("quaymaster/again")))
                 .entryList(QDir::Files)
                 .join(u' ')
                 .contains(QStringLiteral(".log")));
    const auto anyway = run({QStringLiteral("again"), QStringLiteral("--anyway"), QStringLiteral("--json")});
    QCOMPARE(anyway.exitCode, 0);
    const auto handle = Quay::PidFd::open(startedBy(anyway));
    QVERIFY(handle && handle->signal(SIGKILL)); // it listens elsewhere now
}

void tst_QuayAgain::whatEndsAtOnceIsNoSuccess()
{
    const std::string mark = m_directory->filePath(QStringLiteral("mark")).toStdString();
    const auto once = ChildProcess::start(
        {.arguments = {"bash", "-c",
                       "if [ -e " + mark + " ]; then echo reading; echo 'it is there already' >&2; exit 3; fi; touch "
                           + mark + "; sleep 600; :"},
         .workingDirectory = "/usr"});
    QVERIFY(once);
    QTRY_VERIFY(QFile::exists(QString::fromStdString(mark)));
    const auto stopped = run({QStringLiteral("stop"), QString::number(once->pid()), QStringLiteral("--scope"),
                              QStringLiteral("tree"), QStringLiteral("--yes")});
    QVERIFY2(stopped.exitCode == 0, stopped.err.constData());

    const auto again = run({QStringLiteral("again"), QStringLiteral("--json")});

    QCOMPARE(again.exitCode, 1);
    QVERIFY2(again.err.contains("quay: bash was started again, but ended after "), again.err.constData());
    QVERIFY2(again.err.contains("quay: its last lines:\n    reading\n    it is there already\n"),
             again.err.constData());
    const auto object = QJsonDocument::fromJson(again.out).object();
    QCOMPARE(object.value(QStringLiteral("isSuccess")).toBool(), false);
    const auto thing = object.value(QStringLiteral("started")).toArray().at(0).toObject();
    QVERIFY(thing.value(QStringLiteral("pid")).isNull());
    const auto end = thing.value(QStringLiteral("earlyEnd")).toObject();
    QCOMPARE(end.value(QStringLiteral("lastLines")).toArray(),
             (QJsonArray{QStringLiteral("reading"), QStringLiteral("it is there already")}));
    const auto exit = end.value(QStringLiteral("exit"));
    QVERIFY(exit.isNull() || exit.toObject().value(QStringLiteral("code")).toInt() == 3);
    const auto recorded = run({QStringLiteral("audit"), QStringLiteral("--json")});
    const auto attempt =
        QJsonDocument::fromJson(recorded.out).object().value(QStringLiteral("attempts")).toArray().at(0).toObject();
    QCOMPARE(attempt.value(QStringLiteral("isSuccess")).toBool(true), false);
}

void tst_QuayAgain::portThatStaysSilentIsNamed()
{
    auto server = TestServer::start({"listen"}); // started anew, it listens elsewhere
    QVERIFY(server);
    QVERIFY(run({QStringLiteral("free"), QString::number(server->port())}).exitCode == 0);

    const auto again = run({QStringLiteral("again"), QStringLiteral("--json")});

    QCOMPARE(again.exitCode, 0);
    const auto handle = Quay::PidFd::open(startedBy(again));
    QVERIFY(handle && handle->signal(SIGKILL));
    const QByteArray silence = "quay: Nobody listens on port " + QByteArray::number(server->port()) + " yet.\n";
    QVERIFY2(again.err.contains(silence), again.err.constData());
    QCOMPARE(QJsonDocument::fromJson(again.out).object().value(QStringLiteral("silentPorts")).toArray(),
             QJsonArray{server->port()});
}

void tst_QuayAgain::whatIsMissingIsShown()
{
    const QString gone = m_directory->filePath(QStringLiteral("gone"));
    QVERIFY(QDir().mkdir(gone));
    const auto sleeper = ChildProcess::start({.arguments = {"sleep", "600"}, .workingDirectory = gone.toStdString()});
    QVERIFY(sleeper);
    QVERIFY(run({QStringLiteral("stop"), QString::number(sleeper->pid())}).exitCode == 0);
    QVERIFY(QDir().rmdir(gone));

    const auto shown = run({QStringLiteral("again"), QStringLiteral("--dry-run")});

    QCOMPARE(shown.exitCode, 1);
    const QString missing = QStringLiteral("sleep could not be started again. %1 is no longer there.").arg(gone);
    QVERIFY2(shown.err.contains(missing.toUtf8()), shown.err.constData());
}

void tst_QuayAgain::whatHadNoDirectoryIsNotForgotten()
{
    stopASleeper();
    const QString gone = m_directory->filePath(QStringLiteral("gone"));
    QVERIFY(QDir().mkdir(gone));
    const auto sleeper = ChildProcess::start({.arguments = {"sleep", "500"}, .workingDirectory = gone.toStdString()});
    QVERIFY(sleeper);
    QVERIFY(QDir().rmdir(gone));
    QVERIFY(run({QStringLiteral("stop"), QString::number(sleeper->pid())}).exitCode == 0);

    const auto again = run({QStringLiteral("again")});

    QCOMPARE(again.exitCode, 4);
    QVERIFY2(again.err.contains("What was ended last cannot be started again: sleep "), again.err.constData());
    QVERIFY2(again.err.contains("its directory or its program is gone, "), again.err.constData());
}

void tst_QuayAgain::whatWasLeftCountsOnceItHasEnded_data()
{
    QTest::addColumn<int>("signalNumber");
    QTest::addColumn<int>("exitCode");
    QTest::addRow("interrupted") << SIGINT << 1;
    QTest::addRow("killed") << SIGKILL << -1;
}

/// While it runs, what was ended last is what was ended before it; once it has ended, nobody means that.
void tst_QuayAgain::whatWasLeftCountsOnceItHasEnded()
{
    QFETCH(const int, signalNumber);
    QFETCH(const int, exitCode);
    stopASleeper();
    auto deaf = TestServer::start({"deaf"});
    QVERIFY(deaf);
    QProcess quay;
    startStopping(quay, {QString::number(deaf->pid())});
    const auto handle = Quay::PidFd::open(static_cast<pid_t>(quay.processId()));
    QVERIFY(handle && handle->signal(signalNumber));
    QCOMPARE(finish(quay).exitCode, exitCode);

    const auto meanwhile = run({QStringLiteral("again"), QStringLiteral("--dry-run")});
    deaf->end();
    const auto afterwards = run({QStringLiteral("again")});

    QVERIFY2(meanwhile.exitCode == 0, meanwhile.err.constData());
    QCOMPARE(meanwhile.out, QByteArray("sleep 600, in /usr\n"));
    QCOMPARE(afterwards.exitCode, 4);
    QVERIFY2(afterwards.err.contains("What was ended last cannot be started again: testserver "),
             afterwards.err.constData());
}

/// It is about to end, and nobody means what was ended before it.
void tst_QuayAgain::whatIsUnderWayIsNotForgotten()
{
    stopASleeper();
    const auto deaf = TestServer::start({"deaf"});
    QVERIFY(deaf);
    QProcess quay;
    startStopping(quay, {QString::number(deaf->pid())});

    const auto again = run({QStringLiteral("again")});

    const auto handle = Quay::PidFd::open(static_cast<pid_t>(quay.processId()));
    QVERIFY(handle && handle->signal(SIGINT));
    QCOMPARE(finish(quay).exitCode, 1);
    QCOMPARE(again.exitCode, 4);
    QVERIFY2(again.err.contains("What was ended last cannot be started again: testserver "), again.err.constData());
}

void tst_QuayAgain::whatEndedInPartIsNotForgotten()
{
    stopASleeper();
    const auto deaf = TestServer::start({"deaf"});
    const auto ending = ChildProcess::start({.arguments = {"sleep", "500"}, .workingDirectory = "/usr"});
    QVERIFY(deaf && ending);
    const auto itsEnd = Quay::PidFd::open(ending->pid());
    QProcess quay;
    startStopping(quay, {QString::number(deaf->pid()), QString::number(ending->pid())});
    QTRY_VERIFY(itsEnd && itsEnd->hasEnded().value_or(false));
    const auto handle = Quay::PidFd::open(static_cast<pid_t>(quay.processId()));
    QVERIFY(handle && handle->signal(SIGINT));
    QCOMPARE(finish(quay).exitCode, 1);

    const auto again = run({QStringLiteral("again")});

    QCOMPARE(again.exitCode, 4);
    QVERIFY2(again.err.contains("What was ended last cannot be started again: "), again.err.constData());
}

void tst_QuayAgain::stoppedUnitIsNotForgotten_data()
{
    QTest::addColumn<std::string>("key");
    QTest::addColumn<bool>("hasFailed");
    QTest::addColumn<int>("exitCode");
    QTest::addRow("stopped") << std::string("stopUnit") << false << 4;
    QTest::addRow("not stopped") << std::string("stopUnit") << true << 0;
    QTest::addRow("started") << std::string("startUnit") << false << 0;
}

void tst_QuayAgain::stoppedUnitIsNotForgotten()
{
    QFETCH(const std::string, key);
    QFETCH(const bool, hasFailed);
    QFETCH(const int, exitCode);
    stopASleeper();
    Quay::AuditLog log(recordPath(), Quay::AuditAuthor());
    const std::string attempt = log.newAttempt();
    Quay::AuditAction action{.key = key, .subject = "web.service", .error = {}};
    QVERIFY(log.begun(attempt, {}, {action}));
    if (hasFailed) {
        action.error = Quay::errorFromErrno(EACCES, action.subject);
    }
    QVERIFY(log.ended(attempt, Quay::reportOfNothing({}, log.now()), {action}));

    const auto again = run({QStringLiteral("again"), QStringLiteral("--dry-run")});

    QCOMPARE(again.exitCode, exitCode);
    QCOMPARE(again.err.contains("What was ended last cannot be started again: web.service."), exitCode == 4);
}

void tst_QuayAgain::whatWasStoppedIsShown()
{
    stopASleeper();

    const auto shown = run({QStringLiteral("again"), QStringLiteral("--dry-run")});

    QCOMPARE(shown.exitCode, 0);
    QCOMPARE(shown.out, QByteArray("sleep 600, in /usr\n"));
    QVERIFY(!QDir(m_directory->filePath(QStringLiteral("quaymaster/again")))
                 .entryList(QDir::Files)
                 .contains(QStringLiteral(".log")));
}

void tst_QuayAgain::environmentIsNotInTheRecord()
{
    stopASleeper();

    QFile record(m_directory->filePath(QStringLiteral("quaymaster/audit.jsonl")));
    QVERIFY(record.open(QIODevice::ReadOnly));
    const QByteArray text = record.readAll();

    QVERIFY(text.contains("sleep"));
    QVERIFY(!text.contains("geheim") && !text.contains(QByteArray("geheim").toBase64()));
}

void tst_QuayAgain::nothingWasStopped()
{
    const auto again = run({QStringLiteral("again")});

    QCOMPARE(again.exitCode, 4);
    QVERIFY2(again.err.contains("Nothing is kept that could be started again."), again.err.constData());
}

void tst_QuayAgain::unknownAttemptIsNothingThere()
{
    stopASleeper();

    QCOMPARE(run({QStringLiteral("again"), QStringLiteral("../../etc/passwd")}).exitCode, 4);
    const auto unknown = run({QStringLiteral("again"), QStringLiteral("1234"), QStringLiteral("--json")});
    QCOMPARE(unknown.exitCode, 4);
    const auto object = QJsonDocument::fromJson(unknown.out).object();
    QCOMPARE(object.value(QStringLiteral("attempt")).toString(), QStringLiteral("1234"));
    QCOMPARE(object.value(QStringLiteral("isSuccess")).toBool(true), false);
    QVERIFY(object.value(QStringLiteral("started")).toArray().isEmpty());
}

/// As a script gives it whose variable was not set.
void tst_QuayAgain::emptyWordIsNoAttempt()
{
    stopASleeper();

    const auto again = run({QStringLiteral("again"), QString()});
    const auto asJson = run({QStringLiteral("again"), QString(), QStringLiteral("--json")});

    QCOMPARE(again.exitCode, 2);
    QCOMPARE(again.out, QByteArray());
    QVERIFY2(again.err.contains("quay: '' is not an attempt. Give its id in 'quay audit --json', "),
             again.err.constData());
    QCOMPARE(asJson.exitCode, 2);
    QVERIFY2(isEmptyAnswer(asJson.out), asJson.out.constData());
}

void tst_QuayAgain::nothingOlderIsStartedInstead()
{
    stopASleeper();
    const auto titled =
        ChildProcess::start({.arguments = {"bash", "-c", "exec -a 'npm run dev' cat"}, .workingDirectory = "/usr"});
    QVERIFY(titled);
    const QString title = QStringLiteral("/proc/%1/cmdline").arg(titled->pid());
    QTRY_COMPARE(Quay::readFile(title.toStdString()).value(), std::string("npm run dev\0", 12));
    const auto stopped = run({QStringLiteral("stop"), QString::number(titled->pid()), QStringLiteral("--force")});
    QVERIFY2(stopped.exitCode == 0, stopped.err.constData());

    const auto again = run({QStringLiteral("again")});

    QCOMPARE(again.exitCode, 4);
    QVERIFY2(again.err.contains("What was ended last cannot be started again: cat "), again.err.constData());
    static const QRegularExpression older(QStringLiteral("'quay (again [^ ]+ --dry-run)'"));
    const auto words = older.match(QString::fromUtf8(again.err)).captured(1).split(u' ');
    QCOMPARE(words.size(), 3);
    const auto unknown = run({QStringLiteral("again"), QStringLiteral("1234")});
    QCOMPARE(unknown.exitCode, 4);
    QVERIFY2(unknown.err.contains("Nothing is kept of the attempt 1234."), unknown.err.constData());
    const QString last =
        QStringLiteral("The last one that can be started again is %1: quay again %1\n").arg(words.at(1));
    QVERIFY2(unknown.err.contains(last.toUtf8()), unknown.err.constData());
    QCOMPARE(run(words).out, QByteArray("sleep 600, in /usr\n"));
}

void tst_QuayAgain::objectIsPrintedWhateverIsKept()
{
    stopASleeper();
    const QDir directory(m_directory->filePath(QStringLiteral("quaymaster/again")));
    const auto names = directory.entryList(QDir::Files);
    QCOMPARE(names.size(), 1);
    QFile kept(directory.filePath(names.front()));
    QVERIFY(kept.open(QIODevice::WriteOnly | QIODevice::Truncate) && kept.write("{}") == 2);
    kept.close();

    const auto again = run({QStringLiteral("again"), QStringLiteral("--json")});

    QCOMPARE(again.exitCode, 1);
    QVERIFY2(isEmptyAnswer(again.out), again.out.constData());
}

void tst_QuayAgain::unusableRuntimeDirectoryIsNamed()
{
    const QStringList words{QStringLiteral("again"), QStringLiteral("--json")};
    const QString variable = QStringLiteral("XDG_RUNTIME_DIR");
    const QString other = directoryOfAnother();
    QVERIFY(!other.isEmpty());
    auto ofAnother = ownEnvironment();
    ofAnother.insert(variable, other);
    auto relative = ownEnvironment();
    relative.insert(variable, QStringLiteral("run"));
    auto unset = ownEnvironment();
    unset.remove(variable);

    const auto onAnothers = run(words, ofAnother);
    const auto onRelative = run(words, relative);
    const auto onNone = run(words, unset);

    for (const auto &again : {onAnothers, onRelative, onNone}) {
        QCOMPARE(again.exitCode, 1);
        QVERIFY2(isEmptyAnswer(again.out), again.out.constData());
    }
    const QString belongs =
        QStringLiteral("quay: XDG_RUNTIME_DIR names %1, which belongs to somebody else ").arg(other);
    QVERIFY2(onAnothers.err.startsWith(belongs.toUtf8()), onAnothers.err.constData());
    QVERIFY2(onRelative.err.startsWith("quay: XDG_RUNTIME_DIR names 'run', which does not begin with a / "),
             onRelative.err.constData());
    QVERIFY2(onNone.err.startsWith("quay: This system does not offer XDG_RUNTIME_DIR."), onNone.err.constData());
}

void tst_QuayAgain::logThatCannotBeWrittenIsNoMissingFile()
{
    stopASleeper();
    auto unwritable = ownEnvironment();
    const QString state = file();
    unwritable.insert(QStringLiteral("XDG_STATE_HOME"), state);

    const auto again = run({QStringLiteral("again")}, unwritable);

    QCOMPARE(again.exitCode, 1);
    const QString why =
        QStringLiteral("quay: sleep could not be started again. Nothing can be written to %1/quaymaster/again (")
            .arg(state);
    QVERIFY2(again.err.contains(why.toUtf8()), again.err.constData());
    QVERIFY2(again.err.contains("or set XDG_STATE_HOME to another one.\n"), again.err.constData());
}

void tst_QuayAgain::stateDirectoryOfAnotherIsNamed()
{
    stopASleeper();
    const QString other = directoryOfAnother();
    QVERIFY(!other.isEmpty());
    auto unwritable = ownEnvironment();
    unwritable.insert(QStringLiteral("HOME"), file());
    unwritable.insert(QStringLiteral("XDG_STATE_HOME"), other);

    const auto again = run({QStringLiteral("again")}, unwritable);

    QCOMPARE(again.exitCode, 1);
    const QString unused =
        QStringLiteral("The one that is set now, %1, is not used: it belongs to somebody else.\n").arg(other);
    QCOMPARE(again.err.count(unused.toUtf8()), 2); // for the log, and for the record
}

QTEST_GUILESS_MAIN(tst_QuayAgain)
#include "tst_quayagain.moc"
