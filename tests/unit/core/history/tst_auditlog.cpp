// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/readfile.h"
#include "core/history/audithistory.h"
#include "core/history/auditlog.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/support/fakeclock.h"
#include "tests/support/planmachine.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace std::chrono_literals;

using Quay::AuditState;
using Quay::TargetStage;
using Signals = std::vector<Quay::SentSignal>;

namespace {

constexpr Quay::ProcessId Writer{.pid = 77, .startTicks = 88};
constexpr Quay::AuditAuthor Author{.asker = Quay::AuditAsker::Window, .uid = 1000, .writer = Writer};

/// A plan for `npm run dev` and its server on port 3000.
Quay::KillPlan devPlan()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "npm run dev --token=geheim"});
    machine.add({.pid = 1021, .parent = 1020, .command = "node server.js"});
    machine.listen({.port = 3000, .owners = {1021}});
    return machine.goodPlan({1021}, Quay::KillScope::Session);
}

Quay::TargetProgress progress(const Quay::KillTarget &target, TargetStage stage, const std::vector<int> &signals)
{
    Quay::TargetProgress progress;
    progress.process = target.process;
    progress.role = target.role;
    progress.stage = stage;
    auto at = std::chrono::nanoseconds(1'700'003'600s);
    for (const int signal : signals) {
        progress.signals.push_back({.signal = signal, .at = at, .error = {}});
        at += 5s;
    }
    return progress;
}

Quay::EndingReport endedReport(const Quay::KillPlan &plan, const std::vector<int> &signals)
{
    Quay::EndingReport report;
    report.stage = Quay::EndingStage::Finished;
    report.scope = plan.scope;
    report.isForced = plan.isForced;
    report.begunAt = 1'700'003'600s;
    report.elapsed = 123ms;
    for (const auto &target : plan.targets) {
        report.targets.push_back(progress(target, TargetStage::Ended, signals));
    }
    for (const auto &listener : plan.listeners) {
        report.ports.push_back({.listener = listener,
                                .proof = {.state = Quay::PortState::Free, .holders = {}, .remains = {}, .error = {}}});
    }
    return report;
}

bool nobodyRuns(Quay::ProcessId /*process*/)
{
    return false;
}

} // namespace

class tst_AuditLog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void attemptIsThereBeforeItEnds();
    void secretsAreMasked();
    void endedAttemptHasEverything();
    void sigkillThatFollowsIsWrittenDown();
    void sigkillAtOnceIsForced_data();
    void sigkillAtOnceIsForced();
    void sigkillThatIsRefusedDoesNotFollow();
    void forcedIsWhatWasAskedFor();
    void holdersOfAPortAreKept();
    void zombieThatStaysIsNoSuccess();
    void attemptWithoutTargetsHasItsActions();
    void attemptsHaveNamesOfTheirOwn();
    void writerThatDiesLeavesItsAttempt();
    void authorIsThisProcess();
    void pathIsInTheStateDirectory();
    void failureIsReported();

private:
    [[nodiscard]] Quay::AuditEntry onlyEntry() const;

    Quay::Test::FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_path;
};

void tst_AuditLog::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_path = m_directory->path().toStdString() + "/audit.jsonl";
}

Quay::AuditEntry tst_AuditLog::onlyEntry() const
{
    const auto history = Quay::readAuditHistory(m_path, nobodyRuns).value();
    return history.entries.size() == 1 && history.skippedLines == 0 ? history.entries.front() : Quay::AuditEntry();
}

