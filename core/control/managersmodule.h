// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/servicemanagers.h"

#include <QtPlugin>

#include <memory>

namespace Quay {

/// The module that brings the bus library of systemd and HTTP along, loaded only when a unit or container matters.
class ManagersModule
{
public:
    ManagersModule() = default;
    ManagersModule(const ManagersModule &) = delete;
    ManagersModule &operator=(const ManagersModule &) = delete;
    virtual ~ManagersModule() = default;

    /// Those of this machine.
    [[nodiscard]] virtual std::unique_ptr<ServiceManagers> createManagers() = 0;
};

} // namespace Quay

#define QUAY_MANAGERS_MODULE_IID "org.quaymaster.ManagersModule/1"
Q_DECLARE_INTERFACE(Quay::ManagersModule, QUAY_MANAGERS_MODULE_IID)
