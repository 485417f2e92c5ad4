// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/saidstates.h"
#include "app/cli/uptext.h"
#include "app/shared/format.h"
#include "core/servers/serverstate.h"
#include "core/service/serverstatus.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <optional>
#include <utility>

using Quay::LaunchFailure;
using Quay::LaunchProblem;
using Quay::ServerState;
using Quay::ServerStatus;
using Quay::StateCause;
using namespace std::chrono_literals;

namespace {

ServerStatus notLaunched(LaunchFailure failure)
{
    return {.file = "/p/quaymaster.yaml",
            .name = "web",
            .state = ServerState::Failed,
            .reason = {.cause = StateCause::Launch},
            .launchFailure = std::move(failure)};
}

ServerStatus readyServer(const char *runId)
{
    return {.file = "/p/quaymaster.yaml",
            .name = "web",
            .state = ServerState::Ready,
            .runId = runId,
            .readyAfter = std::chrono::nanoseconds(1500ms)};
}

} // namespace

class tst_UpText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoRunsItIsNamedAsFarAsKnown();
    void pathsAreSaidOnceWithTheWayOut_data();
    void pathsAreSaidOnceWithTheWayOut();
    void portThatIsExpectedIsNamed();
    void probeThatCannotBeMadeSaysWhatHelps();
    void needOfUnknownHealthSaysWhatHelps();
    void restartForBadHealthNamesTheProbe();
    void wantOfMemoryIsNamed();
    void sameSentenceIsSaidOnce();
    void otherServersAndRunsHaveTheirOwnSentences();
};

