// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <cstdint>
#include <span>
#include <vector>

namespace Quay {

/**
 * How many established connections each local address and port has.
 *
 * Threads: immutable once made.
 */
class ConnectionCounts
{
public:
    ConnectionCounts() = default;
    explicit ConnectionCounts(std::span<const SocketRecord> connections);

    /// The connections that came in through @p listener: those to its port at an address that it listens on.
    [[nodiscard]] std::uint32_t of(const SocketRecord &listener) const;

private:
    struct Count
    {
        std::uint16_t port = 0;
        IpAddress address; ///< unmapped
        std::uint32_t connections = 0;
    };
    std::vector<Count> m_counts; ///< by port and address
};

} // namespace Quay
