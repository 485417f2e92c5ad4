// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "tests/support/childprocess.h"

#include <string>
#include <utility>

namespace Quay::Test {

/// A D-Bus bus that nobody else is on. It ends with this object.
class PrivateBus
{
public:
    [[nodiscard]] static Result<PrivateBus> start()
    {
        auto daemon = ChildProcess::start({.arguments = {"dbus-daemon", "--session", "--nofork", "--print-address"}});
        if (!daemon) {
            return std::unexpected(daemon.error());
        }
        auto address = daemon->readLine();
        if (!address) {
            return std::unexpected(address.error());
        }
        return PrivateBus(*std::move(daemon), *std::move(address));
    }

    [[nodiscard]] const std::string &address() const noexcept { return m_address; }

private:
    PrivateBus(ChildProcess daemon, std::string address)
        : m_daemon(std::move(daemon))
        , m_address(std::move(address))
    {
    }

    ChildProcess m_daemon;
    std::string m_address;
};

} // namespace Quay::Test
