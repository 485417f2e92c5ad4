// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/systemdunits.h"
#include "tests/support/fakesystemd.h"
#include "tests/support/privatebus.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <cerrno>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <unistd.h>

using Quay::ErrorCode;
using Quay::ManagedService;
using Quay::Result;
using Quay::SystemdUnits;
using Quay::UnitKind;
using Quay::Test::FakeSystemd;
using Quay::Test::FakeUnit;
using Quay::Test::PrivateBus;

namespace {

using Names = std::vector<std::string>;

const Quay::GoesOn Always = [] { return true; };

Quay::UnitInfo unitInfo(const std::string &name, UnitKind kind = UnitKind::SystemService)
{
    Quay::UnitInfo unit;
    unit.kind = kind;
    unit.name = name;
    return unit;
}

ManagedService service(const Names &parts)
{
    return {.name = parts.back(), .parts = parts};
}

} // namespace

class tst_SystemdUnits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void findTellsStateAndRestart();
    void socketIsStoppedBeforeItsService();
    void socketThatDoesNotRunIsNoPart();
    void timerIsNoPart();
    void socketBringsItsService();
    void stopWaitsForTheJob();
    void userMayBeAskedForPermission();
    void unitsOfTheUserAreOnTheUsersBus();
    void failedJobIsAnError();
    void refusalIsAnError_data();
    void refusalIsAnError();
    void forgottenUnitIsStopped();
    void startStartsInTheSameOrder();
    void unknownUnitIsGone();
    void unitThatDoesNotRunIsGone_data();
    void unitThatDoesNotRunIsGone();
    void unitWhoseSocketRunsIsStopped();
    void otherUsersUnitIsDenied();
    void missingBusIsUnsupported();
    void busWithoutSystemdIsUnsupported();
    void silenceCanBeGivenUp();

private:
    void serve(const std::map<std::string, FakeUnit> &units);
    [[nodiscard]] SystemdUnits units() const
    {
        return SystemdUnits({.system = m_bus->address(), .user = "unix:path=/-"});
    }

    std::optional<PrivateBus> m_bus;
    std::optional<FakeSystemd> m_systemd;
};

void tst_SystemdUnits::init()
{
    auto bus = PrivateBus::start();
    QVERIFY2(bus, bus ? "" : bus.error().subject.c_str());
    m_bus.emplace(*std::move(bus));
}

void tst_SystemdUnits::cleanup()
{
    m_systemd.reset();
    m_bus.reset();
}

void tst_SystemdUnits::serve(const std::map<std::string, FakeUnit> &units)
{
    m_systemd.emplace(m_bus->address(), units);
}

void tst_SystemdUnits::findTellsStateAndRestart()
{
    serve({{"app.service", {.restart = "on-failure"}}});

    const auto found = units().find(unitInfo("app.service"), Always);

    QVERIFY2(found, found ? "" : found.error().subject.c_str());
    QCOMPARE(found->name, std::string("app.service"));
    QCOMPARE(found->state, std::string("active"));
    QCOMPARE(found->restart, std::string("on-failure"));
    QCOMPARE(found->parts, Names{"app.service"});
    QVERIFY(!found->isOfUser);
}

void tst_SystemdUnits::socketIsStoppedBeforeItsService()
{
    serve({{"app.service", {.triggeredBy = {"app.socket"}}}, {"app.socket", {}}});

    const auto found = units().find(unitInfo("app.service"), Always);
    QVERIFY(found);
    QVERIFY(units().stop(*found, Always));

    QCOMPARE(m_systemd->orders(), (Names{"StopUnit app.socket replace?", "StopUnit app.service replace?"}));
}

void tst_SystemdUnits::socketThatDoesNotRunIsNoPart()
{
    serve(
        {{"app.service", {.triggeredBy = {"app.socket", "gone.socket"}}}, {"app.socket", {.activeState = "inactive"}}});

    const auto found = units().find(unitInfo("app.service"), Always);

    QVERIFY(found);
    QCOMPARE(found->parts, Names{"app.service"});
}

void tst_SystemdUnits::timerIsNoPart()
{
    serve({{"app.service", {.triggeredBy = {"app.timer"}}}, {"app.timer", {}}});

    const auto found = units().find(unitInfo("app.service"), Always);

    QVERIFY(found);
    QCOMPARE(found->parts, Names{"app.service"});
}

void tst_SystemdUnits::socketBringsItsService()
{
    serve({{"app.socket", {.triggers = {"app.service"}}}, {"app.service", {}}});

    const auto found = units().find(unitInfo("app.socket"), Always);

    QVERIFY(found);
    QCOMPARE(found->parts, (Names{"app.socket", "app.service"}));
}

void tst_SystemdUnits::stopWaitsForTheJob()
{
    std::optional<bool> hasStopped;
    serve({{"app.service", {.whenStopped = [&hasStopped] { hasStopped = true; }}}});

    const auto stopped = units().stop(service({"app.service"}), Always);

    QVERIFY2(stopped, stopped ? "" : stopped.error().subject.c_str());
    QCOMPARE(hasStopped, std::optional(true));
}

void tst_SystemdUnits::userMayBeAskedForPermission()
{
    serve({{"app.service", {}}});

    QVERIFY(units().stop(service({"app.service"}), Always));

    QVERIFY(m_systemd->orders().front().ends_with('?'));
}

