// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/configreader.h"
#include "core/servers/mistakewords.h"
#include "core/yaml/yamlcppparser.h"

#include <QDir>
#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <csignal>
#include <string>
#include <string_view>
#include <variant>

using namespace std::chrono_literals;
using Quay::ServerConfig;
using Quay::ServerSpec;

namespace {

ServerConfig readText(std::string_view text)
{
    Quay::YamlCppParser parser;
    return Quay::readServerConfig(
        parser.parse(text),
        {.path = "/p/shop/quaymaster.yaml",
         .directory = "/p/shop",
         .variables = {{"HOME", "/home/ada"}, {"TOKEN", "s3cret"}, {"EMPTY", ""}, {"LIMIT", "7"}}});
}

/// The only server, called api, with these lines below its name.
ServerConfig readServer(std::string_view lines)
{
    return readText("servers:\n  api:\n    command: run\n" + std::string(lines));
}

/// `3:5 unknownKey servers.api found 'prots' allowed a,b nearest ports`, a line each.
std::string printed(const std::vector<Quay::ConfigMistake> &mistakes, bool withAllowed = true)
{
    std::string text;
    for (const auto &mistake : mistakes) {
        text += std::to_string(mistake.position.line) + ':' + std::to_string(mistake.position.column) + ' ';
        text += Quay::wordFor(Quay::MistakeCodeWords, mistake.code);
        text += mistake.path.empty() ? "" : ' ' + mistake.path;
        text += mistake.found.empty() ? "" : " found '" + mistake.found + '\'';
        if (withAllowed && !mistake.allowed.empty()) {
            text += " allowed ";
            for (const auto &word : mistake.allowed) {
                text += (text.ends_with(' ') ? "" : ",") + word;
            }
        }
        text += mistake.nearest ? " nearest " + *mistake.nearest : "";
        text += '\n';
    }
    return text;
}

} // namespace

class tst_ConfigReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theShortestFileHasDefaults();
    void everySectionIsRead();
    void shortFormsAreRead();
    void probesHaveNames();
    void restartOfOneWord();
    void variablesAreExpanded();
    void shellLinesAndPatternsAreLeftAlone();
    void pathsAreSeenFromTheFile();
    void anchorsAndExtensionsWork();
    void mistakesAreTyped_data();
    void mistakesAreTyped();
    void allMistakesAreToldAtOnce();
    void secretsAreNotTold();
    void filesAreFoundUpwards();
    void unreadableFilesAreSaid();
};

void tst_ConfigReader::theShortestFileHasDefaults()
{
    const auto config = readText("servers:\n  api:\n    command: npm run dev\n");

    ServerSpec expected{.name = "api"};
    expected.command.shellLine = "npm run dev";
    expected.directory = "/p/shop";
    QCOMPARE(printed(config.mistakes), std::string());
    QCOMPARE(config.file.project, std::string("shop"));
    QVERIFY(config.file.servers == std::vector{expected});
}

