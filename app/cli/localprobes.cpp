// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/localprobes.h"

#include "core/base/uniquefd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procnet.h"
#include "core/kernel/sockdiag.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>

namespace Quay {

namespace {

/// A listener at an address that is not loopback is looked for only every so many looks: it costs a dump.
constexpr unsigned LooksPerDump = 10;

constexpr std::array LoopbackAddresses{
    IpAddress{.family = IpFamily::V4, .bytes = {127, 0, 0, 1}},
    IpAddress{.family = IpFamily::V6, .bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}},
};

Result<std::vector<SocketRecord>> listenersInProcNet(std::uint16_t port)
{
    return ProcFs::open()
        .and_then([](const ProcFs &proc) { return readProcNetListeners(proc); })
        .transform([port](auto all) {
            std::erase_if(all, [port](const SocketRecord &socket) {
                return socket.protocol != Protocol::Tcp || socket.localPort != port;
            });
            return all;
        });
}

Attempt attemptFrom(const Result<std::vector<SocketRecord>> &listeners)
{
    if (!listeners) {
        return {.isMet = false, .seen = {.what = Observation::What::NotReadable, .detail = listeners.error().subject}};
    }
    if (listeners->empty()) {
        return {.isMet = false, .seen = {.what = Observation::What::NobodyListens, .detail = {}}};
    }
    const SocketRecord &first = listeners->front();
    return {
        .isMet = true,
        .seen = {.what = Observation::What::Listening, .detail = endpointText(first.localAddress, first.localPort)}};
}

/// Binds and lets go at once. 0 when that worked, else errno.
int tryToBind(int family, const sockaddr *address, socklen_t length)
{
    const UniqueFd fd(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP));
    if (!fd) {
        return errno;
    }
    constexpr int On = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &On, sizeof(On));
    if (family == AF_INET6) {
        ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &On, sizeof(On));
    }
    return ::bind(fd.get(), address, length) == 0 ? 0 : errno;
}

int tryToBindV4(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    return tryToBind(AF_INET, reinterpret_cast<const sockaddr *>(&address), sizeof(address));
}

int tryToBindV6(std::uint16_t port)
{
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    const int failure = tryToBind(AF_INET6, reinterpret_cast<const sockaddr *>(&address), sizeof(address));
    return failure == EAFNOSUPPORT || failure == EADDRNOTAVAIL ? 0 : failure; // a machine without IPv6
}

} // namespace

ListenerLookup::ListenerLookup()
{
    if (auto transport = openDiagTransport()) {
        m_diag = std::make_unique<SockDiag>(std::move(*transport));
    }
}

ListenerLookup::~ListenerLookup() = default;

Result<std::vector<SocketRecord>> ListenerLookup::onLoopback(std::uint16_t port)
{
    if (m_diag == nullptr) {
        return anywhere(port);
    }
    std::vector<SocketRecord> found;
    for (const IpAddress &address : LoopbackAddresses) {
        const auto listener = m_diag->listenerFor(address, port);
        if (!listener) {
            m_diag.reset(); // refused by a sandbox: from now on the tables serve
            return anywhere(port);
        }
        if (*listener) {
            found.push_back(**listener);
        }
    }
    return found;
}

Result<std::vector<SocketRecord>> ListenerLookup::anywhere(std::uint16_t port)
{
    return m_diag != nullptr ? m_diag->listenersOn(Protocol::Tcp, port) : listenersInProcNet(port);
}

std::optional<Attempt> LocalProbe::begin(std::chrono::milliseconds /*limit*/)
{
    return look();
}

pollfd LocalProbe::awaited() const
{
    return {.fd = -1, .events = 0, .revents = 0};
}

std::optional<Attempt> LocalProbe::proceed()
{
    return look();
}

Attempt LocalProbe::giveUp()
{
    return look();
}

ListenProbe::ListenProbe(std::uint16_t port, ListenerLookup &lookup)
    : m_port(port)
    , m_lookup(lookup)
{
}

Attempt ListenProbe::look()
{
    const Attempt attempt = attemptFrom(m_lookup.onLoopback(m_port));
    return attempt.isMet || m_looks++ % LooksPerDump != 0 ? attempt : attemptFrom(m_lookup.anywhere(m_port));
}

FreeProbe::FreeProbe(std::uint16_t port, ListenerLookup &lookup)
    : m_port(port)
    , m_lookup(lookup)
{
}

Attempt FreeProbe::look()
{
    const int v4 = tryToBindV4(m_port);
    const int failure = v4 != 0 ? v4 : tryToBindV6(m_port);
    if (failure == EACCES) {
        const Attempt listening = attemptFrom(m_lookup.anywhere(m_port));
        if (listening.seen.what == Observation::What::NotReadable) {
            return listening;
        }
        return {.isMet = !listening.isMet,
                .seen = {.what = listening.isMet ? Observation::What::PortHeld : Observation::What::PortFree,
                         .detail = {}}};
    }
    return {.isMet = failure == 0,
            .seen = {.what = failure == 0 ? Observation::What::PortFree : Observation::What::PortHeld, .detail = {}}};
}

} // namespace Quay
