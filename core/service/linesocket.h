// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <poll.h>

namespace Quay {

/**
 * One end of a connection over which lines go both ways. Never blocks: what the other end does not take in yet is kept,
 * up to a limit.
 *
 * Threads: not shared.
 */
class LineSocket
{
public:
    /// @p mostBytes: of one line, and of all that is kept for the other end. @p socket: SOCK_STREAM, not blocking.
    LineSocket(UniqueFd socket, std::size_t mostBytes);

    /// What to wait for.
    [[nodiscard]] pollfd awaited() const;

    /// @p line: with its line break. Errors: Gone when the other end is; Io with ENOBUFS when it does not take in
    /// anything.
    [[nodiscard]] Result<> send(std::string_view line);
    /// Sends what is kept, and gives the lines that have come, without their line breaks. Errors: Gone when the other
    /// end is, once all that it has sent was given; Malformed when a line is longer than allowed.
    [[nodiscard]] Result<std::vector<std::string>> proceed();

private:
    [[nodiscard]] Result<> flush();
    [[nodiscard]] Result<> receive();

    UniqueFd m_socket;
    std::size_t m_mostBytes;
    std::string m_received; ///< The beginning of a line.
    std::size_t m_searched = 0; ///< So much of it has no line break.
    std::string m_toSend;
    std::size_t m_sent = 0; ///< Of that.
    bool m_hasEnded = false;
};

} // namespace Quay
