// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/servicemanagers.h"
#include "core/managers/containers.h"
#include "core/managers/systemdunits.h"

#include <string>
#include <vector>

namespace Quay {

/// Where LocalManagers looks. The defaults are the machine it runs on.
struct ManagerSources
{
    BusAddresses buses;
    std::vector<std::string> containerSockets = Quay::containerSockets();
};

/// The managers of this machine. Threads: as ServiceManagers.
class LocalManagers : public ServiceManagers
{
public:
    explicit LocalManagers(ManagerSources sources = {});

    [[nodiscard]] Result<ManagedService> find(const Reviver &reviver, const GoesOn &goesOn) override;
    [[nodiscard]] Result<> stop(const ManagedService &service, std::chrono::milliseconds grace,
                                const GoesOn &goesOn) override;
    [[nodiscard]] Result<> start(const ManagedService &service, const GoesOn &goesOn) override;

private:
    [[nodiscard]] Result<ManagedService> findContainer(const Reviver &reviver, const GoesOn &goesOn) const;

    SystemdUnits m_units;
    Containers m_containers;
};

} // namespace Quay
