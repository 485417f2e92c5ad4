// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/containers.h"
#include "core/managers/socketclient.h"
#include "tests/support/fakecontainerapi.h"
#include "tests/support/snapshots.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <sys/stat.h>

using Quay::Containers;
using Quay::ErrorCode;
using Quay::Reviver;
using Quay::ReviverKind;
using Quay::Test::FakeAnswer;
using Quay::Test::FakeContainerApi;

namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;
using Answers = std::map<std::string, FakeAnswer>;

const Quay::GoesOn Always = [] { return true; };

const std::string List = R"([{"Id": "4710", "Ports": [{"PublicPort": 80, "Type": "tcp"}]},
                             {"Id": "4711", "Ports": [{"PublicPort": 8080, "Type": "tcp"}]}])";
const std::string Web = R"({"Id": "4711", "Name": "/web", "Config": {"Image": "nginx"}, "State": {"Status": "running"},
                            "HostConfig": {"RestartPolicy": {"Name": "always"}}})";

Reviver byId(const std::string &id)
{
    Reviver reviver{.kind = ReviverKind::Container};
    reviver.unit.kind = Quay::UnitKind::Container;
    reviver.unit.containerId = id;
    return reviver;
}

Reviver byPort(std::uint16_t port, Quay::Protocol protocol = Quay::Protocol::Tcp)
{
    Quay::Listener listener;
    listener.socket.protocol = protocol;
    listener.socket.localPort = port;
    Reviver reviver{.kind = ReviverKind::Container};
    reviver.published = {std::make_shared<const Quay::Listener>(listener)};
    return reviver;
}

} // namespace

class tst_Containers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void isFoundById();
    void isFoundByAPublishedPort();
    void portOfAnotherProtocolIsAnother();
    void portAtAnotherAddressIsAnother_data();
    void portAtAnotherAddressIsAnother();
    void isStoppedWithTheGrace_data();
    void isStoppedWithTheGrace();
    void isStartedAgain();
    void nextApiIsAskedAsWell();
    void unknownContainerIsGone();
    void missingSocketIsUnsupported();
    void forbiddenSocketIsDenied();
    void idThatLeavesThePathIsNotAskedFor();
    void hostileAnswerIsAnError_data();
    void hostileAnswerIsAnError();
    void refusalSaysWhy();
    void silenceCanBeGivenUp();
    void silenceIsNotWaitedForForever();
    void environmentNamesTheSocket();

private:
    [[nodiscard]] std::string socket(const char *name = "docker.sock") const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void tst_Containers::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

std::string tst_Containers::socket(const char *name) const
{
    return m_directory->filePath(QString::fromLatin1(name)).toStdString();
}

void tst_Containers::isFoundById()
{
    const FakeContainerApi api(socket(), {{"GET /containers/4711/json", {.body = Web}}});

    const auto found = Containers({api.path()}).find(byId("4711"), Always);

    QVERIFY2(found, found ? "" : found.error().subject.c_str());
    QCOMPARE(found->kind, ReviverKind::Container);
    QCOMPARE(found->name, std::string("web"));
    QCOMPARE(found->parts, Lines{"4711"});
    QCOMPARE(found->endpoint, api.path());
    QCOMPARE(found->image, std::string("nginx"));
    QCOMPARE(found->restart, std::string("always"));
    QCOMPARE(api.questions(), Lines{"GET /containers/4711/json"});
}

void tst_Containers::isFoundByAPublishedPort()
{
    const FakeContainerApi api(
        socket(), {{"GET /containers/json", {.body = List}}, {"GET /containers/4711/json", {.body = Web}}});

    const auto found = Containers({api.path()}).find(byPort(8080), Always);

    QVERIFY2(found, found ? "" : found.error().subject.c_str());
    QCOMPARE(found->parts, Lines{"4711"});
}

void tst_Containers::portOfAnotherProtocolIsAnother()
{
    const FakeContainerApi api(socket(), {{"GET /containers/json", {.body = List}}});

    const auto found = Containers({api.path()}).find(byPort(8080, Quay::Protocol::Udp), Always);

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Gone);
    QCOMPARE(found.error().subject, std::string("port 8080"));
}

