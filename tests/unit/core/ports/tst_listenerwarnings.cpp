// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/ipaddress.h"
#include "core/ports/listenerwarnings.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTest>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

using namespace std::chrono_literals;

namespace {

using Waited = std::optional<std::chrono::nanoseconds>;

Quay::Owner ownerOf(pid_t pid, Quay::OwnerProfile profile = {}, char state = 'S')
{
    auto process = std::make_shared<Quay::ProcessInfo>();
    process->id = {.pid = pid, .startTicks = 7};
    process->state = state;
    return {.process = std::move(process),
            .profile = std::make_shared<const Quay::OwnerProfile>(std::move(profile)),
            .fd = 3};
}

Quay::Listener listenerOn(const char *address, std::vector<Quay::Owner> owners = {ownerOf(10)})
{
    Quay::Listener listener;
    listener.socket.localAddress = Quay::ipAddressFromText(address).value();
    listener.socket.localPort = 3000;
    listener.socket.sendQueue = 128;
    listener.owners = std::move(owners);
    listener.knowledge = Quay::OwnerKnowledge::Complete;
    return listener;
}

Quay::OwnerProfile profileOf(bool isDevelopment)
{
    Quay::OwnerProfile profile;
    profile.kind = Quay::ServerKind{.id = "x", .name = "Vite", .speaksHttp = true, .isDevelopment = isDevelopment};
    return profile;
}

QStringList factsOf(const Quay::Warning &warning)
{
    QStringList facts;
    for (const auto &fact : warning.facts) {
        facts << QString::fromStdString(std::string(fact.key.word()) + '=' + fact.value);
    }
    return facts;
}

QStringList texts(std::initializer_list<const char *> latin1)
{
    QStringList texts;
    for (const char *const text : latin1) {
        texts << QString::fromLatin1(text);
    }
    return texts;
}

} // namespace

class tst_ListenerWarnings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void healthyListenerHasNone();
    void hiddenOwnersGiveNone();
    void nobodyAcceptsNeedsTime_data();
    void nobodyAcceptsNeedsTime();
    void nobodyAcceptsHasItsFacts();
    void bytesOfUdpAreNoConnections();
    void stoppedOwnersCannotAnswer_data();
    void stoppedOwnersCannotAnswer();
    void stoppedOwnersAreNamed();
    void deletedExecutableIsNamed();
    void deletedDirectoryIsNamed();
    void developmentServerOnNetwork_data();
    void developmentServerOnNetwork();
    void developmentServerHasItsFacts();
    void severalWarningsComeTogether();
};

void tst_ListenerWarnings::healthyListenerHasNone()
{
    Quay::OwnerProfile profile = profileOf(false);
    profile.executable = Quay::ProcLink{.path = "/usr/bin/node", .isDeleted = false};
    profile.workingDirectory = Quay::ProcLink{.path = "/srv", .isDeleted = false};

    QVERIFY(Quay::listenerWarnings(listenerOn("0.0.0.0", {ownerOf(10, profile)}), 1h).empty());
}

void tst_ListenerWarnings::hiddenOwnersGiveNone()
{
    auto listener = listenerOn("0.0.0.0", {});
    listener.knowledge = Quay::OwnerKnowledge::Hidden;

    QVERIFY(Quay::listenerWarnings(listener).empty());
}

void tst_ListenerWarnings::nobodyAcceptsNeedsTime_data()
{
    QTest::addColumn<unsigned>("waiting");
    QTest::addColumn<unsigned>("limit");
    QTest::addColumn<Waited>("waitingFor");
    QTest::addColumn<bool>("isWarned");
    const auto row = [](const char *name, unsigned waiting, unsigned limit, Waited waitingFor, bool isWarned) {
        QTest::addRow("%s", name) << waiting << limit << waitingFor << isWarned;
    };
    row("nobody waits", 0, 128, Waited(1h), false);
    row("caught in passing", 1, 128, Waited(), false);
    row("since the look before", 1, 128, Waited(1s), false);
    row("just not", 1, 128, Waited(Quay::NobodyAcceptsAfter - 1ns), false);
    row("long enough", 1, 128, Waited(Quay::NobodyAcceptsAfter), true);
    row("as many as may wait", 128, 128, Waited(), false);
    row("full at this instant", 129, 128, Waited(0s), false);
    row("full for long", 129, 128, Waited(1h), true);
    row("backlog of zero, one waits", 1, 0, Waited(), false);
}

void tst_ListenerWarnings::nobodyAcceptsNeedsTime()
{
    QFETCH(const unsigned, waiting);
    QFETCH(const unsigned, limit);
    QFETCH(const Waited, waitingFor);
    QFETCH(const bool, isWarned);
    auto listener = listenerOn("127.0.0.1");
    listener.socket.receiveQueue = waiting;
    listener.socket.sendQueue = limit;

    const auto warnings = Quay::listenerWarnings(listener, waitingFor);

    QCOMPARE(!warnings.empty(), isWarned);
}

void tst_ListenerWarnings::nobodyAcceptsHasItsFacts()
{
    auto listener = listenerOn("127.0.0.1");
    listener.socket.receiveQueue = 3;

    const auto warnings = Quay::listenerWarnings(listener, 2500ms);

    QCOMPARE(warnings.size(), 1U);
    QCOMPARE(warnings.front().kind, Quay::WarningKind::NobodyAccepts);
    QCOMPARE(factsOf(warnings.front()), texts({"waiting=3", "limit=128", "waitingForMs=2500"}));
}

