// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/ipaddress.h"
#include "core/ports/splitbrain.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTest>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace {

constexpr std::uint16_t Port = 3000;

/// A listener in the words of a test.
struct Row
{
    const char *address = "127.0.0.1";
    std::vector<pid_t> pids{}; ///< Empty: the owner is hidden.
    std::optional<bool> v6Only{};
    std::uint32_t uid = 1000;
    std::string service{}; ///< Name of its system service; empty: none is known.
    std::uint32_t interfaceIndex = 0;
    std::optional<std::uint64_t> inode{}; ///< Else one of its own.
    Quay::OwnerKnowledge knowledge = Quay::OwnerKnowledge::Complete;
    pid_t parentPid = 1;
    bool isHeldByManager = false; ///< Pid 1 has it too.
};

Quay::Owner ownerOf(pid_t pid, const Row &row)
{
    auto process = std::make_shared<Quay::ProcessInfo>();
    process->id = {.pid = pid, .startTicks = 7};
    process->parentPid = row.parentPid;
    process->name = "server";
    return {.process = std::move(process), .profile = std::make_shared<const Quay::OwnerProfile>(), .fd = 3};
}

Quay::ListenerPtr listenerFrom(const Row &row)
{
    static std::uint64_t lastInode = 1000;
    auto listener = std::make_shared<Quay::Listener>();
    listener->socket.localAddress = Quay::ipAddressFromText(row.address).value();
    listener->socket.localPort = Port;
    listener->socket.v6Only = row.v6Only;
    listener->socket.uid = row.uid;
    listener->socket.interfaceIndex = row.interfaceIndex;
    listener->socket.inode = row.inode.value_or(++lastInode);
    listener->knowledge = row.knowledge;
    if (!row.service.empty()) {
        listener->unit = Quay::unitFromCgroupPath("/system.slice/" + row.service);
    }
    for (const auto pid : row.pids) {
        listener->owners.push_back(ownerOf(pid, row));
    }
    if (row.isHeldByManager) {
        auto manager = ownerOf(1, row);
        auto profile = std::make_shared<Quay::OwnerProfile>();
        profile->unit = Quay::unitFromCgroupPath("/init.scope");
        manager.profile = std::move(profile);
        listener->owners.push_back(std::move(manager));
    }
    return listener;
}

std::vector<Quay::ListenerPtr> listenersFrom(const QList<Row> &rows)
{
    std::vector<Quay::ListenerPtr> listeners;
    std::ranges::transform(rows, std::back_inserter(listeners), listenerFrom);
    return listeners;
}

QString endpointOf(const Quay::ListenerPtr &listener)
{
    return listener ? QString::fromStdString(Quay::toString(listener->socket.localAddress)) : QStringLiteral("refused");
}

/// `key=value` of each fact.
QStringList factsOf(const Quay::Warning &warning)
{
    QStringList facts;
    for (const auto &fact : warning.facts) {
        facts << QString::fromStdString(std::string(fact.key.word()) + '=' + fact.value);
    }
    return facts;
}

Row hidden(const char *address, std::uint32_t uid, const char *service)
{
    return {.address = address, .uid = uid, .service = service, .knowledge = Quay::OwnerKnowledge::Hidden};
}

std::vector<Quay::IpFamily> bothFamilies()
{
    return {Quay::IpFamily::V6, Quay::IpFamily::V4};
}

std::vector<Quay::IpFamily> onlyV4()
{
    return {Quay::IpFamily::V4};
}

} // namespace

class tst_SplitBrain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void localhostReachesTheMostSpecific_data();
    void localhostReachesTheMostSpecific();
    void differentServersAreSplit_data();
    void differentServersAreSplit();
    void oneServerIsNotSplit_data();
    void oneServerIsNotSplit();
    void othersOfThePortAreLeftOut();
    void factsSayWhoAnswers();
    void localhostMayBeIpV4Alone();
    void factsOfHiddenOwnersNameUserAndUnit();
    void nobodyListens();
    void thousandsOfWorkersAreJudgedAtOnce();
};

