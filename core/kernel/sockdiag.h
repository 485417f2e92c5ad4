// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/diagtransport.h"
#include "core/kernel/socketaddress.h"
#include "core/kernel/socketrecord.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace Quay {

class DiagParser;

/**
 * Asks the kernel for sockets over netlink: one dump of all listeners costs about as much as one read of a file.
 *
 * A dump that the kernel calls interrupted, or of which a part was lost (ENOBUFS, EMSGSIZE), is asked for again, three
 * times at most; after that what was seen last is given (an interruption) or the error is.
 *
 * Errors:  of every function: Unsupported or Denied when the kernel refuses, of a dump also Gone; Malformed; Io.
 * Threads: not shared; blocks for the length of one kernel look.
 */
class SockDiag
{
public:
    explicit SockDiag(std::unique_ptr<DiagTransport> transport);

    /// An answer that is being read is given up, with Io and ECANCELED, once @p token asks for it.
    void setStopToken(std::stop_token token) { m_stop = std::move(token); }

    /// All TCP sockets in state LISTEN, both families; behind @p records, for whoever has some, or memory for them.
    [[nodiscard]] Result<std::vector<SocketRecord>> tcpListeners(std::vector<SocketRecord> records = {});
    /// All bound UDP sockets that are not connected to a peer, both families; behind @p records.
    [[nodiscard]] Result<std::vector<SocketRecord>> udpBound(std::vector<SocketRecord> records = {});
    /// The listeners of one port, filtered in the kernel; behind @p records.
    [[nodiscard]] Result<std::vector<SocketRecord>> listenersOn(Protocol protocol, std::uint16_t port,
                                                                std::vector<SocketRecord> records = {});
    /// The established TCP connections, both families; with @p localPort only those of that port, filtered in the
    /// kernel. Costs 0.7 us each that is given: all of them are not for every second on a busy server.
    [[nodiscard]] Result<std::vector<SocketRecord>> tcpEstablished(std::optional<std::uint16_t> localPort);
    /**
     * The TCP connections of one local port that wait in an accept queue, also those that the other side has given up.
     *
     * Until it is accepted a connection has no inode. The kernel filters by port only: costs 0.7 us for each
     * connection of the port.
     */
    [[nodiscard]] Result<std::vector<SocketRecord>> tcpUnaccepted(std::uint16_t port);
    /// The TCP connections that this machine has begun and nobody has answered yet (SYN-SENT), both families. The
    /// kernel walks through all connections for it: 2 ms where its table is large, however few there are.
    [[nodiscard]] Result<std::vector<SocketRecord>> tcpConnecting();
    /// The TCP sockets of one local port in every state but LISTEN, filtered in the kernel.
    [[nodiscard]] Result<std::vector<SocketRecord>> tcpConnectionsOf(std::uint16_t port);
    /// The UDP sockets of one local port that are connected to a peer, both families.
    [[nodiscard]] Result<std::vector<SocketRecord>> udpConnectedOf(std::uint16_t port);
    /// The socket that a connection to @p address and @p port would reach, in 1 us. Nothing: it would be refused, or
    /// the kernel lacks tcp_diag, which answers as if there were none: only a dump can tell.
    [[nodiscard]] Result<std::optional<SocketRecord>> listenerFor(const IpAddress &address, std::uint16_t port);
    /// The end of a TCP connection that is at @p local, in 2 us. Nothing: it was reset, or is over.
    [[nodiscard]] Result<std::optional<SocketRecord>> connectionBetween(const IpEndpoint &local,
                                                                        const IpEndpoint &remote);

    /// Whether the last answer was still interrupted at the last try.
    [[nodiscard]] bool wasInterrupted() const noexcept { return m_wasInterrupted; }

private:
    struct Dump
    {
        Protocol protocol = Protocol::Tcp;
        std::uint32_t states = 0;
        std::optional<std::uint16_t> localPort;
    };
    [[nodiscard]] Result<std::optional<SocketRecord>> findTcp(const IpEndpoint &local, const IpEndpoint &remote,
                                                              std::uint32_t states);
    // Each puts what it finds behind the records that it is given.
    [[nodiscard]] Result<std::vector<SocketRecord>> ask(Protocol protocol, std::vector<std::byte> request,
                                                        std::vector<SocketRecord> records);
    [[nodiscard]] Result<> receiveAll(DiagParser &parser);
    [[nodiscard]] Result<std::vector<SocketRecord>> dumpFamily(const Dump &dump, IpFamily family,
                                                               std::vector<SocketRecord> records);
    [[nodiscard]] Result<std::vector<SocketRecord>> dumpBothFamilies(const Dump &dump,
                                                                     std::vector<SocketRecord> records = {});
    [[nodiscard]] Result<std::vector<SocketRecord>>
    dumpTcp(std::uint32_t states, std::optional<std::uint16_t> localPort, std::vector<SocketRecord> records = {});
    [[nodiscard]] Result<std::vector<SocketRecord>> dumpTcpInOnePass(const Dump &dump,
                                                                     std::vector<SocketRecord> records);

    std::unique_ptr<DiagTransport> m_transport;
    std::stop_token m_stop;
    std::uint32_t m_sequence = 0;
    bool m_hasOnePassDump = true;
    bool m_wasInterrupted = false;
};

/**
 * Whether a dump that ended with @p error is refused for good: by a sandbox, or for want of a module (inet_diag,
 * tcp_diag, udp_diag: ENOENT). Any other failure is worth another try.
 *
 * Threads: pure function.
 */
[[nodiscard]] bool isRefusal(const Error &error);

} // namespace Quay
