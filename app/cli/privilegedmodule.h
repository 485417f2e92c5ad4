// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtPlugin>

#include <memory>

namespace Quay {

class PrivilegedClient;

/// The module that brings D-Bus and KAuth along, loaded only when the helper is asked for something.
class PrivilegedModule
{
public:
    PrivilegedModule() = default;
    PrivilegedModule(const PrivilegedModule &) = delete;
    PrivilegedModule &operator=(const PrivilegedModule &) = delete;
    virtual ~PrivilegedModule() = default;

    [[nodiscard]] virtual std::unique_ptr<PrivilegedClient> createClient() = 0;
};

} // namespace Quay

#define QUAY_PRIVILEGED_MODULE_IID "org.quaymaster.PrivilegedModule/1"
Q_DECLARE_INTERFACE(Quay::PrivilegedModule, QUAY_PRIVILEGED_MODULE_IID)