void tst_ConfigReader::everySectionIsRead()
{
    const auto config = readText(R"(version: 1
project: store
servers:
  db:
    command: [postgres, -D, data]
  api:
    description: The API
    command: uvicorn app:app
    directory: src/api
    environment: {A: 1, B: on, C: ""}
    env_files: [.env, {path: .env.local, optional: true}]
    ports: [{port: 8000, protocol: udp, address: "::1", variable: PORT, take_next: true}]
    needs: [{name: db, state: healthy, optional: true}]
    phases: [{name: migrate, pattern: 'done in (?<duration>\S+)', deadline: 30s}]
    restart:
      policy: on-failure
      backoff: {initial: 500ms, factor: 1.5, max: 1m, jitter: 0.5}
      reset_after: 2m
      crash_loop: {exits: 3, within: 30s}
      success: {codes: [0, 3], signals: [INT]}
      on_unhealthy: true
    watch: {paths: [src], include: ['*.py'], exclude: ['*_test.py'], debounce: 1s}
    stop: {command: [stop-it], signal: SIGINT, grace: 3s, scope: process}
    log: {max_size: 1MB, files: 2}
    alerts: [{name: loop, pattern: bound to, level: error, notify: false}]
    groups: [backend]
    autostart: false
    terminal: true
    external: docker compose
    on_exit: stop-group
)");

    QCOMPARE(printed(config.mistakes), std::string());
    QCOMPARE(config.file.project, std::string("store"));
    const ServerSpec &api = config.file.servers.at(1);
    ServerSpec expected{.name = "api", .description = "The API"};
    expected.command.shellLine = "uvicorn app:app";
    expected.directory = "/p/shop/src/api";
    expected.environment = {{"A", "1"}, {"B", "on"}, {"C", ""}};
    expected.envFiles = {{.path = "/p/shop/.env"}, {.path = "/p/shop/.env.local", .isOptional = true}};
    expected.ports = {{.port = 8000,
                       .protocol = Quay::Protocol::Udp,
                       .address = Quay::ipAddressFromText("::1"),
                       .variable = "PORT",
                       .mayTakeNext = true}};
    expected.needs = {{.server = "db", .state = Quay::NeedState::Healthy, .isOptional = true}};
    expected.phases = {{.name = "migrate", .pattern = "done in (?<duration>\\S+)", .deadline = 30s}};
    expected.restart = {.policy = Quay::RestartPolicy::OnFailure,
                        .backoff = {.initial = 500ms, .factor = 1.5, .longest = 1min, .jitter = 0.5},
                        .resetAfter = 2min,
                        .crashLoopExits = 3,
                        .crashLoopWindow = 30s,
                        .successCodes = {0, 3},
                        .successSignals = {SIGINT},
                        .onUnhealthy = true};
    expected.watch = {.paths = {"/p/shop/src"}, .include = {"*.py"}, .exclude = {"*_test.py"}, .debounce = 1s};
    expected.stop = {.command = {.arguments = {"stop-it"}, .shellLine = {}},
                     .signal = SIGINT,
                     .grace = 3s,
                     .scope = Quay::StopScope::Process};
    expected.log = {.maxBytes = 1'000'000, .files = 2};
    expected.alerts = {{.name = "loop", .pattern = "bound to", .level = Quay::AlertLevel::Error, .notifies = false}};
    expected.groups = {"backend"};
    expected.startsWithAll = false;
    expected.hasTerminal = true;
    expected.externalTool = "docker compose";
    expected.onExit = Quay::OnExit::StopGroup;
    QVERIFY(api == expected);
}

void tst_ConfigReader::shortFormsAreRead()
{
    const auto config =
        readText("servers:\n"
                 "  db: {command: db}\n"
                 "  api: {command: api, ports: [3000], needs: [db], ready: [listening, notify, accepting]}\n");

    QCOMPARE(printed(config.mistakes), std::string());
    const ServerSpec &api = config.file.servers.at(1);
    QVERIFY((api.ports == std::vector<Quay::ExpectedPort>{{.port = 3000}}));
    QVERIFY((api.needs == std::vector<Quay::Need>{{.server = "db", .state = Quay::NeedState::Ready}}));
    QVERIFY(std::holds_alternative<Quay::ListeningCondition>(api.readiness.at(0).condition));
    QVERIFY(std::holds_alternative<Quay::NotifyCondition>(api.readiness.at(1).condition));
    QVERIFY(std::holds_alternative<Quay::AcceptingCondition>(api.readiness.at(2).condition));
}

void tst_ConfigReader::probesHaveNames()
{
    const auto config = readServer(R"(    ready:
      - http: http://localhost:3000/health
        status: [200, 300-399]
        headers: {Authorization: "Bearer ${TOKEN}"}
        answer_headers: {content-type: json}
        body: '"ok"'
        delay: 1s
        start_interval: 50ms
        interval: 5s
        timeout: 3s
        successes: 2
        failures: 4
        deadline: 2m
      - http: http://localhost:3000/
      - {name: socket, listening: 3000}
      - tcp: "[::1]:3000"
      - command: [true]
      - log: started
)");

    QCOMPARE(printed(config.mistakes), std::string());
    const auto &probes = config.file.servers.at(0).readiness;
    const Quay::HttpCondition http{
        .request = {.url = "http://localhost:3000/health", .headers = {{"Authorization", "Bearer s3cret"}}},
        .statuses = {{.first = 200, .last = 200}, {.first = 300, .last = 399}},
        .answerHeaders = {{"content-type", "json"}},
        .bodyPattern = "\"ok\""};
    const Quay::ProbeSpec expected{.name = "http",
                                   .condition = http,
                                   .initialDelay = 1s,
                                   .startInterval = 50ms,
                                   .interval = 5s,
                                   .timeout = 3s,
                                   .successThreshold = 2,
                                   .failureThreshold = 4,
                                   .deadline = 2min};
    QVERIFY(probes.at(0) == expected);
    QCOMPARE(probes.at(1).name, std::string("http-2"));
    QVERIFY((probes.at(2) == Quay::ProbeSpec{.name = "socket", .condition = Quay::ListeningCondition{.port = 3000}}));
    QVERIFY((probes.at(3).condition == Quay::ProbeCondition(Quay::TcpCondition{.host = "::1", .port = 3000})));
    QVERIFY((probes.at(4).condition
             == Quay::ProbeCondition(Quay::CommandCondition{.command = {.arguments = {"true"}, .shellLine = {}}})));
    QVERIFY((probes.at(5).condition == Quay::ProbeCondition(Quay::LogCondition{.pattern = "started"})));
}

