// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portchanges.h"
#include "app/cli/portselection.h"
#include "core/ports/listener.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTest>

#include <vector>

using Quay::Test::listenerFrom;
using Quay::Test::ListenerSpec;
using Quay::Test::snapshotOf;

namespace {

constexpr uid_t Me = 1000;

Quay::UnitInfo unit(Quay::UnitKind kind)
{
    Quay::UnitInfo info;
    info.kind = kind;
    info.name = "unit";
    return info;
}

/// One of each sort of listener, its port telling which.
Quay::PortSnapshotPtr mixedSnapshot()
{
    return snapshotOf({
        listenerFrom({.port = 1, .owners = {{}}, .uid = Me}),
        listenerFrom({.port = 2, .owners = {{.uid = 0}}, .uid = 0}),
        listenerFrom({.port = 3, .knowledge = Quay::OwnerKnowledge::Hidden, .uid = 0}),
        listenerFrom({.port = 4, .owners = {{.uid = 0}}, .uid = 0, .unit = unit(Quay::UnitKind::SystemService)}),
        listenerFrom(
            {.port = 5, .knowledge = Quay::OwnerKnowledge::Hidden, .uid = 0, .unit = unit(Quay::UnitKind::Container)}),
        listenerFrom({.port = 6, .owners = {{.uid = Me}}, .uid = 0}),
        listenerFrom({.port = 7, .protocol = Quay::Protocol::Udp, .owners = {{}}, .uid = Me}),
        listenerFrom({.port = 8, .owners = {{.uid = Me}}, .uid = Me, .unit = unit(Quay::UnitKind::SystemService)}),
    });
}

QString portsOf(const std::vector<Quay::ListenerPtr> &listeners)
{
    QStringList ports;
    for (const auto &listener : listeners) {
        ports << QString::number(listener->socket.localPort);
    }
    return ports.join(u' ');
}

QString changesText(const std::vector<Quay::PortChange> &changes)
{
    QStringList texts;
    for (const auto &change : changes) {
        QString text = QStringLiteral("=+-~").at(static_cast<int>(change.kind))
            + QString::number(change.listener->socket.localPort);
        for (const auto aspect : change.aspects) {
            text += u':' + QLatin1StringView(Quay::wordFor(Quay::ListenerAspectWords, aspect));
        }
        texts << text;
    }
    return texts.join(u' ');
}

} // namespace

class tst_PortLists : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void selectionShowsWhatConcernsTheUser();
    void selectionShowsAll();
    void rootSeesNoServicesUnasked();
    void selectionByProtocol();
    void namedPortsAreShownWhoeverHoldsThem();
    void unansweredRangesAreTold();
    void changesAreTold_data();
    void changesAreTold();
};

void tst_PortLists::selectionShowsWhatConcernsTheUser()
{
    const auto selected = Quay::select(*mixedSnapshot(), {.uid = Me});

    QCOMPARE(portsOf(selected.listeners), QStringLiteral("1 2 5 6 8 7")); // UDP comes last in a snapshot
    QCOMPARE(selected.leftOut, std::size_t{2});
    QVERIFY(selected.unanswered.empty());
}

void tst_PortLists::selectionShowsAll()
{
    const auto selected = Quay::select(*mixedSnapshot(), {.all = true, .uid = Me});

    QCOMPARE(selected.listeners.size(), std::size_t{8});
    QCOMPARE(selected.leftOut, std::size_t{0});
}

void tst_PortLists::rootSeesNoServicesUnasked()
{
    const auto selected = Quay::select(*mixedSnapshot(), {.uid = 0});

    QCOMPARE(portsOf(selected.listeners), QStringLiteral("1 2 3 5 6 7"));
}

void tst_PortLists::selectionByProtocol()
{
    const auto selected = Quay::select(*mixedSnapshot(), {.tcp = false, .uid = Me});

    QCOMPARE(portsOf(selected.listeners), QStringLiteral("7"));
    QCOMPARE(selected.leftOut, std::size_t{0}); // what was not asked for is not left out
}

