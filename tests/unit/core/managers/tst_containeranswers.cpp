// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/containeranswers.h"

#include <QObject>
#include <QTest>

#include <string>

using Quay::containerFromJson;
using Quay::containersFromJson;
using Quay::ErrorCode;
using Quay::Protocol;
using Quay::PublishedPort;

class tst_ContainerAnswers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listIsRead();
    void portsThatAreNotPublishedAreLeftOut();
    void badListIsMalformed_data();
    void badListIsMalformed();
    void containerIsRead();
    void badContainerIsMalformed_data();
    void badContainerIsMalformed();
    void idIsFitForAPath_data();
    void idIsFitForAPath();
    void complaintIsRead();
};

void tst_ContainerAnswers::listIsRead()
{
    const auto containers = containersFromJson(R"([
        {"Id": "4711", "Names": ["/web"], "Ports": [
            {"IP": "0.0.0.0", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"},
            {"IP": "::", "PrivatePort": 53, "PublicPort": 5353, "Type": "udp"}]},
        {"Id": "4712", "Ports": null}, {"Id": "4713"}])");

    QVERIFY(containers);
    QCOMPARE(containers->size(), std::size_t{3});
    QCOMPARE(containers->front().id, std::string("4711"));
    QVERIFY((containers->front().published
             == std::vector{PublishedPort{.protocol = Protocol::Tcp, .port = 8080},
                            PublishedPort{.protocol = Protocol::Udp, .port = 5353}}));
    QVERIFY(containers->at(1).published.empty());
}

void tst_ContainerAnswers::portsThatAreNotPublishedAreLeftOut()
{
    const auto containers = containersFromJson(
        R"([{"Id": "4711", "Ports": [{"PrivatePort": 80, "Type": "tcp"}, {"PublicPort": 0, "Type": "tcp"},
                                     {"PublicPort": 99, "Type": "sctp"}]}])");

    QVERIFY(containers);
    QVERIFY(containers->front().published.empty());
}

void tst_ContainerAnswers::badListIsMalformed_data()
{
    QTest::addColumn<std::string>("answer");
    const auto row = [](const char *name, const std::string &answer) { QTest::addRow("%s", name) << answer; };
    row("empty", "");
    row("no JSON", "<html>");
    row("truncated", R"([{"Id": "4711")");
    row("object", R"({"Id": "4711"})");
    row("item is no object", "[4711]");
    row("no id", "[{}]");
    row("id is a number", R"([{"Id": 4711}])");
    row("address of nobody", R"([{"Id": "4711", "Ports": [{"IP": "lo", "PublicPort": 80, "Type": "tcp"}]}])");
    row("id leaves the path", R"([{"Id": "../info"}])");
    row("ports is an object", R"([{"Id": "4711", "Ports": {}}])");
    row("port is a number", R"([{"Id": "4711", "Ports": [8080]}])");
    row("port is a text", R"([{"Id": "4711", "Ports": [{"PublicPort": "8080", "Type": "tcp"}]}])");
    row("port is negative", R"([{"Id": "4711", "Ports": [{"PublicPort": -1, "Type": "tcp"}]}])");
    row("port is too large", R"([{"Id": "4711", "Ports": [{"PublicPort": 65536, "Type": "tcp"}]}])");
    row("port is no integer", R"([{"Id": "4711", "Ports": [{"PublicPort": 80.5, "Type": "tcp"}]}])");
    row("too deep", std::string(5000, '['));
}

void tst_ContainerAnswers::badListIsMalformed()
{
    QFETCH(const std::string, answer);

    const auto containers = containersFromJson(answer);

    QVERIFY(!containers);
    QCOMPARE(containers.error().code, ErrorCode::Malformed);
    QVERIFY(!containers.error().subject.empty());
}

void tst_ContainerAnswers::containerIsRead()
{
    const auto container = containerFromJson(R"({"Id": "4711", "Name": "/web", "Config": {"Image": "nginx:1.27"},
        "State": {"Status": "running"}, "HostConfig": {"RestartPolicy": {"Name": "unless-stopped"}}})");

    QVERIFY(container);
    QCOMPARE(container->id, std::string("4711"));
    QCOMPARE(container->name, std::string("web"));
    QCOMPARE(container->image, std::string("nginx:1.27"));
    QCOMPARE(container->state, std::string("running"));
    QCOMPARE(container->restart, std::string("unless-stopped"));
}

void tst_ContainerAnswers::badContainerIsMalformed_data()
{
    QTest::addColumn<std::string>("answer");
    const auto row = [](const char *name, const std::string &answer) { QTest::addRow("%s", name) << answer; };
    row("empty", "");
    row("list", R"([{"Id": "4711", "Name": "/web"}])");
    row("no id", R"({"Name": "/web"})");
    row("id with a question mark", R"({"Id": "4711?force=1", "Name": "/web"})");
    row("no name", R"({"Id": "4711"})");
    row("name is a number", R"({"Id": "4711", "Name": 17})");
    row("only a slash", R"({"Id": "4711", "Name": "/"})");
}

void tst_ContainerAnswers::badContainerIsMalformed()
{
    QFETCH(const std::string, answer);

    const auto container = containerFromJson(answer);

    QVERIFY(!container);
    QCOMPARE(container.error().code, ErrorCode::Malformed);
    QVERIFY(!container.error().subject.empty());
}

void tst_ContainerAnswers::idIsFitForAPath_data()
{
    QTest::addColumn<std::string>("id");
    QTest::addColumn<bool>("isFit");
    const auto row = [](const char *name, const std::string &id, bool isFit) {
        QTest::addRow("%s", name) << id << isFit;
    };
    row("of Docker", std::string(64, 'a'), true);
    row("name", "my_web-1.2", true);
    row("empty", "", false);
    row("overlong", std::string(256, 'a'), false);
    row("parent", "..", false);
    row("slash", "a/b", false);
    row("line break", "a\r\nHost: b", false);
    row("not ASCII", "wéb", false);
}

void tst_ContainerAnswers::idIsFitForAPath()
{
    QFETCH(const std::string, id);
    QFETCH(const bool, isFit);

    QCOMPARE(Quay::isContainerId(id), isFit);
}

void tst_ContainerAnswers::complaintIsRead()
{
    QCOMPARE(Quay::complaintFromJson(R"({"message": "No such container: web"})"),
             std::string("No such container: web"));
    QCOMPARE(Quay::complaintFromJson("<html>"), std::string());
}

QTEST_GUILESS_MAIN(tst_ContainerAnswers)
#include "tst_containeranswers.moc"
