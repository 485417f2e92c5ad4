// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diagtransport.h"

#include "core/base/error.h"

#include <cerrno>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace Quay {

namespace {

// The kernel fills a datagram of at most 32 KiB in a dump (netlink_dump() in net/netlink/af_netlink.c). Where that is
// no longer so, MSG_TRUNC tells the length, and the buffer grows to it.
constexpr std::size_t DatagramBytes = std::size_t{64} << 10U;
constexpr timeval AnswerTimeout = {.tv_sec = 2,
                                   .tv_usec = 0}; // the kernel answers in send(); this bounds a bug, not a wait

class NetlinkTransport : public DiagTransport
{
public:
    explicit NetlinkTransport(UniqueFd fd)
        : m_fd(std::move(fd))
        , m_buffer(DatagramBytes)
    {
    }

    [[nodiscard]] Result<> send(std::span<const std::byte> request) override
    {
        // What an abandoned answer left behind would be taken for the answer to this request.
        while (::recv(m_fd.get(), m_buffer.data(), m_buffer.size(), MSG_DONTWAIT) >= 0 || isPassing(errno)) { }
        if (::send(m_fd.get(), request.data(), request.size(), 0) < 0) {
            return failErrno(errno, "netlink request");
        }
        return {};
    }

    [[nodiscard]] Result<std::span<const std::byte>> receive() override
    {
        for (;;) {
            const ssize_t count = ::recv(m_fd.get(), m_buffer.data(), m_buffer.size(), MSG_TRUNC);
            if (count < 0 && errno == EINTR) {
                continue;
            }
            if (count < 0) {
                return failErrno(errno, "netlink answer");
            }
            const auto size = static_cast<std::size_t>(count);
            if (size > m_buffer.size()) {
                m_buffer.resize(size);
                return failErrno(EMSGSIZE, "netlink answer");
            }
            return std::span<const std::byte>(m_buffer).first(size);
        }
    }

private:
    /// An error that recv() tells once, with more to read behind it: something was lost, a signal came.
    [[nodiscard]] static bool isPassing(int sysErrno) { return sysErrno == ENOBUFS || sysErrno == EINTR; }

    UniqueFd m_fd;
    std::vector<std::byte> m_buffer;
};

/// Stands for a netlink socket that could not be opened.
class RefusedTransport : public DiagTransport
{
public:
    explicit RefusedTransport(Error error)
        : m_error(std::move(error))
    {
    }

    Result<> send(std::span<const std::byte> /*request*/) override { return std::unexpected(m_error); }
    Result<std::span<const std::byte>> receive() override { return std::unexpected(m_error); }

private:
    Error m_error;
};

} // namespace

Result<std::unique_ptr<DiagTransport>> openDiagTransport()
{
    UniqueFd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
    if (!fd) {
        return failErrno(errno, "NETLINK_SOCK_DIAG");
    }
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &AnswerTimeout, sizeof AnswerTimeout) != 0) {
        return failErrno(errno, "SO_RCVTIMEO");
    }
    return diagTransportOver(std::move(fd));
}

std::unique_ptr<DiagTransport> diagTransportOrRefusal()
{
    auto opened = openDiagTransport();
    return opened ? *std::move(opened) : std::make_unique<RefusedTransport>(std::move(opened).error());
}

std::unique_ptr<DiagTransport> diagTransportOver(UniqueFd socket)
{
    return std::make_unique<NetlinkTransport>(std::move(socket));
}

} // namespace Quay
