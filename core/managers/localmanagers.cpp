// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/localmanagers.h"

#include "core/control/containerhost.h"

#include <utility>

namespace Quay {

LocalManagers::LocalManagers(ManagerSources sources)
    : m_units(std::move(sources.buses))
    , m_containers(std::move(sources.containerSockets))
{
}

Result<ManagedService> LocalManagers::find(const Reviver &reviver, const GoesOn &goesOn)
{
    switch (reviver.kind) {
    case ReviverKind::Unit:
        return m_units.find(reviver.unit, goesOn);
    case ReviverKind::Container:
        return findContainer(reviver, goesOn);
    case ReviverKind::ProcessManager:
        break;
    }
    return fail(ErrorCode::Invalid, reviver.name);
}

Result<ManagedService> LocalManagers::findContainer(const Reviver &reviver, const GoesOn &goesOn) const
{
    const auto &runtime = reviver.unit.containerRuntime;
    return canBeAsked(containerHostOf(reviver.unit)) ? m_containers.find(reviver, goesOn)
                                                     : fail(ErrorCode::Unsupported, runtime);
}

Result<> LocalManagers::stop(const ManagedService &service, std::chrono::milliseconds grace, const GoesOn &goesOn)
{
    return service.kind == ReviverKind::Unit ? m_units.stop(service, goesOn)
                                             : m_containers.stop(service, grace, goesOn);
}

Result<> LocalManagers::start(const ManagedService &service, const GoesOn &goesOn)
{
    return service.kind == ReviverKind::Unit ? m_units.start(service, goesOn) : m_containers.start(service, goesOn);
}

} // namespace Quay
