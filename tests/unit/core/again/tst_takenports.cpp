// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/takenports.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QTest>

#include <expected>
#include <vector>

using Quay::PortClaim;
using Quay::Test::listenerFrom;
using Quay::Test::snapshotOf;

class tst_TakenPorts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void portOfAnEndedProcessIsAClaimOnce();
    void heldPortIsTakenByItsHolders();
    void otherPortIsNotTaken();
    void machineIsLookedAtWherePortsAreWanted();
    void failedLookShowsNobody();
};

void tst_TakenPorts::portOfAnEndedProcessIsAClaimOnce()
{
    const auto listener = listenerFrom({.port = 3000});

    const auto claims = Quay::claimsOf({.ports = {{.listener = listener}, {.listener = listener}}});

    QCOMPARE(claims.size(), std::size_t{1});
    QCOMPARE(claims.front().port, std::uint16_t{3000});
}

void tst_TakenPorts::heldPortIsTakenByItsHolders()
{
    const auto listener = listenerFrom({.port = 3000});
    const auto other = listenerFrom({.port = 3001});

    const auto taken = Quay::takenPorts(std::vector{claimOf(listener->socket)}, *snapshotOf({listener, other}));

    QCOMPARE(taken.size(), std::size_t{1});
    QCOMPARE(taken.front().holders, std::vector{listener});
}

void tst_TakenPorts::otherPortIsNotTaken()
{
    const auto wanted = listenerFrom({.port = 3000});
    const auto udp = listenerFrom({.port = 3000, .protocol = Quay::Protocol::Udp});

    QVERIFY(Quay::takenPorts(std::vector{claimOf(wanted->socket)}, *snapshotOf({udp})).empty());
}

void tst_TakenPorts::machineIsLookedAtWherePortsAreWanted()
{
    const auto listener = listenerFrom({.port = 3000});
    int looks = 0;
    const auto look = [&]() -> Quay::Result<Quay::PortSnapshotPtr> {
        ++looks;
        return snapshotOf({listener});
    };

    QVERIFY(Quay::takenNow({}, look).empty());
    QCOMPARE(looks, 0);
    QCOMPARE(Quay::takenNow(std::vector{claimOf(listener->socket)}, look).size(), std::size_t{1});
    QCOMPARE(looks, 1);
}

void tst_TakenPorts::failedLookShowsNobody()
{
    const auto listener = listenerFrom({.port = 3000});
    const auto look = []() -> Quay::Result<Quay::PortSnapshotPtr> {
        return std::unexpected(Quay::Error{.code = Quay::ErrorCode::Denied});
    };

    QVERIFY(Quay::takenNow(std::vector{claimOf(listener->socket)}, look).empty());
}

QTEST_GUILESS_MAIN(tst_TakenPorts)
#include "tst_takenports.moc"
