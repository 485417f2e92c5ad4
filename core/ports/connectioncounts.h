// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/socketrecord.h"
#include "core/ports/listenerbinding.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace Quay {

/// The connections that came in at one address.
struct ConnectionCount
{
    std::uint32_t connections = 0;
    bool isShared = false; ///< By several listeners (SO_REUSEPORT): the kernel does not say which of them took which.

    bool operator==(const ConnectionCount &) const = default;
};

/**
 * How many established connections each listener has.
 *
 * A connection counts for the listener that the kernel prefers for it, see preferenceOf().
 *
 * Threads: immutable once made.
 */
class ConnectionCounts
{
public:
    /// UDP sockets among @p listeners are passed over.
    ConnectionCounts(std::span<const SocketRecord> connections, std::span<const SocketRecord> listeners);

    /// Nothing for one that was not among the listeners.
    [[nodiscard]] std::optional<ConnectionCount> of(const SocketRecord &listener) const;

private:
    struct Entry
    {
        ListenerBinding binding;
        std::uint32_t listeners = 0;
        ConnectionCount count;
    };

    void add(const ConnectionEndpoint &endpoint, std::uint32_t connections);

    std::vector<Entry> m_entries; ///< by binding
};

} // namespace Quay
