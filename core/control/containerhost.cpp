// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/containerhost.h"

namespace Quay {

ContainerHost containerHostOf(const UnitInfo &unit)
{
    // Whatever runs the containers of a pod, it does so for the kubelet.
    if (unit.path.find("kubepods") != std::string::npos || unit.containerRuntime == "kubernetes"
        || unit.containerRuntime == "cri-o") {
        return ContainerHost::Kubernetes;
    }
    if (unit.containerRuntime == "docker" || unit.containerRuntime == "podman") {
        return ContainerHost::Engine;
    }
    if (unit.containerRuntime == "containerd") {
        return ContainerHost::Containerd;
    }
    if (unit.containerRuntime == "lxc") {
        return ContainerHost::Lxc;
    }
    return unit.containerRuntime == "nspawn" ? ContainerHost::Nspawn : ContainerHost::Unknown;
}

bool canBeAsked(ContainerHost host)
{
    return host == ContainerHost::Unknown || host == ContainerHost::Engine;
}

std::string stopCommandOf(const UnitInfo &unit)
{
    switch (containerHostOf(unit)) {
    case ContainerHost::Containerd:
        return "nerdctl stop " + unit.name;
    case ContainerHost::Lxc:
        return "lxc-stop --name " + unit.name;
    case ContainerHost::Nspawn:
        return "machinectl poweroff " + unit.name;
    case ContainerHost::Unknown:
    case ContainerHost::Engine:
    case ContainerHost::Kubernetes: // it knows pods by names that no cgroup has
        break;
    }
    return {};
}

} // namespace Quay