void tst_AuditLog::attemptIsThereBeforeItEnds()
{
    Quay::AuditLog log(m_path, Author, m_clock);

    const auto attempt = log.newAttempt();
    QVERIFY(log.begun(attempt, devPlan()).has_value());

    const auto entry = onlyEntry();
    QCOMPARE(entry.id, attempt);
    QCOMPARE(entry.state, AuditState::Interrupted);
    QCOMPARE(entry.asker, Quay::AuditAsker::Window);
    QCOMPARE(entry.uid, uid_t{1000});
    QVERIFY(entry.writer == Writer);
    QCOMPARE(entry.scope, Quay::KillScope::Session);
    QCOMPARE(entry.begunAt, m_clock.realTime());
    QVERIFY(!entry.elapsed);
    QCOMPARE(entry.targets.size(), std::size_t{2});
    QCOMPARE(entry.targets.at(1).id.pid, 1021);
    QCOMPARE(entry.targets.at(1).name, std::string("node"));
    QCOMPARE(entry.targets.at(1).role, Quay::TargetRole::Asked);
    QCOMPARE(entry.targets.at(1).outcome, TargetStage::Waiting);
    QCOMPARE(entry.ports.size(), std::size_t{1});
    QCOMPARE(entry.ports.front().port, std::uint16_t{3000});
}

void tst_AuditLog::secretsAreMasked()
{
    Quay::AuditLog log(m_path, Author, m_clock);
    const auto plan = devPlan();
    const auto attempt = log.newAttempt();

    QVERIFY(log.begun(attempt, plan).has_value());
    QVERIFY(log.ended(attempt, endedReport(plan, {SIGTERM})).has_value());

    const auto text = Quay::readFile(m_path).value();
    QVERIFY(!text.contains("geheim"));
    QCOMPARE(onlyEntry().targets.front().arguments, (std::vector<std::string>{"npm", "run", "dev", "--token=***"}));
}

void tst_AuditLog::endedAttemptHasEverything()
{
    Quay::AuditLog log(m_path, Author, m_clock);
    const auto plan = devPlan();
    const auto attempt = log.newAttempt();
    QVERIFY(log.begun(attempt, plan, {{.key = "stopUnit", .subject = "a.service", .error = {}}}).has_value());
    auto report = endedReport(plan, {SIGTERM});
    report.targets.front().endedAfter = 12ms;
    report.targets.front().exit = Quay::ExitStatus{.code = 143};
    report.ports.front().proof.remains = {{.state = Quay::SocketState::TimeWait, .count = 2}};

    QVERIFY(log.ended(attempt, report, {{.key = "stopUnit", .subject = "a.service", .error = {}}}).has_value());

    const auto entry = onlyEntry();
    QCOMPARE(entry.state, AuditState::Ended);
    QCOMPARE(entry.ports.size(), std::size_t{1});
    QVERIFY(Quay::isSuccess(entry));
    QVERIFY(entry.elapsed == std::optional(report.elapsed));
    QVERIFY(!entry.forcedAt);
    QVERIFY(!entry.isForced);
    QCOMPARE(entry.targets.front().signals, report.targets.front().signals);
    QCOMPARE(entry.targets.front().exit, report.targets.front().exit);
    QVERIFY(entry.targets.front().endedAfter == report.targets.front().endedAfter);
    QCOMPARE(entry.ports.front().state, Quay::PortState::Free);
    QCOMPARE(entry.ports.front().remains, report.ports.front().proof.remains);
    QCOMPARE(entry.actions.size(), std::size_t{1});
    QCOMPARE(entry.actions.front().subject, std::string("a.service"));
}

