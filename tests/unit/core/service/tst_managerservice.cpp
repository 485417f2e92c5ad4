// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/againstore.h"
#include "core/service/managerservice.h"
#include "tests/support/fakemanagers.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace std::chrono_literals;
using Quay::AgainStore;
using Quay::ManagedService;
using Quay::ManagerService;
using Quay::Reviver;

namespace {

/// Knows every unit, and does not stop one of them.
class StubbornManagers : public Quay::Test::FakeManagers
{
public:
    explicit StubbornManagers(std::string refused)
        : m_refused(std::move(refused))
    {
    }

    [[nodiscard]] Quay::Result<ManagedService> find(const Reviver &reviver, const Quay::GoesOn & /*goesOn*/) override
    {
        return ManagedService{.kind = reviver.kind, .name = reviver.name, .parts = {reviver.name}};
    }

    [[nodiscard]] Quay::Result<> stop(const ManagedService &service, std::chrono::milliseconds grace,
                                      const Quay::GoesOn &goesOn) override
    {
        return service.name == m_refused ? Quay::fail(Quay::ErrorCode::Denied, service.name)
                                         : FakeManagers::stop(service, grace, goesOn);
    }

private:
    std::string m_refused;
};

Reviver unitCalled(const std::string &name)
{
    return {.kind = Quay::ReviverKind::Unit,
            .name = name,
            .unit = {.kind = Quay::UnitKind::UserService, .name = name},
            .process = {},
            .published = {}};
}

} // namespace

class tst_ManagerService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatWasStoppedBeforeARefusalCanBeHadBack();
    void whereNothingWasStoppedNothingIsKept();

private:
    /// How it fails to stop web.service and db.service, of which the managers refuse @p refused. The attempts that can
    /// be had back.
    static std::optional<int> keptWhenRefused(const std::string &refused);

    std::unique_ptr<QTemporaryDir> m_home;
};

void tst_ManagerService::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(m_home->isValid());
    qputenv("XDG_RUNTIME_DIR", m_home->path().toLocal8Bit());
    qputenv("XDG_STATE_HOME", m_home->path().toLocal8Bit());
}

std::optional<int> tst_ManagerService::keptWhenRefused(const std::string &refused)
{
    ManagerService service(Quay::AuditAsker::Window, std::make_unique<StubbornManagers>(refused));
    const QSignalSpy kept(&service, &ManagerService::keptForAgain);
    QSignalSpy failed(&service, &ManagerService::notStopped);
    Quay::KillPlan plan;
    plan.revivers = {unitCalled("web.service"), unitCalled("db.service")};
    plan.listeners = {Quay::Test::listenerFrom({.port = 3000})};
    service.stopServices(plan, 1s);
    const bool hasFailed = failed.wait();
    return hasFailed ? std::optional(static_cast<int>(kept.size())) : std::nullopt;
}

void tst_ManagerService::whatWasStoppedBeforeARefusalCanBeHadBack()
{
    QCOMPARE(keptWhenRefused("db.service"), std::optional(1));

    const AgainStore store(Quay::againDirectory().value());
    QCOMPARE(store.attempts().size(), std::size_t{1});
    const auto things = store.read(store.attempts().front()).value();
    QCOMPARE(things.services.size(), std::size_t{1});
    QCOMPARE(things.services.front().name, std::string("web.service"));
    QCOMPARE(things.ports.size(), std::size_t{1});
}

void tst_ManagerService::whereNothingWasStoppedNothingIsKept()
{
    QCOMPARE(keptWhenRefused("web.service"), std::optional(0));

    QVERIFY(AgainStore(Quay::againDirectory().value()).attempts().empty());
}

QTEST_GUILESS_MAIN(tst_ManagerService)
#include "tst_managerservice.moc"
