// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/agentmessage.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <string>
#include <variant>

using namespace std::chrono_literals;

namespace {

Quay::SocketRecord listener(const char *address, std::uint16_t port)
{
    Quay::SocketRecord socket;
    socket.localAddress = *Quay::ipAddressFromText(address);
    socket.localPort = port;
    socket.receiveQueue = 5;
    socket.sendQueue = 4;
    return socket;
}

Quay::Contradiction fullContradiction()
{
    return {.kind = Quay::ContradictionKind::OtherPort,
            .expectedPort = std::uint16_t{5173},
            .probedAddress = Quay::ipAddressFromText("::1"),
            .listeners = {listener("127.0.0.1", 5174)},
            .holder = Quay::ForeignListener{.socket = listener("0.0.0.0", 5173),
                                            .holder = Quay::ProcessId{.pid = 7, .startTicks = 8},
                                            .holderName = "node"},
            .waits = 3s,
            .isQueueFull = true,
            .condition = Quay::ProcessCondition::Stopped,
            .process = Quay::ServerProcess{.id = {.pid = 9, .startTicks = 10}, .name = "vite"}};
}

/// With something in every member.
Quay::ServerStatus fullStatus()
{
    return {
        .file = "/p q/quaymaster.yaml",
        .project = "p q",
        .name = "api",
        .state = Quay::ServerState::Unhealthy,
        .reason = {.cause = Quay::StateCause::Probe,
                   .subject = "web",
                   .detail = {},
                   .exit = Quay::ExitStatus{.code = {}, .signal = 11, .dumpedCore = true},
                   .error = Quay::Error{.code = Quay::ErrorCode::Denied, .subject = "/x", .sysErrno = 13},
                   .pause = 1500ms,
                   .count = 5},
        .since = 1'795'827'947'350'275'526ns,
        .runId = "18ec1000d3840733-30b4605f",
        .startedAt = 1'795'827'947'148'676'550ns,
        .process = Quay::ProcessMark{.id = {.pid = 4711, .startTicks = 99}, .serial = {}},
        .supervisor = Quay::ProcessMark{.id = {.pid = 4710, .startTicks = 98}, .serial = {}},
        .readyAfter = 149'340'484ns,
        .ports = {{.port = 8000,
                   .protocol = Quay::Protocol::Udp,
                   .address = Quay::ipAddressFromText("::1"),
                   .variable = {}}},
        .launchFailure =
            Quay::LaunchFailure{.problem = Quay::LaunchProblem::AlreadyRunning,
                                .error = {.code = Quay::ErrorCode::Io, .subject = "y", .sysErrno = 5},
                                .holder = Quay::ProcessMark{.id = {.pid = 1, .startTicks = 2}, .serial = {}},
                                .since = Quay::RunTime{.realTime = 7ns, .sinceBoot = {}}},
        .seen = {.what = Quay::Observation::What::HttpStatus, .detail = "d", .number = 503},
        .overdue = {{.phase = "migrate",
                     .limit = 5s,
                     .elapsed = 6s,
                     .running = {"ready"},
                     .refused = {{.address = *Quay::ipAddressFromText("127.0.0.1"), .port = 5432}}}},
        .contradiction = fullContradiction(),
        .account = {.says = "serving",
                    .exit = Quay::ExitStatus{.code = 3},
                    .usage = Quay::ResourceUsage{.userTime = 5us, .systemTime = 6us, .mostResidentKib = 7},
                    .wasOutOfMemory = true,
                    .wasAskedToStop = true,
                    .killed = {{.process = {.id = {.pid = 12, .startTicks = 13}, .serial = {}},
                                .command = "sh",
                                .sysErrno = 1}}},
        .elsewhere = Quay::ForeignRun{.supervisor = {.id = {.pid = 5, .startTicks = 6}, .serial = {}}, .since = 8ns},
        .heldUpBy = "web",
        .unwatchedFor = "/p/app.log",
        .isStartOpen = true,
        .isWanted = true,
        .isOutdated = true,
        .isRemoved = true,
    };
}

} // namespace

class tst_AgentMessage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void requestsComeBack();
    void whatIsNoUtf8IsLeftOutOfTheEnvironment();
    void statusesComeBack();
    void repliesComeBack();
    void foreignTextIsMadeSafe();
    void unknownIsLeftOut();
    void garbageIsRefused_data();
    void garbageIsRefused();
    void oneLineEach();
};

