// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sockdiag.h"

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/diagparser.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace Quay {

namespace {

constexpr int MostTries = 3;

constexpr std::uint32_t stateBit(int state)
{
    return 1U << static_cast<unsigned>(state);
}

constexpr std::uint32_t ListenStates = stateBit(TCP_LISTEN);
constexpr std::uint32_t EstablishedStates = stateBit(TCP_ESTABLISHED);
constexpr std::uint32_t UnacceptedStates = stateBit(TCP_ESTABLISHED) | stateBit(TCP_CLOSE_WAIT);
constexpr std::uint32_t ConnectingStates = stateBit(TCP_SYN_SENT);
constexpr std::uint32_t UnconnectedUdpStates = stateBit(TCP_CLOSE);
constexpr std::uint32_t AllButListen = ~ListenStates;

template<typename T>
void append(std::vector<std::byte> &message, const T &value)
{
    const auto bytes = std::as_bytes(std::span(&value, 1));
    message.insert(message.end(), bytes.begin(), bytes.end());
}

/// Without its number, which ask() puts in.
nlmsghdr header(std::size_t payloadBytes, std::uint16_t type, std::uint16_t flags)
{
    return {.nlmsg_len = static_cast<std::uint32_t>(NLMSG_LENGTH(payloadBytes)),
            .nlmsg_type = type,
            .nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags),
            .nlmsg_seq = 0,
            .nlmsg_pid = 0};
}

void setSequence(std::vector<std::byte> &request, std::uint32_t sequence)
{
    std::memcpy(request.data() + offsetof(nlmsghdr, nlmsg_seq), &sequence, sizeof sequence);
}

/// Whether a part of the answer was lost on its way, so that asking again helps.
bool isLoss(const Error &error)
{
    return error.sysErrno == ENOBUFS || error.sysErrno == EMSGSIZE;
}

/// Jumps are in bytes; a jump past the end accepts the socket, see inet_diag_bc_run() in net/ipv4/inet_diag.c.
std::array<inet_diag_bc_op, 4> localPortFilter(std::uint16_t port)
{
    constexpr auto OpBytes = static_cast<unsigned char>(sizeof(inet_diag_bc_op));
    const auto compare = [port](unsigned char code, unsigned short reject) {
        return std::array{inet_diag_bc_op{.code = code, .yes = 2 * OpBytes, .no = reject},
                          inet_diag_bc_op{.code = INET_DIAG_BC_NOP, .yes = OpBytes, .no = port}};
    };
    const auto least = compare(INET_DIAG_BC_S_GE, 4 * OpBytes + 4);
    const auto most = compare(INET_DIAG_BC_S_LE, 2 * OpBytes + 4);
    return {least[0], least[1], most[0], most[1]};
}

/// A request for all sockets that @p query describes, of one port when that is wanted.
template<typename Query>
std::vector<std::byte> dumpRequest(std::uint16_t type, const Query &query, std::optional<std::uint16_t> localPort)
{
    constexpr auto AttributeBytes = RTA_LENGTH(sizeof(decltype(localPortFilter(0))));
    std::vector<std::byte> request;
    request.reserve(NLMSG_LENGTH(sizeof query + AttributeBytes));
    if (!localPort) {
        append(request, header(sizeof query, type, NLM_F_DUMP));
        append(request, query);
        return request;
    }
    const auto filter = localPortFilter(*localPort);
    append(request, header(sizeof query + AttributeBytes, type, NLM_F_DUMP));
    append(request, query);
    append(request, rtattr{.rta_len = AttributeBytes, .rta_type = INET_DIAG_REQ_BYTECODE});
    append(request, filter);
    return request;
}

} // namespace

SockDiag::SockDiag(std::unique_ptr<DiagTransport> transport)
    : m_transport(std::move(transport))
{
}

