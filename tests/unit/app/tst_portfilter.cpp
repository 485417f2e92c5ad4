// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portcells.h"
#include "app/models/portfilter.h"
#include "app/shared/usernames.h"
#include "tests/support/fakeclock.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QTest>

#include <functional>

using namespace Quay::Test;
using Quay::ListenerPtr;
using Quay::OwnerKnowledge;
using Quay::PortFilter;
using Quay::Protocol;

Q_DECLARE_METATYPE(Quay::PortFilter)

namespace {

/// The shop's development server: everything about it can be searched.
ListenerPtr shop()
{
    const OwnerSpec master{.pid = 4711,
                           .name = "node",
                           .arguments = {"node", "node_modules/.bin/next", "dev", "--port=3000"},
                           .uid = 1000,
                           .directory = "/home/ann/Work/storefront",
                           .executable = "/opt/node18/bin/node",
                           .project = projectAt("/home/ann/Work/storefront", "shop", "fix/cart"),
                           .kind = Quay::ServerKind{.id = "nextjs", .name = "Next.js"}};
    OwnerSpec worker = master;
    worker.pid = 5812;
    worker.name = "next-worker";
    return listenerFrom({.port = 3000,
                         .address = "127.0.0.1",
                         .owners = {master, worker},
                         .uid = 1000,
                         .unit = {.kind = Quay::UnitKind::Scope, .name = "app-terminal.scope"}});
}

ListenerPtr hiddenOfRoot()
{
    return listenerFrom({.port = 631,
                         .protocol = Protocol::Udp,
                         .address = "0.0.0.0",
                         .interfaceName = "enp0s1",
                         .knowledge = OwnerKnowledge::Hidden,
                         .uid = 0,
                         .unit = {.kind = Quay::UnitKind::SystemService, .name = "cups.service"}});
}

ListenerPtr container()
{
    return listenerFrom({.port = 8080,
                         .address = "::",
                         .owners = {{.pid = 99,
                                     .name = "nginx",
                                     .startTicks = std::uint64_t{6000} * 15,
                                     .uid = 33,
                                     .cpuShare = 0.13,
                                     .residentBytes = 77'000'000}},
                         .uid = 0,
                         .unit = {.kind = Quay::UnitKind::Container,
                                  .name = "web",
                                  .containerRuntime = "docker",
                                  .containerId = "0123abcdef"},
                         .connections = 17,
                         .warnings = {{.kind = Quay::WarningKind::NobodyAccepts}}});
}

ListenerPtr ownerless()
{
    return listenerFrom({.port = 2049, .knowledge = OwnerKnowledge::NoProcess, .uid = 0});
}

bool isMatched(const PortFilter &filter, const ListenerPtr &listener)
{
    Quay::UserNames users({{0, QStringLiteral("root")}, {1000, QStringLiteral("ann")}, {33, QStringLiteral("www")}});
    const FakeClock clock; // one hour after boot
    const Quay::PortCells cells(users, clock);
    return Quay::PortMatcher(filter, users, cells).matches(*listener);
}

} // namespace

class tst_PortFilter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void text_data();
    void text();
    void numbersAreFoundWhereTheyAreShown_data();
    void numbersAreFoundWhereTheyAreShown();
    void onlyWordsReadAges();
    void switches_data();
    void switches();
};

void tst_PortFilter::text_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<ListenerPtr>("listener");
    QTest::addColumn<bool>("isMatched");

    const auto row = [](const char *typed, const ListenerPtr &listener, bool isMatched) {
        const char *const name = listener->socket.localPort == 3000 ? "shop" : "other";
        QTest::addRow("%s in %s%s", typed, name, isMatched ? "" : ": no")
            << QString::fromUtf8(typed) << listener << isMatched;
    };
    for (const char *const typed : {
             "",
             "pid:",
             "user:",
             "unit:",
             "project:",
             "kind:",
             "addr:",
             ":",
             "\"",
             ":3000",
             ":3",
             "node :300",
             ":2990-3010",
             ":2990-",
             "3000",
             "30",
             "4711",
             "471",
             "5812",
             "pid:4711",
             "pid:5812",
             "user:1000",
             "project:SHOP",
             "project:cart",
             "project:storefront",
             "kind:next",
             "kind:nextjs",
             "addr:127.0",
             "addr:127.0.0.1:3000",
             "unit:terminal",
             "node",
             "next-worker",
             "fix/cart",
             "/opt/node18",
             "Work",
             "node dev",
             "\"next dev\"",
             "tcp",
             "\"this machine\"",
             "storefront",
             "--port=3000",
             "next.js",
             "127",
             "app-terminal",
         }) {
        row(typed, shop(), true);
    }
    for (const char *const typed : {
             ":300 ",     ":300 node",    ":301",  ":00",           ":30000",         ":3001-3010",   "00",
             "711",       "pid:471",      "pid:x", "user:100",      "user:0",         "unit:docker",  "project:node",
             "kind:vite", "addr:0.0.0.0", "udp",   "node postgres", "nobody accepts", "\"dev next\"",
         }) {
        row(typed, shop(), false);
    }
    for (const char *const typed : {"user:root", "user:ROO", "user:0", "cups", "unit:cups.service", "hidden", "udp",
                                    "network", "enp0s1", "631"}) {
        row(typed, hiddenOfRoot(), true);
    }
    for (const char *const typed : {"user:oot", "pid:0", "project:cups", "kind:cups", "tcp"}) {
        row(typed, hiddenOfRoot(), false);
    }
    for (const char *const typed : {"unit:docker", "unit:web", "unit:0123abc", "docker", "[::]", "nobody",
                                    "addr:::", "www", "user:www", "17", "\"45 min\"", "13", "\"77 MB\""}) {
        row(typed, container(), true);
    }
    for (const char *const typed : {"7", "44", "\"78 MB\"", "ann"}) {
        row(typed, container(), false);
    }
    for (const char *const typed : {"kernel", "\"no process\"", "\"another container\""}) {
        row(typed, ownerless(), true);
    }
}