void tst_Containers::portAtAnotherAddressIsAnother_data()
{
    QTest::addColumn<std::string>("address");
    QTest::addColumn<std::string>("id");
    QTest::addRow("first") << std::string("127.0.0.1") << std::string("4711");
    QTest::addRow("second") << std::string("192.0.2.7") << std::string("4712");
    QTest::addRow("mapped") << std::string("::ffff:192.0.2.7") << std::string("4712");
    QTest::addRow("all") << std::string("::") << std::string("4713");
    QTest::addRow("nobody's") << std::string("127.0.0.2") << std::string();
}

/// One port, published by three containers at different addresses.
void tst_Containers::portAtAnotherAddressIsAnother()
{
    QFETCH(const std::string, address);
    QFETCH(const std::string, id);
    const std::string list = R"([
        {"Id": "4711", "Ports": [{"IP": "127.0.0.1", "PublicPort": 8080, "Type": "tcp"}]},
        {"Id": "4712", "Ports": [{"IP": "192.0.2.7", "PublicPort": 8080, "Type": "tcp"}]},
        {"Id": "4713", "Ports": [{"IP": "0.0.0.0", "PublicPort": 8080, "Type": "tcp"}]}])";
    const FakeContainerApi api(socket(), {{"GET /containers/json", {.body = list}}});
    Reviver reviver = byPort(8080);
    Quay::Listener listener = *reviver.published.front();
    listener.socket.localAddress = Quay::ipAddressFromText(address).value();
    reviver.published = {std::make_shared<const Quay::Listener>(listener)};

    std::ignore = Containers({api.path()}).find(reviver, Always);

    const auto asked =
        id.empty() ? Lines{"GET /containers/json"} : Lines{"GET /containers/json", "GET /containers/" + id + "/json"};
    QCOMPARE(api.questions(), asked);
}

void tst_Containers::isStoppedWithTheGrace_data()
{
    QTest::addColumn<int>("graceMs");
    QTest::addColumn<std::string>("question");
    QTest::addColumn<int>("status");

    QTest::addRow("grace") << 5000 << std::string("POST /containers/4711/stop?t=5") << 204;
    QTest::addRow("part of a second") << 200 << std::string("POST /containers/4711/stop?t=1") << 204;
    QTest::addRow("at once") << 0 << std::string("POST /containers/4711/stop?t=0") << 204;
    QTest::addRow("stopped already") << 5000 << std::string("POST /containers/4711/stop?t=5") << 304;
}

void tst_Containers::isStoppedWithTheGrace()
{
    QFETCH(const int, graceMs);
    QFETCH(const std::string, question);
    QFETCH(const int, status);
    const FakeContainerApi api(socket(), {{question, {.status = status}}});

    const auto stopped =
        Containers({}).stop({.kind = ReviverKind::Container, .parts = {"4711"}, .endpoint = api.path()},
                            std::chrono::milliseconds(graceMs), Always);

    QVERIFY2(stopped, stopped ? "" : stopped.error().subject.c_str());
    QCOMPARE(api.questions(), Lines{question});
}

void tst_Containers::isStartedAgain()
{
    const FakeContainerApi api(socket(), {{"POST /containers/4711/start", {.status = 204}}});

    const auto started =
        Containers({}).start({.kind = ReviverKind::Container, .parts = {"4711"}, .endpoint = api.path()}, Always);

    QVERIFY(started);
    QCOMPARE(api.questions(), Lines{"POST /containers/4711/start"});
}

void tst_Containers::nextApiIsAskedAsWell()
{
    const FakeContainerApi stranger(socket("docker.sock"), {});
    const FakeContainerApi api(socket("podman.sock"), {{"GET /containers/4711/json", {.body = Web}}});

    const auto found = Containers({socket("missing.sock"), stranger.path(), api.path()}).find(byId("4711"), Always);

    QVERIFY(found);
    QCOMPARE(found->endpoint, api.path());
    QCOMPARE(stranger.questions().size(), std::size_t{1});
}

void tst_Containers::unknownContainerIsGone()
{
    const FakeContainerApi api(socket(), {});

    const auto found = Containers({api.path(), socket("missing.sock")}).find(byId("4711"), Always);

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Gone);
    QCOMPARE(found.error().subject, std::string("4711"));
}

void tst_Containers::missingSocketIsUnsupported()
{
    const auto found = Containers({socket()}).find(byId("4711"), Always);

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Unsupported);
}