void tst_ListenerWarnings::bytesOfUdpAreNoConnections()
{
    auto listener = listenerOn("127.0.0.1");
    listener.socket.protocol = Quay::Protocol::Udp;
    listener.socket.receiveQueue = 4096;

    QVERIFY(Quay::listenerWarnings(listener, 1h).empty());
}

void tst_ListenerWarnings::stoppedOwnersCannotAnswer_data()
{
    QTest::addColumn<QString>("states");
    QTest::addColumn<bool>("isWarned");
    QTest::addRow("stopped") << QStringLiteral("T") << true;
    QTest::addRow("traced") << QStringLiteral("t") << true;
    QTest::addRow("all of them") << QStringLiteral("TtT") << true;
    QTest::addRow("one of them") << QStringLiteral("ST") << false;
    QTest::addRow("sleeping") << QStringLiteral("S") << false;
    QTest::addRow("waiting for a disk") << QStringLiteral("D") << false;
}

void tst_ListenerWarnings::stoppedOwnersCannotAnswer()
{
    QFETCH(const QString, states);
    QFETCH(const bool, isWarned);
    std::vector<Quay::Owner> owners;
    for (const char state : states.toStdString()) {
        owners.push_back(ownerOf(10 + static_cast<pid_t>(owners.size()), {}, state));
    }

    const auto warnings = Quay::listenerWarnings(listenerOn("127.0.0.1", owners));

    QCOMPARE(!warnings.empty(), isWarned);
}

void tst_ListenerWarnings::stoppedOwnersAreNamed()
{
    const auto warnings = Quay::listenerWarnings(listenerOn("127.0.0.1", {ownerOf(10, {}, 'T'), ownerOf(11, {}, 't')}));

    QCOMPARE(warnings.size(), 1U);
    QCOMPARE(warnings.front().kind, Quay::WarningKind::OwnerStopped);
    QCOMPARE(factsOf(warnings.front()), texts({"pid=10", "state=T", "pid=11", "state=t"}));
}

void tst_ListenerWarnings::deletedExecutableIsNamed()
{
    Quay::OwnerProfile old;
    old.executable = Quay::ProcLink{.path = "/usr/bin/node", .isDeleted = true};

    const auto warnings = Quay::listenerWarnings(listenerOn("127.0.0.1", {ownerOf(10), ownerOf(11, old)}));

    QCOMPARE(warnings.size(), 1U);
    QCOMPARE(warnings.front().kind, Quay::WarningKind::ExecutableDeleted);
    QCOMPARE(factsOf(warnings.front()), texts({"pid=11", "executable=/usr/bin/node"}));
}

void tst_ListenerWarnings::deletedDirectoryIsNamed()
{
    Quay::OwnerProfile lost;
    lost.workingDirectory = Quay::ProcLink{.path = "/tmp/x", .isDeleted = true};

    const auto warnings = Quay::listenerWarnings(listenerOn("127.0.0.1", {ownerOf(10, lost)}));

    QCOMPARE(warnings.size(), 1U);
    QCOMPARE(warnings.front().kind, Quay::WarningKind::DirectoryDeleted);
    QCOMPARE(factsOf(warnings.front()), texts({"pid=10", "directory=/tmp/x"}));
}

void tst_ListenerWarnings::developmentServerOnNetwork_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isDevelopment");
    QTest::addColumn<bool>("isUdp");
    QTest::addColumn<bool>("isWarned");
    const auto row = [](const char *name, const char *address, bool isDevelopment, bool isUdp, bool isWarned) {
        QTest::addRow("%s", name) << QString::fromLatin1(address) << isDevelopment << isUdp << isWarned;
    };
    row("IPv4 wildcard", "0.0.0.0", true, false, true);
    row("IPv6 wildcard", "::", true, false, true);
    row("address of a network", "192.168.1.5", true, false, true);
    row("loopback", "127.0.0.1", true, false, false);
    row("IPv6 loopback", "::1", true, false, false);
    row("not for development", "0.0.0.0", false, false, false);
    row("UDP", "0.0.0.0", true, true, false);
}

void tst_ListenerWarnings::developmentServerOnNetwork()
{
    QFETCH(const QString, address);
    QFETCH(const bool, isDevelopment);
    QFETCH(const bool, isUdp);
    QFETCH(const bool, isWarned);
    auto listener = listenerOn(address.toLatin1().constData(), {ownerOf(10, profileOf(isDevelopment))});
    listener.socket.protocol = isUdp ? Quay::Protocol::Udp : Quay::Protocol::Tcp;

    QCOMPARE(!Quay::listenerWarnings(listener).empty(), isWarned);
}

void tst_ListenerWarnings::developmentServerHasItsFacts()
{
    const auto warnings =
        Quay::listenerWarnings(listenerOn("0.0.0.0", {ownerOf(10, profileOf(false)), ownerOf(11, profileOf(true))}));

    QCOMPARE(warnings.size(), 1U);
    QCOMPARE(warnings.front().kind, Quay::WarningKind::DevelopmentServerOnNetwork);
    QCOMPARE(factsOf(warnings.front()), texts({"address=0.0.0.0:3000", "kind=Vite", "pid=11"}));
}

void tst_ListenerWarnings::severalWarningsComeTogether()
{
    auto profile = profileOf(true);
    profile.executable = Quay::ProcLink{.path = "/a", .isDeleted = true};
    profile.workingDirectory = Quay::ProcLink{.path = "/b", .isDeleted = true};
    auto listener = listenerOn("::", {ownerOf(10, profile, 'T')});
    listener.socket.receiveQueue = 1;

    QCOMPARE(Quay::listenerWarnings(listener, 10s).size(), 5U);
}

QTEST_GUILESS_MAIN(tst_ListenerWarnings)
#include "tst_listenerwarnings.moc"
