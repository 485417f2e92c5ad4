// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/kernel/socketaddress.h"
#include "core/kernel/socketrecord.h"

#include <cstdint>
#include <optional>

namespace Quay {

class SockDiag;

/// What became of a connection to a listener.
enum class Acceptance : std::uint8_t
{
    Open, ///< It was not accepted yet.
    Accepted,
    Untestable, ///< It cannot be told, or is not to be tried: see AcceptTrial.
};

/**
 * Whether the program behind a listener accepts connections, found out with one connection on which nothing is sent.
 *
 * That connect() succeeds says nothing: the kernel completes the handshake by itself as long as the queue has room. So
 * the kernel is asked about the other end of the connection, which has an inode once it was accepted.
 *
 * Not tried, but called untestable: a listener whose queue takes one connection at most, for it serves a single client
 * (as many debuggers do) and ours would be that one; one that is bound to an interface; one that we would not reach
 * because another has the more specific address. Untestable is also one that the kernel does not wake before data
 * comes (TCP_DEFER_ACCEPT). A connection that is reset is made once more: only the second time that was the program.
 *
 * Source:  connect(2) over the loopback interface; sock_diag(7) for exactly this connection, 2 us.
 * Threads: not shared. Never blocks.
 */
class AcceptTrial
{
public:
    /// @p listener: a TCP socket in LISTEN of this machine. @p diag outlives this object.
    AcceptTrial(SockDiag &diag, const SocketRecord &listener);

    /// Connects if that was not done yet, and looks. Once it is not open any more, the connection is closed.
    [[nodiscard]] Acceptance look();

    /// The listener that it is about.
    [[nodiscard]] const SocketRecord &listener() const noexcept { return m_listener; }

private:
    [[nodiscard]] Acceptance connectToIt();
    [[nodiscard]] Acceptance lookAtConnection();
    [[nodiscard]] Acceptance lookAtOtherEnd();
    [[nodiscard]] bool isQueueFull() const;

    SockDiag &m_diag;
    SocketRecord m_listener;
    IpEndpoint m_target;
    UniqueFd m_connection;
    bool m_isConnected = false; ///< As was seen.
    int m_resets = 0; ///< Of connections that were.
    int m_doubts = 0; ///< So often the other end was not there, or not complete.
    std::optional<Acceptance> m_outcome; ///< Once it is known.
};

} // namespace Quay
