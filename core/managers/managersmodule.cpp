// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/managersmodule.h"

#include "core/managers/localmanagers.h"

#include <QObject>

namespace Quay {

class ManagersModulePlugin : public QObject, public ManagersModule
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QUAY_MANAGERS_MODULE_IID)
    Q_INTERFACES(Quay::ManagersModule)
public:
    [[nodiscard]] std::unique_ptr<ServiceManagers> createManagers() override
    {
        return std::make_unique<LocalManagers>();
    }
};

} // namespace Quay

#include "managersmodule.moc"
