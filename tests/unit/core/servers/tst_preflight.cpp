// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "core/servers/preflight.h"
#include "core/servers/preflightwords.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>

using namespace std::chrono_literals;
using Quay::CheckFinding;
using Quay::CheckOutcome;
using Quay::PortState;
using Quay::PreflightCheck;
using Quay::Severity;

namespace {

/// Answers each request at once, and remembers it.
class ScriptedRequester : public Quay::HttpRequester
{
public:
    ScriptedRequester(Quay::HttpAnswer answer, std::vector<Quay::HttpRequest> &asked)
        : m_answer(std::move(answer))
        , m_asked(asked)
        , m_event(::eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK))
    {
    }

    void start(const Quay::HttpRequest &request, std::chrono::milliseconds /*limit*/) override
    {
        m_asked.push_back(request);
    }
    void abort() override { }
    [[nodiscard]] int descriptor() const override { return m_event.get(); }
    [[nodiscard]] std::optional<Quay::HttpAnswer> take() override { return m_answer; }

private:
    Quay::HttpAnswer m_answer;
    std::vector<Quay::HttpRequest> &m_asked;
    Quay::UniqueFd m_event;
};

/// A machine on which some ports are taken and web servers answer as was said.
struct ScriptedMachine
{
    std::vector<std::uint16_t> taken;
    PortState takenState = PortState::Held;
    Quay::HttpAnswer answer;
    std::string unavailable; ///< Why nothing speaks HTTP; empty: something does.
    std::vector<Quay::HttpRequest> asked;
    int requesters = 0; ///< So often one was to be made.
    int questions = 0; ///< So often it was asked whether one can be made.
    std::vector<Quay::PortClaim> claims;

    [[nodiscard]] Quay::PreflightMachine machine()
    {
        return {.prove =
                    [this](const Quay::PortClaim &claim) {
                        claims.push_back(claim);
                        const bool isTaken = std::ranges::contains(taken, claim.port);
                        return Quay::PortProof{.state = isTaken ? takenState : PortState::Free};
                    },
                .createRequester = [this]() -> Quay::Result<std::unique_ptr<Quay::HttpRequester>> {
                    ++requesters;
                    if (!unavailable.empty()) {
                        return Quay::fail(Quay::ErrorCode::Unsupported, unavailable);
                    }
                    return std::make_unique<ScriptedRequester>(answer, asked);
                },
                .canRequest =
                    [this] {
                        ++questions;
                        return unavailable.empty();
                    }};
    }
};

/// What came of one check of a server in @p directory; of what was not written down there is no more.
CheckOutcome outcomeOf(PreflightCheck check, ScriptedMachine machine = {}, Quay::VariableMap environment = {},
                       const std::string &directory = "/")
{
    environment.emplace("PATH", "/usr/bin:/bin");
    Quay::ServerSpec server{.name = "api"};
    server.command.shellLine = "true";
    server.directory = directory;
    server.preflight = {std::move(check)};
    auto outcomes =
        Quay::runPreflight({{.spec = std::move(server), .environment = std::move(environment)}}, machine.machine());
    return std::move(outcomes.back());
}

CheckOutcome outcomeOf(Quay::CheckSubject subject, Quay::VariableMap environment = {},
                       const std::string &directory = "/")
{
    return outcomeOf(PreflightCheck{.name = {}, .subject = std::move(subject)}, {}, std::move(environment), directory);
}

Quay::CommandCheck shell(std::string line)
{
    return {.command = {.arguments = {}, .shellLine = std::move(line)}};
}

std::string findingOf(const CheckOutcome &outcome)
{
    return std::string(Quay::wordFor(Quay::CheckFindingWords, outcome.finding));
}

} // namespace

class tst_Preflight : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void variablesAreLookedAt_data();
    void variablesAreLookedAt();
    void pathsAreLookedAt();
    void programsAreLookedFor();
    void versionsAreAskedFor_data();
    void versionsAreAskedFor();
    void versionsComeFromFiles();
    void commandsAreRun_data();
    void commandsAreRun();
    void commandsRunInTheServersSurroundings();
    void checksRunAtTheSameTime();
    void aCheckThatHangsIsGivenUp();
    void portsAreProven_data();
    void portsAreProven();
    void aServerThatMayTakeTheNextPortIsWarnedOnly();
    void tcpIsReached();
    void webServersAreJudged_data();
    void webServersAreJudged();
    void webServersThatCannotBeAskedAreSaid();
    void readinessThatCannotBeAskedBlocksTheStart();
    void whetherProbesCanAskIsFoundOutOnce();
    void oneFactIsFoundOutOnce();
    void roomIsMeasured();
    void whatFollowsFromTheServerIsChecked();
    void aPortOfAContainerIsNoObstacle();
    void whatIsWrittenDownIsNotCheckedTwice();
    void secretsAreMasked();
    void environmentsArePutTogether();
};

