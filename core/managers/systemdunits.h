// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/servicemanagers.h"

#include <string>

namespace Quay {

/// Where the buses are. Empty: as the environment says, or where systemd has them.
struct BusAddresses
{
    std::string system;
    std::string user;
};

/**
 * Finds, stops and starts units of systemd.
 *
 * A socket that would start a service again as soon as somebody connects is stopped first: systemd holds its port, not
 * the service. What is to be done counts as done once systemd says so of its job, not when it has taken the order.
 *
 * Source:  org.freedesktop.systemd1(5): Manager.GetUnit(), StopUnit(), StartUnit(), the signal JobRemoved; Unit.
 *          TriggeredBy, Triggers, ActiveState; Service.Restart.
 * Errors:  as ServiceManagers; Gone also for a unit that does not run, with all that would start it; Denied also for
 *          units of another user's systemd.
 * Threads: not shared.
 */
class SystemdUnits
{
public:
    explicit SystemdUnits(BusAddresses addresses);

    /// @p unit: of kind SystemService or UserService.
    [[nodiscard]] Result<ManagedService> find(const UnitInfo &unit, const GoesOn &goesOn) const;
    [[nodiscard]] Result<> stop(const ManagedService &service, const GoesOn &goesOn) const;
    [[nodiscard]] Result<> start(const ManagedService &service, const GoesOn &goesOn) const;

private:
    BusAddresses m_addresses;
};

} // namespace Quay