void tst_Containers::forbiddenSocketIsDenied()
{
    const FakeContainerApi api(socket(), {{"GET /containers/4711/json", {.body = Web}}});
    QCOMPARE(::chmod(api.path().c_str(), 0), 0);
    const Quay::Test::Unprivileged noRoot;

    const auto found = Containers({api.path(), socket("missing.sock")}).find(byId("4711"), Always);

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Denied);
    QCOMPARE(found.error().subject, api.path());
}

void tst_Containers::idThatLeavesThePathIsNotAskedFor()
{
    const FakeContainerApi api(socket(), {});

    const auto found = Containers({api.path()}).find(byId("../images"), Always);

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Invalid);
    QVERIFY(api.questions().empty());
}

void tst_Containers::hostileAnswerIsAnError_data()
{
    QTest::addColumn<FakeAnswer>("answer");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<int>("sysErrno");

    QTest::addRow("no HTTP") << FakeAnswer{.raw = "SSH-2.0-OpenSSH_9.9\r\n"} << ErrorCode::Malformed << 0;
    QTest::addRow("no JSON") << FakeAnswer{.body = "<html>"} << ErrorCode::Malformed << 0;
    QTest::addRow("wrong types") << FakeAnswer{.body = R"({"Id": 4711, "Name": []})"} << ErrorCode::Malformed << 0;
    QTest::addRow("nothing") << FakeAnswer{.raw = "\r\n"} << ErrorCode::Malformed << 0;
    QTest::addRow("cut off") << FakeAnswer{.raw = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"}
                             << ErrorCode::Malformed << 0;
    QTest::addRow("huge") << FakeAnswer{.body = std::string(Quay::MostReplyBytes + 1, ' ')} << ErrorCode::Io << EFBIG;
}

void tst_Containers::hostileAnswerIsAnError()
{
    QFETCH(const FakeAnswer, answer);
    QFETCH(const ErrorCode, code);
    QFETCH(const int, sysErrno);
    const FakeContainerApi api(socket(), {{"GET /containers/4711/json", answer}});

    const auto found = Containers({api.path()}).find(byId("4711"), Always);

    QVERIFY(!found);
    QCOMPARE(found.error().code, code);
    QCOMPARE(found.error().sysErrno, sysErrno);
    QVERIFY2(found.error().subject.starts_with(api.path()), found.error().subject.c_str());
}

void tst_Containers::refusalSaysWhy()
{
    const FakeContainerApi api(
        socket(), {{"POST /containers/4711/stop?t=5", {.status = 500, .body = R"({"message": "it is a pod's"})"}}});

    const auto stopped =
        Containers({}).stop({.kind = ReviverKind::Container, .parts = {"4711"}, .endpoint = api.path()}, 5s, Always);

    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Io);
    QCOMPARE(stopped.error().subject, api.path() + ": it is a pod's");
}

void tst_Containers::silenceCanBeGivenUp()
{
    const FakeContainerApi api(socket(), {{"POST /containers/4711/stop?t=5", {.isSilent = true}}});

    const auto stopped =
        Containers({}).stop({.kind = ReviverKind::Container, .parts = {"4711"}, .endpoint = api.path()}, 5s,
                            [&api] { return api.questions().empty(); });

    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Io);
    QCOMPARE(stopped.error().sysErrno, ECANCELED);
}

void tst_Containers::silenceIsNotWaitedForForever()
{
    const FakeContainerApi api(socket(), {{"GET /containers/json", {.isSilent = true}}});

    const auto reply = Quay::askSocket(api.path(), {.path = "/containers/json", .limit = 50ms}, Always);

    QVERIFY(!reply);
    QCOMPARE(reply.error().code, ErrorCode::Io);
    QCOMPARE(reply.error().sysErrno, ETIMEDOUT);
}

void tst_Containers::environmentNamesTheSocket()
{
    qputenv("DOCKER_HOST", "unix:///tmp/other.sock");
    QCOMPARE(Quay::containerSockets(), Lines{"/tmp/other.sock"});

    qunsetenv("DOCKER_HOST");
    qputenv("XDG_RUNTIME_DIR", "/run/user/1");
    QCOMPARE(Quay::containerSockets(),
             (Lines{"/run/user/1/docker.sock", "/run/user/1/podman/podman.sock", "/var/run/docker.sock",
                    "/run/podman/podman.sock"}));
}

QTEST_GUILESS_MAIN(tst_Containers)
#include "tst_containers.moc"