void tst_Preflight::variablesAreLookedAt_data()
{
    QTest::addColumn<Quay::VariableMap>("environment");
    QTest::addColumn<bool>("mayBeEmpty");
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<std::string>("finding");
    const auto row = [](const char *name, Quay::VariableMap environment, bool mayBeEmpty, const char *pattern,
                        const char *finding) {
        QTest::addRow("%s", name) << std::move(environment) << mayBeEmpty << std::string(pattern)
                                  << std::string(finding);
    };
    row("set", {{"KEY", "x"}}, false, "", "good");
    row("not set", {}, false, "", "variableUnset");
    row("not set, but might be empty", {}, true, "", "variableUnset");
    row("empty", {{"KEY", ""}}, false, "", "variableEmpty");
    row("may be empty", {{"KEY", ""}}, true, "x", "good");
    row("matches", {{"KEY", "sk-12"}}, false, "sk-\\d+", "good");
    row("matches in part only", {{"KEY", "sk-12x"}}, false, "sk-\\d+", "variableMismatch");
}

void tst_Preflight::variablesAreLookedAt()
{
    QFETCH(const Quay::VariableMap, environment);
    QFETCH(const bool, mayBeEmpty);
    QFETCH(const std::string, pattern);
    QFETCH(const std::string, finding);

    const auto outcome =
        outcomeOf(Quay::VariableCheck{.variable = "KEY", .mayBeEmpty = mayBeEmpty, .pattern = pattern}, environment);

    QCOMPARE(findingOf(outcome), finding);
    QCOMPARE(outcome.isMet, finding == "good");
}

void tst_Preflight::pathsAreLookedAt()
{
    const QTemporaryDir directory;
    const std::string path = directory.filePath(QStringLiteral("file")).toStdString();
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::WriteOnly));

    QCOMPARE(findingOf(outcomeOf(Quay::FileCheck{.path = path})), std::string("good"));
    QCOMPARE(findingOf(outcomeOf(Quay::DirectoryCheck{.path = path})), std::string("notADirectory"));
    QCOMPARE(findingOf(outcomeOf(Quay::FileCheck{.path = directory.path().toStdString()})), std::string("notAFile"));
    QCOMPARE(findingOf(outcomeOf(Quay::DirectoryCheck{.path = directory.path().toStdString()})), std::string("good"));
    QCOMPARE(findingOf(outcomeOf(Quay::FileCheck{.path = path + "/x"})), std::string("notThere"));
    QCOMPARE(findingOf(outcomeOf(Quay::DirectoryCheck{.path = "/nowhere"})), std::string("notThere"));
}

void tst_Preflight::programsAreLookedFor()
{
    QCOMPARE(findingOf(outcomeOf(Quay::ProgramCheck{.program = "sh"})), std::string("good"));
    QCOMPARE(findingOf(outcomeOf(Quay::ProgramCheck{.program = "quay-no-such"})), std::string("programMissing"));
    QCOMPARE(findingOf(outcomeOf(Quay::ProgramCheck{.program = "/etc/passwd"})), std::string("programNotExecutable"));
}

void tst_Preflight::versionsAreAskedFor_data()
{
    QTest::addColumn<std::string>("requirement");
    QTest::addColumn<std::string>("line");
    QTest::addColumn<std::string>("finding");
    QTest::addColumn<std::string>("detail");
    const auto row = [](const char *name, const char *requirement, const char *line, const char *finding,
                        const char *detail) {
        QTest::addRow("%s", name) << std::string(requirement) << std::string(line) << std::string(finding)
                                  << std::string(detail);
    };
    row("recent enough", ">= 3.13.8", "echo Python 3.13.8", "good", "3.13.8");
    row("too old", ">= 3.13.8", "echo Python 3.13.7", "versionUnmet", "3.13.7");
    row("told on the error output", ">= 1.2", "echo nginx version: nginx/1.26.3 >&2", "good", "1.26.3");
    row("no version", ">= 1", "echo who knows", "versionUnknown", "who knows");
    row("fails", ">= 1", "echo broken 1.2; exit 3", "commandFailed", "broken 1.2");
}