void tst_ConfigReader::restartOfOneWord()
{
    const auto config = readServer("    restart: always\n");

    QCOMPARE(printed(config.mistakes), std::string());
    QVERIFY((config.file.servers.at(0).restart == Quay::RestartRule{.policy = Quay::RestartPolicy::Always}));
}

void tst_ConfigReader::variablesAreExpanded()
{
    const auto config = readText("servers:\n"
                                 "  api:\n"
                                 "    command: [run, '--token=${TOKEN}', 'a$$b', '${EMPTY:-none}']\n"
                                 "    environment: {TOKEN: '${TOKEN}'}\n"
                                 "    log: {files: '${LIMIT}'}\n");

    QCOMPARE(printed(config.mistakes), std::string());
    const ServerSpec &api = config.file.servers.at(0);
    QVERIFY((api.command.arguments == std::vector<std::string>{"run", "--token=s3cret", "a$b", "none"}));
    QCOMPARE(api.environment.at("TOKEN"), std::string("s3cret"));
    QCOMPARE(api.log.files, 7);
}

void tst_ConfigReader::shellLinesAndPatternsAreLeftAlone()
{
    const auto config = readServer("    phases: [{name: a, pattern: '^${TOKEN}$'}]\n"
                                   "    preflight: [{command: 'test -n \"${NOBODY}\" $$'}]\n");

    QCOMPARE(printed(config.mistakes), std::string());
    const ServerSpec &api = config.file.servers.at(0);
    QCOMPARE(api.phases.at(0).pattern, std::string("^${TOKEN}$"));
    QCOMPARE(std::get<Quay::CommandCheck>(api.preflight.at(0).subject).command.shellLine,
             std::string("test -n \"${NOBODY}\" $$"));
}

