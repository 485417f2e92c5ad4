// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diagparser.h"

#include "core/base/result.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace Quay {

namespace {

constexpr std::size_t LeastMessageBytes = sizeof(nlmsghdr) + sizeof(inet_diag_msg);

/// Copies a structure out of bytes that may be unaligned. Nothing when they are too few.
template<typename T>
std::optional<T> take(std::span<const std::byte> bytes)
{
    if (bytes.size() < sizeof(T)) {
        return std::nullopt;
    }
    T value{};
    std::memcpy(&value, bytes.data(), sizeof(T));
    return value;
}

constexpr std::size_t aligned(std::size_t bytes)
{
    return (bytes + NLMSG_ALIGNTO - 1) & ~std::size_t{NLMSG_ALIGNTO - 1}; // RTA_ALIGNTO is the same 4
}

/// The kernel's -1 to -4095 as errno; a message with any other number is none that it sends.
int errnoFromStatus(std::int32_t status)
{
    constexpr std::int32_t LargestErrno = 4095; // MAX_ERRNO
    return status < 0 && status >= -LargestErrno ? -status : EIO;
}

IpAddress addressFromKernel(std::uint8_t family,
                            const std::uint32_t (&words)[4]) // NOLINT(modernize-avoid-c-arrays): the kernel's
{
    IpAddress address{.family = family == AF_INET6 ? IpFamily::V6 : IpFamily::V4};
    std::memcpy(address.bytes.data(), words, address.family == IpFamily::V6 ? 16 : 4);
    return address;
}

SocketRecord recordFromMessage(const inet_diag_msg &message, Protocol protocol)
{
    const auto &id = message.id;
    return {.cookie = id.idiag_cookie[0] | (static_cast<std::uint64_t>(id.idiag_cookie[1]) << 32U),
            .inode = message.idiag_inode,
            .cgroupId = std::nullopt,
            .uid = message.idiag_uid,
            .interfaceIndex = id.idiag_if,
            .receiveQueue = message.idiag_rqueue,
            .sendQueue = message.idiag_wqueue,
            .protocol = protocol,
            .state = socketStateFromKernel(message.idiag_state),
            .v6Only = std::nullopt,
            .localPort = ntohs(id.idiag_sport),
            .remotePort = ntohs(id.idiag_dport),
            .localAddress = addressFromKernel(message.idiag_family, id.idiag_src),
            .remoteAddress = addressFromKernel(message.idiag_family, id.idiag_dst)};
}

/// False when the attributes do not fit into @p bytes.
bool readAttributes(std::span<const std::byte> bytes, SocketRecord &record)
{
    while (const auto attribute = take<rtattr>(bytes)) {
        if (attribute->rta_len < sizeof(rtattr) || attribute->rta_len > bytes.size()) {
            return false;
        }
        const auto payload = bytes.first(attribute->rta_len).subspan(sizeof(rtattr));
        if (attribute->rta_type == INET_DIAG_CGROUP_ID) {
            record.cgroupId = take<std::uint64_t>(payload);
        } else if (attribute->rta_type == INET_DIAG_SKV6ONLY) {
            if (const auto flag = take<std::uint8_t>(payload)) {
                record.v6Only = *flag != 0;
            }
        }
        const auto step = aligned(attribute->rta_len);
        bytes = step < bytes.size() ? bytes.subspan(step) : std::span<const std::byte>{};
    }
    return true;
}

} // namespace

DiagParser::DiagParser(Protocol protocol, std::uint32_t sequence, std::vector<SocketRecord> records)
    : m_protocol(protocol)
    , m_sequence(sequence)
    , m_records(std::move(records))
{
}

Result<bool> DiagParser::feed(std::span<const std::byte> datagram)
{
    if (m_records.capacity() == 0) { // what fits into more than one datagram grows by itself
        m_records.reserve(datagram.size() / LeastMessageBytes);
    }
    while (!datagram.empty()) {
        const auto header = take<nlmsghdr>(datagram);
        if (!header || header->nlmsg_len < sizeof(nlmsghdr) || header->nlmsg_len > datagram.size()) {
            return fail(ErrorCode::Malformed, "netlink message length");
        }
        const auto message = datagram.first(header->nlmsg_len);
        const auto step = aligned(header->nlmsg_len);
        datagram = step < datagram.size() ? datagram.subspan(step) : std::span<const std::byte>{};
        if (header->nlmsg_seq != m_sequence) {
            continue; // an answer to a request that was given up
        }
        if ((header->nlmsg_flags & NLM_F_DUMP_INTR) != 0) {
            m_interrupted = true;
        }
        const auto isLast = feedMessage(header->nlmsg_type, message.subspan(sizeof(nlmsghdr)));
        if (!isLast) {
            return std::unexpected(isLast.error());
        }
        if (*isLast || (header->nlmsg_flags & NLM_F_MULTI) == 0) {
            return true;
        }
    }
    return false;
}

Result<bool> DiagParser::feedMessage(std::uint16_t type, std::span<const std::byte> payload)
{
    switch (type) {
    case NLMSG_DONE: {
        // A dump that failed half-way says so here.
        const auto status = take<std::int32_t>(payload);
        if (status && *status < 0) {
            return failErrno(errnoFromStatus(*status), "netlink dump");
        }
        return true;
    }
    case NLMSG_ERROR: {
        const auto error = take<nlmsgerr>(payload);
        if (!error) {
            return fail(ErrorCode::Malformed, "netlink error message");
        }
        if (error->error != 0) {
            return failErrno(errnoFromStatus(error->error), "netlink request");
        }
        return true;
    }
    case NLMSG_NOOP:
        return false;
    case NLMSG_OVERRUN:
        return failErrno(ENOBUFS, "netlink overrun");
    default:
        break;
    }
    const auto message = take<inet_diag_msg>(payload);
    if (!message) {
        return fail(ErrorCode::Malformed, "inet_diag message");
    }
    auto record = recordFromMessage(*message, m_protocol);
    if (!readAttributes(payload.subspan(aligned(sizeof(inet_diag_msg))), record)) {
        return fail(ErrorCode::Malformed, "inet_diag attribute");
    }
    m_records.push_back(record);
    return false;
}

std::vector<SocketRecord> DiagParser::takeRecords() noexcept
{
    return std::move(m_records);
}

} // namespace Quay