void tst_AuditLog::sigkillThatFollowsIsWrittenDown()
{
    Quay::AuditLog log(m_path, Author, m_clock);
    const auto plan = devPlan();
    const auto attempt = log.newAttempt();
    QVERIFY(log.begun(attempt, plan).has_value());
    m_clock.advance(5s);
    const auto forcedAt = m_clock.realTime();

    QVERIFY(log.forced(attempt).has_value());

    QVERIFY(onlyEntry().forcedAt == std::optional(forcedAt));
    QCOMPARE(onlyEntry().state, AuditState::Interrupted);

    QVERIFY(log.ended(attempt, endedReport(plan, {SIGTERM, SIGKILL})).has_value());
    QVERIFY(onlyEntry().forcedAt == std::optional<std::chrono::nanoseconds>(1'700'003'605s));
    QVERIFY(!onlyEntry().isForced);
}

void tst_AuditLog::sigkillAtOnceIsForced_data()
{
    QTest::addColumn<Signals>("signals");
    const Quay::Error denied{.code = Quay::ErrorCode::Denied, .subject = "signal 9", .sysErrno = EPERM};
    QTest::newRow("process") << Signals{{.signal = SIGKILL}};
    QTest::newRow("tree, stopped first") << Signals{{.signal = SIGSTOP}, {.signal = SIGKILL}};
    QTest::newRow("through the helper") << Signals{{.signal = SIGKILL, .error = denied}, {.signal = SIGKILL}};
}

/// The end tells it by itself: the beginning may be in a file that is no more.
void tst_AuditLog::sigkillAtOnceIsForced()
{
    QFETCH(const Signals, signals);
    Quay::AuditLog log(m_path, Author, m_clock);
    auto plan = devPlan();
    plan.isForced = true;
    auto report = endedReport(plan, {});
    report.targets.front().signals = signals;

    QVERIFY(log.ended(log.newAttempt(), report).has_value());

    QVERIFY(onlyEntry().isForced);
    QVERIFY(!onlyEntry().forcedAt);
}

void tst_AuditLog::sigkillThatIsRefusedDoesNotFollow()
{
    Quay::AuditLog log(m_path, Author, m_clock);
    auto report = endedReport(devPlan(), {SIGTERM, SIGKILL});
    for (auto &target : report.targets) {
        target.signals.back().error = Quay::Error{.code = Quay::ErrorCode::Denied, .subject = "signal 9"};
    }

    QVERIFY(log.ended(log.newAttempt(), report).has_value());

    QVERIFY(!onlyEntry().isForced);
    QVERIFY(!onlyEntry().forcedAt);
}

void tst_AuditLog::forcedIsWhatWasAskedFor()
{
    Quay::AuditLog log(m_path, Author, m_clock);
    auto plan = devPlan();
    plan.isForced = true;
    const auto attempt = log.newAttempt();

    QVERIFY(log.begun(attempt, plan).has_value());
    QVERIFY(log.ended(attempt, endedReport(plan, {})).has_value()); // all were gone before

    QVERIFY(onlyEntry().isForced);
}

void tst_AuditLog::holdersOfAPortAreKept()
{
    Quay::AuditLog log(m_path, Author, m_clock);
    auto report = endedReport(devPlan(), {SIGTERM});
    report.ports.front().cameBack = true;
    report.ports.front().proof.state = Quay::PortState::Held;
    report.ports.front().proof.holders = {report.ports.front().listener->socket};

    QVERIFY(log.ended(log.newAttempt(), report).has_value());

    const auto entry = onlyEntry();
    QCOMPARE(entry.ports.size(), std::size_t{1});
    const auto &port = entry.ports.front();
    QVERIFY(!Quay::isSuccess(entry));
    QVERIFY(port.cameBack);
    QCOMPARE(port.holders.size(), std::size_t{1});
    QCOMPARE(port.holders.front().port, std::uint16_t{3000});
    QCOMPARE(port.holders.front().uid, uid_t{1000});
}

void tst_AuditLog::zombieThatStaysIsNoSuccess()
{
    Quay::AuditLog log(m_path, Author, m_clock);
    auto plan = devPlan();
    const auto zombie = plan.targets.back().process;
    plan.targets.pop_back();
    plan.zombies = {{.process = zombie, .isParentTarget = true}};
    const auto attempt = log.newAttempt();
    auto report = endedReport(plan, {SIGTERM});

    QVERIFY(log.begun(attempt, plan).has_value());
    const Quay::AuditZombie listed{.id = zombie->id, .name = "node"};
    QCOMPARE(onlyEntry().zombies, std::vector{listed});

    report.zombies = {{.process = zombie}};
    QVERIFY(log.ended(attempt, report).has_value());
    QCOMPARE(onlyEntry().zombies, std::vector{listed});
    QVERIFY(!Quay::isSuccess(onlyEntry()));

    report.zombies.front().isGone = true;
    QVERIFY(log.ended(attempt, report).has_value());
    QVERIFY(Quay::isSuccess(onlyEntry()));
}

void tst_AuditLog::attemptWithoutTargetsHasItsActions()
{
    Quay::AuditLog log(m_path, Author, m_clock);
    const Quay::AuditAction failed{.key = "stopContainer",
                                   .subject = "web",
                                   .error = Quay::Error{.code = Quay::ErrorCode::Denied, .subject = "web"}};

    QVERIFY(log.begun(log.newAttempt(), Quay::KillPlan(), {failed}).has_value());

    QVERIFY(onlyEntry().targets.empty());
    QCOMPARE(onlyEntry().actions, std::vector{failed});
}

void tst_AuditLog::attemptsHaveNamesOfTheirOwn()
{
    Quay::AuditLog log(m_path, Author, m_clock);
    Quay::AuditAuthor otherAuthor = Author;
    otherAuthor.writer.pid = 78;
    Quay::AuditLog other(m_path, otherAuthor, m_clock);

    const std::set<std::string> names{log.newAttempt(), log.newAttempt(), other.newAttempt(), other.newAttempt()};

    QCOMPARE(names.size(), std::size_t{4});
}

void tst_AuditLog::writerThatDiesLeavesItsAttempt()
{
    const pid_t child = ::fork();
    if (child == 0) {
        const auto author = Quay::auditAuthor(Quay::AuditAsker::CommandLine);
        Quay::AuditLog log(m_path, author.value());
        const bool isGood = log.begun(log.newAttempt(), devPlan()).has_value();
        const auto running = Quay::readAuditHistory(m_path);
        const bool isRunning =
            running && running->entries.size() == 1 && running->entries.front().state == AuditState::Running;
        ::kill(::getpid(), isGood && isRunning ? SIGKILL : SIGABRT);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGKILL);

    const auto history = Quay::readAuditHistory(m_path);

    QVERIFY(history.has_value());
    QCOMPARE(history->entries.size(), std::size_t{1});
    QCOMPARE(history->entries.front().state, AuditState::Interrupted);
    QCOMPARE(history->entries.front().writer.pid, child);
}

void tst_AuditLog::authorIsThisProcess()
{
    const auto stat = Quay::readProcStat(Quay::ProcFs::open().value(), ::getpid());

    const auto author = Quay::auditAuthor(Quay::AuditAsker::Agent);

    QVERIFY(author.has_value());
    QCOMPARE(author->asker, Quay::AuditAsker::Agent);
    QCOMPARE(author->uid, ::getuid());
    QCOMPARE(author->writer.pid, ::getpid());
    QCOMPARE(author->writer.startTicks, stat->startTicks);
    QVERIFY(Quay::isProcessRunning(author->writer));
}

void tst_AuditLog::pathIsInTheStateDirectory()
{
    ::setenv("XDG_STATE_HOME", "/nowhere/state", 1);

    const auto path = Quay::auditLogPath();

    QVERIFY(path.has_value());
    QCOMPARE(*path, std::string("/nowhere/state/quaymaster/audit.jsonl"));
}

void tst_AuditLog::failureIsReported()
{
    Quay::AuditLog log("/dev/full", Author, m_clock);

    const auto begun = log.begun(log.newAttempt(), devPlan());

    QVERIFY(!begun);
    QCOMPARE(begun.error().code, Quay::ErrorCode::Io);
    QCOMPARE(begun.error().subject, std::string("/dev/full"));
}

QTEST_GUILESS_MAIN(tst_AuditLog)
#include "tst_auditlog.moc"
