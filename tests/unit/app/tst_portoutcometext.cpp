// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/portoutcometext.h"
#include "core/control/ending.h"
#include "core/ports/listener.h"
#include "core/processes/processinfo.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <memory>

using Quay::PortState;

namespace {

Quay::PortOutcome portThatIs(PortState state)
{
    return {.listener = Quay::Test::listenerFrom({.port = 3000}), .proof = {.state = state}};
}

} // namespace

class tst_PortOutcomeText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void portsAreSaid_data();
    void portsAreSaid();
    void holdersAreNamedOnce();
    void whoCameBackIsNamedWithItsUnit_data();
    void whoCameBackIsNamedWithItsUnit();
};

void tst_PortOutcomeText::portsAreSaid_data()
{
    QTest::addColumn<Quay::PortOutcome>("port");
    QTest::addColumn<QString>("text");
    const auto row = [](const Quay::PortOutcome &port, const char *text) {
        QTest::addRow("%s", text) << port << QString::fromLatin1(text);
    };
    auto lingering = portThatIs(PortState::Lingering);
    lingering.proof.remains = {{.state = Quay::SocketState::TimeWait, .count = 2}};
    auto bound = portThatIs(PortState::Lingering);
    bound.proof.remains = {
        {.state = Quay::SocketState::CloseWait, .count = 1, .users = {}},
        {.state = Quay::SocketState::Closed, .count = 1, .users = {{.pid = 4711, .name = "no\x1b"}}},
    };
    auto open = portThatIs(PortState::Lingering);
    open.proof.remains = {
        {.state = Quay::SocketState::Established, .count = 1, .users = {{.pid = 4711, .name = "node"}}}};
    auto udp = open;
    udp.listener = Quay::Test::listenerFrom({.port = 3000, .protocol = Quay::Protocol::Udp});
    auto hiddenUdp = udp;
    hiddenUdp.proof.remains = {{.state = Quay::SocketState::Established, .count = 2}};
    auto free = portThatIs(PortState::Free);
    free.proof.remains = {{.state = Quay::SocketState::TimeWait, .count = 1}};
    auto neverHeld = portThatIs(PortState::FreeUntested);
    neverHeld.wasHeld = false;
    auto unknown = portThatIs(PortState::Unknown);
    row(portThatIs(PortState::Free), "Port 3000 is free.");
    row(free,
        "Port 3000 is free. A program without SO_REUSEADDR has to wait for what remains: 1 closed connection(s) that "
        "the kernel keeps for a minute (TIME_WAIT).");
    row(portThatIs(PortState::FreeUntested), "Nobody listens on port 3000 any more.");
    row(neverHeld, "Nobody listens on port 3000.");
    row(portThatIs(PortState::Held), "Port 3000 is held by a process that is hidden from you.");
    row(portThatIs(PortState::Lingering), "Nobody listens on port 3000, but it cannot be bound yet.");
    row(lingering,
        "Nobody listens on port 3000, but it cannot be bound yet: 2 closed connection(s) that the kernel keeps for a "
        "minute (TIME_WAIT).");
    row(bound,
        "Nobody listens on port 3000, but it cannot be bound yet: 1 connection(s) that the peer has closed and nobody "
        "here (CLOSE_WAIT), 1 socket(s) that were bound and do not listen, of no\\e 4711. It does not "
        "go away by itself: 'quay stop 4711' ends who has it.");
    row(open,
        "Nobody listens on port 3000, but it cannot be bound yet: 1 connection(s) that somebody else holds open, of "
        "node 4711.");
    row(udp,
        "Nobody listens on port 3000, but it cannot be bound yet: 1 connected UDP socket(s) that somebody else holds "
        "open, of node 4711. It does not go away by itself: 'quay stop 4711' ends who has it.");
    row(hiddenUdp,
        "Nobody listens on port 3000, but it cannot be bound yet: 2 connected UDP socket(s) that somebody else holds "
        "open.");
    row(unknown, "Whether port 3000 is free could not be found out.");
}

void tst_PortOutcomeText::portsAreSaid()
{
    QFETCH(const Quay::PortOutcome, port);
    QFETCH(const QString, text);

    QCOMPARE(Quay::portOutcomeText(port, {}), text);
}

void tst_PortOutcomeText::holdersAreNamedOnce()
{
    const auto v4 =
        Quay::Test::listenerFrom({.port = 3000, .owners = {{.pid = 1, .name = "a"}, {.pid = 2, .name = "b"}}});
    const auto v6 = Quay::Test::listenerFrom({.port = 3000, .address = "::1", .owners = {{.pid = 1, .name = "a"}}});

    QCOMPARE(Quay::portOutcomeText(portThatIs(PortState::Held), {v4, v6}),
             QStringLiteral("Port 3000 is held by a 1, b 2."));
}

void tst_PortOutcomeText::whoCameBackIsNamedWithItsUnit_data()
{
    QTest::addColumn<Quay::UnitKind>("kind");
    QTest::addColumn<QString>("end");
    const auto row = [](const char *name, Quay::UnitKind kind, const char *end) {
        QTest::newRow(name) << kind << QString::fromLatin1(end);
    };
    row("nothing", Quay::UnitKind::None, "started by systemd 1.");
    row("scope", Quay::UnitKind::Scope, "started by systemd 1.");
    row("unit", Quay::UnitKind::SystemService, "started by systemd 1 for the unit a.service.");
    row("user's unit", Quay::UnitKind::UserService, "started by systemd 1 for the unit a.service.");
    row("container", Quay::UnitKind::Container, "started by systemd 1 in the container a.service.");
}

void tst_PortOutcomeText::whoCameBackIsNamedWithItsUnit()
{
    QFETCH(const Quay::UnitKind, kind);
    QFETCH(const QString, end);
    auto holder = *Quay::Test::listenerFrom({.port = 3000, .owners = {{.pid = 7, .name = "node"}}});
    auto profile = *holder.owners.front().profile;
    Quay::ProcessInfo systemd;
    systemd.id = {.pid = 1, .startTicks = 1};
    systemd.name = "systemd";
    profile.unit.kind = kind;
    profile.unit.name = "a.service";
    profile.ancestry.steps = {{.process = holder.owners.front().process},
                              {.process = std::make_shared<const Quay::ProcessInfo>(systemd)}};
    holder.owners.front().profile = std::make_shared<const Quay::OwnerProfile>(profile);
    auto port = portThatIs(PortState::Held);
    port.cameBack = true;

    QCOMPARE(Quay::portOutcomeText(port, {std::make_shared<const Quay::Listener>(holder)}),
             QString(QStringLiteral("Port 3000 was free and came back: node 7 took it, ") + end));
}

QTEST_GUILESS_MAIN(tst_PortOutcomeText)
#include "tst_portoutcometext.moc"