void tst_UpText::whoRunsItIsNamedAsFarAsKnown()
{
    const Quay::ProcessMark holder{.id = {.pid = 6145, .startTicks = 1}, .serial = {}};
    const Quay::RunTime since{.realTime = std::chrono::seconds(1'767'348'672), .sinceBoot = {}};
    LaunchFailure failure{.problem = LaunchProblem::AlreadyRunning};
    const QString wayOut = QStringLiteral(": 'quay stop web' stops it, or Ctrl-C where 'quay up --foreground' runs it");

    QCOMPARE(Quay::stateText(notLaunched(failure)), QString(QStringLiteral("runs already") + wayOut));
    failure.holder = holder;
    QCOMPARE(Quay::stateText(notLaunched(failure)),
             QString(QStringLiteral("runs already, supervised by process 6145") + wayOut));
    failure.since = since;
    QCOMPARE(Quay::stateText(notLaunched(failure)),
             QString(QStringLiteral("runs already since ") + Quay::timeText(since.realTime)
                     + QStringLiteral(", supervised by process 6145") + wayOut));
}

void tst_UpText::pathsAreSaidOnceWithTheWayOut_data()
{
    QTest::addColumn<LaunchProblem>("problem");
    QTest::addColumn<int>("sysErrno");
    QTest::addColumn<QString>("wayOut");

    QTest::newRow("no directory") << LaunchProblem::CannotWriteState << ENOENT
                                  << QStringLiteral("its directory has to be there");
    QTest::newRow("not writable") << LaunchProblem::CannotWriteState << EACCES << QStringLiteral("writable for you");
    QTest::newRow("read-only") << LaunchProblem::CannotWriteState << EROFS << QStringLiteral("XDG_STATE_HOME");
    QTest::newRow("full") << LaunchProblem::CannotWriteState << ENOSPC << QStringLiteral("room has to be made there");
    QTest::newRow("its own directory") << LaunchProblem::CannotEnterDirectory << ENOENT << QString();
    QTest::newRow("its program") << LaunchProblem::CannotExecute << EACCES << QString();
}

void tst_UpText::pathsAreSaidOnceWithTheWayOut()
{
    QFETCH(const LaunchProblem, problem);
    QFETCH(const int, sysErrno);
    QFETCH(const QString, wayOut);

    const QString text =
        Quay::stateText(notLaunched({.problem = problem, .error = Quay::errorFromErrno(sysErrno, "/p/state")}));

    QCOMPARE(text.count(QStringLiteral("/p/state")), 1);
    QVERIFY2(text.contains(QString(u'(' + qt_error_string(sysErrno) + u')')), qPrintable(text));
    QVERIFY2(text.contains(wayOut), qPrintable(text));
}

void tst_UpText::portThatIsExpectedIsNamed()
{
    const ServerStatus server{.name = "web",
                              .state = ServerState::Unhealthy,
                              .reason = {.cause = StateCause::Probe, .subject = "listening"},
                              .seen = {.what = Quay::Observation::What::NobodyListens, .number = 8143}};

    QCOMPARE(Quay::stateText(server), QStringLiteral("is not well: listening, nobody listens at port 8143"));
}

void tst_UpText::probeThatCannotBeMadeSaysWhatHelps()
{
    const ServerStatus server{.name = "web",
                              .state = ServerState::Unhealthy,
                              .reason = {.cause = StateCause::Probe, .subject = "page"},
                              .seen = {.what = Quay::Observation::What::HttpUnavailable, .detail = "no library"}};

    const QString text = Quay::stateText(server);

    QVERIFY2(text.startsWith(QStringLiteral("is not well: page, cannot be asked: ")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("(no library)")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("libqt6network6")), qPrintable(text));
}

void tst_UpText::needOfUnknownHealthSaysWhatHelps()
{
    ServerStatus server{.name = "api",
                        .state = ServerState::Failed,
                        .reason = {.cause = StateCause::Need, .subject = "db"},
                        .seen = {.what = Quay::Observation::What::HttpUnavailable, .detail = "no library"}};

    const QString text = Quay::stateText(server);
    server.seen = {};
    const QString ofOneThatFailed = Quay::stateText(server);

    QVERIFY2(
        text.startsWith(QStringLiteral("is not started, for it needs db to be healthy, and that cannot be asked: ")),
        qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("(no library)")), qPrintable(text));
    QCOMPARE(ofOneThatFailed, QStringLiteral("is not started, for it needs db"));
}

void tst_UpText::restartForBadHealthNamesTheProbe()
{
    ServerStatus server{.name = "web",
                        .state = ServerState::Waiting,
                        .reason = {.cause = StateCause::Pause, .subject = "answers", .pause = 1s},
                        .seen = {.what = Quay::Observation::What::NobodyListens, .number = 8143}};

    const QString text = Quay::stateText(server);
    server.seen = {};
    const QString ofTheNextAgent = Quay::stateText(server);

    QCOMPARE(text, QStringLiteral("was not well (answers, nobody listens at port 8143) and is started again in 1 s"));
    QCOMPARE(ofTheNextAgent, QStringLiteral("was not well (answers) and is started again in 1 s"));
}

void tst_UpText::wantOfMemoryIsNamed()
{
    const ServerStatus server{.name = "web",
                              .state = ServerState::Failed,
                              .reason = {.cause = StateCause::Exit, .exit = Quay::ExitStatus{.signal = SIGKILL}},
                              .account = {.wasOutOfMemory = true}};

    const QString text = Quay::stateText(server);

    QVERIFY2(text.startsWith(QStringLiteral("has ended: SIGKILL")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("no memory left")), qPrintable(text));
}

void tst_UpText::sameSentenceIsSaidOnce()
{
    Quay::SaidStates said;
    ServerStatus server = readyServer("1");

    const QString first = said.news(server);
    server.isOutdated = true;
    const QString second = said.news(server);
    server.state = ServerState::Starting;
    const QString between = said.news(server);
    server.state = ServerState::Ready;
    const QString again = said.news(server);

    QCOMPARE(first, QStringLiteral("is ready after 1.5 s"));
    QCOMPARE(second, QString());
    QCOMPARE(between, QString());
    QCOMPARE(again, first);
}

void tst_UpText::otherServersAndRunsHaveTheirOwnSentences()
{
    Quay::SaidStates said;
    ServerStatus other = readyServer("1");
    other.name = "api";

    const QString first = said.news(readyServer("1"));
    const QString ofAnother = said.news(other);
    const QString ofTheNextRun = said.news(readyServer("2"));

    QCOMPARE(ofAnother, first);
    QCOMPARE(ofTheNextRun, first);
}

QTEST_GUILESS_MAIN(tst_UpText)
#include "tst_uptext.moc"
