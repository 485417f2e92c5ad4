// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/supervise/controlmessage.h"
#include "core/supervise/serverplaces.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <vector>

namespace Quay {

/**
 * A connection to the supervisor of a server.
 *
 * Either ask() and wait, or watch descriptor(): send() requests, and receive() what has come whenever it is readable.
 * Replies have the id of their request; events come in between.
 *
 * Threads: not shared.
 */
class ControlClient
{
public:
    /// Errors: as connectTo(): Gone, or Unsupported with ECONNREFUSED, when nobody supervises it.
    [[nodiscard]] static Result<ControlClient> connect(const ServerPlaces &places);

    /// For poll(): readable when receive() has something to give, or the connection has ended.
    [[nodiscard]] int descriptor() const noexcept { return m_socket.get(); }

    /// Sends @p request with an id of its own, which is given back. Errors: Gone when nobody is there any more; Io.
    [[nodiscard]] Result<std::uint64_t> send(ControlRequest request);

    /// All that has come, without waiting. Errors: Gone when the supervisor has ended, or does not talk to us;
    /// Malformed; Io. What came before is given first.
    [[nodiscard]] Result<std::vector<ControlMessage>> receive();

    /**
     * Sends @p request and waits for its reply; what comes in between is kept for receive().
     *
     * Errors: as send() and receive(); Io with ETIMEDOUT; what the supervisor says.
     */
    [[nodiscard]] Result<RunStatus> ask(ControlRequest request, std::chrono::milliseconds timeout = DefaultTimeout);

    static constexpr std::chrono::milliseconds DefaultTimeout = std::chrono::seconds(5);

private:
    explicit ControlClient(UniqueFd socket) noexcept;
    [[nodiscard]] Result<ControlMessage> receiveOne();

    UniqueFd m_socket;
    std::uint64_t m_lastId = 0;
    std::deque<ControlMessage> m_kept;
};

} // namespace Quay
