// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cstdint>
#include <string>

#include <sys/types.h>

namespace Quay {

// Sockets that are files. They do not block. A path may be as long as any other, although the kernel's structure has
// room for 107 bytes: it is named as seen from its directory, through /proc/self/fd. Source: unix(7).

enum class SocketKind : std::uint8_t
{
    Packets, ///< SOCK_SEQPACKET: what is sent at once is received at once, or not at all. For what is small.
    Stream,
};

/// Whom a connection leads to, as the kernel wrote it down when it was made.
struct SocketPeer
{
    pid_t pid = 0; ///< 0: of a pid namespace that is not below ours
    uid_t uid = 0;
};

/// Listens at @p path for the user alone (0600); what is there already is removed. Errors: as errorFromErrno().
[[nodiscard]] Result<UniqueFd> listenAt(const std::string &path, SocketKind kind = SocketKind::Packets);

/// Errors: as errorFromErrno(): Gone when there is no such file, Unsupported with ECONNREFUSED when nobody listens
/// there any more, Denied.
[[nodiscard]] Result<UniqueFd> connectTo(const std::string &path, SocketKind kind = SocketKind::Packets);

/// The next connection. Errors: as errorFromErrno(); Io with EAGAIN when there is none.
[[nodiscard]] Result<UniqueFd> acceptFrom(int listener);

/// Errors: as errorFromErrno().
[[nodiscard]] Result<SocketPeer> peerOf(int socket);

} // namespace Quay