void tst_AgentMessage::requestsComeBack()
{
    const Quay::AgentRequest request{.verb = Quay::AgentVerb::Restart,
                                     .id = 12,
                                     .file = "/p/ä/quaymaster.yaml",
                                     .names = {"api", "db"},
                                     .isForced = true,
                                     .environment = Quay::VariableMap{{"PATH", "/bin"}, {"EMPTY", ""}, {"NL", "a\nb"}}};

    QVERIFY(Quay::agentRequestFrom(Quay::toText(request)) == request);
    QVERIFY(!Quay::agentRequestFrom(Quay::toText(Quay::AgentRequest{}))->environment.has_value());
}

void tst_AgentMessage::whatIsNoUtf8IsLeftOutOfTheEnvironment()
{
    const Quay::AgentRequest request{.environment = Quay::VariableMap{{"BAD", "\xff"}, {"GOOD", "x"}}};

    const auto back = Quay::agentRequestFrom(Quay::toText(request));

    QVERIFY(back.has_value());
    QVERIFY(back->environment == (Quay::VariableMap{{"GOOD", "x"}}));
}

void tst_AgentMessage::statusesComeBack()
{
    const Quay::AgentMessage news = Quay::AgentNews{.server = fullStatus()};

    QVERIFY(Quay::agentMessageFrom(Quay::toText(news)) == news);
    const Quay::AgentMessage plain = Quay::AgentNews{.server = {.name = "x"}};
    QVERIFY(Quay::agentMessageFrom(Quay::toText(plain)) == plain);
}

void tst_AgentMessage::repliesComeBack()
{
    const Quay::AgentMessage reply =
        Quay::AgentReply{.id = 3,
                         .error = Quay::Error{.code = Quay::ErrorCode::Gone, .subject = "api", .sysErrno = 2},
                         .servers = {fullStatus(), {.name = "db"}}};

    QVERIFY(Quay::agentMessageFrom(Quay::toText(reply)) == reply);
}

void tst_AgentMessage::foreignTextIsMadeSafe()
{
    auto status = fullStatus();
    status.seen.detail = "red \x1b[31m\xff";

    const std::string text = Quay::toText(Quay::AgentMessage(Quay::AgentNews{.server = status}));

    QVERIFY(!text.contains('\x1b'));
    QVERIFY(!text.contains("\\u001b"));
}

/// A later version may say more, and has other words.
void tst_AgentMessage::unknownIsLeftOut()
{
    const auto message =
        Quay::agentMessageFrom(R"({"new":1,"server":{"name":"a","state":"ready","reason":{"cause":"moon"},)"
                               R"("ports":[{"port":70000},{"port":80}],"process":{"pid":"x"}}})");

    QVERIFY(message.has_value());
    const auto &server = std::get<Quay::AgentNews>(*message).server;
    QCOMPARE(server.reason.cause, Quay::StateCause::Nothing);
    QCOMPARE(server.ports.size(), std::size_t{1});
    QVERIFY(!server.process.has_value());
}

void tst_AgentMessage::garbageIsRefused_data()
{
    QTest::addColumn<std::string>("line");
    QTest::newRow("nothing") << std::string();
    QTest::newRow("no object") << std::string("[1]");
    QTest::newRow("torn") << std::string(R"({"verb":"sta)");
    QTest::newRow("unknown verb") << std::string(R"({"verb":"explode"})");
    QTest::newRow("verb of another type") << std::string(R"({"verb":{}})");
    QTest::newRow("server without a name") << std::string(R"({"server":{"state":"ready"}})");
    QTest::newRow("unknown state") << std::string(R"({"server":{"name":"a","state":"purple"}})");
}

void tst_AgentMessage::garbageIsRefused()
{
    QFETCH(const std::string, line);

    QVERIFY(!Quay::agentRequestFrom(line).has_value());
    QVERIFY(!Quay::agentMessageFrom(line).has_value());
}

void tst_AgentMessage::oneLineEach()
{
    const Quay::AgentRequest request{.names = {"a\nb"}, .environment = Quay::VariableMap{{"NL", "a\nb"}}};

    const std::string text = Quay::toText(request);

    QCOMPARE(text.find('\n'), text.size() - 1);
}

QTEST_APPLESS_MAIN(tst_AgentMessage)
#include "tst_agentmessage.moc"
