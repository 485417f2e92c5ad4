// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/family.h"

#include <QObject>
#include <QTest>

using Quay::Family;
using Quay::Kinship;

class tst_Family : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void strangersAreStrangers();
    void descentIsInherited();
    void sparedOnesHaveSparedChildren();
    void pidMeansWhoWasForkedLast();
    void strangersChildInAMembersPlaceIsAStranger();
    void forgottenMembersAreStrangers();
};

void tst_Family::strangersAreStrangers()
{
    Family family;
    family.add(100, Kinship::Member);

    QCOMPARE(family.of(200), Kinship::Stranger);
    QCOMPARE(family.fork({.parent = 200, .child = 201}), Kinship::Stranger);
    QCOMPARE(family.of(201), Kinship::Stranger);
}

void tst_Family::descentIsInherited()
{
    Family family;
    family.add(100, Kinship::Member);

    QCOMPARE(family.fork({.parent = 100, .child = 101}), Kinship::Member);
    QCOMPARE(family.fork({.parent = 101, .child = 102}), Kinship::Member); // whether 101 lives or not
    QCOMPARE(family.of(102), Kinship::Member);
}

void tst_Family::sparedOnesHaveSparedChildren()
{
    Family family;
    family.add(100, Kinship::Member);
    family.add(101, Kinship::Spared);

    QCOMPARE(family.fork({.parent = 101, .child = 102}), Kinship::Spared);
    QCOMPARE(family.of(102), Kinship::Spared);
}

void tst_Family::pidMeansWhoWasForkedLast()
{
    Family family;
    family.add(100, Kinship::Member);
    family.add(200, Kinship::Spared);

    family.fork({.parent = 100, .child = 300});
    family.fork({.parent = 200, .child = 300});

    QCOMPARE(family.of(300), Kinship::Spared);
}

void tst_Family::strangersChildInAMembersPlaceIsAStranger()
{
    Family family;
    family.add(100, Kinship::Member);
    family.fork({.parent = 100, .child = 101});

    QCOMPARE(family.fork({.parent = 7, .child = 101}), Kinship::Stranger);
    QCOMPARE(family.fork({.parent = 101, .child = 102}), Kinship::Stranger);
}

void tst_Family::forgottenMembersAreStrangers()
{
    Family family;
    family.add(100, Kinship::Member);
    family.add(101, Kinship::Spared);

    family.forgetMembers();

    QCOMPARE(family.of(100), Kinship::Stranger);
    QCOMPARE(family.of(101), Kinship::Spared);
}

QTEST_GUILESS_MAIN(tst_Family)
#include "tst_family.moc"