void tst_PortLists::namedPortsAreShownWhoeverHoldsThem()
{
    const auto selected =
        Quay::select(*mixedSnapshot(), {.ranges = {{.first = 3, .last = 4}, {.first = 4, .last = 4}}, .uid = Me});

    QCOMPARE(portsOf(selected.listeners), QStringLiteral("3 4")); // each once, though asked for twice
    QCOMPARE(selected.leftOut, std::size_t{0});
    QVERIFY(selected.unanswered.empty());
}

void tst_PortLists::unansweredRangesAreTold()
{
    const auto selected =
        Quay::select(*mixedSnapshot(), {.ranges = {{.first = 1, .last = 1}, {.first = 90, .last = 99}}, .uid = Me});

    QCOMPARE(portsOf(selected.listeners), QStringLiteral("1"));
    QVERIFY(selected.unanswered == (std::vector{Quay::PortRange{.first = 90, .last = 99}}));
}

void tst_PortLists::changesAreTold_data()
{
    using Quay::OwnerKnowledge;
    const ListenerSpec plain{.port = 80, .owners = {{}}};
    ListenerSpec connected = plain;
    connected.connections = 7;
    ListenerSpec moreOwners = plain;
    moreOwners.owners.push_back({.pid = 4712});
    ListenerSpec recycled = plain;
    recycled.owners.front().startTicks = 2000;
    ListenerSpec renamed = plain;
    renamed.owners.front().name = "ruby";
    ListenerSpec otherArguments = plain;
    otherArguments.owners.front().arguments = {"node", "other.js"};
    ListenerSpec busier = plain;
    busier.owners.front().residentBytes += 1;
    ListenerSpec warned = plain;
    warned.warnings = {{.kind = Quay::WarningKind::NobodyAccepts, .facts = {{.key = "waiting", .value = "1"}}}};
    ListenerSpec warnedMore = plain;
    warnedMore.warnings = {{.kind = Quay::WarningKind::NobodyAccepts, .facts = {{.key = "waiting", .value = "2"}}}};
    ListenerSpec reopened = plain;
    reopened.cookie = 99;

    QTest::addColumn<std::vector<ListenerSpec>>("before");
    QTest::addColumn<std::vector<ListenerSpec>>("after");
    QTest::addColumn<QString>("changes");
    using Specs = std::vector<ListenerSpec>;
    QTest::addRow("nothing") << Specs{plain} << Specs{plain} << "";
    QTest::addRow("connections") << Specs{plain} << Specs{connected} << "";
    QTest::addRow("appeared") << Specs{} << Specs{plain} << "+80";
    QTest::addRow("vanished") << Specs{plain} << Specs{} << "-80";
    QTest::addRow("reopened") << Specs{plain} << Specs{reopened} << "-80 +80";
    QTest::addRow("another owner") << Specs{plain} << Specs{moreOwners} << "~80:owners";
    QTest::addRow("recycled pid") << Specs{plain} << Specs{recycled} << "~80:owners";
    QTest::addRow("another program") << Specs{plain} << Specs{renamed} << "~80:owners";
    QTest::addRow("another command line") << Specs{plain} << Specs{otherArguments} << "~80:owners";
    QTest::addRow("memory") << Specs{plain} << Specs{busier} << "";
    QTest::addRow("warning") << Specs{plain} << Specs{warned} << "~80:warnings";
    QTest::addRow("owner and warning") << Specs{moreOwners} << Specs{warned} << "~80:owners:warnings";
    QTest::addRow("warning's facts") << Specs{warned} << Specs{warnedMore} << "";
}

void tst_PortLists::changesAreTold()
{
    QFETCH(const std::vector<ListenerSpec>, before);
    QFETCH(const std::vector<ListenerSpec>, after);
    QFETCH(const QString, changes);
    const auto listenersFrom = [](const std::vector<ListenerSpec> &specs) {
        std::vector<Quay::ListenerPtr> listeners;
        for (const auto &spec : specs) {
            listeners.push_back(listenerFrom(spec));
        }
        return listeners;
    };

    QCOMPARE(changesText(Quay::portChanges(listenersFrom(before), listenersFrom(after))), changes);
}

QTEST_GUILESS_MAIN(tst_PortLists)
#include "tst_portlists.moc"
