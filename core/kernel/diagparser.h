// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/socketrecord.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace Quay {

/**
 * Takes the datagrams of one answer apart and collects the sockets in them.
 *
 * Source:  sock_diag(7); written by inet_diag_msg_attrs_fill() in net/ipv4/inet_diag.c.
 * Threads: not shared.
 */
class DiagParser
{
public:
    /// The sockets are put behind @p records.
    DiagParser(Protocol protocol, std::uint32_t sequence, std::vector<SocketRecord> records = {});

    /// Whether the answer is complete. Errors: what the kernel reported; Malformed, with the place as subject.
    [[nodiscard]] Result<bool> feed(std::span<const std::byte> datagram);

    /// The table changed while it was walked (NLM_F_DUMP_INTR): something may be missing or twice.
    [[nodiscard]] bool wasInterrupted() const noexcept { return m_interrupted; }
    [[nodiscard]] std::vector<SocketRecord> takeRecords() noexcept;

private:
    /// Whether this message ends the answer.
    [[nodiscard]] Result<bool> feedMessage(std::uint16_t type, std::span<const std::byte> payload);

    Protocol m_protocol;
    std::uint32_t m_sequence;
    bool m_interrupted = false;
    std::vector<SocketRecord> m_records;
};

} // namespace Quay
