// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/probefactory.h"
#include "core/servers/probespec.h"
#include "core/servers/serverspec.h"
#include "core/servers/startupplan.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <string>
#include <variant>
#include <vector>

using Quay::ProbeSpec;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

namespace {

using Probes = std::vector<ProbeSpec>;

ProbeSpec opens(milliseconds deadline)
{
    return {.name = "opens", .condition = Quay::ListeningCondition{.port = 8000}, .deadline = deadline};
}

ProbeSpec says(milliseconds deadline)
{
    return {.name = "says", .condition = Quay::LogCondition{.pattern = "up"}, .deadline = deadline};
}

} // namespace

class tst_StartupPlan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void warningsComeBeforeItIsGivenUp_data();
    void warningsComeBeforeItIsGivenUp();
    void withoutPortsNobodyHasToListen();
    void debuggerOfOneClientHasToListenOnly();
};

void tst_StartupPlan::warningsComeBeforeItIsGivenUp_data()
{
    QTest::addColumn<Probes>("readiness");
    QTest::addColumn<milliseconds>("listening");
    QTest::addColumn<milliseconds>("ready");

    QTest::newRow("no probe") << Probes{} << milliseconds(15s) << milliseconds(30s);
    QTest::newRow("a usual probe") << Probes{opens(60s)} << milliseconds(15s) << milliseconds(30s);
    QTest::newRow("an impatient probe") << Probes{opens(6s)} << 1500ms << milliseconds(3s);
    QTest::newRow("a patient probe") << Probes{opens(10min)} << milliseconds(150s) << milliseconds(5min);
    QTest::newRow("the port comes soon") << Probes{opens(6s), says(2min)} << 1500ms << milliseconds(1min);
    QTest::newRow("a line comes soon") << Probes{says(6s), opens(2min)} << milliseconds(30s) << milliseconds(1min);
    QTest::newRow("a line alone") << Probes{says(6s)} << 1500ms << milliseconds(3s);
}

void tst_StartupPlan::warningsComeBeforeItIsGivenUp()
{
    QFETCH(const Probes, readiness);
    QFETCH(const milliseconds, listening);
    QFETCH(const milliseconds, ready);
    const Quay::ServerSpec spec{.name = "api", .ports = {{.port = 8000}}, .readiness = readiness};

    const auto deadlines = Quay::builtInDeadlines(spec);

    QCOMPARE(deadlines.size(), std::size_t{2});
    QCOMPARE(deadlines[0].phase, std::string("listening"));
    QCOMPARE(deadlines[0].limit, listening);
    QCOMPARE(deadlines[1].phase, std::string("ready"));
    QCOMPARE(deadlines[1].limit, ready);
}

void tst_StartupPlan::withoutPortsNobodyHasToListen()
{
    const auto deadlines = Quay::builtInDeadlines({.name = "job", .readiness = {says(6s)}});

    QCOMPARE(deadlines.size(), std::size_t{1});
    QCOMPARE(deadlines[0].phase, std::string("ready"));
}

void tst_StartupPlan::debuggerOfOneClientHasToListenOnly()
{
    const Quay::ServerSpec debugger{.name = "debug",
                                    .command = {.arguments = {"dlv", "debug", "--headless"}, .shellLine = {}},
                                    .ports = {{.port = 2345}}};
    const Quay::ServerSpec server{
        .name = "api", .command = {.arguments = {"node", "server.js"}, .shellLine = {}}, .ports = {{.port = 3000}}};

    const auto ofDebugger = Quay::defaultReadiness(debugger);
    const auto ofServer = Quay::defaultReadiness(server);

    QVERIFY(std::holds_alternative<Quay::ListeningCondition>(ofDebugger.at(0).condition));
    QVERIFY(std::holds_alternative<Quay::AcceptingCondition>(ofServer.at(0).condition));
}

QTEST_GUILESS_MAIN(tst_StartupPlan)
#include "tst_startupplan.moc"
