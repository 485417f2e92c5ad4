// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/sockdiag.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/portsnapshot.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace Quay {

class ProcFs;

/// Which sockets a read is to give.
struct SocketSelection
{
    bool udp = true;
    std::optional<std::uint16_t> onlyPort; ///< Filtered in the kernel.

    bool operator==(const SocketSelection &) const = default;
};

/// What one read gave.
struct SocketTable
{
    std::vector<SocketRecord> records;
    bool isInterrupted = false; ///< The kernel's table changed during every try.
};

/**
 * Where listeners come from: netlink, or /proc/net where a sandbox refuses it. UDP alone comes from there, without
 * cgroups and interfaces, where the kernel lacks udp_diag.
 *
 * Threads: not shared; blocks for the length of one kernel look.
 */
class ListenerSource
{
public:
    /// @p transport null: a netlink socket is opened. @p proc outlives this object.
    ListenerSource(const ProcFs &proc, std::unique_ptr<DiagTransport> transport);

    /// Errors: as readProcNetListeners() when netlink is refused; Malformed or Io of netlink otherwise.
    [[nodiscard]] Result<SocketTable> listeners(const SocketSelection &selection);
    /// The next table is put into the memory of this one, which nobody needs any more.
    void reuse(SocketTable table) { m_memory = std::move(table.records); }
    /// Established TCP connections; with @p onlyPort those of that local port. Errors: as listeners().
    [[nodiscard]] Result<std::vector<SocketRecord>> connections(std::optional<std::uint16_t> onlyPort);

    /// See SockDiag::setStopToken(). /proc/net is read in one go.
    void setStopToken(const std::stop_token &token);

    /// TCP connections of a local port that no process has accepted. Errors: of netlink; Unsupported without it.
    [[nodiscard]] Result<std::vector<SocketRecord>> waitingConnections(std::uint16_t port);

    /// Of TCP.
    [[nodiscard]] SocketSource kind() const noexcept;
    /// Why it is not netlink.
    [[nodiscard]] const std::optional<Error> &fallbackReason() const noexcept { return m_fallbackReason; }
    /// Why it is not for UDP, where it is for TCP.
    [[nodiscard]] const std::optional<Error> &udpFallbackReason() const noexcept { return m_udpFallbackReason; }

private:
    [[nodiscard]] Result<SocketTable> fromNetlink(SockDiag &netlink, const SocketSelection &selection);
    [[nodiscard]] Result<SocketTable> withUdpFromProcNet(SocketTable table, const SocketSelection &selection) const;
    [[nodiscard]] Result<SocketTable> fromProcNet(const SocketSelection &selection) const;
    [[nodiscard]] bool giveUpNetlink(const Error &error);

    const ProcFs &m_proc;
    std::optional<SockDiag> m_netlink;
    std::vector<SocketRecord> m_memory;
    std::optional<Error> m_fallbackReason;
    std::optional<Error> m_udpFallbackReason; ///< From then on for good.
};

} // namespace Quay
