// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/userscope.h"

#include "core/base/goeson.h"
#include "core/managers/busconnection.h"
#include "core/managers/systemdmanager.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr SystemdManager::Limits Limits{.order = 1s, .job = 1s};

int appendScope(sd_bus_message *message, const UserScope &scope, pid_t process)
{
    constexpr int Properties = 4;
    constexpr int NoOtherUnits = 0;
    return sd_bus_message_append(message, "ssa(sv)a(sa(sv))", scope.unit.c_str(), "fail", Properties, //
                                 "Description", "s", scope.description.c_str(), //
                                 "PIDs", "au", 1, static_cast<std::uint32_t>(process), //
                                 "Delegate", "b", 1, //
                                 "CollectMode", "s", "inactive-or-failed", // it is not kept when it went wrong
                                 NoOtherUnits);
}

} // namespace

Result<> moveToScope(const std::string &busAddress, const UserScope &scope, pid_t process)
{
    const GoesOn always = [] { return true; };
    auto systemd = SystemdManager::open(BusKind::User, busAddress, always);
    if (!systemd) {
        return std::unexpected(systemd.error());
    }
    return systemd->hearOfJobs(Limits.order).and_then([&] {
        const auto arguments = [&](sd_bus_message *message) { return appendScope(message, scope, process); };
        return systemd->order("StartTransientUnit", scope.unit, arguments, Limits);
    });
}

} // namespace Quay
