// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/socketrecord.h"

#include <string_view>
#include <vector>

namespace Quay {

class ProcFs;

/**
 * Parses the text of /proc/net/tcp, tcp6, udp or udp6, header line included.
 *
 * The fall-back for sandboxes that refuse NETLINK_SOCK_DIAG: a hundred times dearer, and without cookie, cgroup and
 * v6only. Of a listener's accept queue the limit is missing: its receive and send queue are both given as 0.
 *
 * Source:  proc_pid_net(5); written by tcp4_seq_show() in net/ipv4/tcp_ipv4.c and its siblings.
 * Units:   addresses in network byte order, ports in host byte order.
 * Errors:  Malformed, with the offending line as subject. Nothing is returned for a partly good table.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] Result<std::vector<SocketRecord>> parseProcNet(std::string_view text, Protocol protocol, IpFamily family);

/// TCP listeners and bound, unconnected UDP sockets of both families. A missing IPv6 table is no error.
[[nodiscard]] Result<std::vector<SocketRecord>> readProcNetListeners(const ProcFs &proc);

/// Of these the UDP sockets alone.
[[nodiscard]] Result<std::vector<SocketRecord>> readProcNetUdpBound(const ProcFs &proc);

/// TCP sockets that are established, of both families.
[[nodiscard]] Result<std::vector<SocketRecord>> readProcNetConnections(const ProcFs &proc);

} // namespace Quay