void tst_Preflight::versionsAreAskedFor()
{
    QFETCH(const std::string, requirement);
    QFETCH(const std::string, line);
    QFETCH(const std::string, finding);
    QFETCH(const std::string, detail);

    const auto outcome = outcomeOf(Quay::VersionCheck{
        .tool = "tool", .requirement = requirement, .file = {}, .ask = {.arguments = {}, .shellLine = line}});

    QCOMPARE(findingOf(outcome), finding);
    QCOMPARE(outcome.detail, detail);
}

void tst_Preflight::versionsComeFromFiles()
{
    const QTemporaryDir directory;
    const auto check = [&](const char *text) {
        const QString path = directory.filePath(QStringLiteral(".nvmrc"));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) {
            file.write(text);
        }
        return Quay::VersionCheck{.tool = "node",
                                  .requirement = {},
                                  .file = path.toStdString(),
                                  .ask = {.arguments = {}, .shellLine = "echo v20.11.1"}};
    };

    QCOMPARE(findingOf(outcomeOf(check("20\n"))), std::string("good"));
    const auto unmet = outcomeOf(check("v22\n"));
    QCOMPARE(findingOf(unmet), std::string("versionUnmet"));
    QCOMPARE(unmet.wanted, std::string("v22"));
    const auto unclear = outcomeOf(check("lts/iron\n"));
    QCOMPARE(findingOf(unclear), std::string("pinUnclear"));
    QCOMPARE(unclear.severity, Severity::Warning);
    QCOMPARE(findingOf(outcomeOf(check(""))), std::string("pinMissing"));
    QCOMPARE(findingOf(outcomeOf(Quay::VersionCheck{.tool = "node", .requirement = {}, .file = "/nowhere", .ask = {}})),
             std::string("notThere"));
}

void tst_Preflight::commandsAreRun_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<std::string>("finding");
    QTest::addColumn<int>("number");
    QTest::addColumn<std::string>("detail");
    const auto row = [](const char *line, const char *finding, int number, const char *detail) {
        QTest::addRow("%s", line) << std::string(line) << std::string(finding) << number << std::string(detail);
    };
    row("true", "good", 0, "");
    row("echo one; echo 'No module named uvicorn' >&2; echo; exit 1", "commandFailed", 1, "No module named uvicorn");
    row("kill -SEGV $$", "commandKilled", SIGSEGV, "");
    row("quay-no-such 2>/dev/null", "commandFailed", 127, "");
}

void tst_Preflight::commandsAreRun()
{
    QFETCH(const std::string, line);
    QFETCH(const std::string, finding);
    QFETCH(const int, number);
    QFETCH(const std::string, detail);

    const auto outcome = outcomeOf(shell(line));

    QCOMPARE(findingOf(outcome), finding);
    QCOMPARE(outcome.number, number);
    QCOMPARE(outcome.detail, detail);
}

void tst_Preflight::commandsRunInTheServersSurroundings()
{
    const auto outcome = outcomeOf(shell("test \"$PWD $A\" = '/tmp x'"), {{"A", "x"}}, "/tmp");

    QVERIFY(outcome.isMet);
}

/// Two commands that wait for each other could not end one after the other.
void tst_Preflight::checksRunAtTheSameTime()
{
    const QTemporaryDir directory;
    const std::string fifo = directory.filePath(QStringLiteral("fifo")).toStdString();
    QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
    Quay::ServerSpec server{.name = "api"};
    server.command.shellLine = "true";
    server.directory = "/";
    server.preflight = {{.name = {}, .subject = shell("cat " + fifo), .timeout = 30s},
                        {.name = {}, .subject = shell("echo > " + fifo), .timeout = 30s}};
    ScriptedMachine machine;

    const auto outcomes =
        Quay::runPreflight({{.spec = server, .environment = {{"PATH", "/usr/bin:/bin"}}}}, machine.machine());

    QVERIFY(std::ranges::all_of(outcomes, &CheckOutcome::isMet));
    QVERIFY(Quay::mayStart(outcomes));
}

void tst_Preflight::aCheckThatHangsIsGivenUp()
{
    const auto outcome =
        outcomeOf(PreflightCheck{.name = {}, .subject = shell("echo working; exec sleep 1000"), .timeout = 500ms});

    QCOMPARE(findingOf(outcome), std::string("notFinished"));
    QVERIFY(outcome.took >= 500ms);
    QVERIFY(outcome.took < 20s);
}