void tst_ConfigReader::pathsAreSeenFromTheFile()
{
    const auto config = readServer("    directory: ../other/./x/\n"
                                   "    env_files: [~/.env, /etc/env]\n"
                                   "    preflight: [{disk: 1GB}, {disk: 1GiB, at: data}]\n");

    QCOMPARE(printed(config.mistakes), std::string());
    const ServerSpec &api = config.file.servers.at(0);
    QCOMPARE(api.directory, std::string("/p/other/x"));
    QCOMPARE(api.envFiles.at(0).path, std::string("/home/ada/.env"));
    QCOMPARE(api.envFiles.at(1).path, std::string("/etc/env"));
    QVERIFY((std::get<Quay::DiskCheck>(api.preflight.at(0).subject)
             == Quay::DiskCheck{.directory = "/p/shop", .freeBytes = 1'000'000'000}));
    QCOMPARE(std::get<Quay::DiskCheck>(api.preflight.at(1).subject).directory, std::string("/p/shop/data"));
}

void tst_ConfigReader::anchorsAndExtensionsWork()
{
    const auto config = readText("x-common: &common {terminal: true, groups: [a]}\n"
                                 "servers:\n"
                                 "  one: {<<: *common, command: one}\n"
                                 "  two: {<<: *common, command: two, terminal: false}\n");

    QCOMPARE(printed(config.mistakes), std::string());
    QVERIFY(config.file.servers.at(0).hasTerminal);
    QVERIFY(!config.file.servers.at(1).hasTerminal);
}

void tst_ConfigReader::mistakesAreTyped_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("mistakes");
    const auto row = [](const char *name, std::string text, std::string mistakes) {
        QTest::addRow("%s", name) << std::move(text) << std::move(mistakes) + '\n';
    };
    const auto server = [&row](const char *name, std::string line, std::string mistake) {
        row(name, "servers:\n  api:\n    command: run\n    " + std::move(line) + '\n', std::move(mistake));
    };
    row("nothing", "", "0:0 missingKey allowed servers");
    row("a list", "- a\n", "1:1 wrongType found 'list' allowed map");
    row("no servers", "version: 1\n", "1:1 missingKey allowed servers");
    row("another version", "version: 2\nservers: {}\n", "1:10 unsupportedVersion version found '2' allowed 1");
    row("another tool's word", "processes: {}\nservers: {}\n",
        "1:1 unknownKey found 'processes' allowed version,project,servers nearest servers");
    row("nothing in a server", "servers:\n  api:\n", "2:3 wrongType servers.api found 'nothing' allowed map");
    row("no command", "servers:\n  api: {groups: []}\n", "2:8 missingKey servers.api allowed command");
    row("an empty command", "servers: {api: {command: ''}}\n", "1:26 empty servers.api.command");
    row("an empty list of arguments", "servers: {api: {command: []}}\n", "1:26 empty servers.api.command");
    row("a map as command", "servers: {api: {command: {}}}\n",
        "1:26 wrongType servers.api.command found 'map' allowed text,list");
    row("a name with a blank", "servers: {a b: {command: x}}\n", "1:16 badName servers.a b found 'a b'");
    row("the same name twice", "servers:\n  a: {command: x}\n  a: {command: y}\n", "3:3 duplicateKey found 'a'");
    row("syntax", "servers: [\n", "2:1 unclosedBracket found '['");
    server("a number too large", "ports: [65536]", "4:13 badNumber servers.api.ports[0] found '65536' allowed 1,65535");
    server("no number", "ports: [http]", "4:13 badNumber servers.api.ports[0] found 'http' allowed 1,65535");
    server("no list", "ports: 3000", "4:12 wrongType servers.api.ports found 'text' allowed list");
    server("no protocol", "ports: [{port: 1, protocol: tpc}]",
           "4:33 unknownWord servers.api.ports[0].protocol found 'tpc' allowed tcp,udp");
    server("no address", "ports: [{port: 1, address: nowhere}]",
           "4:32 badAddress servers.api.ports[0].address found 'nowhere'");
    server("next of what", "ports: [{port: 1, take_next: true}]",
           "4:34 keyNeedsOther servers.api.ports[0].take_next found 'take_next' allowed variable");
    server("a boolean of YAML 1.1", "terminal: yes",
           "4:15 unknownWord servers.api.terminal found 'yes' allowed true,false nearest true");
    server("a number as a flag", "terminal: 1", "4:15 unknownWord servers.api.terminal found '1' allowed true,false");
    server("no restarts", "restart: no",
           "4:14 unknownWord servers.api.restart found 'no' allowed never,on-failure,always nearest never");
    server("a bare duration", "stop: {grace: 10}", "4:19 badDuration servers.api.stop.grace found '10'");
    server("a bare size", "log: {max_size: 10}", "4:21 badSize servers.api.log.max_size found '10'");
    server("no signal", "stop: {signal: TREM}", "4:20 badSignal servers.api.stop.signal found 'TREM'");
    server("no expression", "alerts: [{pattern: '('}]",
           "4:24 badPattern servers.api.alerts[0].pattern found '(' allowed missing closing parenthesis");
    server("a phase without a name", "phases: [{}]",
           "4:14 missingKey servers.api.phases[0] allowed name\n4:14 missingKey servers.api.phases[0] allowed pattern");
    server("no probe", "ready: [{name: x}]",
           "4:13 missingKey servers.api.ready[0] allowed listening,accepting,tcp,http,log,command,notify,watchdog");
    server("two probes in one", "ready: [{tcp: 'a:1', log: x}]",
           "4:31 exclusiveKeys servers.api.ready[0].log found 'log' allowed "
           "listening,accepting,tcp,http,log,command,notify,watchdog");
    server("a status of nothing", "ready: [{tcp: 'a:1', status: [200]}]",
           "4:34 keyNeedsOther servers.api.ready[0].status found 'status' allowed http");
    server("no status", "ready: [{http: 'http://a/', status: [OK]}]",
           "4:42 badStatus servers.api.ready[0].status[0] found 'OK'");
    server("no URL", "ready: [{http: localhost}]", "4:20 badUrl servers.api.ready[0].http found 'localhost'");
    server("no endpoint", "ready: [{tcp: 3000}]", "4:19 badEndpoint servers.api.ready[0].tcp found '3000'");
    server("no such word", "ready: [listen]",
           "4:13 unknownWord servers.api.ready[0] found 'listen' allowed listening,accepting,notify");
    server("a name twice", "ready: [{name: a, notify: true}, {name: a, listening: true}]",
           "4:38 duplicateName servers.api.ready[1] found 'a'");
    server("a header that breaks out", "ready: [{http: 'http://a/', headers: {X: \"a\\nb\"}}]",
           "4:46 badHeader servers.api.ready[0].headers.X found 'X'");
    server("no requirement", "preflight: [{version: python >= x}]",
           "4:27 badVersion servers.api.preflight[0].version found 'python >= x'");
    server("a version of nothing", "preflight: [{version: python}]",
           "4:27 badVersion servers.api.preflight[0].version found 'python'");
    server("a version twice", "preflight: [{version: python >= 3, from: .python-version}]",
           "4:46 exclusiveKeys servers.api.preflight[0].from found 'from' allowed version,from");
    server("no severity", "preflight: [{file: a, severity: fatal}]",
           "4:37 unknownWord servers.api.preflight[0].severity found 'fatal' allowed warning,critical");
    server("no value of a variable", "environment: {A: }",
           "4:19 wrongType servers.api.environment.A found 'nothing' allowed text");
    server("no variable", "environment: {A B: 1}", "4:24 badVariableName servers.api.environment.A B found 'A B'");
    server("unset", "directory: ${NOBODY}/x", "4:16 unsetVariable servers.api.directory found 'NOBODY'");
    server("half a variable", "directory: ${NOBODY", "4:16 malformedVariable servers.api.directory found '${NOBODY'");
    server("needs a stranger", "needs: [ap]",
           "4:13 unknownServer servers.api.needs[0] found 'ap' allowed api nearest api");
    server("needs itself", "needs: [api]", "4:13 needsItself servers.api.needs[0] found 'api'");
    row("a circle",
        "servers:\n"
        "  api: {command: a, needs: [db]}\n"
        "  db: {command: b, needs: [{name: api}]}\n",
        "3:35 cycle servers.db.needs[0].name found 'api -> db -> api'");
}

void tst_ConfigReader::mistakesAreTyped()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, mistakes);

    const auto config = readText(text);

    QCOMPARE(printed(config.mistakes), mistakes);
}

