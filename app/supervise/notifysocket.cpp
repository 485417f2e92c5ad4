// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/notifysocket.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/supervise/notifymessage.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::string_view Variable = "NOTIFY_SOCKET=";
constexpr std::size_t MostDescriptors = 253; // SCM_MAX_FD
constexpr mode_t SocketMode = 0600;

/// `@quaymaster/...`, which nobody can guess and take.
std::string abstractName()
{
    std::array<std::uint64_t, 2> chance{};
    static_cast<void>(::getrandom(chance.data(), sizeof chance, 0));
    return "@quaymaster/" + std::to_string(chance[0]) + std::to_string(chance[1]);
}

std::vector<UniqueFd> descriptorsOf(msghdr &header)
{
    std::vector<UniqueFd> descriptors;
    for (cmsghdr *part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t index = 0; index < count; ++index) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(part) + index * sizeof fd, sizeof fd);
            descriptors.emplace_back(fd);
        }
    }
    return descriptors;
}

pid_t senderOf(msghdr &header)
{
    for (cmsghdr *part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_CREDENTIALS) {
            ucred credentials{};
            std::memcpy(&credentials, CMSG_DATA(part), sizeof credentials);
            return credentials.pid;
        }
    }
    return 0;
}

} // namespace

NotifySocket::NotifySocket(UniqueFd fd, std::string variable)
    : m_fd(std::move(fd))
    , m_variable(std::move(variable))
{
}

Result<NotifySocket> NotifySocket::open(const std::string &path)
{
    UniqueFd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const bool isFile = path.size() < sizeof address.sun_path;
    const std::string name = isFile ? path : abstractName();
    name.copy(address.sun_path, name.size());
    auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    if (isFile) {
        ::unlink(path.c_str());
        ++length;
    } else {
        address.sun_path[0] = '\0';
    }
    const int on = 1;
    if (!fd || ::setsockopt(fd.get(), SOL_SOCKET, SO_PASSCRED, &on, sizeof on) != 0
        || ::bind(fd.get(), reinterpret_cast<const sockaddr *>(&address), length) != 0
        || (isFile && ::chmod(path.c_str(), SocketMode) != 0)) {
        return failErrno(errno, path);
    }
    return NotifySocket(std::move(fd), std::string(Variable) + name);
}

std::optional<ReceivedNotify> NotifySocket::receive() const
{
    for (;;) {
        std::array<char, MostNotifyBytes> text{};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(ucred)) + CMSG_SPACE(MostDescriptors * sizeof(int))>
            parts{};
        iovec bytes{.iov_base = text.data(), .iov_len = text.size()};
        msghdr header{};
        header.msg_iov = &bytes;
        header.msg_iovlen = 1;
        header.msg_control = parts.data();
        header.msg_controllen = parts.size();
        const ssize_t count = ::recvmsg(m_fd.get(), &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return std::nullopt;
        }
        auto descriptors = descriptorsOf(header);
        if ((header.msg_flags & MSG_TRUNC) == 0) {
            const auto message = std::string_view(text.data(), static_cast<std::size_t>(count));
            return ReceivedNotify{.message = notifyMessageFrom(message),
                                  .sender = senderOf(header),
                                  .descriptors = std::move(descriptors)};
        }
    }
}

} // namespace Quay