void tst_SplitBrain::localhostReachesTheMostSpecific_data()
{
    QTest::addColumn<QList<Row>>("rows");
    QTest::addColumn<QString>("overV6");
    QTest::addColumn<QString>("overV4");
    const auto row = [](const char *name, const QList<Row> &rows, const char *overV6, const char *overV4) {
        QTest::addRow("%s", name) << rows << QString::fromLatin1(overV6) << QString::fromLatin1(overV4);
    };
    row("IPv4 loopback", {{.address = "127.0.0.1"}}, "refused", "127.0.0.1");
    row("IPv6 loopback", {{.address = "::1"}}, "::1", "refused");
    row("both loopbacks", {{.address = "127.0.0.1"}, {.address = "::1"}}, "::1", "127.0.0.1");
    row("IPv4 wildcard", {{.address = "0.0.0.0"}}, "refused", "0.0.0.0");
    row("dual stack", {{.address = "::", .v6Only = false}}, "::", "::");
    row("dual stack is the default", {{.address = "::"}}, "::", "::");
    row("IPv6 only", {{.address = "::", .v6Only = true}}, "::", "refused");
    row("loopback before wildcard", {{.address = "0.0.0.0"}, {.address = "127.0.0.1"}}, "refused", "127.0.0.1");
    row("dual stack and IPv4 loopback", {{.address = "::"}, {.address = "127.0.0.1"}}, "::", "127.0.0.1");
    row("dual stack and IPv4 wildcard", {{.address = "::"}, {.address = "0.0.0.0"}}, "::", "0.0.0.0");
    row("IPv6 loopback and dual stack", {{.address = "::"}, {.address = "::1"}}, "::1", "::");
    row("mapped loopback", {{.address = "::"}, {.address = "::ffff:127.0.0.1"}}, "::", "::ffff:127.0.0.1");
    row("other loopback address", {{.address = "127.0.0.2"}}, "refused", "refused");
    row("address of a network", {{.address = "192.168.1.5"}, {.address = "fe80::1"}}, "refused", "refused");
    row("bound to another interface", {{.address = "0.0.0.0", .interfaceIndex = 2}}, "refused", "refused");
    row("bound to the loopback interface", {{.address = "0.0.0.0", .interfaceIndex = 1}}, "refused", "0.0.0.0");
}

void tst_SplitBrain::localhostReachesTheMostSpecific()
{
    QFETCH(const QList<Row>, rows);
    QFETCH(const QString, overV6);
    QFETCH(const QString, overV4);

    const auto view = Quay::localhostView(listenersFrom(rows));

    QCOMPARE(endpointOf(view.overV6), overV6);
    QCOMPARE(endpointOf(view.overV4), overV4);
    QCOMPARE(view.reached(bothFamilies()), view.overV6 ? view.overV6 : view.overV4);
    QCOMPARE(view.reached(onlyV4()), view.overV4);
}

void tst_SplitBrain::differentServersAreSplit_data()
{
    QTest::addColumn<QList<Row>>("rows");
    QTest::addColumn<QString>("localhost");
    const auto row = [](const char *name, const QList<Row> &rows, const char *localhost) {
        QTest::addRow("%s", name) << rows << QString::fromLatin1(localhost);
    };
    row("both loopbacks", {{.address = "127.0.0.1", .pids = {10}}, {.address = "::1", .pids = {20}}}, "[::1]:3000");
    row("IPv4 wildcard and IPv6 loopback", {{.address = "0.0.0.0", .pids = {10}}, {.address = "::1", .pids = {20}}},
        "[::1]:3000");
    row("dual stack and IPv4 loopback", {{.address = "::", .pids = {10}}, {.address = "127.0.0.1", .pids = {20}}},
        "[::]:3000");
    row("IPv6 only and IPv4 wildcard",
        {{.address = "::", .pids = {10}, .v6Only = true}, {.address = "0.0.0.0", .pids = {20}}}, "[::]:3000");
    row("one hidden behind the other", {{.address = "0.0.0.0", .pids = {10}}, {.address = "127.0.0.1", .pids = {20}}},
        "127.0.0.1:3000");
    row("three, two of one server",
        {{.address = "127.0.0.1", .pids = {10}},
         {.address = "::1", .pids = {10}},
         {.address = "0.0.0.0", .pids = {20}}},
        "[::1]:3000");
    row("hidden, other user", {hidden("127.0.0.1", 0, "a.service"), hidden("::1", 33, "a.service")}, "[::1]:3000");
    row("hidden, other unit", {hidden("127.0.0.1", 0, "a.service"), hidden("::1", 0, "b.service")}, "[::1]:3000");
    row("hidden and ours", {hidden("0.0.0.0", 0, "a.service"), {.address = "::1", .pids = {20}}}, "[::1]:3000");
    row("two servers and a hidden one of their unit",
        {{.address = "127.0.0.1", .pids = {10}, .service = "a.service"},
         {.address = "::1", .pids = {20}, .service = "a.service", .parentPid = 6},
         hidden("0.0.0.0", 1000, "a.service")},
        "[::1]:3000");
    row("two servers of one service",
        {{.address = "127.0.0.1", .pids = {10}, .service = "terminal.service", .parentPid = 5},
         {.address = "::1", .pids = {20}, .service = "terminal.service", .parentPid = 6}},
        "[::1]:3000");
    row("socket of systemd and an orphan",
        {{.address = "0.0.0.0", .pids = {1}, .uid = 0, .parentPid = 0}, {.address = "::1", .pids = {20}}},
        "[::1]:3000");
    row("two services started by one systemd",
        {{.address = "127.0.0.1", .pids = {10}, .service = "a.service", .isHeldByManager = true},
         {.address = "::1", .pids = {20}, .service = "b.service", .isHeldByManager = true}},
        "[::1]:3000");
    row("sockets of two services to be started",
        {{.address = "127.0.0.1", .service = "a.socket", .isHeldByManager = true},
         {.address = "::1", .service = "b.socket", .isHeldByManager = true}},
        "[::1]:3000");
    row("siblings outside of a service",
        {{.address = "127.0.0.1", .pids = {10}, .parentPid = 5}, {.address = "::1", .pids = {20}, .parentPid = 5}},
        "[::1]:3000");
}

