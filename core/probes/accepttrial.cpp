// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/accepttrial.h"

#include "core/base/uniquefd.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/sockdiag.h"
#include "core/kernel/socketaddress.h"
#include "core/kernel/socketrecord.h"

#include <cerrno>
#include <cstdint>
#include <optional>

#include <poll.h>
#include <sys/socket.h>

namespace Quay {

namespace {

constexpr std::uint32_t QueueOfOneClient = 1;

/// Where this machine reaches it. IPv4 where it takes both, since IPv6 may be switched off.
IpAddress reachedAt(const SocketRecord &listener)
{
    if (!isAny(listener.localAddress)) {
        return listener.localAddress;
    }
    const bool isV6 = listener.localAddress.family == IpFamily::V6;
    return *ipAddressFromText(isV6 && listener.v6Only.value_or(true) ? "::1" : "127.0.0.1");
}

bool isWritable(int fd)
{
    pollfd waited{.fd = fd, .events = POLLOUT, .revents = 0};
    return ::poll(&waited, 1, 0) == 1;
}

std::optional<IpEndpoint> ownEnd(int fd)
{
    SocketAddress address;
    address.length = sizeof address.storage;
    if (::getsockname(fd, reinterpret_cast<sockaddr *>(&address.storage), &address.length) != 0) {
        return std::nullopt;
    }
    return endpointFrom(address);
}

} // namespace

AcceptTrial::AcceptTrial(SockDiag &diag, const SocketRecord &listener)
    : m_diag(diag)
    , m_listener(listener)
    , m_target{.address = reachedAt(listener), .port = listener.localPort}
{
}

Acceptance AcceptTrial::look()
{
    if (m_outcome) {
        return *m_outcome;
    }
    const auto acceptance = m_connection ? lookAtOtherEnd() : connectToIt();
    if (acceptance != Acceptance::Open) {
        m_outcome = acceptance;
        m_connection.reset();
    }
    return acceptance;
}

Acceptance AcceptTrial::connectToIt()
{
    if (m_listener.sendQueue <= QueueOfOneClient || m_listener.interfaceIndex != 0) {
        return Acceptance::Untestable;
    }
    const auto reached = m_diag.listenerFor(m_target.address, m_target.port);
    if (!reached) {
        return Acceptance::Untestable;
    }
    if (!*reached) {
        return Acceptance::Open; // it has just been closed
    }
    if ((*reached)->inode != m_listener.inode && (*reached)->localAddress != m_listener.localAddress) {
        return Acceptance::Untestable; // those with the same address share it, see SO_REUSEPORT
    }
    const auto address = socketAddressFor(m_target);
    m_connection = UniqueFd(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!m_connection) {
        return Acceptance::Untestable;
    }
    const auto *const raw = reinterpret_cast<const sockaddr *>(&address.storage);
    if (::connect(m_connection.get(), raw, address.length) != 0 && errno != EINPROGRESS) {
        m_connection.reset();
        return errno == ECONNREFUSED ? Acceptance::Open : Acceptance::Untestable;
    }
    return lookAtOtherEnd();
}

bool AcceptTrial::isQueueFull() const
{
    const auto listener = m_diag.listenerFor(m_target.address, m_target.port);
    return listener && *listener && (*listener)->receiveQueue > (*listener)->sendQueue;
}

Acceptance AcceptTrial::lookAtOtherEnd() const
{
    if (!isWritable(m_connection.get())) {
        return Acceptance::Open; // the queue is full
    }
    const auto own = ownEnd(m_connection.get());
    const auto other = own ? m_diag.connectionBetween(m_target, *own) : failErrno(EINVAL, "getsockname");
    if (!other) {
        return Acceptance::Untestable;
    }
    if (!*other) {
        return Acceptance::Accepted; // and closed
    }
    switch ((*other)->state) {
    case SocketState::Established:
    case SocketState::CloseWait:
        return (*other)->inode != 0 ? Acceptance::Accepted : Acceptance::Open;
    case SocketState::SynReceived: // our end is connected: the queue was full when that was told, or it waits for data
        return isQueueFull() ? Acceptance::Open : Acceptance::Untestable;
    default: // the program has closed it, or is about to
        return Acceptance::Accepted;
    }
}

} // namespace Quay
