// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/passwordagent.h"
#include "core/base/result.h"
#include "core/control/moduleloader.h"

#include <memory>
#include <optional>

namespace Quay {

class PrivilegedClient;

/// Whom a verb asks for what the user may not do. A test answers by itself.
class Authority
{
public:
    Authority() = default;
    Authority(const Authority &) = delete;
    Authority &operator=(const Authority &) = delete;
    virtual ~Authority() = default;

    /// Never null, and gone with this object. Errors: as ModuleLoader::load().
    [[nodiscard]] virtual Result<PrivilegedClient *> client() = 0;
    /// Lets answers come that are there. Does not wait.
    virtual void process() = 0;
};

/// The helper on the system bus. Loads what that takes when it is asked first, and lets polkit ask for a password on
/// the terminal where no desktop does that.
class HelperAuthority : public Authority
{
public:
    HelperAuthority();
    ~HelperAuthority() override;

    [[nodiscard]] Result<PrivilegedClient *> client() override;
    void process() override;

private:
    ModuleLoader m_module;
    std::optional<PasswordAgent> m_agent;
    std::unique_ptr<PrivilegedClient> m_client; ///< Made by m_module, and gone before it.
};

} // namespace Quay
