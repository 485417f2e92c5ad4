// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/userscope.h"
#include "tests/support/fakesystemd.h"
#include "tests/support/privatebus.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using Quay::ErrorCode;
using Quay::moveToScope;
using Quay::Test::FakeSystemd;
using Quay::Test::FakeUnit;
using Quay::Test::PrivateBus;

namespace {

const std::string Unit = "quaymaster-0001.scope";

} // namespace

class tst_UserScope : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void processIsMovedOnceTheJobIsDone();
    void failedJobIsAnError();
    void refusalIsAnError();
    void silenceIsWaitedForNoLonger();
    void busWithoutSystemdIsUnsupported();
    void missingBusIsUnsupported();

private:
    void serve(FakeUnit unit) { m_systemd.emplace(m_bus->address(), std::map<std::string, FakeUnit>{{Unit, unit}}); }
    [[nodiscard]] Quay::Result<> move() const
    {
        return moveToScope(m_bus->address(), {.unit = Unit, .description = "shop/api"}, 4711);
    }

    std::optional<PrivateBus> m_bus;
    std::optional<FakeSystemd> m_systemd;
};

void tst_UserScope::init()
{
    auto bus = PrivateBus::start();
    QVERIFY2(bus, bus ? "" : bus.error().subject.c_str());
    m_bus.emplace(*std::move(bus));
}

void tst_UserScope::cleanup()
{
    m_systemd.reset();
    m_bus.reset();
}

void tst_UserScope::processIsMovedOnceTheJobIsDone()
{
    serve({});

    const auto moved = move();

    QVERIFY2(moved, moved ? "" : moved.error().subject.c_str());
    QCOMPARE(m_systemd->orders(),
             (std::vector<std::string>{"StartTransientUnit " + Unit
                                       + " fail? Description=shop/api PIDs=4711 Delegate=yes"
                                         " CollectMode=inactive-or-failed"}));
}

void tst_UserScope::failedJobIsAnError()
{
    serve({.jobResult = "failed"});

    const auto moved = move();

    QVERIFY(!moved);
    QCOMPARE(moved.error().subject, Unit + ": failed");
}

void tst_UserScope::refusalIsAnError()
{
    serve({.refusal = "org.freedesktop.DBus.Error.AccessDenied"});

    const auto moved = move();

    QVERIFY(!moved);
    QCOMPARE(moved.error().code, ErrorCode::Denied);
}

void tst_UserScope::silenceIsWaitedForNoLonger()
{
    serve({.isSilent = true});

    const auto moved = move();

    QVERIFY(!moved);
    QCOMPARE(moved.error().sysErrno, ETIMEDOUT);
}

void tst_UserScope::busWithoutSystemdIsUnsupported()
{
    QCOMPARE(move().error().code, ErrorCode::Unsupported);
}

void tst_UserScope::missingBusIsUnsupported()
{
    const auto moved = moveToScope("unix:path=/nonexistent/bus", {.unit = Unit, .description = "shop/api"}, 4711);

    QVERIFY(!moved);
    QCOMPARE(moved.error().code, ErrorCode::Unsupported);
}

QTEST_GUILESS_MAIN(tst_UserScope)
#include "tst_userscope.moc"
