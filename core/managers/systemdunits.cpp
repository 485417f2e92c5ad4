// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/systemdunits.h"

#include "core/managers/busconnection.h"
#include "core/managers/systemdmanager.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include <unistd.h>

namespace Quay {

namespace {

bool isRunning(std::string_view state)
{
    return state != "inactive" && state != "failed";
}

Result<SystemdManager> beginWith(bool isOfUser, const BusAddresses &addresses, const GoesOn &goesOn)
{
    return isOfUser ? SystemdManager::open(BusKind::User, addresses.user, goesOn)
                    : SystemdManager::open(BusKind::System, addresses.system, goesOn);
}

/// Those of @p units that run.
Result<std::vector<std::string>> runningOf(SystemdManager &systemd, const std::vector<std::string> &units)
{
    std::vector<std::string> running;
    for (const auto &unit : units) {
        const auto state = systemd.text(unit, "Unit", "ActiveState");
        if (!state && state.error().code != ErrorCode::Gone) {
            return std::unexpected(state.error());
        }
        if (state && isRunning(*state)) {
            running.push_back(unit);
        }
    }
    return running;
}

/// Stops or starts a unit, in the way that a user does.
Result<> orderFor(SystemdManager &systemd, const char *method, const std::string &unit)
{
    return systemd.order(method, unit, textArguments({unit, "replace"}), {});
}

/// The sockets that would start @p unit, and it: those of them that run. Of a socket, it and what it has started.
Result<std::vector<std::string>> partsOf(SystemdManager &systemd, const std::string &unit)
{
    const bool isSocket = unit.ends_with(".socket");
    auto others = systemd.texts(unit, isSocket ? "Triggers" : "TriggeredBy");
    if (!others) {
        return others;
    }
    std::erase_if(*others, [isSocket](const std::string &other) { return !isSocket && !other.ends_with(".socket"); });
    others->insert(isSocket ? others->begin() : others->end(), unit);
    return runningOf(systemd, *others);
}

} // namespace

SystemdUnits::SystemdUnits(BusAddresses addresses)
    : m_addresses(std::move(addresses))
{
}

Result<ManagedService> SystemdUnits::find(const UnitInfo &unit, const GoesOn &goesOn) const
{
    const bool isOfUser = unit.kind == UnitKind::UserService;
    if (isOfUser && unit.user.value_or(::getuid()) != ::getuid()) {
        return fail(ErrorCode::Denied, unit.name);
    }
    auto systemd = beginWith(isOfUser, m_addresses, goesOn);
    if (!systemd) {
        return std::unexpected(systemd.error());
    }
    ManagedService service{.kind = ReviverKind::Unit, .name = unit.name, .parts = {}, .isOfUser = isOfUser};
    const auto state = systemd->text(unit.name, "Unit", "ActiveState");
    auto parts = partsOf(*systemd, unit.name);
    if (!state || !parts) {
        return std::unexpected(!state ? state.error() : parts.error());
    }
    if (parts->empty()) { // who is left of it (KillMode=process) does not end with it any more
        return fail(ErrorCode::Gone, unit.name);
    }
    service.state = *state;
    service.parts = *std::move(parts);
    if (unit.name.ends_with(".service")) {
        service.restart = systemd->text(unit.name, "Service", "Restart").value_or("");
    }
    return service;
}

Result<> SystemdUnits::stop(const ManagedService &service, const GoesOn &goesOn) const
{
    auto systemd = beginWith(service.isOfUser, m_addresses, goesOn);
    Result<> done = systemd ? systemd->hearOfJobs() : std::unexpected(systemd.error());
    for (const auto &unit : service.parts) {
        done = done.and_then([&] { return orderFor(*systemd, "StopUnit", unit); }).or_else([](const Error &error) {
            // A transient unit is forgotten as soon as it has stopped.
            return error.code == ErrorCode::Gone ? Result<>() : std::unexpected(error);
        });
    }
    return done;
}

Result<> SystemdUnits::start(const ManagedService &service, const GoesOn &goesOn) const
{
    auto systemd = beginWith(service.isOfUser, m_addresses, goesOn);
    Result<> done = systemd ? systemd->hearOfJobs() : std::unexpected(systemd.error());
    for (const auto &unit : service.parts) {
        done = done.and_then([&] { return orderFor(*systemd, "StartUnit", unit); });
    }
    return done;
}

} // namespace Quay
