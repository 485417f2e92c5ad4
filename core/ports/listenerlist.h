// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"

#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

namespace Quay {

/// The order of a snapshot: protocol, port, address, key. Constant for as long as a listener lives.
[[nodiscard]] inline auto listenerOrder(const Listener &listener)
{
    return std::tuple(listener.socket.protocol, listener.socket.localPort, listener.socket.localAddress,
                      listener.key());
}

/**
 * The listeners in the order of a snapshot, changed a few at a time.
 *
 * Threads: not shared.
 */
class ListenerList
{
public:
    /// What came and went since the last call, in one pass.
    void update(std::span<const ListenerKey> gone, std::vector<ListenerPtr> appeared);
    /// Puts another state of the same listener in its place: one with the same key. Not when it has yet to be added.
    void replace(const ListenerPtr &listener);

    [[nodiscard]] const std::vector<ListenerPtr> &all() const noexcept { return m_listeners; }
    /// The listeners of one port.
    [[nodiscard]] std::span<const ListenerPtr> onPort(Protocol protocol, std::uint16_t port) const;

private:
    std::vector<ListenerPtr> m_listeners;
};

} // namespace Quay
