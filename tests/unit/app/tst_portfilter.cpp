// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portfilter.h"
#include "app/shared/usernames.h"
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
                         .owners = {{.pid = 99, .name = "nginx", .uid = 0}},
                         .uid = 0,
                         .unit = {.kind = Quay::UnitKind::Container,
                                  .name = "web",
                                  .containerRuntime = "docker",
                                  .containerId = "0123abcdef"},
                         .warnings = {{.kind = Quay::WarningKind::NobodyAccepts}}});
}

bool isMatched(const PortFilter &filter, const ListenerPtr &listener)
{
    Quay::UserNames users;
    return Quay::PortMatcher(filter, users).matches(*listener);
}

} // namespace

class tst_PortFilter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void text_data();
    void text();
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
             ":300",
             ":30000",
             ":3001-3010",
             "00",
             "711",
             "pid:471",
             "pid:x",
             "user:100",
             "user:0",
             "unit:docker",
             "project:node",
             "kind:vite",
             "addr:0.0.0.0",
             "udp",
             "node postgres",
             "nobody accepts",
             "\"dev next\"",
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
    for (const char *const typed : {"unit:docker", "unit:web", "unit:0123abc", "docker", "[::]", "nobody", "addr:::"}) {
        row(typed, container(), true);
    }
}

void tst_PortFilter::text()
{
    QFETCH(const QString, typed);
    QFETCH(const ListenerPtr, listener);
    QFETCH(const bool, isMatched);

    QCOMPARE(::isMatched({.text = typed}, listener), isMatched);
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
