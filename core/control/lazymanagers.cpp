// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/lazymanagers.h"

#include "core/control/managersmodule.h"
#include "core/control/moduleloader.h"

#include <QString>

namespace Quay {

LazyManagers::LazyManagers()
    : m_loader(QStringLiteral("quay-managers"))
{
}

LazyManagers::~LazyManagers() = default;

Result<ManagedService> LazyManagers::find(const Reviver &reviver, const GoesOn &goesOn)
{
    return loaded().and_then([&](ServiceManagers *managers) { return managers->find(reviver, goesOn); });
}

Result<> LazyManagers::stop(const ManagedService &service, std::chrono::milliseconds grace, const GoesOn &goesOn)
{
    return loaded().and_then([&](ServiceManagers *managers) { return managers->stop(service, grace, goesOn); });
}

Result<> LazyManagers::start(const ManagedService &service, const GoesOn &goesOn)
{
    return loaded().and_then([&](ServiceManagers *managers) { return managers->start(service, goesOn); });
}

Result<ServiceManagers *> LazyManagers::loaded()
{
    if (m_managers == nullptr) {
        const auto module = m_loader.load<ManagersModule>();
        if (!module) {
            return std::unexpected(module.error());
        }
        m_managers = (*module)->createManagers();
    }
    return m_managers.get();
}

} // namespace Quay