void tst_Preflight::portsAreProven_data()
{
    QTest::addColumn<PortState>("state");
    QTest::addColumn<std::string>("finding");
    QTest::addColumn<bool>("mayStart");
    QTest::addRow("free") << PortState::Free << std::string("good") << true;
    QTest::addRow("free, not tested") << PortState::FreeUntested << std::string("good") << true;
    QTest::addRow("held") << PortState::Held << std::string("portHeld") << false;
    QTest::addRow("lingering") << PortState::Lingering << std::string("portLingering") << false;
    QTest::addRow("unknown") << PortState::Unknown << std::string("portUnknown") << true;
}

void tst_Preflight::portsAreProven()
{
    QFETCH(const PortState, state);
    QFETCH(const std::string, finding);
    QFETCH(const bool, mayStart);
    ScriptedMachine machine{.taken = {3000}, .takenState = state};

    const auto outcome = outcomeOf(PreflightCheck{.name = {}, .subject = Quay::PortCheck{.port = 3000}}, machine);

    QCOMPARE(findingOf(outcome), finding);
    QCOMPARE(Quay::mayStart({outcome}), mayStart);
}

void tst_Preflight::aServerThatMayTakeTheNextPortIsWarnedOnly()
{
    Quay::ServerSpec server{.name = "web"};
    server.command.shellLine = "true";
    server.directory = "/";
    server.ports = {
        {.port = 3000, .variable = "PORT", .mayTakeNext = true}, {.port = 4000, .variable = "OTHER"}, {.port = 5000}};
    ScriptedMachine machine{.taken = {3000, 3001, 4000, 5000}};

    const auto outcomes = Quay::runPreflight({{.spec = server, .environment = {}}}, machine.machine());

    QCOMPARE(outcomes.size(), std::size_t{4});
    QVERIFY(outcomes.at(1).nextPort == 3002 && outcomes.at(1).severity == Severity::Warning);
    QVERIFY(outcomes.at(2).nextPort == 4001 && outcomes.at(2).severity == Severity::Critical);
    QVERIFY(!outcomes.at(3).nextPort && outcomes.at(3).severity == Severity::Critical);
    QVERIFY(machine.claims.front().address.family == Quay::IpFamily::V6 && machine.claims.front().v6Only == false);
}

void tst_Preflight::tcpIsReached()
{
    Quay::UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    auto *const raw = reinterpret_cast<sockaddr *>(&address);
    QVERIFY(::bind(fd.get(), raw, length) == 0 && ::getsockname(fd.get(), raw, &length) == 0);
    const Quay::TcpCheck check{.host = "127.0.0.1", .port = ntohs(address.sin_port)};

    QCOMPARE(findingOf(outcomeOf(check)), std::string("refused"));
    QCOMPARE(::listen(fd.get(), 1), 0);
    QCOMPARE(findingOf(outcomeOf(check)), std::string("good"));
}

void tst_Preflight::webServersAreJudged_data()
{
    using Kind = Quay::HttpAnswer::Kind;
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("finding");
    QTest::addColumn<bool>("isCritical");
    const auto row = [](const char *name, Kind kind, int status, const char *finding, bool isCritical) {
        QTest::addRow("%s", name) << static_cast<int>(kind) << status << std::string(finding) << isCritical;
    };
    row("200", Kind::Status, 200, "good", false);
    row("401", Kind::Status, 401, "httpKeyRefused", true);
    row("403", Kind::Status, 403, "httpKeyRefused", true);
    row("429", Kind::Status, 429, "httpTooMany", false);
    row("404", Kind::Status, 404, "httpStatus", false);
    row("500", Kind::Status, 500, "httpStatus", false);
    row("refused", Kind::Refused, 0, "refused", false);
    row("no certificate", Kind::TlsFailed, 0, "tlsFailed", false);
    row("no HTTP", Kind::Failed, 0, "httpFailed", false);
    row("no answer", Kind::TimedOut, 0, "notFinished", false);
}

/// The check is a warning as it was written down.
void tst_Preflight::webServersAreJudged()
{
    QFETCH(const int, kind);
    QFETCH(const int, status);
    QFETCH(const std::string, finding);
    QFETCH(const bool, isCritical);
    ScriptedMachine machine;
    machine.answer = {.kind = static_cast<Quay::HttpAnswer::Kind>(kind), .status = status, .detail = {}};

    const auto outcome = outcomeOf(
        PreflightCheck{.name = {},
                       .subject = Quay::HttpCheck{.request = {.url = "http://127.0.0.1:1/", .headers = {{"A", "b"}}}},
                       .severity = Severity::Warning},
        machine);

    QCOMPARE(findingOf(outcome), finding);
    QCOMPARE(Quay::mayStart({outcome}), !isCritical);
}

