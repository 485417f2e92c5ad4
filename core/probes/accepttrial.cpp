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
constexpr int MostDoubts = 5; // looks

/// Where this machine reaches it. IPv4 where it takes both, since IPv6 may be switched off.
IpAddress reachedAt(const SocketRecord &listener)
{
    if (!isAny(listener.localAddress)) {
        return listener.localAddress;
    }
    const bool isV6 = listener.localAddress.family == IpFamily::V6;
    return *ipAddressFromText(isV6 && listener.v6Only.value_or(true) ? "::1" : "127.0.0.1");
}

short readinessOf(int fd)
{
    pollfd waited{.fd = fd, .events = POLLOUT | POLLRDHUP, .revents = 0};
    return ::poll(&waited, 1, 0) == 1 ? waited.revents : short{0};
}

int failureOf(int fd)
{
    int failure = 0;
    socklen_t length = sizeof failure;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &length) == 0 ? failure : errno;
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
    const auto acceptance = m_connection ? lookAtConnection() : connectToIt();
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
    m_isConnected = false;
    if (::connect(m_connection.get(), raw, address.length) != 0 && errno != EINPROGRESS) {
        const int failure = errno;
        m_connection.reset();
        return failure == ECONNREFUSED ? Acceptance::Open : Acceptance::Untestable;
    }
    return lookAtConnection();
}

bool AcceptTrial::isQueueFull() const
{
    const auto listener = m_diag.listenerFor(m_target.address, m_target.port);
    return listener && *listener && (*listener)->receiveQueue > (*listener)->sendQueue;
}

/// What our own end knows of it.
Acceptance AcceptTrial::lookAtConnection()
{
    const short readiness = readinessOf(m_connection.get());
    if (readiness == 0) {
        return Acceptance::Open; // the queue is full
    }
    if (failureOf(m_connection.get()) != 0) {
        // Refused, given up, or reset: by the program, or by the kernel as a listener was closed with it in its queue.
        m_connection.reset();
        return m_isConnected && m_resets++ > 0 ? Acceptance::Accepted : Acceptance::Open;
    }
    m_isConnected = true;
    return (readiness & POLLRDHUP) != 0 ? Acceptance::Accepted : lookAtOtherEnd(); // only a program closes in order
}

Acceptance AcceptTrial::lookAtOtherEnd()
{
    const auto own = ownEnd(m_connection.get());
    const auto other = own ? m_diag.connectionBetween(m_target, *own) : failErrno(EINVAL, "getsockname");
    if (!other) {
        return Acceptance::Untestable;
    }
    const bool isHalfOpen = *other && (*other)->state == SocketState::SynReceived;
    if (!*other || isHalfOpen) { // for an instant only, or it waits for data, or is led to somewhere else
        return (isHalfOpen && isQueueFull()) || ++m_doubts < MostDoubts ? Acceptance::Open : Acceptance::Untestable;
    }
    const bool mayWait = (*other)->state == SocketState::Established || (*other)->state == SocketState::CloseWait;
    return mayWait && (*other)->inode == 0 ? Acceptance::Open : Acceptance::Accepted;
}

} // namespace Quay
