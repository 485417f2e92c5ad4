// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/format.h"
#include "app/shared/ownerfacts.h"
#include "app/shared/usernames.h"
#include "core/ports/listener.h"
#include "tests/support/fakeclock.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTest>

#include <chrono>
#include <cstdint>
#include <vector>

#include <unistd.h>

using Quay::Test::listenerFrom;
using Quay::Test::ListenerSpec;
using namespace std::chrono_literals;

namespace {

constexpr uid_t Root = 0;
constexpr uid_t User = 1000;
constexpr uid_t Web = 33;

/// By the FakeClock, which begins an hour after the machine did.
std::uint64_t ticksAt(std::chrono::minutes sinceBoot)
{
    return static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK)) * 60 * static_cast<std::uint64_t>(sinceBoot.count());
}

Quay::ProcessInfo processFrom(std::chrono::minutes startedAt)
{
    Quay::ProcessInfo process;
    process.id = {.pid = 4711, .startTicks = ticksAt(startedAt)};
    process.threadCount = 3;
    process.residentBytes = 38'000'000;
    process.cpuTime = 18s;
    return process;
}

} // namespace

class tst_OwnerFacts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reachIsSaidInWords_data();
    void reachIsSaidInWords();
    void connectionsAreCountedAsFarAsKnown_data();
    void connectionsAreCountedAsFarAsKnown();
    void queueIsUnknownToProcNet();
    void whoOpenedTheSocketIsNamed_data();
    void whoOpenedTheSocketIsNamed();
    void startIsATimeAndADuration();
    void projectIsNamedWithItsRoot();
    void usageIsOfTheWholeLife();
    void whatIsNotKnownIsLeftOut();
};

void tst_OwnerFacts::reachIsSaidInWords_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("text");
    QTest::addRow("loopback") << "127.0.0.1" << "this machine only";
    QTest::addRow("everywhere") << "::" << "other machines too, if no firewall forbids it";
}

void tst_OwnerFacts::reachIsSaidInWords()
{
    QFETCH(const QString, address);
    QFETCH(const QString, text);

    QCOMPARE(Quay::reachFact(*listenerFrom({.address = address.toStdString()})), text);
}

void tst_OwnerFacts::connectionsAreCountedAsFarAsKnown_data()
{
    const auto queue = QStringLiteral("0 waiting to be accepted (backlog 128)");
    QTest::addColumn<ListenerSpec>("spec");
    QTest::addColumn<QStringList>("facts");
    QTest::addRow("counted") << ListenerSpec{.connections = 2} << QStringList{QStringLiteral("2 established"), queue};
    QTest::addRow("shared") << ListenerSpec{.connections = {}, .sharedConnections = 12}
                            << QStringList{QStringLiteral("12 established, shared with other sockets at this address"),
                                           queue};
    QTest::addRow("not counted") << ListenerSpec{.connections = {}} << QStringList{queue};
    QTest::addRow("UDP") << ListenerSpec{.protocol = Quay::Protocol::Udp, .connections = 2} << QStringList();
}

void tst_OwnerFacts::connectionsAreCountedAsFarAsKnown()
{
    QFETCH(const ListenerSpec, spec);
    QFETCH(const QStringList, facts);

    QCOMPARE(Quay::connectionFacts(*listenerFrom(spec)), facts);
}

void tst_OwnerFacts::queueIsUnknownToProcNet()
{
    Quay::Listener listener = *listenerFrom({.connections = 2});
    listener.socket.cookie = 0;

    QCOMPARE(Quay::connectionFacts(listener), QStringList{QStringLiteral("2 established")});
}

void tst_OwnerFacts::whoOpenedTheSocketIsNamed_data()
{
    QTest::addColumn<std::vector<uid_t>>("openers");
    QTest::addColumn<QString>("text");
    QTest::addRow("without a socket") << std::vector<uid_t>() << "web";
    QTest::addRow("itself") << std::vector<uid_t>{Web, Web} << "web";
    QTest::addRow("another") << std::vector<uid_t>{Root}
                             << "web; the socket was opened by root: the process has changed its user since, or the "
                                "socket was handed to it";
    QTest::addRow("itself and others")
        << std::vector<uid_t>{User, Web, Root, User}
        << "web; sockets were opened by root, user: the process has changed its user since, or the sockets were handed "
           "to it";
}

void tst_OwnerFacts::whoOpenedTheSocketIsNamed()
{
    QFETCH(const std::vector<uid_t>, openers);
    QFETCH(const QString, text);
    Quay::UserNames users(
        {{Root, QStringLiteral("root")}, {User, QStringLiteral("user")}, {Web, QStringLiteral("web")}}, User);

    QCOMPARE(Quay::userFact(Web, openers, users), text);
}

void tst_OwnerFacts::startIsATimeAndADuration()
{
    const Quay::Test::FakeClock clock;
    const auto process = processFrom(57min);

    QCOMPARE(Quay::sinceFact(process, clock),
             QString(Quay::timeText(clock.realTime() - 3min) + QStringLiteral(" (3 min)")));
}

void tst_OwnerFacts::projectIsNamedWithItsRoot()
{
    QCOMPARE(Quay::projectFact(Quay::Test::projectAt("/home/user/sh\x1bop", "shop", "main")),
             QStringLiteral("shop (main) in /home/user/sh\\eop"));
    QCOMPARE(Quay::projectFact(nullptr), QString());
}

void tst_OwnerFacts::usageIsOfTheWholeLife()
{
    const Quay::Test::FakeClock clock;
    const auto process = processFrom(57min);

    QCOMPARE(Quay::usageFacts(process, clock),
             (QStringList{QStringLiteral("18 s CPU time (10 % of a core on average)"), QStringLiteral("38 MB memory"),
                          QStringLiteral("3 thread(s)")}));
}

void tst_OwnerFacts::whatIsNotKnownIsLeftOut()
{
    const Quay::Test::FakeClock clock;
    auto process = processFrom(70min); // later than now: there is no average
    process.threadCount = 0;

    QCOMPARE(Quay::usageFacts(process, clock),
             (QStringList{QStringLiteral("18 s CPU time"), QStringLiteral("38 MB memory")}));
}

QTEST_GUILESS_MAIN(tst_OwnerFacts)
#include "tst_ownerfacts.moc"