void tst_Preflight::webServersThatCannotBeAskedAreSaid()
{
    ScriptedMachine machine;
    machine.unavailable = "no library";

    const auto outcome = outcomeOf(
        PreflightCheck{.name = {}, .subject = Quay::HttpCheck{.request = {.url = "http://127.0.0.1:1/"}}}, machine);

    QCOMPARE(findingOf(outcome), std::string("httpUnavailable"));
    QCOMPARE(outcome.detail, std::string("no library"));
    QVERIFY(!Quay::mayStart({outcome}));
}

void tst_Preflight::readinessThatCannotBeAskedBlocksTheStart()
{
    const auto probe = [](const char *name) {
        return Quay::ProbeSpec{.name = name,
                               .condition = Quay::HttpCondition{.request = {.url = "http://127.0.0.1:1/"}}};
    };
    Quay::ServerSpec server{.name = "api"};
    server.command.shellLine = "true";
    server.directory = "/";
    const auto check = [&server](const char *why) {
        ScriptedMachine machine;
        machine.unavailable = why;
        return Quay::runPreflight({{.spec = server, .environment = {}}}, machine.machine());
    };
    server.liveness = {probe("alive")};
    const auto ofLiveness = check("no library");
    server.liveness = {};
    server.readiness = {probe("page")};

    const auto outcomes = check("no library");

    const auto &page = outcomes.back();
    QCOMPARE(page.check.name, std::string("page"));
    QCOMPARE(findingOf(page), std::string("httpUnavailable"));
    QVERIFY(page.isOwn);
    QVERIFY(!Quay::mayStart(outcomes));
    QCOMPARE(ofLiveness.back().check.name, std::string("alive"));
    QCOMPARE(ofLiveness.back().severity, Severity::Warning);
    QVERIFY(Quay::mayStart(ofLiveness));
    QCOMPARE(check("").size(), outcomes.size() - 1); // where it can be asked that is no check
}

/// Each requester has a thread: none is made to find out whether there could be one.
void tst_Preflight::whetherProbesCanAskIsFoundOutOnce()
{
    Quay::ServerSpec server{.name = "api"};
    server.command.shellLine = "true";
    server.directory = "/";
    ScriptedMachine unasked;
    std::ignore = Quay::runPreflight({{.spec = server, .environment = {}}}, unasked.machine());
    const auto page = [](const char *url) {
        return Quay::ProbeSpec{.name = url, .condition = Quay::HttpCondition{.request = {.url = url}}};
    };
    server.readiness = {page("http://127.0.0.1:1/")};
    server.liveness = {page("http://127.0.0.1:2/")};
    const Quay::PreflightServer checked{.spec = server, .environment = {}};
    ScriptedMachine machine;
    ScriptedMachine without;
    without.unavailable = "no library";

    std::ignore = Quay::runPreflight({checked, checked, checked}, machine.machine());
    std::ignore = Quay::runPreflight({checked, checked, checked}, without.machine());

    QCOMPARE(unasked.questions, 0);
    QCOMPARE(machine.questions, 1);
    QCOMPARE(machine.requesters, 0);
    QCOMPARE(without.questions, 1);
}

/// The page that says that it is ready is the one that says that it is well, as it often is.
void tst_Preflight::oneFactIsFoundOutOnce()
{
    const Quay::ProbeCondition page = Quay::HttpCondition{.request = {.url = "http://127.0.0.1:1/"}};
    Quay::ServerSpec server{.name = "api"};
    server.command.shellLine = "true";
    server.directory = "/";
    server.envFiles = {{.path = "/nowhere/.env"}, {.path = "/nowhere/.env"}};
    server.readiness = {{.name = "page", .condition = page}};
    server.liveness = {{.name = "alive", .condition = page}};
    ScriptedMachine machine;
    machine.unavailable = "no library";

    const auto outcomes = Quay::runPreflight({{.spec = server, .environment = {}}}, machine.machine());

    QCOMPARE(outcomes.size(), std::size_t{3});
    QCOMPARE(outcomes.back().check.name, std::string("page"));
    QCOMPARE(outcomes.back().severity, Severity::Critical);
}

