// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/servicemanagers.h"
#include "core/control/servicestops.h"
#include "tests/support/fakemanagers.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using Quay::ManagedService;
using Quay::ServiceStops;
using Quay::Test::FakeManagers;

namespace {

const std::vector<ManagedService> Both{{.name = "app.service"}, {.name = "db.service"}};

/// Stops both, as long as @p patience says so, and keeps what was told of it.
struct Stopping
{
    explicit Stopping(int questions = 1'000)
        : patience(questions)
    {
    }

    ServiceStops operator()(const Quay::KillPlan &plan = {})
    {
        return Quay::stopServices(managers, Both, plan, 7s,
                                  {.goesOn = [this] { return patience-- > 0; },
                                   .drained = [this] { told.emplace_back("drained"); },
                                   .asks = [this](const ManagedService &service) { told.push_back(service.name); }});
    }

    FakeManagers managers;
    int patience; ///< How often it is said to go on.
    std::vector<std::string> told;
};

} // namespace

class tst_ServiceStops : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leftoverOfOneServiceDoesNotSpareTheOthers();
    void allAreStoppedInTheirOrder();
    void failureSparesTheOthers();
    void whoIsGivenUpBeforeIsNotAsked();
    void whoIsGivenUpBetweenLeavesTheOthers();
    void nothingIsNoFailure();
    void forceGivesNoTime();
    void reportSaysWhetherItWasGivenUp_data();
    void reportSaysWhetherItWasGivenUp();
};

void tst_ServiceStops::leftoverOfOneServiceDoesNotSpareTheOthers()
{
    FakeManagers managers;
    managers.gone = {"app.service"};
    managers.answer = Both.back();
    const auto unit = [](const char *name) {
        return Quay::Reviver{.kind = Quay::ReviverKind::Unit, .name = name, .unit = {}, .process = {}, .published = {}};
    };
    const Quay::GoesOn always = [] { return true; };

    const auto both = findServices(managers, {unit("app.service"), unit("db.service")}, always);
    const auto leftover = findServices(managers, {unit("app.service")}, always);

    QVERIFY(both.has_value());
    QCOMPARE(both->size(), std::size_t{1});
    QCOMPARE(both->front().name, std::string("db.service"));
    QVERIFY(!leftover);
    QCOMPARE(leftover.error().code, Quay::ErrorCode::Gone);
}

void tst_ServiceStops::allAreStoppedInTheirOrder()
{
    Stopping stop;

    QVERIFY(stop() == (ServiceStops{.stopped = 2}));

    QCOMPARE(stop.told, (std::vector<std::string>{"drained", "app.service", "db.service"}));
    QVERIFY(stop.managers.stopped == Both);
    QCOMPARE(stop.managers.graces.front().count(), 7'000);
}

void tst_ServiceStops::failureSparesTheOthers()
{
    Stopping stop;
    stop.managers.stopAnswer = Quay::fail(Quay::ErrorCode::Denied, "app.service");

    const auto stops = stop();

    QCOMPARE(stops.stopped, std::size_t{0});
    QVERIFY(stops.wasAsked);
    QVERIFY(Quay::isDenial(stops.error));
    QCOMPARE(stop.managers.stopped.size(), std::size_t{1});
}

void tst_ServiceStops::whoIsGivenUpBeforeIsNotAsked()
{
    Stopping stop(0);

    const auto stops = stop();

    QVERIFY(!stops.wasAsked);
    QVERIFY(stops.error && stops.error->sysErrno == ECANCELED);
    QVERIFY(stop.told.empty());
    QVERIFY(stop.managers.stopped.empty());
}

void tst_ServiceStops::whoIsGivenUpBetweenLeavesTheOthers()
{
    Stopping stop;
    stop.managers.whenStopped = [&stop] { stop.patience = 0; };

    const auto stops = stop();

    QCOMPARE(stops.stopped, std::size_t{1});
    QVERIFY(!stops.wasAsked);
    QVERIFY(stops.error && stops.error->subject == "db.service");
    QCOMPARE(stop.managers.stopped.size(), std::size_t{1});
}

void tst_ServiceStops::nothingIsNoFailure()
{
    FakeManagers managers;

    const auto stops =
        Quay::stopServices(managers, {}, {}, 7s,
                           {.goesOn = [] { return false; }, .drained = [] {}, .asks = [](const ManagedService &) {}});

    QVERIFY(stops == ServiceStops{});
}

void tst_ServiceStops::forceGivesNoTime()
{
    Stopping stop;

    (void)stop({.isForced = true});

    QCOMPARE(stop.managers.graces.front().count(), 0);
}

void tst_ServiceStops::reportSaysWhetherItWasGivenUp_data()
{
    QTest::addColumn<int>("sysErrno");
    QTest::addColumn<bool>("isInterrupted");
    QTest::addRow("given up") << ECANCELED << true;
    QTest::addRow("took too long") << ETIMEDOUT << false;
}

void tst_ServiceStops::reportSaysWhetherItWasGivenUp()
{
    QFETCH(const int, sysErrno);
    QFETCH(const bool, isInterrupted);
    const Quay::Error why{.code = Quay::ErrorCode::Io, .subject = "app.service", .sysErrno = sysErrno};

    const auto report =
        Quay::reportOfNothing({.drain = 3s}, {.connectionsCut = 2, .error = why, .wasAsked = true}, 100s, 104s);

    QCOMPARE(report.isInterrupted, isInterrupted);
    QCOMPARE(report.connectionsCut, std::optional<std::uint32_t>(2));
    QVERIFY(report.begunAt == 100s);
    QVERIFY(report.elapsed == 4s);
    QVERIFY(report.drain == 3s);
    QVERIFY(Quay::reportOfNothing({}, {}, 100s, 99s).elapsed == 0s); // the clock was set
}

QTEST_GUILESS_MAIN(tst_ServiceStops)
#include "tst_servicestops.moc"