void tst_SplitBrain::differentServersAreSplit()
{
    QFETCH(const QList<Row>, rows);
    QFETCH(const QString, localhost);

    const auto warnings = Quay::splitBrainWarnings(listenersFrom(rows), bothFamilies);

    QCOMPARE(warnings.size(), static_cast<std::size_t>(rows.size()));
    for (const auto &warning : warnings) {
        QVERIFY(warning.has_value());
        QCOMPARE(warning->kind, Quay::WarningKind::SplitBrain);
        QCOMPARE(factsOf(*warning).front(), QString(QStringLiteral("localhost=") + localhost));
    }
}

void tst_SplitBrain::oneServerIsNotSplit_data()
{
    QTest::addColumn<QList<Row>>("rows");
    const auto row = [](const char *name, const QList<Row> &rows) { QTest::addRow("%s", name) << rows; };
    row("alone", {{.address = "127.0.0.1", .pids = {10}}});
    row("same owner on both", {{.address = "127.0.0.1", .pids = {10}}, {.address = "::1", .pids = {10}}});
    row("an owner in common", {{.address = "127.0.0.1", .pids = {10, 11}}, {.address = "::1", .pids = {12, 11}}});
    row("in common by way of a third",
        {{.address = "127.0.0.1", .pids = {10}},
         {.address = "::1", .pids = {20}},
         {.address = "0.0.0.0", .pids = {10, 20}}});
    row("SO_REUSEPORT workers",
        {{.address = "0.0.0.0", .pids = {10}},
         {.address = "0.0.0.0", .pids = {20}},
         {.address = "0.0.0.0", .pids = {30}}});
    row("SO_REUSEPORT workers of both families",
        {{.address = "0.0.0.0", .pids = {10}},
         {.address = "::", .pids = {10}, .v6Only = true},
         {.address = "0.0.0.0", .pids = {20}},
         {.address = "::", .pids = {20}, .v6Only = true}});
    row("mapped and plain", {{.address = "127.0.0.1", .pids = {10}}, {.address = "::ffff:127.0.0.1", .pids = {20}}});
    row("parent and child",
        {{.address = "127.0.0.1", .pids = {10}}, {.address = "::1", .pids = {20}, .parentPid = 10}});
    row("one socket", {{.address = "::", .pids = {10}, .inode = 7}, {.address = "0.0.0.0", .pids = {20}, .inode = 7}});
    row("docker-proxy of each family",
        {{.address = "0.0.0.0", .pids = {10}, .uid = 0, .service = "docker.service", .parentPid = 5},
         {.address = "::", .pids = {20}, .uid = 0, .service = "docker.service", .parentPid = 5}});
    row("sockets of one service to be started",
        {{.address = "0.0.0.0", .service = "ssh.socket", .isHeldByManager = true},
         {.address = "::", .v6Only = true, .service = "ssh.socket", .isHeldByManager = true}});
    row("hidden, same unit", {hidden("0.0.0.0", 0, "ssh.service"), hidden("::", 0, "ssh.service")});
    row("hidden, of the unit of a known one",
        {hidden("0.0.0.0", 1000, "a.service"), {.address = "::1", .pids = {20}, .service = "a.service"}});
    row("hidden, nothing known", {hidden("0.0.0.0", 0, ""), hidden("::", 0, "")});
    row("not looked up yet",
        {{.address = "127.0.0.1", .pids = {10}}, {.address = "::1", .knowledge = Quay::OwnerKnowledge::Pending}});
    row("other addresses", {{.address = "127.0.0.1", .pids = {10}}, {.address = "192.168.1.5", .pids = {20}}});
    row("other loopback address", {{.address = "127.0.0.1", .pids = {10}}, {.address = "127.0.0.53", .pids = {20}}});
    row("other interface",
        {{.address = "127.0.0.1", .pids = {10}}, {.address = "0.0.0.0", .pids = {20}, .interfaceIndex = 2}});
}