void tst_Preflight::roomIsMeasured()
{
    const auto enough = outcomeOf(Quay::DiskCheck{.directory = "/tmp", .freeBytes = 1});
    const auto tooLittle = outcomeOf(Quay::DiskCheck{.directory = "/tmp", .freeBytes = 1'000'000'000'000'000'000});

    QCOMPARE(findingOf(enough), std::string("good"));
    QVERIFY(enough.freeBytes > 0);
    QCOMPARE(findingOf(tooLittle), std::string("diskFull"));
    QCOMPARE(findingOf(outcomeOf(Quay::DiskCheck{.directory = "/nowhere", .freeBytes = 1})), std::string("notThere"));
}

void tst_Preflight::whatFollowsFromTheServerIsChecked()
{
    Quay::ServerSpec server{.name = "api"};
    server.command.arguments = {"quay-no-such"};
    server.directory = "/nowhere";
    server.envFiles = {{.path = "/nowhere/.env"}, {.path = "/nowhere/optional", .isOptional = true}};
    server.ports = {{.port = 3000, .protocol = Quay::Protocol::Udp}};
    ScriptedMachine machine;

    const auto outcomes = Quay::runPreflight({{.spec = server, .environment = {}}}, machine.machine());

    QCOMPARE(outcomes.size(), std::size_t{4});
    QVERIFY(std::ranges::all_of(outcomes, &CheckOutcome::isOwn));
    QCOMPARE(findingOf(outcomes.at(0)), std::string("notThere"));
    QCOMPARE(findingOf(outcomes.at(1)), std::string("programMissing"));
    QCOMPARE(findingOf(outcomes.at(2)), std::string("notThere"));
    QCOMPARE(findingOf(outcomes.at(3)), std::string("good"));
    QCOMPARE(static_cast<int>(machine.claims.front().protocol), static_cast<int>(Quay::Protocol::Udp));
}

/// It may be the very container that is to be started that has it.
void tst_Preflight::aPortOfAContainerIsNoObstacle()
{
    ScriptedMachine machine{.taken = {3000}};
    Quay::ServerSpec server{.name = "db"};
    server.command.shellLine = "true";
    server.directory = "/";
    server.ports = {{.port = 3000}};
    server.externalTool = "docker compose";

    const auto outcomes = Quay::runPreflight({{.spec = server, .environment = {}}}, machine.machine());

    QCOMPARE(findingOf(outcomes.back()), std::string("portHeld"));
    QVERIFY(Quay::mayStart(outcomes));
}

void tst_Preflight::whatIsWrittenDownIsNotCheckedTwice()
{
    ScriptedMachine machine{.taken = {3000}};
    Quay::ServerSpec server{.name = "api"};
    server.command.shellLine = "true";
    server.directory = "/";
    server.ports = {{.port = 3000}};
    server.preflight = {{.name = {}, .subject = Quay::PortCheck{.port = 3000}, .severity = Severity::Warning}};

    const auto outcomes = Quay::runPreflight({{.spec = server, .environment = {}}}, machine.machine());

    QCOMPARE(outcomes.size(), std::size_t{2});
    QVERIFY(Quay::mayStart(outcomes));
}

void tst_Preflight::secretsAreMasked()
{
    const auto byValue = outcomeOf(shell("echo tried $API_KEY; exit 1"), {{"API_KEY", "abcdef"}});
    const auto byLook = outcomeOf(shell("echo password=hunter22; exit 1"));

    QCOMPARE(byValue.detail, std::string("tried ***"));
    QVERIFY(!byLook.detail.contains("hunter22"));
}

void tst_Preflight::environmentsArePutTogether()
{
    const QTemporaryDir directory;
    const auto write = [&](const char *name, const char *text) {
        QFile file(directory.filePath(QString::fromLatin1(name)));
        if (file.open(QIODevice::WriteOnly)) {
            file.write(text);
        }
        return file.fileName().toStdString();
    };
    Quay::ServerSpec server{.name = "api"};
    server.envFiles = {{.path = write("a", "A=file\nB=file\nC=file\n")},
                       {.path = write("b", "B=later\n?\n")},
                       {.path = directory.filePath(QStringLiteral("none")).toStdString(), .isOptional = true}};
    server.environment = {{"C", "own"}};
    server.ports = {{.port = 3000, .variable = "PORT"}};

    const auto environment = Quay::environmentFor(server, {{"A", "inherited"}, {"D", "inherited"}});

    QVERIFY((environment.variables
             == Quay::VariableMap{{"A", "file"}, {"B", "later"}, {"C", "own"}, {"D", "inherited"}, {"PORT", "3000"}}));
    QCOMPARE(environment.mistakes.size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(tst_Preflight)
#include "tst_preflight.moc"