void tst_PortFilter::text()
{
    QFETCH(const QString, typed);
    QFETCH(const ListenerPtr, listener);
    QFETCH(const bool, isMatched);

    QCOMPARE(::isMatched({.text = typed}, listener), isMatched);
}

void tst_PortFilter::numbersAreFoundWhereTheyAreShown_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<Quay::PortModelColumn::Column>("column");

    QTest::addRow("connections") << QStringLiteral("17") << Quay::PortModelColumn::Connections;
    QTest::addRow("age") << QStringLiteral("45") << Quay::PortModelColumn::Since;
    QTest::addRow("CPU") << QStringLiteral("13") << Quay::PortModelColumn::Cpu;
    QTest::addRow("memory") << QStringLiteral("77") << Quay::PortModelColumn::Memory;
}

void tst_PortFilter::numbersAreFoundWhereTheyAreShown()
{
    QFETCH(const QString, typed);
    QFETCH(const Quay::PortModelColumn::Column, column);

    QVERIFY(isMatched({.text = typed, .shownColumns = Quay::maskOf(column)}, container()));
    QVERIFY(!isMatched({.text = typed, .shownColumns = Quay::AllColumns & ~Quay::maskOf(column)}, container()));
}

void tst_PortFilter::onlyWordsReadAges()
{
    Quay::UserNames users;
    const FakeClock clock;
    const Quay::PortCells cells(users, clock);
    const auto readsAges = [&](const PortFilter &filter) {
        return Quay::PortMatcher(filter, users, cells).readsAges();
    };

    QVERIFY(readsAges({.text = QStringLiteral(":3000 min")}));
    QVERIFY(!readsAges({}));
    QVERIFY(!readsAges({.text = QStringLiteral(":3000")}));
    QVERIFY(
        !readsAges({.text = QStringLiteral("min"), .shownColumns = Quay::maskOf(Quay::PortModelColumn::Connections)}));
}

void tst_PortFilter::switches_data()
{
    QTest::addColumn<PortFilter>("filter");
    QTest::addColumn<bool>("showsShop");
    QTest::addColumn<bool>("showsHidden");

    QTest::addRow("none") << PortFilter{} << true << true;
    QTest::addRow("no TCP") << PortFilter{.tcp = false} << false << true;
    QTest::addRow("no UDP") << PortFilter{.udp = false} << true << false;
    QTest::addRow("mine") << PortFilter{.onlyMine = true, .myUid = 1000} << true << false;
    QTest::addRow("mine is root's") << PortFilter{.onlyMine = true, .myUid = 0} << false << true;
    QTest::addRow("network") << PortFilter{.onlyNetwork = true} << false << true;
    QTest::addRow("this machine") << PortFilter{.onlyThisMachine = true} << true << false;
    QTest::addRow("no system services") << PortFilter{.hideSystemServices = true} << true << false;
    QTest::addRow("with text") << PortFilter{.text = QStringLiteral("cups"), .onlyNetwork = true} << false << true;
    QTest::addRow("against text") << PortFilter{.text = QStringLiteral("cups"), .onlyThisMachine = true} << false
                                  << false;
}

void tst_PortFilter::switches()
{
    QFETCH(const PortFilter, filter);
    QFETCH(const bool, showsShop);
    QFETCH(const bool, showsHidden);

    QCOMPARE(isMatched(filter, shop()), showsShop);
    QCOMPARE(isMatched(filter, hiddenOfRoot()), showsHidden);
}

QTEST_GUILESS_MAIN(tst_PortFilter)
#include "tst_portfilter.moc"
