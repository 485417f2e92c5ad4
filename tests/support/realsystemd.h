// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/managers/busconnection.h"
#include "tests/support/enclosure.h"

#include <map>
#include <string>

namespace Quay::Test {

/// systemd itself, as a machine or a user has it, with a bus of its own and the units of a test.
class RealSystemd
{
public:
    /// @p directory: an empty one, for its files. @p units: what stands in each, by name; `[Unit]` is there. They are
    /// started, except for services that have a socket.
    /// Errors: Unsupported, with what is missing as subject, where it cannot be had.
    [[nodiscard]] static Result<RealSystemd> start(BusKind kind, const std::string &directory,
                                                   const std::map<std::string, std::string> &units);

    /// Of the bus on which it can be asked.
    [[nodiscard]] const std::string &busAddress() const noexcept { return m_busAddress; }
    /// Whether it answers there: its units may run before.
    [[nodiscard]] bool answers() const;

private:
    RealSystemd(Enclosure enclosure, BusKind kind, std::string busAddress);

    Enclosure m_enclosure;
    BusKind m_kind;
    std::string m_busAddress;
};

} // namespace Quay::Test