void tst_SplitBrain::oneServerIsNotSplit()
{
    QFETCH(const QList<Row>, rows);

    const auto warnings = Quay::splitBrainWarnings(listenersFrom(rows), bothFamilies);

    QCOMPARE(warnings.size(), static_cast<std::size_t>(rows.size()));
    QVERIFY(std::ranges::none_of(warnings, [](const auto &warning) { return warning.has_value(); }));
}

void tst_SplitBrain::othersOfThePortAreLeftOut()
{
    const auto listeners = listenersFrom({{.address = "192.168.1.5", .pids = {5}},
                                          {.address = "127.0.0.1", .pids = {10}},
                                          {.address = "127.0.0.53", .pids = {6}},
                                          {.address = "::1", .pids = {20}}});

    const auto warnings = Quay::splitBrainWarnings(listeners, bothFamilies);

    QVERIFY(!warnings[0]);
    QVERIFY(warnings[1]);
    QVERIFY(!warnings[2]);
    QVERIFY(warnings[3]);
}

void tst_SplitBrain::factsSayWhoAnswers()
{
    const auto listeners =
        listenersFrom({{.address = "0.0.0.0", .pids = {10, 11}}, {.address = "127.0.0.1", .pids = {20}}});

    const auto warnings = Quay::splitBrainWarnings(listeners, bothFamilies);

    QVERIFY(warnings[0].has_value());
    QCOMPARE(
        factsOf(*warnings[0]),
        (QStringList{QStringLiteral("localhost=127.0.0.1:3000"), QStringLiteral("over IPv6=refused"),
                     QStringLiteral("over IPv4=127.0.0.1:3000"), QStringLiteral("endpoint=0.0.0.0:3000"),
                     QStringLiteral("pid=10"), QStringLiteral("endpoint=127.0.0.1:3000"), QStringLiteral("pid=20")}));
    QVERIFY(warnings[0] == warnings[1]);
}

/// Where /etc/hosts says so, as in many containers.
void tst_SplitBrain::localhostMayBeIpV4Alone()
{
    const auto listeners = listenersFrom({{.address = "127.0.0.1", .pids = {10}}, {.address = "::1", .pids = {20}}});

    const auto warnings = Quay::splitBrainWarnings(listeners, onlyV4);

    QVERIFY(warnings[0].has_value());
    QCOMPARE(factsOf(*warnings[0]).first(3),
             (QStringList{QStringLiteral("localhost=127.0.0.1:3000"), QStringLiteral("over IPv6=[::1]:3000"),
                          QStringLiteral("over IPv4=127.0.0.1:3000")}));
}

void tst_SplitBrain::factsOfHiddenOwnersNameUserAndUnit()
{
    const auto listeners = listenersFrom({hidden("127.0.0.1", 33, "web.service"), {.address = "::1", .pids = {20}}});

    const auto warnings = Quay::splitBrainWarnings(listeners, bothFamilies);

    QVERIFY(warnings[1].has_value());
    QCOMPARE(factsOf(*warnings[1]).sliced(3),
             (QStringList{QStringLiteral("endpoint=127.0.0.1:3000"), QStringLiteral("uid=33"),
                          QStringLiteral("unit=web.service"), QStringLiteral("endpoint=[::1]:3000"),
                          QStringLiteral("pid=20")}));
}

void tst_SplitBrain::nobodyListens()
{
    QVERIFY(Quay::splitBrainWarnings({}).empty());
    QVERIFY(Quay::localhostView({}).reached(bothFamilies()) == nullptr);
}

void tst_SplitBrain::thousandsOfWorkersAreJudgedAtOnce()
{
    QList<Row> rows;
    for (pid_t pid = 1000; pid < 21'000; ++pid) {
        rows.append({.address = "127.0.0.1", .pids = {pid}});
        rows.append({.address = "::1", .pids = {pid + 100'000}});
    }
    const auto listeners = listenersFrom(rows);
    QElapsedTimer timer;
    timer.start();

    const auto warnings = Quay::splitBrainWarnings(listeners, bothFamilies);

    QVERIFY(std::ranges::all_of(warnings, [](const auto &warning) { return warning.has_value(); }));
    QCOMPARE(factsOf(*warnings.front()).last(), QStringLiteral("more=39984"));
    QVERIFY2(timer.elapsed() < 10'000, "comparing each with each would take minutes");
}

QTEST_GUILESS_MAIN(tst_SplitBrain)
#include "tst_splitbrain.moc"
