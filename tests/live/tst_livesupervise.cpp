// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/readfile.h"
#include "core/supervise/criline.h"
#include "core/supervise/runevent.h"
#include "core/supervise/runpresence.h"
#include "tests/support/supervisedrun.h"
#include "tests/support/testserver.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using Quay::ControlVerb;
using Quay::ErrorCode;
using Quay::LaunchProblem;
using Quay::OutputStream;
using Quay::RunEventKind;
using Quay::Test::ServerRoom;
using Quay::Test::SupervisedRun;

namespace {

std::string why(const std::expected<SupervisedRun, Quay::LaunchFailure> &run)
{
    return run ? "" : run.error().error.subject + ": " + std::to_string(run.error().error.sysErrno);
}

std::vector<RunEventKind> kindsOf(const SupervisedRun &run)
{
    std::vector<RunEventKind> kinds;
    for (const auto &event : run.record().events) {
        kinds.push_back(event.kind);
    }
    return kinds;
}

using Texts = std::vector<std::string>;

} // namespace

/// Real servers from their start to their end, through the program.
class tst_LiveSupervise : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_room = std::make_unique<ServerRoom>(); }
    void cleanup() { m_room.reset(); }

    void outputAndExitAreRecorded();
    void endBySignalIsTold();
    void environmentIsTheDescribedOne();
    void inputIsEmptyAndNothingElseIsOpen();
    void programIsLookedForInTheServersPath();
    void whatCannotBeExecutedIsTold_data();
    void whatCannotBeExecutedIsTold();
    void lastLineNeedsNoBreak();
    void lineWithoutABreakIsSeenAllTheSame();
    void longLineIsJoinedAgain();
    void anyBytesComeThrough();
    void serverThatClosesItsOutputGoesOn();
    void serverThatBecomesADaemonStaysManaged();
    void daemonOfADaemonStaysManaged();
    void whatACrashLeavesIsEnded();
    void terminalShowsColours();
    void nothingIsLostOrTornOrOutOfOrder();
    void logIsPutAsideBetweenLines();
    void filesAreForTheUserOnly();
    void withoutDescriptorsItIsStillRecorded();

private:
    std::unique_ptr<ServerRoom> m_room;
};

void tst_LiveSupervise::outputAndExitAreRecorded()
{
    const auto run = SupervisedRun::start(m_room->describeShell("echo out; echo err >&2; exit 3"));
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForEnd());

    QCOMPARE(run->texts(OutputStream::Output), Texts{"out"});
    QCOMPARE(run->texts(OutputStream::Error), Texts{"err"});
    const auto exited = run->event(RunEventKind::Exited);
    QVERIFY(exited && exited->status && exited->usage);
    QCOMPARE(exited->status->code, std::optional(3));
    QCOMPARE(exited->process, std::optional(run->launched().server));
    const auto kinds = kindsOf(*run);
    QCOMPARE(kinds.front(), RunEventKind::Started);
    QCOMPARE(kinds.back(), RunEventKind::Ended);
    QCOMPARE(std::ranges::count(kinds, RunEventKind::FirstOutput), 2);
    QVERIFY(!std::filesystem::exists(m_room->places().lease()));
    QVERIFY(!std::filesystem::exists(m_room->places().control()));
}

void tst_LiveSupervise::endBySignalIsTold()
{
    const auto run = SupervisedRun::start(m_room->describeShell("kill -SEGV $$"));
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForEnd());

    const auto exited = run->event(RunEventKind::Exited);
    QVERIFY(exited && exited->status);
    QCOMPARE(exited->status->code, std::optional<int>());
    QCOMPARE(exited->status->signal, SIGSEGV);
}

void tst_LiveSupervise::environmentIsTheDescribedOne()
{
    auto description = m_room->describe({"/usr/bin/env"});
    description.environment = {"ONLY=this", "NOTIFY_SOCKET=/of/somebody/else"};
    const auto run = SupervisedRun::start(description);
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForEnd());

    auto variables = run->texts(OutputStream::Output);
    QCOMPARE(variables.size(), std::size_t{2});
    QCOMPARE(variables[0], std::string("ONLY=this"));
    QVERIFY(variables[1].starts_with("QUAYMASTER_RUN="));
}

void tst_LiveSupervise::inputIsEmptyAndNothingElseIsOpen()
{
    // The last is the directory that ls reads.
    const auto run = SupervisedRun::start(m_room->describeShell("read line || echo empty; exec ls /proc/self/fd"));
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForEnd());

    QCOMPARE(run->texts(OutputStream::Output), (Texts{"empty", "0", "1", "2", "3"}));
}

void tst_LiveSupervise::programIsLookedForInTheServersPath()
{
    std::filesystem::create_directory(m_room->directory() + "/bin");
    std::filesystem::create_symlink("/bin/echo", m_room->directory() + "/bin/sayit");
    auto description = m_room->describe({"sayit", "hello"});
    description.environment = {"PATH=/nowhere:" + m_room->directory() + "/bin"};

    const auto run = SupervisedRun::start(description);

    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForEnd());
    QCOMPARE(run->texts(OutputStream::Output), Texts{"hello"});
}

