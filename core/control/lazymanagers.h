// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/moduleloader.h"
#include "core/control/servicemanagers.h"

#include <memory>

namespace Quay {

/**
 * The managers of this machine, whose module is loaded with the first question: most endings need none.
 *
 * Errors:  as ServiceManagers; Unsupported without the module, with the loader's reason as subject.
 */
class LazyManagers : public ServiceManagers
{
public:
    LazyManagers();
    ~LazyManagers() override;

    [[nodiscard]] Result<ManagedService> find(const Reviver &reviver, const GoesOn &goesOn) override;
    [[nodiscard]] Result<> stop(const ManagedService &service, std::chrono::milliseconds grace,
                                const GoesOn &goesOn) override;
    [[nodiscard]] Result<> start(const ManagedService &service, const GoesOn &goesOn) override;

private:
    [[nodiscard]] Result<ServiceManagers *> loaded();

    ModuleLoader m_loader;
    std::unique_ptr<ServiceManagers> m_managers; ///< Goes before the module does.
};

} // namespace Quay