Result<std::vector<SocketRecord>> SockDiag::ask(Protocol protocol, std::vector<std::byte> request,
                                                std::vector<SocketRecord> records)
{
    const auto before = records.size();
    for (int attempt = 1;; ++attempt) {
        const bool isLast = attempt == MostTries;
        // A number of its own for each try: what the one before left behind is not taken for its answer.
        setSequence(request, ++m_sequence);
        DiagParser parser(protocol, m_sequence, std::move(records));
        if (const auto sent = m_transport->send(request); !sent) {
            return std::unexpected(sent.error());
        }
        auto finished = receiveAll(parser);
        if (!finished && (!isLoss(finished.error()) || isLast)) {
            return std::unexpected(finished.error());
        }
        if (finished && (!parser.wasInterrupted() || isLast)) {
            m_wasInterrupted = parser.wasInterrupted();
            return parser.takeRecords();
        }
        records = parser.takeRecords();
        records.resize(before);
    }
}

Result<> SockDiag::receiveAll(DiagParser &parser)
{
    for (;;) {
        if (m_stop.stop_requested()) {
            return failErrno(ECANCELED, "netlink answer");
        }
        const auto datagram = m_transport->receive();
        if (!datagram) {
            return std::unexpected(datagram.error());
        }
        const auto complete = parser.feed(*datagram);
        if (!complete) {
            return std::unexpected(complete.error());
        }
        if (*complete) {
            return {};
        }
    }
}

Result<std::vector<SocketRecord>> SockDiag::dumpFamily(const Dump &dump, IpFamily family,
                                                       std::vector<SocketRecord> records)
{
    const inet_diag_req_v2 query{
        .sdiag_family = static_cast<std::uint8_t>(family == IpFamily::V4 ? AF_INET : AF_INET6),
        .sdiag_protocol = static_cast<std::uint8_t>(dump.protocol == Protocol::Tcp ? IPPROTO_TCP : IPPROTO_UDP),
        .idiag_ext = 0,
        .pad = 0,
        .idiag_states = dump.states,
        .id = {}};
    return ask(dump.protocol, dumpRequest(SOCK_DIAG_BY_FAMILY, query, dump.localPort), std::move(records));
}

Result<std::vector<SocketRecord>> SockDiag::dumpBothFamilies(const Dump &dump, std::vector<SocketRecord> records)
{
    auto some = dumpFamily(dump, IpFamily::V4, std::move(records));
    if (!some) {
        return some;
    }
    const bool interrupted = m_wasInterrupted;
    auto all = dumpFamily(dump, IpFamily::V6, *std::move(some));
    m_wasInterrupted = m_wasInterrupted || interrupted;
    return all;
}

Result<std::vector<SocketRecord>> SockDiag::dumpTcpInOnePass(const Dump &dump, std::vector<SocketRecord> records)
{
    // The request from before SOCK_DIAG_BY_FAMILY walks the table once for both families: half the cost.
    const inet_diag_req query{.idiag_family = AF_INET,
                              .idiag_src_len = 0,
                              .idiag_dst_len = 0,
                              .idiag_ext = 0,
                              .id = {},
                              .idiag_states = dump.states,
                              .idiag_dbs = 0};
    return ask(Protocol::Tcp, dumpRequest(TCPDIAG_GETSOCK, query, dump.localPort), std::move(records));
}

Result<std::vector<SocketRecord>> SockDiag::dumpTcp(std::uint32_t states, std::optional<std::uint16_t> localPort,
                                                    std::vector<SocketRecord> records)
{
    const Dump dump{.protocol = Protocol::Tcp, .states = states, .localPort = localPort};
    if (m_hasOnePassDump) {
        auto before = records;
        auto all = dumpTcpInOnePass(dump, std::move(records));
        if (all || (all.error().code != ErrorCode::Unsupported && all.error().code != ErrorCode::Invalid)) {
            return all;
        }
        m_hasOnePassDump = false;
        records = std::move(before);
    }
    return dumpBothFamilies(dump, std::move(records));
}

Result<std::vector<SocketRecord>> SockDiag::tcpListeners(std::vector<SocketRecord> records)
{
    return dumpTcp(ListenStates, std::nullopt, std::move(records));
}

