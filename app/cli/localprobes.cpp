// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/localprobes.h"

#include "core/kernel/portbinding.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procnet.h"
#include "core/kernel/sockdiag.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

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

/// At every address, as a server would that serves both families.
Result<> tryToBindEverywhere(std::uint16_t port)
{
    const auto v4 = tryToBind({.protocol = Protocol::Tcp, .address = {.family = IpFamily::V4}, .port = port});
    if (!v4) {
        return v4;
    }
    const auto v6 = tryToBind({.protocol = Protocol::Tcp, .address = {.family = IpFamily::V6}, .port = port});
    const bool hasNoV6 = !v6 && (v6.error().sysErrno == EAFNOSUPPORT || v6.error().sysErrno == EADDRNOTAVAIL);
    return hasNoV6 ? Result<>{} : v6;
}

} // namespace

ListenerLookup::ListenerLookup()
    : ListenerLookup(openDiagTransport().value_or(nullptr))
{
}

ListenerLookup::ListenerLookup(std::unique_ptr<DiagTransport> transport)
    : m_diag(transport ? std::make_unique<SockDiag>(std::move(transport)) : nullptr)
{
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
            return anywhere(port); // which knows whether that is for good
        }
        if (*listener) {
            found.push_back(**listener);
        }
    }
    return found;
}

Result<std::vector<SocketRecord>> ListenerLookup::anywhere(std::uint16_t port)
{
    if (m_diag != nullptr) {
        auto listeners = m_diag->listenersOn(Protocol::Tcp, port);
        if (listeners || !isRefusal(listeners.error())) {
            return listeners;
        }
        m_diag.reset(); // from now on the tables serve
    }
    return listenersInProcNet(port);
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
    const auto bound = tryToBindEverywhere(m_port);
    if (!bound && bound.error().code == ErrorCode::Denied) {
        Attempt listening = attemptFrom(m_lookup.anywhere(m_port));
        if (listening.seen.what == Observation::What::NotReadable) {
            return listening;
        }
        return {.isMet = !listening.isMet,
                .seen = {.what = listening.isMet ? Observation::What::PortHeld : Observation::What::PortFreeUntested,
                         .detail = {}}};
    }
    return {.isMet = bound.has_value(),
            .seen = {.what = bound ? Observation::What::PortFree : Observation::What::PortHeld, .detail = {}}};
}

} // namespace Quay
