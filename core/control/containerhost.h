// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/unit.h"

#include <cstdint>
#include <string>

namespace Quay {

/// Who runs a container, and so may be asked to stop it.
enum class ContainerHost : std::uint8_t
{
    Unknown, ///< Its cgroup does not say: to be looked for at Docker and Podman.
    Engine, ///< Docker or Podman, which have an API for that.
    Kubernetes, ///< It starts the containers of a pod again, whoever has stopped one.
    Containerd, ///< Without Kubernetes or Docker: nerdctl.
    Lxc,
    Nspawn,
};

/// As far as the cgroup of @p unit tells; @p unit: of kind Container. Threads: pure function.
[[nodiscard]] ContainerHost containerHostOf(const UnitInfo &unit);

/// Whether ServiceManagers know such a host.
[[nodiscard]] bool canBeAsked(ContainerHost host);

/// What somebody may type to stop the container of @p unit, whose host cannot be asked. Raw bytes; empty when the
/// cgroup does not tell enough for that. Threads: pure function.
[[nodiscard]] std::string stopCommandOf(const UnitInfo &unit);

} // namespace Quay
