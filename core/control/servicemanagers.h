// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/goeson.h"
#include "core/base/result.h"
#include "core/control/killplan.h"

#include <chrono>
#include <string>
#include <vector>

namespace Quay {

/// A unit or container as its manager knows it: enough to stop it, and to start it again.
struct ManagedService
{
    ReviverKind kind = ReviverKind::Unit; ///< Unit or Container.
    std::string name; ///< To be shown: `app.service`, `web`. Raw bytes.
    /// What is stopped, in this order: of a unit the sockets that would start it again, then itself; else the
    /// container's id. It is started in the same order.
    std::vector<std::string> parts;
    bool isOfUser = false; ///< A unit of the user's own systemd, not of the system's.
    std::string endpoint; ///< Of a container: the socket of the API that knows it.
    std::string image; ///< Of a container. Raw bytes; empty when unknown.
    std::string state; ///< In the manager's own word: `active`, `running`.
    std::string restart; ///< In the manager's own word: `on-failure`, `unless-stopped`. Empty when unknown.

    bool operator==(const ManagedService &) const = default;
};

/**
 * Asks whoever runs services to stop and to start them: systemd, Docker, Podman.
 *
 * Errors:  Gone: it does not know such a service, or that does not run. Denied: it, or the way to it, is not for us.
 *          Unsupported: there is no such manager here. Malformed: it answers what nobody can understand. Io with
 *          ETIMEDOUT: no answer in time; with ECANCELED: @p goesOn said no; else: it refused, for the reason in the
 *          subject. The subject names the service, or the way to the manager.
 * Threads: not shared. Each function blocks until it is done, its time is over, or @p goesOn says no.
 */
class ServiceManagers
{
public:
    ServiceManagers() = default;
    ServiceManagers(const ServiceManagers &) = delete;
    ServiceManagers &operator=(const ServiceManagers &) = delete;
    virtual ~ServiceManagers() = default;

    /// Of whom a plan says that it would start again what is ended. Invalid for a process manager.
    [[nodiscard]] virtual Result<ManagedService> find(const Reviver &reviver, const GoesOn &goesOn) = 0;
    /// Until nothing of it runs. The user may be asked for a password. @p grace: of a container, until it is killed;
    /// a unit says itself how long it takes. What is stopped already is a success.
    [[nodiscard]] virtual Result<> stop(const ManagedService &service, std::chrono::milliseconds grace,
                                        const GoesOn &goesOn) = 0;
    [[nodiscard]] virtual Result<> start(const ManagedService &service, const GoesOn &goesOn) = 0;
};

/**
 * Those of @p revivers that are units or containers, each once. All or none.
 *
 * Errors:  as ServiceManagers::find().
 */
[[nodiscard]] Result<std::vector<ManagedService>>
findServices(ServiceManagers &managers, const std::vector<Reviver> &revivers, const GoesOn &goesOn);

} // namespace Quay
