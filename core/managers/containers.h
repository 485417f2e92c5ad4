// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/servicemanagers.h"
#include "core/managers/containeranswers.h"

#include <chrono>
#include <string>
#include <vector>

namespace Quay {

/// Where Docker and Podman may listen: as `DOCKER_HOST` says, else where they do so by themselves, the user's own
/// first.
[[nodiscard]] std::vector<std::string> containerSockets();

/**
 * Finds, stops and starts containers over the API of Docker, which Podman speaks as well.
 *
 * A container is known by its id, which its processes have in their cgroup, or by a port that it publishes, when a
 * proxy holds that for it. The proxy is never signalled: it ends with its container.
 *
 * Source:  the Docker Engine API: /containers/json, /containers/ID/json, .../stop?t=, .../start.
 * Errors:  as ServiceManagers. When no API knows the container, the error is that of the one which says most.
 * Threads: not shared.
 */
class Containers
{
public:
    explicit Containers(std::vector<std::string> sockets);

    /// @p reviver: of kind Container.
    [[nodiscard]] Result<ManagedService> find(const Reviver &reviver, const GoesOn &goesOn) const;
    [[nodiscard]] Result<> stop(const ManagedService &service, std::chrono::milliseconds grace,
                                const GoesOn &goesOn) const;
    [[nodiscard]] Result<> start(const ManagedService &service, const GoesOn &goesOn) const;

private:
    std::vector<std::string> m_sockets;
};

} // namespace Quay
