// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procevents.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::size_t DatagramBytes = 4096; // one event each, of at most 100 bytes
constexpr int ReceiveBufferBytes = 2 << 20; // the kernel cuts it to what an ordinary user may have
constexpr ino_t FirstPidNamespace = 0xEFFFFFFC; // PROC_PID_INIT_INO, include/linux/proc_ns.h

/// cn_msg without the array of no size at its end, which no value can have.
struct ConnectorHeader
{
    cb_id id{};
    std::uint32_t sequence = 0;
    std::uint32_t acknowledged = 0;
    std::uint16_t length = 0;
    std::uint16_t flags = 0;
};
static_assert(sizeof(ConnectorHeader) == sizeof(cn_msg));

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

/// The event, behind the headers of netlink and the connector. Kernels differ in how long the last part of it is.
void readEvent(std::span<const std::byte> bytes, ProcEventBatch &batch)
{
    constexpr std::size_t DataOffset = offsetof(proc_event, event_data);
    const auto what = take<std::uint32_t>(bytes);
    if (!what || bytes.size() < DataOffset) {
        return;
    }
    const auto data = bytes.subspan(DataOffset);
    if (*what == PROC_EVENT_NONE) {
        batch.acknowledged = take<std::uint32_t>(data);
        return;
    }
    if (*what != PROC_EVENT_FORK) {
        return;
    }
    using Fork = decltype(proc_event{}.event_data.fork);
    const auto fork = take<Fork>(data);
    const bool isProcess = fork && fork->child_pid == fork->child_tgid;
    if (isProcess && fork->parent_tgid > 0 && fork->child_tgid > 0) {
        batch.forks.push_back({.parent = fork->parent_tgid, .child = fork->child_tgid});
    }
}

constexpr std::size_t aligned(std::size_t bytes)
{
    return (bytes + NLMSG_ALIGNTO - 1) & ~std::size_t{NLMSG_ALIGNTO - 1};
}

/// Whether pids mean the same to us as to the connector, which always speaks of the first pid namespace.
bool isInFirstPidNamespace()
{
    struct stat status{};
    return ::stat("/proc/self/ns/pid", &status) == 0 && status.st_ino == FirstPidNamespace;
}

template<typename Input>
Result<> request(int socket, const Input &input)
{
    struct Message
    {
        nlmsghdr netlink;
        ConnectorHeader connector;
        Input input;
    };
    const Message message{.netlink = {.nlmsg_len = sizeof(Message),
                                      .nlmsg_type = NLMSG_DONE,
                                      .nlmsg_flags = 0,
                                      .nlmsg_seq = 0,
                                      .nlmsg_pid = 0},
                          .connector = {.id = {.idx = CN_IDX_PROC, .val = CN_VAL_PROC}, .length = sizeof input},
                          .input = input};
    if (::send(socket, &message, sizeof message, 0) < 0) {
        return failErrno(errno, "process connector");
    }
    return {};
}

} // namespace

Result<ProcEventBatch> parseProcEvents(std::span<const std::byte> datagram)
{
    ProcEventBatch batch;
    while (!datagram.empty()) {
        const auto header = take<nlmsghdr>(datagram);
        if (!header || header->nlmsg_len < sizeof(nlmsghdr) || header->nlmsg_len > datagram.size()) {
            return fail(ErrorCode::Malformed, "netlink message length");
        }
        const auto payload = datagram.first(header->nlmsg_len).subspan(sizeof(nlmsghdr));
        const auto step = aligned(header->nlmsg_len);
        datagram = step < datagram.size() ? datagram.subspan(step) : std::span<const std::byte>{};
        const auto connector = take<ConnectorHeader>(payload);
        if (!connector || connector->length > payload.size() - sizeof(ConnectorHeader)) {
            return fail(ErrorCode::Malformed, "connector message length");
        }
        if (connector->id.idx == CN_IDX_PROC && connector->id.val == CN_VAL_PROC) {
            readEvent(payload.subspan(sizeof(ConnectorHeader), connector->length), batch);
        }
    }
    return batch;
}

ProcEvents::ProcEvents(UniqueFd fd)
    : m_fd(std::move(fd))
    , m_buffer(DatagramBytes)
{
}

ProcEvents::~ProcEvents()
{
    if (m_fd) {
        static_cast<void>(request(m_fd.get(), PROC_CN_MCAST_IGNORE)); // else the kernel goes on counting a listener
    }
}

Result<ProcEvents> ProcEvents::open()
{
    if (!isInFirstPidNamespace()) {
        return fail(ErrorCode::Unsupported, "process connector");
    }
    UniqueFd fd(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_CONNECTOR));
    if (!fd) {
        return failErrno(errno, "NETLINK_CONNECTOR");
    }
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = CN_IDX_PROC;
    if (::bind(fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        return failErrno(errno, "NETLINK_CONNECTOR");
    }
    ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUF, &ReceiveBufferBytes, sizeof ReceiveBufferBytes);
    ProcEvents events(std::move(fd));
    // First without a filter: only that is acknowledged. A namespace that may not listen gets no answer at all.
    if (auto asked = request(events.m_fd.get(), PROC_CN_MCAST_LISTEN); !asked) {
        return std::unexpected(asked.error());
    }
    std::optional<std::uint32_t> acknowledged;
    while (!acknowledged) {
        const auto batch = events.receive();
        if (!batch) {
            return fail(ErrorCode::Unsupported, "process connector", batch.error().sysErrno);
        }
        acknowledged = batch->acknowledged;
    }
    if (*acknowledged != 0) {
        return failErrno(static_cast<int>(*acknowledged), "process connector");
    }
    const proc_input onlyForks{.mcast_op = PROC_CN_MCAST_LISTEN, .event_type = PROC_EVENT_FORK};
    if (auto asked = request(events.m_fd.get(), onlyForks); !asked) {
        return std::unexpected(asked.error());
    }
    return events;
}

Result<ProcEventBatch> ProcEvents::receive()
{
    for (;;) {
        sockaddr_nl sender{};
        socklen_t senderBytes = sizeof sender;
        const ssize_t count = ::recvfrom(m_fd.get(), m_buffer.data(), m_buffer.size(), MSG_TRUNC,
                                         reinterpret_cast<sockaddr *>(&sender), &senderBytes);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return failErrno(errno, "process connector");
        }
        if (sender.nl_pid != 0 || static_cast<std::size_t>(count) > m_buffer.size()) {
            continue; // not from the kernel
        }
        return parseProcEvents(std::span(m_buffer).first(static_cast<std::size_t>(count)));
    }
}

Result<std::vector<ForkEvent>> ProcEvents::drain()
{
    std::vector<ForkEvent> forks;
    for (;;) {
        auto batch = receive();
        if (!batch && (batch.error().sysErrno == EAGAIN || batch.error().sysErrno == EWOULDBLOCK)) {
            return forks;
        }
        if (!batch) {
            return std::unexpected(std::move(batch).error());
        }
        std::ranges::move(batch->forks, std::back_inserter(forks));
    }
}

} // namespace Quay
