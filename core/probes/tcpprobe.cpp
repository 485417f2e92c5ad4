// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/tcpprobe.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <sys/socket.h>

namespace Quay {

namespace {

Observation observationFrom(int sysErrno)
{
    if (sysErrno == ECONNREFUSED) {
        return {.what = Observation::What::Refused, .detail = {}};
    }
    if (sysErrno == ETIMEDOUT) {
        return {.what = Observation::What::TimedOut, .detail = {}};
    }
    return {.what = Observation::What::Unreachable, .detail = std::generic_category().message(sysErrno)};
}

/// Nobody listens, but the kernel chose the very port as the source and the socket met itself (TCP simultaneous open).
bool isConnectedToItself(int fd)
{
    sockaddr_storage local{};
    sockaddr_storage peer{};
    socklen_t localLength = sizeof(local);
    socklen_t peerLength = sizeof(peer);
    return ::getsockname(fd, reinterpret_cast<sockaddr *>(&local), &localLength) == 0
        && ::getpeername(fd, reinterpret_cast<sockaddr *>(&peer), &peerLength) == 0 && localLength == peerLength
        && std::memcmp(&local, &peer, localLength) == 0;
}

} // namespace

TcpProbe::TcpProbe(std::string host, std::uint16_t port)
    : m_host(std::move(host))
    , m_port(port)
{
}

std::optional<Attempt> TcpProbe::begin(std::chrono::milliseconds /*limit*/)
{
    m_seen = {};
    if (m_resolver == nullptr) { // else the look-up of the attempt before is still under way
        m_resolver = std::make_unique<HostResolver>(m_host, m_port);
    }
    return {};
}

pollfd TcpProbe::awaited() const
{
    if (m_resolver != nullptr) {
        return {.fd = m_resolver->descriptor(), .events = POLLIN, .revents = 0};
    }
    return {.fd = m_connection.get(), .events = POLLOUT, .revents = 0};
}

std::optional<Attempt> TcpProbe::proceed()
{
    return m_resolver != nullptr ? takeAddresses() : finishConnect();
}

Attempt TcpProbe::giveUp()
{
    if (m_connection) {
        ++m_silentAddresses;
        m_connection.reset();
    }
    return {.isMet = false, .seen = {.what = Observation::What::TimedOut, .detail = {}}};
}

std::optional<Attempt> TcpProbe::takeAddresses()
{
    auto resolved = m_resolver->take();
    if (!resolved) {
        return {};
    }
    m_resolver.reset();
    if (!*resolved) {
        return Attempt{.isMet = false, .seen = {.what = Observation::What::HostUnknown, .detail = resolved->error()}};
    }
    m_addresses = std::move(**resolved);
    if (!m_addresses.empty()) {
        std::ranges::rotate(m_addresses,
                            m_addresses.begin() + static_cast<std::ptrdiff_t>(m_silentAddresses % m_addresses.size()));
    }
    return connectToNext();
}

std::optional<Attempt> TcpProbe::connectToNext()
{
    while (!m_addresses.empty()) {
        const SocketAddress address = m_addresses.front();
        m_addresses.erase(m_addresses.begin());
        m_connection = UniqueFd(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        if (!m_connection) {
            m_seen = observationFrom(errno);
            continue;
        }
        const auto *const raw = reinterpret_cast<const sockaddr *>(&address.storage);
        if (::connect(m_connection.get(), raw, address.length) == 0 || errno == EINPROGRESS) {
            return {}; // poll reports it writable in either case
        }
        m_seen = observationFrom(errno);
    }
    m_connection.reset();
    return Attempt{.isMet = false, .seen = m_seen};
}

std::optional<Attempt> TcpProbe::finishConnect()
{
    int failure = 0;
    socklen_t length = sizeof(failure);
    if (::getsockopt(m_connection.get(), SOL_SOCKET, SO_ERROR, &failure, &length) != 0) {
        failure = errno;
    }
    if (failure == 0 && isConnectedToItself(m_connection.get())) {
        failure = ECONNREFUSED;
    }
    if (failure != 0) {
        m_seen = observationFrom(failure);
        return connectToNext();
    }
    m_connection.reset();
    return Attempt{.isMet = true, .seen = {.what = Observation::What::Connected, .detail = {}}};
}

} // namespace Quay
