// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/userphases.h"

#include <QObject>
#include <QTest>

#include <string>

class tst_UserPhases : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void phasesAreCompiledInOrder();
    void mistakeNamesThePhaseAndThePlace();
};

void tst_UserPhases::phasesAreCompiledInOrder()
{
    const auto phases = Quay::compilePhases(
        {{.name = "migrate", .pattern = "migrated in \\d+"}, {.name = "warm", .pattern = "^warm$"}});

    QVERIFY(phases);
    QCOMPARE(phases->size(), std::size_t{2});
    QCOMPARE(phases->at(0).name, std::string("migrate"));
    QCOMPARE(phases->at(0).literal, std::string("migrated in "));
    QCOMPARE(phases->at(1).name, std::string("warm"));
}

void tst_UserPhases::mistakeNamesThePhaseAndThePlace()
{
    const auto phases = Quay::compilePhases({{.name = "good", .pattern = "x"}, {.name = "warm", .pattern = "war[m"}});

    QVERIFY(!phases);
    QCOMPARE(phases.error().code, Quay::ErrorCode::Invalid);
    QCOMPARE(phases.error().subject, std::string("phase warm: character 6: missing terminating ] for character class"));
}

QTEST_GUILESS_MAIN(tst_UserPhases)
#include "tst_userphases.moc"