void tst_ConfigReader::allMistakesAreToldAtOnce()
{
    const auto config = readText("version: 3\n"
                                 "servers:\n"
                                 "  api:\n"
                                 "    comandd: x\n"
                                 "    depends_on: [db]\n"
                                 "    stop: {grace: soon, sginal: TERM}\n"
                                 "  db: {command: [db], needs: [none, {name: cache, optional: true}]}\n");

    QCOMPARE(printed(config.mistakes, false),
             std::string("1:10 unsupportedVersion version found '3'\n"
                         "4:5 unknownKey servers.api found 'comandd' nearest command\n"
                         "4:5 missingKey servers.api\n"
                         "5:5 unknownKey servers.api found 'depends_on' nearest needs\n"
                         "6:19 badDuration servers.api.stop.grace found 'soon'\n"
                         "6:25 unknownKey servers.api.stop found 'sginal' nearest signal\n"
                         "7:31 unknownServer servers.db.needs[0] found 'none'\n"));
    QVERIFY(config.mistakes.front().file == "/p/shop/quaymaster.yaml");
}

void tst_ConfigReader::secretsAreNotTold()
{
    const auto config = readServer("    ready: [{http: 'http://a/', headers: {'X Y': \"${TOKEN}\"}}]\n"
                                   "    environment: {'A B': '${TOKEN}'}\n");

    QCOMPARE(config.mistakes.size(), std::size_t{2});
    QVERIFY(!printed(config.mistakes).contains("s3cret"));
}

void tst_ConfigReader::filesAreFoundUpwards()
{
    const QTemporaryDir root;
    const QString below = root.filePath(QStringLiteral("a/b"));
    QVERIFY(QDir().mkpath(below));
    QFile file(root.filePath(QStringLiteral("quaymaster.yaml")));
    QVERIFY(file.open(QIODevice::WriteOnly));

    QCOMPARE(Quay::findConfigFile(below.toStdString()), file.fileName().toStdString());
    QVERIFY(Quay::findConfigFile("/proc/self").empty());
}

void tst_ConfigReader::unreadableFilesAreSaid()
{
    Quay::YamlCppParser parser;

    const auto missing = Quay::readServerConfigFile("/nowhere/quaymaster.yaml", parser, {});
    const auto endless = Quay::readServerConfigFile("/dev/zero", parser, {});

    QCOMPARE(printed(missing.mistakes), std::string("0:0 notReadable found 'No such file or directory'\n"));
    QCOMPARE(printed(endless.mistakes), std::string("0:0 tooLarge allowed 1048576\n"));
}

QTEST_GUILESS_MAIN(tst_ConfigReader)
#include "tst_configreader.moc"