void tst_LiveSupervise::whatCannotBeExecutedIsTold_data()
{
    QTest::addColumn<std::string>("program");
    QTest::addColumn<std::string>("directory");
    QTest::addColumn<LaunchProblem>("problem");
    QTest::addColumn<std::string>("subject");
    QTest::addColumn<int>("sysErrno");
    QTest::addRow("no such program") << std::string("quay-nowhere") << std::string("/") << LaunchProblem::CannotExecute
                                     << std::string("quay-nowhere") << ENOENT;
    QTest::addRow("not executable") << std::string("/etc/passwd") << std::string("/") << LaunchProblem::CannotExecute
                                    << std::string("/etc/passwd") << EACCES;
    QTest::addRow("no such directory") << std::string("/bin/true") << std::string("/quay/nowhere")
                                       << LaunchProblem::CannotEnterDirectory << std::string("/quay/nowhere") << ENOENT;
}

void tst_LiveSupervise::whatCannotBeExecutedIsTold()
{
    QFETCH(const std::string, program);
    QFETCH(const std::string, directory);
    QFETCH(const LaunchProblem, problem);
    QFETCH(const std::string, subject);
    QFETCH(const int, sysErrno);
    auto description = m_room->describe({program});
    description.directory = directory;

    const auto run = SupervisedRun::start(description);

    QVERIFY(!run);
    QCOMPARE(run.error().problem, problem);
    QCOMPARE(run.error().error.subject, subject);
    QCOMPARE(run.error().error.sysErrno, sysErrno);
    const auto record = Quay::readRunRecord(description.places.record(description.runId));
    QVERIFY(record && record->hasEnded());
    QCOMPARE(record->events.front().kind, RunEventKind::StartFailed);
    QVERIFY(!std::filesystem::exists(m_room->places().lease()));
}

void tst_LiveSupervise::lastLineNeedsNoBreak()
{
    const auto run = SupervisedRun::start(m_room->describeShell("printf 'one\\ntwo'"));
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForEnd());

    QCOMPARE(run->texts(OutputStream::Output), (Texts{"one", "two"}));
}

void tst_LiveSupervise::lineWithoutABreakIsSeenAllTheSame()
{
    const auto run = SupervisedRun::start(m_room->describeShell("printf 'Really? '; exec sleep 1000"));
    QVERIFY2(run, why(run).c_str());

    const auto isThere = [&] {
        const auto log = Quay::readFile(m_room->places().log()).value_or(std::string());
        return log.ends_with(" stdout P Really? \n");
    };

    QVERIFY(Quay::Test::waitUntil(isThere));
}

void tst_LiveSupervise::longLineIsJoinedAgain()
{
    auto description = m_room->describeShell("head -c 10000000 /dev/zero | tr '\\0' x; echo end");
    description.log.fileBytes = std::uint64_t{100} << 20U;
    const auto run = SupervisedRun::start(description);
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForEnd());

    const auto texts = run->texts(OutputStream::Output);
    QCOMPARE(texts.size(), std::size_t{1});
    QVERIFY(texts.front() == std::string(10'000'000, 'x') + "end");
}

void tst_LiveSupervise::anyBytesComeThrough()
{
    const auto run = SupervisedRun::start(m_room->describeShell("printf '\\000\\001\\033[31m\\377\\r\\n \\n\\n'"));
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForEnd());

    QCOMPARE(run->texts(OutputStream::Output), (Texts{std::string("\0\1\33[31m\377\r", 9), " ", ""}));
}

void tst_LiveSupervise::serverThatClosesItsOutputGoesOn()
{
    const auto run = SupervisedRun::start(m_room->describeShell("echo before; exec >&- 2>&-; sleep 1000; :"));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("before"));

    const auto status = run->ask({.verb = ControlVerb::Stop});

    QVERIFY(status.has_value());
    QVERIFY(run->waitForEnd());
    QCOMPARE(run->event(RunEventKind::Exited)->status->signal, SIGTERM);
}

void tst_LiveSupervise::serverThatBecomesADaemonStaysManaged()
{
    const auto run =
        SupervisedRun::start(m_room->describeShell("setsid sh -c 'echo daemon; sleep 1000; :' & sleep 0.1; exit 0"));
    QVERIFY2(run, why(run).c_str());
    const auto main = run->waitFor(RunEventKind::MainProcess);
    QVERIFY(main && main->process);
    QVERIFY(run->waitForLine("daemon"));

    const auto status = run->ask({.verb = ControlVerb::Status});
    QVERIFY(status.has_value());
    QCOMPARE(status->phase, Quay::RunPhase::Running);
    QCOMPARE(status->server, main->process);
    QVERIFY(run->ask({.verb = ControlVerb::Stop}).has_value());

    QVERIFY(run->waitForEnd());
    QVERIFY(run->event(RunEventKind::Daemonised).has_value());
    QVERIFY(!run->event(RunEventKind::Killed).has_value());
    QCOMPARE(run->event(RunEventKind::Exited)->status->signal, SIGTERM);
    QCOMPARE(run->texts(OutputStream::Output), Texts{"daemon"});
}