void tst_SystemdUnits::unitsOfTheUserAreOnTheUsersBus()
{
    serve({{"app.service", {}}});
    const SystemdUnits onUsersBus({.system = "unix:path=/-", .user = m_bus->address()});

    const auto found = onUsersBus.find(unitInfo("app.service", UnitKind::UserService), Always);
    QVERIFY(found);
    QVERIFY(found->isOfUser);
    QVERIFY(onUsersBus.stop(*found, Always));

    QCOMPARE(m_systemd->orders().size(), std::size_t{1});
}

void tst_SystemdUnits::failedJobIsAnError()
{
    serve({{"app.service", {.jobResult = "timeout"}}});

    const auto stopped = units().stop(service({"app.service"}), Always);

    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Io);
    QCOMPARE(stopped.error().subject, std::string("app.service: timeout"));
}

void tst_SystemdUnits::refusalIsAnError_data()
{
    QTest::addColumn<std::string>("refusal");
    QTest::addColumn<ErrorCode>("code");

    QTest::addRow("polkit said no") << std::string("org.freedesktop.DBus.Error.AccessDenied") << ErrorCode::Denied;
    QTest::addRow("nobody could be asked")
        << std::string("org.freedesktop.DBus.Error.InteractiveAuthorizationRequired") << ErrorCode::Denied;
    QTest::addRow("unit that refuses") << std::string("org.freedesktop.systemd1.OnlyByDependency") << ErrorCode::Io;
}

void tst_SystemdUnits::refusalIsAnError()
{
    QFETCH(const std::string, refusal);
    QFETCH(const ErrorCode, code);
    serve({{"app.socket", {.refusal = refusal}}, {"app.service", {}}});

    const auto stopped = units().stop(service({"app.socket", "app.service"}), Always);

    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, code);
    QCOMPARE(stopped.error().subject, std::string("app.socket: It was refused."));
    QCOMPARE(m_systemd->orders().size(), std::size_t{1}); // the service was let alone
}

void tst_SystemdUnits::forgottenUnitIsStopped()
{
    serve({{"app.service", {}}});

    QVERIFY(units().stop(service({"run-u17.service", "app.service"}), Always));

    QCOMPARE(m_systemd->orders().size(), std::size_t{2});
}

void tst_SystemdUnits::startStartsInTheSameOrder()
{
    serve({{"app.socket", {}}, {"app.service", {}}});

    QVERIFY(units().start(service({"app.socket", "app.service"}), Always));

    QCOMPARE(m_systemd->orders(), (Names{"StartUnit app.socket replace?", "StartUnit app.service replace?"}));
}

void tst_SystemdUnits::unknownUnitIsGone()
{
    serve({});

    const auto found = units().find(unitInfo("app.service"), Always);

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Gone);
    QVERIFY(found.error().subject.starts_with("app.service"));
}

void tst_SystemdUnits::unitThatDoesNotRunIsGone_data()
{
    QTest::addColumn<std::string>("state");
    QTest::addRow("stopped") << std::string("inactive");
    QTest::addRow("failed") << std::string("failed");
}

/// Though some of its processes may.
void tst_SystemdUnits::unitThatDoesNotRunIsGone()
{
    QFETCH(const std::string, state);
    serve({{"app.service", {.activeState = state}}});

    const auto found = units().find(unitInfo("app.service"), Always);

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Gone);
    QCOMPARE(found.error().subject, std::string("app.service"));
}

void tst_SystemdUnits::unitWhoseSocketRunsIsStopped()
{
    serve({{"app.service", {.activeState = "inactive", .triggeredBy = {"app.socket"}}}, {"app.socket", {}}});

    const auto found = units().find(unitInfo("app.service"), Always);

    QVERIFY(found);
    QCOMPARE(found->parts, Names{"app.socket"});
}

void tst_SystemdUnits::otherUsersUnitIsDenied()
{
    auto unit = unitInfo("app.service", UnitKind::UserService);
    unit.user = ::getuid() + 1;

    const auto found = units().find(unit, Always);

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Denied);
    QCOMPARE(found.error().subject, std::string("app.service"));
}

void tst_SystemdUnits::missingBusIsUnsupported()
{
    const SystemdUnits nowhere({.system = "unix:path=/nonexistent/bus", .user = {}});

    const auto found = nowhere.find(unitInfo("app.service"), Always);

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Unsupported);
    QCOMPARE(found.error().subject, std::string("unix:path=/nonexistent/bus"));
}

void tst_SystemdUnits::busWithoutSystemdIsUnsupported()
{
    const auto found = units().find(unitInfo("app.service"), Always);

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Unsupported);
}

void tst_SystemdUnits::silenceCanBeGivenUp()
{
    serve({{"app.service", {.isSilent = true}}});
    int asked = 0;

    const auto stopped = units().stop(service({"app.service"}), [&] {
        asked += m_systemd->orders().empty() ? 0 : 1; // the order has arrived
        return asked < 2;
    });

    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Io);
    QCOMPARE(stopped.error().sysErrno, ECANCELED);
}

QTEST_GUILESS_MAIN(tst_SystemdUnits)
#include "tst_systemdunits.moc"
