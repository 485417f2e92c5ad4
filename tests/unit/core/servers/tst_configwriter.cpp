// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/configreader.h"
#include "core/servers/configwriter.h"
#include "core/servers/yamltext.h"
#include "core/yaml/yamlcppparser.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <csignal>
#include <string>

using namespace std::chrono_literals;
using Quay::ServerFile;
using Quay::ServerSpec;

namespace {

const std::string Directory = "/p/shop";

Quay::ServerConfig readBack(const std::string &text)
{
    Quay::YamlCppParser parser;
    return Quay::readServerConfig(
        parser.parse(text),
        {.path = Directory + "/quaymaster.yaml", .directory = Directory, .variables = {{"NAME", "value"}}});
}

std::string scalarReadBack(const std::string &text)
{
    Quay::YamlCppParser parser;
    const auto document = parser.parse("[" + Quay::yamlScalar(text) + "]");
    return document.mistakes.empty() && document.root.items.size() == 1 ? document.root.items.front().text
                                                                        : "not read back";
}

/// Nothing in it has its default.
ServerSpec fullServer()
{
    ServerSpec server{.name = "api", .description = "The API: ${really}"};
    server.command.arguments = {"run", "$HOME", "${NAME}", "$$", "a b", ""};
    server.directory = "/p/shop/src";
    server.environment = {{"A", "x: y"}, {"B", "null"}, {"C", ""}, {"D", "$5 ${x} $$"}, {"E", "a\nb\t\"c\"\\"}};
    server.envFiles = {{.path = "/p/shop/.env"}, {.path = "/elsewhere/~", .isOptional = true}};
    server.ports = {{.port = 8000,
                     .protocol = Quay::Protocol::Udp,
                     .address = Quay::ipAddressFromText("::1"),
                     .variable = "PORT",
                     .mayTakeNext = true},
                    {.port = 1}};
    server.needs = {{.server = "db", .state = Quay::NeedState::ExitedOk, .isOptional = true}};
    server.preflight = {
        {.name = "n",
         .subject = Quay::VariableCheck{.variable = "V", .mayBeEmpty = true, .pattern = "^${x}$"},
         .severity = Quay::Severity::Warning,
         .timeout = 3s},
        {.subject = Quay::FileCheck{.path = "/p/shop/a"}},
        {.subject = Quay::DirectoryCheck{.path = "/p/shop"}},
        {.subject = Quay::ProgramCheck{.program = "node"}},
        {.subject = Quay::VersionCheck{.tool = "python", .requirement = ">= 3.13.8", .file = {}, .ask = {}}},
        {.subject = Quay::VersionCheck{.tool = "node",
                                       .requirement = {},
                                       .file = "/p/shop/.nvmrc",
                                       .ask = {.arguments = {}, .shellLine = "node -v | cat"}}},
        {.subject = Quay::CommandCheck{.command = {.arguments = {"true"}, .shellLine = {}}}},
        {.subject = Quay::PortCheck{.port = 5,
                                    .protocol = Quay::Protocol::Udp,
                                    .address = Quay::ipAddressFromText("127.0.0.1")}},
        {.subject = Quay::TcpCheck{.host = "::1", .port = 6}},
        {.subject = Quay::HttpCheck{.request = {.url = "https://a/?b=c#d", .headers = {{"X-Y", "Z ${x}"}}}}},
        {.subject = Quay::DiskCheck{.directory = "/p/shop", .freeBytes = 5}},
        {.subject = Quay::DiskCheck{.directory = "/", .freeBytes = 1'000'000'000}},
    };
    server.phases = {{.name = "one", .pattern = "(?<duration>\\d+)", .deadline = 90s}, {.name = "two", .pattern = "#"}};
    server.readiness = {
        {.name = "a", .condition = Quay::ListeningCondition{.port = 3}},
        {.name = "b",
         .condition = Quay::HttpCondition{.request = {.url = "http://h/", .headers = {{"A", "b"}}},
                                          .statuses = {{.first = 200, .last = 200}, {.first = 300, .last = 305}},
                                          .answerHeaders = {{"C", "d$"}},
                                          .bodyPattern = "x|y"},
         .initialDelay = 1s,
         .startInterval = 2s,
         .interval = 3s,
         .timeout = 4s,
         .successThreshold = 5,
         .failureThreshold = 6,
         .deadline = 7s}};
    server.liveness = {
        {.name = "listening", .condition = Quay::ListeningCondition{}},
        {.name = "accepting", .condition = Quay::AcceptingCondition{}},
        {.name = "one port", .condition = Quay::AcceptingCondition{.port = 4000}},
        {.name = "tcp", .condition = Quay::TcpCondition{.host = "h", .port = 1}},
        {.name = "log", .condition = Quay::LogCondition{.pattern = "x"}},
        {.name = "command", .condition = Quay::CommandCondition{.command = {.arguments = {}, .shellLine = "y $Z"}}},
        {.name = "notify", .condition = Quay::NotifyCondition{}}};
    server.restart = {.policy = Quay::RestartPolicy::Always,
                      .backoff = {.initial = 5ms, .factor = 1.25, .longest = 1h, .jitter = 0.75},
                      .resetAfter = 1s,
                      .crashLoopExits = 2,
                      .crashLoopWindow = 3s,
                      .successCodes = {},
                      .successSignals = {SIGINT, SIGTERM},
                      .onUnhealthy = true};
    server.watch = {.paths = {"/p/shop", "/p/shop/x"}, .include = {"*.py"}, .exclude = {"[a]"}, .debounce = 1s};
    server.stop = {.command = {.arguments = {}, .shellLine = "stop it"},
                   .signal = SIGQUIT,
                   .grace = 0s,
                   .scope = Quay::StopScope::Process};
    server.log = {.maxBytes = 12345, .files = 1};
    server.alerts = {{.name = "n", .pattern = "*", .level = Quay::AlertLevel::Info, .notifies = false},
                     {.pattern = "p"}};
    server.groups = {"g", "h"};
    server.startsWithAll = false;
    server.hasTerminal = true;
    server.externalTool = "docker compose";
    server.onExit = Quay::OnExit::StopGroup;
    return server;
}

} // namespace

class tst_ConfigWriter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsReadBack();
    void defaultsAreLeftOut();
    void referencesStay();
    void anEmptyFileIsReadBack();
    void scalarsAreReadBack_data();
    void scalarsAreReadBack();
    void easyTextsArePlain();
};

void tst_ConfigWriter::whatIsWrittenIsReadBack()
{
    ServerSpec db{.name = "db"};
    db.command.shellLine = "true # not a comment";
    db.directory = Directory;
    ServerSpec api = fullServer();
    api.preflight.erase(api.preflight.begin() + 5); // its pattern is no expression otherwise
    api.alerts.front().pattern = "\\*";
    const ServerFile file{.path = Directory + "/quaymaster.yaml", .project = "store", .servers = {db, api}};

    const auto text = Quay::configText(file, Directory);

    const auto config = readBack(text);
    QVERIFY2(config.mistakes.empty(), text.c_str());
    QVERIFY2(config.file == file, text.c_str());
}

void tst_ConfigWriter::defaultsAreLeftOut()
{
    ServerSpec web{.name = "web"};
    web.command.shellLine = "npm run dev";
    web.directory = Directory;

    const auto text = Quay::configText({.path = {}, .project = "shop", .servers = {web}}, Directory);

    QCOMPARE(text, std::string("version: 1\nservers:\n  web:\n    command: npm run dev\n"));
}

void tst_ConfigWriter::referencesStay()
{
    ServerSpec web{.name = "web"};
    web.command.arguments = {"run", "${NAME}"};
    web.directory = Directory;

    const auto text =
        Quay::configText({.path = {}, .project = "shop", .servers = {web}}, Directory, Quay::Dollars::References);

    QVERIFY2(text.contains("command: [run, \"${NAME}\"]"), text.c_str());
    QCOMPARE(readBack(text).file.servers.at(0).command.arguments.at(1), std::string("value"));
}

void tst_ConfigWriter::anEmptyFileIsReadBack()
{
    const auto config = readBack(Quay::configText({.path = {}, .project = "shop", .servers = {}}, Directory));

    QVERIFY(config.mistakes.empty());
    QVERIFY(config.file.servers.empty());
}

void tst_ConfigWriter::scalarsAreReadBack_data()
{
    QTest::addColumn<std::string>("text");
    for (const char *const text : {"plain",
                                   "",
                                   " ",
                                   "a b",
                                   " a",
                                   "a ",
                                   "~",
                                   "null",
                                   "Null",
                                   "NULL",
                                   "a: b",
                                   "a:b",
                                   "a:",
                                   ":",
                                   "#",
                                   "a #b",
                                   "a#b",
                                   "- a",
                                   "-",
                                   "--- a",
                                   "---",
                                   "...",
                                   ". a",
                                   "? a",
                                   "*a",
                                   "&a",
                                   "!a",
                                   "|",
                                   ">",
                                   "%a",
                                   "@a",
                                   "`a`",
                                   "'",
                                   "\"",
                                   "a, b",
                                   "[a]",
                                   "{a}",
                                   "a]",
                                   "<<",
                                   "=",
                                   "\\",
                                   "\n",
                                   "a\n\nb",
                                   "\t",
                                   "\r",
                                   "\x01\x1b[0m",
                                   "\x7f",
                                   "\xC3\xA4",
                                   "\xC2\x85",
                                   "\xE2\x80\xA8",
                                   "\xEF\xBB\xBF",
                                   "\xF0\x9F\x98\x80",
                                   "true",
                                   "0x10",
                                   "1e3",
                                   "..",
                                   ".",
                                   ".env",
                                   "./x",
                                   "../x",
                                   "http://a:1/b",
                                   "a:1",
                                   "x=y",
                                   "-x",
                                   "a  b",
                                   "12:30:45"}) {
        QTest::addRow("'%s'", QByteArray(text).toPercentEncoding().constData()) << std::string(text);
    }
}

void tst_ConfigWriter::scalarsAreReadBack()
{
    QFETCH(const std::string, text);

    QCOMPARE(scalarReadBack(text), text);
    QCOMPARE(scalarReadBack("\xE4"), std::string("\xEF\xBF\xBD"));
}

void tst_ConfigWriter::easyTextsArePlain()
{
    for (const char *const text :
         {"npm", "npm run dev", "src/api", ".env", "./run", "http://localhost:3000/health", "A=b"}) {
        QCOMPARE(Quay::yamlScalar(text), std::string(text));
    }
}

QTEST_GUILESS_MAIN(tst_ConfigWriter)
#include "tst_configwriter.moc"