Result<std::vector<SocketRecord>> SockDiag::udpBound(std::vector<SocketRecord> records)
{
    return dumpBothFamilies({.protocol = Protocol::Udp, .states = UnconnectedUdpStates, .localPort = std::nullopt},
                            std::move(records));
}

Result<std::vector<SocketRecord>> SockDiag::listenersOn(Protocol protocol, std::uint16_t port,
                                                        std::vector<SocketRecord> records)
{
    if (protocol == Protocol::Tcp) {
        return dumpTcp(ListenStates, port, std::move(records));
    }
    return dumpBothFamilies({.protocol = protocol, .states = UnconnectedUdpStates, .localPort = port},
                            std::move(records));
}

Result<std::vector<SocketRecord>> SockDiag::tcpEstablished(std::optional<std::uint16_t> localPort)
{
    return dumpTcp(EstablishedStates, localPort);
}

Result<std::vector<SocketRecord>> SockDiag::tcpUnaccepted(std::uint16_t port)
{
    auto records = dumpTcp(UnacceptedStates, port);
    if (records) {
        std::erase_if(*records, [](const SocketRecord &record) { return record.inode != 0; });
    }
    return records;
}

Result<std::vector<SocketRecord>> SockDiag::tcpConnecting()
{
    return dumpTcp(ConnectingStates, std::nullopt);
}

Result<std::vector<SocketRecord>> SockDiag::tcpConnectionsOf(std::uint16_t port)
{
    return dumpTcp(AllButListen, port);
}

Result<std::vector<SocketRecord>> SockDiag::udpConnectedOf(std::uint16_t port)
{
    return dumpBothFamilies({.protocol = Protocol::Udp, .states = EstablishedStates, .localPort = port});
}

/// What a packet from @p remote to @p local finds: the connection, else a listener. @p states: which of both is meant.
Result<std::optional<SocketRecord>> SockDiag::findTcp(const IpEndpoint &local, const IpEndpoint &remote,
                                                      std::uint32_t states)
{
    inet_diag_req_v2 query{.sdiag_family =
                               static_cast<std::uint8_t>(local.address.family == IpFamily::V4 ? AF_INET : AF_INET6),
                           .sdiag_protocol = IPPROTO_TCP,
                           .idiag_ext = 0,
                           .pad = 0,
                           .idiag_states = states,
                           .id = {}};
    query.id.idiag_sport = htons(local.port);
    query.id.idiag_dport = htons(remote.port);
    std::memcpy(query.id.idiag_src, local.address.bytes.data(), local.address.bytes.size());
    std::memcpy(query.id.idiag_dst, remote.address.bytes.data(), remote.address.bytes.size());
    query.id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
    query.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    std::vector<std::byte> request;
    append(request, header(sizeof query, SOCK_DIAG_BY_FAMILY, 0));
    append(request, query);

    auto records = ask(Protocol::Tcp, std::move(request), {});
    if (!records) {
        if (records.error().code == ErrorCode::Gone) { // ENOENT: there is none, or nobody who would know
            return std::nullopt;
        }
        return std::unexpected(records.error());
    }
    const bool isMeant = !records->empty() // the kernel finds first and does not look at the state
        && ((records->front().state == SocketState::Listening) == (states == ListenStates));
    return isMeant ? std::optional(records->front()) : std::nullopt;
}

Result<std::optional<SocketRecord>> SockDiag::listenerFor(const IpAddress &address, std::uint16_t port)
{
    return findTcp({.address = address, .port = port}, {.address = {.family = address.family}}, ListenStates);
}

Result<std::optional<SocketRecord>> SockDiag::connectionBetween(const IpEndpoint &local, const IpEndpoint &remote)
{
    return findTcp(local, remote, AllButListen);
}

bool isRefusal(const Error &error)
{
    return error.code == ErrorCode::Denied || error.code == ErrorCode::Unsupported || error.code == ErrorCode::Gone;
}

} // namespace Quay
