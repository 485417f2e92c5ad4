// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/sockdiag.h"
#include "core/kernel/socketrecord.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace Quay::Test {

/// What a FakeDiag answers with. Shared with the test, which changes it between two looks.
struct FakeSockets
{
    std::vector<SocketRecord> records;
    int dumps = 0; ///< How often was asked.
    int answered = 0; ///< How many sockets were given, in all dumps.
    int interruptions = 0; ///< So many of the next dumps are marked NLM_F_DUMP_INTR.
    int overflows = 0; ///< So many of the next dumps fail with ENOBUFS.
    int truncations = 0; ///< So many of the next datagrams are cut.
    std::optional<int> refusal; ///< errno with which the kernel refuses every request.
    std::optional<int> udpRefusal; ///< The same for UDP alone: ENOENT where udp_diag is missing.
    bool knowsOnePassDump = true; ///< Whether TCPDIAG_GETSOCK is answered, as all but few kernels do.
    std::size_t recordsPerDatagram = 3;
};

/// A netlink socket that answers from FakeSockets, in the kernel's own format.
class FakeDiag : public DiagTransport
{
public:
    explicit FakeDiag(std::shared_ptr<FakeSockets> sockets);

    [[nodiscard]] Result<> send(std::span<const std::byte> request) override;
    [[nodiscard]] Result<std::span<const std::byte>> receive() override;

private:
    std::shared_ptr<FakeSockets> m_sockets;
    std::deque<std::vector<std::byte>> m_answers;
    std::vector<std::byte> m_current;
};

/// One socket as the message that the kernel sends for it.
[[nodiscard]] std::vector<std::byte> diagMessage(const SocketRecord &record, std::uint32_t sequence,
                                                 std::uint16_t flags = 0);
/// The message that ends a dump.
[[nodiscard]] std::vector<std::byte> diagDone(std::uint32_t sequence, int status = 0);

} // namespace Quay::Test