/// Each is the server for a moment at most, and ends well.
void tst_LiveSupervise::daemonOfADaemonStaysManaged()
{
    const auto run = SupervisedRun::start(m_room->describe({Quay::Test::programPath("noisyserver"), "forks", "2000"}));
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForLine("last generation"));

    QVERIFY(run->event(RunEventKind::Daemonised).has_value());
    QVERIFY(!run->event(RunEventKind::LeftBehind).has_value());
    QVERIFY(!run->record().hasEnded());
    QVERIFY(run->ask({.verb = ControlVerb::Stop}).has_value());
    QVERIFY(run->waitForEnd());
}

void tst_LiveSupervise::whatACrashLeavesIsEnded()
{
    const auto run = SupervisedRun::start(m_room->describeShell("setsid sleep 1000 & sleep 0.1; exit 1"));
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForEnd());

    const auto left = run->event(RunEventKind::LeftBehind);
    QVERIFY(left.has_value());
    QCOMPARE(left->count, std::optional<std::uint64_t>(1));
    QVERIFY(!run->event(RunEventKind::Killed).has_value());
}

void tst_LiveSupervise::terminalShowsColours()
{
    auto description = m_room->describeShell("test -t 0 && test -t 1 && test -t 2 && echo terminal; echo err >&2; tty");
    description.hasTerminal = true;
    const auto run = SupervisedRun::start(description);
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForEnd());

    const auto texts = run->texts(OutputStream::Output);
    QCOMPARE(texts.size(), std::size_t{3});
    QCOMPARE(texts[0], std::string("terminal"));
    QCOMPARE(texts[1], std::string("err"));
    QVERIFY2(texts[2].starts_with("/dev/pts/"), texts[2].c_str());
}

void tst_LiveSupervise::nothingIsLostOrTornOrOutOfOrder()
{
    constexpr long Lines = 400'000;
    auto description = m_room->describe({Quay::Test::programPath("noisyserver"), "flood", std::to_string(Lines), "80"});
    description.log = {.fileBytes = std::uint64_t{4} << 20U, .filesKept = 100};
    const auto run = SupervisedRun::start(description);
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForEnd());

    for (const auto stream : {OutputStream::Output, OutputStream::Error}) {
        auto texts = run->texts(stream);
        const std::string word = stream == OutputStream::Output ? "out" : "err";
        if (stream == OutputStream::Error) {
            QVERIFY(texts.back().starts_with("took "));
            texts.pop_back();
        }
        QCOMPARE(texts.size(), std::size_t{Lines / 2});
        for (std::size_t number = 0; number < texts.size(); ++number) {
            std::string expected = word + ' ' + std::to_string(number) + ' ';
            expected.resize(79, 'x');
            QCOMPARE(texts[number], expected);
        }
    }
    QCOMPARE(run->record().unreadableLines, std::size_t{0});
}

void tst_LiveSupervise::logIsPutAsideBetweenLines()
{
    auto description = m_room->describe({Quay::Test::programPath("noisyserver"), "flood", "10000", "100"});
    description.log = {.fileBytes = std::uint64_t{64} << 10U, .filesKept = 2};
    const auto run = SupervisedRun::start(description);
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForEnd());

    for (const auto *const name : {"/log", "/log.1", "/log.2"}) {
        const auto text = Quay::readFile(m_room->places().stateDirectory + name).value_or(std::string());
        QVERIFY2(text.ends_with('\n') && text.starts_with("20"), name);
    }
    QVERIFY(!std::filesystem::exists(m_room->places().log() + ".3"));
    QVERIFY(run->texts(OutputStream::Error).back().starts_with("took "));
}

void tst_LiveSupervise::filesAreForTheUserOnly()
{
    const auto run = SupervisedRun::start(m_room->describeShell("echo x; exec sleep 1000"));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("x"));

    const auto places = m_room->places();
    using std::filesystem::perms;
    for (const auto &path : {places.runtimeDirectory, places.stateDirectory, places.records()}) {
        QCOMPARE(std::filesystem::status(path).permissions(), perms::owner_all);
    }
    for (const auto &path : {places.lock(), places.lease(), places.control(), places.identity(), places.log(),
                             places.record(run->description().runId)}) {
        QCOMPARE(std::filesystem::status(path).permissions(), perms::owner_read | perms::owner_write);
    }
}

void tst_LiveSupervise::withoutDescriptorsItIsStillRecorded()
{
    const auto run = SupervisedRun::start(m_room->describe({Quay::Test::programPath("noisyserver"), "descriptors"}));
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("no descriptor left"));

    QVERIFY(run->ask({.verb = ControlVerb::Stop}).has_value());

    QVERIFY(run->waitForEnd());
    QCOMPARE(run->event(RunEventKind::Exited)->status->signal, SIGTERM);
}

QTEST_GUILESS_MAIN(tst_LiveSupervise)
#include "tst_livesupervise.moc"
