// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakediag.h"

#include "core/base/result.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/sockdiag.h"
#include "core/kernel/socketrecord.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace Quay::Test {

namespace {

using Bytes = std::vector<std::byte>;

template<typename T>
void append(Bytes &bytes, const T &value)
{
    const auto raw = std::as_bytes(std::span(&value, 1));
    bytes.insert(bytes.end(), raw.begin(), raw.end());
    bytes.resize(NLMSG_ALIGN(bytes.size()));
}

template<typename T>
void appendAttribute(Bytes &bytes, unsigned short type, const T &value)
{
    append(bytes, rtattr{.rta_len = static_cast<unsigned short>(RTA_LENGTH(sizeof value)), .rta_type = type});
    append(bytes, value);
}

Bytes finished(Bytes message)
{
    const auto length = static_cast<std::uint32_t>(message.size());
    std::memcpy(message.data(), &length, sizeof length); // nlmsg_len comes first
    return message;
}

nlmsghdr headerOf(std::uint16_t type, std::uint16_t flags, std::uint32_t sequence)
{
    return {.nlmsg_len = 0, .nlmsg_type = type, .nlmsg_flags = flags, .nlmsg_seq = sequence, .nlmsg_pid = 0};
}

std::uint8_t kernelState(SocketState state)
{
    switch (state) {
    case SocketState::Established:
        return TCP_ESTABLISHED;
    case SocketState::SynSent:
        return TCP_SYN_SENT;
    case SocketState::SynReceived:
        return TCP_SYN_RECV;
    case SocketState::TimeWait:
        return TCP_TIME_WAIT;
    case SocketState::CloseWait:
        return TCP_CLOSE_WAIT;
    case SocketState::FinWait:
        return TCP_FIN_WAIT1;
    case SocketState::Closed:
        return TCP_CLOSE;
    case SocketState::Listening:
        return TCP_LISTEN;
    case SocketState::Other:
        return TCP_CLOSING;
    }
    return 0;
}

Bytes errorMessage(int error, std::uint32_t sequence)
{
    Bytes message;
    append(message, headerOf(NLMSG_ERROR, 0, sequence));
    append(message, nlmsgerr{.error = -error, .msg = {}});
    return finished(std::move(message));
}

/// What the request asks for, as far as the programs under test ask at all.
struct Question
{
    std::uint32_t sequence = 0;
    std::uint32_t states = 0;
    Protocol protocol = Protocol::Tcp;
    bool isOnePass = false;
    std::uint8_t family = AF_INET;
    std::optional<std::uint16_t> localPort;

    [[nodiscard]] bool wants(const SocketRecord &record) const
    {
        const bool isV6 = record.localAddress.family == IpFamily::V6;
        return record.protocol == protocol && (states & (1U << kernelState(record.state))) != 0
            && (isOnePass || isV6 == (family == AF_INET6)) && record.localPort == localPort.value_or(record.localPort);
    }
};

/// From the filter that asks for one local port: the least one comes first, its number beside the operation.
std::optional<std::uint16_t> portFilterFrom(std::span<const std::byte> attributes)
{
    constexpr auto Offset = sizeof(rtattr) + sizeof(inet_diag_bc_op);
    if (attributes.size() < Offset + sizeof(inet_diag_bc_op)) {
        return std::nullopt;
    }
    inet_diag_bc_op least{};
    std::memcpy(&least, attributes.data() + Offset, sizeof least);
    return least.no;
}

Question questionFrom(std::span<const std::byte> request)
{
    nlmsghdr header{};
    std::memcpy(&header, request.data(), sizeof header);
    Question question{.sequence = header.nlmsg_seq, .isOnePass = header.nlmsg_type == TCPDIAG_GETSOCK};
    if (question.isOnePass) {
        inet_diag_req query{};
        std::memcpy(&query, request.data() + sizeof header, sizeof query);
        question.states = query.idiag_states;
        question.localPort = portFilterFrom(request.subspan(sizeof header + sizeof query));
    } else {
        inet_diag_req_v2 query{};
        std::memcpy(&query, request.data() + sizeof header, sizeof query);
        question.states = query.idiag_states;
        question.family = query.sdiag_family;
        question.protocol = query.sdiag_protocol == IPPROTO_UDP ? Protocol::Udp : Protocol::Tcp;
        question.localPort = portFilterFrom(request.subspan(sizeof header + sizeof query));
    }
    return question;
}

} // namespace

