// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/listenersource.h"

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/procnet.h"
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

namespace {

void keepOnlyPort(std::vector<SocketRecord> &records, std::optional<std::uint16_t> port)
{
    if (port) {
        std::erase_if(records, [port](const SocketRecord &record) { return record.localPort != *port; });
    }
}

} // namespace

ListenerSource::ListenerSource(const ProcFs &proc, std::unique_ptr<DiagTransport> transport)
    : m_proc(proc)
{
    if (transport) {
        m_netlink.emplace(std::move(transport));
        return;
    }
    auto opened = openDiagTransport();
    if (opened) {
        m_netlink.emplace(std::move(*opened));
    } else {
        m_fallbackReason = opened.error();
    }
}

void ListenerSource::setStopToken(const std::stop_token &token)
{
    if (m_netlink) {
        m_netlink->setStopToken(token);
    }
}

SocketSource ListenerSource::kind() const noexcept
{
    return m_netlink ? SocketSource::SockDiag : SocketSource::ProcNet;
}

Result<std::vector<SocketRecord>> ListenerSource::waitingConnections(std::uint16_t port)
{
    if (!m_netlink) {
        return fail(ErrorCode::Unsupported, "/proc/net"); // which does not tell a connection from one before it
    }
    return m_netlink->tcpUnaccepted(port);
}

bool ListenerSource::giveUpNetlink(const Error &error)
{
    if (!isRefusal(error)) {
        return false;
    }
    m_netlink.reset();
    m_fallbackReason = error;
    return true;
}

Result<SocketTable> ListenerSource::listeners(const SocketSelection &selection)
{
    if (m_netlink) {
        auto table = fromNetlink(*m_netlink, selection);
        if (table || !giveUpNetlink(table.error())) {
            return table;
        }
    }
    return fromProcNet(selection);
}

Result<SocketTable> ListenerSource::fromNetlink(SockDiag &netlink, const SocketSelection &selection)
{
    const auto port = selection.onlyPort;
    auto memory = std::exchange(m_memory, {});
    memory.clear();
    auto sockets =
        port ? netlink.listenersOn(Protocol::Tcp, *port, std::move(memory)) : netlink.tcpListeners(std::move(memory));
    bool isInterrupted = netlink.wasInterrupted();
    if (sockets && selection.udp && !m_udpFallbackReason) {
        sockets = port ? netlink.listenersOn(Protocol::Udp, *port, *std::move(sockets))
                       : netlink.udpBound(*std::move(sockets));
        if (!sockets && isRefusal(sockets.error())) {
            m_udpFallbackReason = sockets.error();
            return fromNetlink(netlink, selection); // those of TCP were lost with it
        }
        isInterrupted = isInterrupted || netlink.wasInterrupted();
    }
    auto table = std::move(sockets).transform([isInterrupted](std::vector<SocketRecord> records) {
        return SocketTable{.records = std::move(records), .isInterrupted = isInterrupted};
    });
    return table && selection.udp && m_udpFallbackReason ? withUdpFromProcNet(*std::move(table), selection) : table;
}

Result<SocketTable> ListenerSource::withUdpFromProcNet(SocketTable table, const SocketSelection &selection) const
{
    auto udp = readProcNetUdpBound(m_proc);
    if (!udp) {
        return std::unexpected(udp.error());
    }
    keepOnlyPort(*udp, selection.onlyPort);
    table.records.insert(table.records.end(), udp->begin(), udp->end());
    return table;
}

Result<SocketTable> ListenerSource::fromProcNet(const SocketSelection &selection) const
{
    auto records = readProcNetListeners(m_proc);
    if (!records) {
        return std::unexpected(records.error());
    }
    keepOnlyPort(*records, selection.onlyPort);
    if (!selection.udp) {
        std::erase_if(*records, [](const SocketRecord &record) { return record.protocol == Protocol::Udp; });
    }
    return SocketTable{.records = std::move(*records)};
}

Result<std::vector<SocketRecord>> ListenerSource::connections(std::optional<std::uint16_t> onlyPort)
{
    if (m_netlink) {
        auto records = m_netlink->tcpEstablished(onlyPort);
        if (records || !giveUpNetlink(records.error())) {
            return records;
        }
    }
    auto records = readProcNetConnections(m_proc);
    if (records) {
        keepOnlyPort(*records, onlyPort);
    }
    return records;
}

} // namespace Quay
