// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/lazymanagers.h"

#include "core/control/managersmodule.h"
#include "core/control/modulepath.h"

#include <QPluginLoader>
#include <QString>

namespace Quay {

LazyManagers::LazyManagers() = default;

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
        m_loader = std::make_unique<QPluginLoader>(modulePath(QStringLiteral("quay-managers")));
        auto *const module = qobject_cast<ManagersModule *>(m_loader->instance());
        if (module == nullptr) {
            return fail(ErrorCode::Unsupported, m_loader->errorString().toStdString());
        }
        m_managers = module->createManagers();
    }
    return m_managers.get();
}

} // namespace Quay