std::vector<std::byte> diagMessage(const SocketRecord &record, std::uint32_t sequence, std::uint16_t flags)
{
    inet_diag_msg body{};
    const bool isV6 = record.localAddress.family == IpFamily::V6;
    body.idiag_family = isV6 ? AF_INET6 : AF_INET;
    body.idiag_state = kernelState(record.state);
    body.id.idiag_sport = htons(record.localPort);
    body.id.idiag_dport = htons(record.remotePort);
    std::memcpy(body.id.idiag_src, record.localAddress.bytes.data(), record.localAddress.bytes.size());
    std::memcpy(body.id.idiag_dst, record.remoteAddress.bytes.data(), record.remoteAddress.bytes.size());
    body.id.idiag_if = record.interfaceIndex;
    body.id.idiag_cookie[0] = static_cast<std::uint32_t>(record.cookie);
    body.id.idiag_cookie[1] = static_cast<std::uint32_t>(record.cookie >> 32U);
    body.idiag_rqueue = record.receiveQueue;
    body.idiag_wqueue = record.sendQueue;
    body.idiag_uid = record.uid;
    body.idiag_inode = static_cast<std::uint32_t>(record.inode);

    Bytes message;
    append(message, headerOf(SOCK_DIAG_BY_FAMILY, static_cast<std::uint16_t>(NLM_F_MULTI | flags), sequence));
    append(message, body);
    if (record.v6Only) {
        appendAttribute(message, INET_DIAG_SKV6ONLY, static_cast<std::uint8_t>(*record.v6Only ? 1 : 0));
    }
    if (record.cgroupId) {
        appendAttribute(message, INET_DIAG_CGROUP_ID, *record.cgroupId);
    }
    return finished(std::move(message));
}

std::vector<std::byte> diagDone(std::uint32_t sequence, int status)
{
    Bytes message;
    append(message, headerOf(NLMSG_DONE, NLM_F_MULTI, sequence));
    append(message, status);
    return finished(std::move(message));
}

FakeDiag::FakeDiag(std::shared_ptr<FakeSockets> sockets)
    : m_sockets(std::move(sockets))
{
}

Result<> FakeDiag::send(std::span<const std::byte> request)
{
    m_answers.clear();
    ++m_sockets->dumps;
    const auto question = questionFrom(request);
    if (m_sockets->refusal) {
        m_answers.push_back(errorMessage(*m_sockets->refusal, question.sequence));
        return {};
    }
    if (m_sockets->udpRefusal && question.protocol == Protocol::Udp) {
        m_answers.push_back(errorMessage(*m_sockets->udpRefusal, question.sequence));
        return {};
    }
    if (question.isOnePass && !m_sockets->knowsOnePassDump) {
        m_answers.push_back(errorMessage(EINVAL, question.sequence));
        return {};
    }
    const bool isInterrupted = m_sockets->interruptions > 0 && m_sockets->interruptions-- > 0;
    const std::uint16_t flags = isInterrupted ? NLM_F_DUMP_INTR : 0;
    Bytes datagram;
    std::size_t count = 0;
    for (const auto &record : m_sockets->records) {
        if (!question.wants(record)) {
            continue;
        }
        ++m_sockets->answered;
        const auto message = diagMessage(record, question.sequence, flags);
        datagram.insert(datagram.end(), message.begin(), message.end());
        if (++count % m_sockets->recordsPerDatagram == 0) {
            m_answers.push_back(std::exchange(datagram, {}));
        }
    }
    const auto done = diagDone(question.sequence);
    datagram.insert(datagram.end(), done.begin(), done.end());
    m_answers.push_back(std::move(datagram));
    return {};
}

Result<std::span<const std::byte>> FakeDiag::receive()
{
    if (m_sockets->overflows > 0) {
        --m_sockets->overflows;
        return failErrno(ENOBUFS, "netlink answer");
    }
    if (m_answers.empty()) {
        return failErrno(EAGAIN, "netlink answer");
    }
    m_current = std::move(m_answers.front());
    m_answers.pop_front();
    if (m_sockets->truncations > 0) {
        --m_sockets->truncations;
        m_current.resize(m_current.size() - 6);
    }
    return std::span<const std::byte>(m_current);
}

} // namespace Quay::Test
