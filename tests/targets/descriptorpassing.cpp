// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/targets/descriptorpassing.h"

#include "tests/targets/lifeline.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <string>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

struct alignas(cmsghdr) ControlBuffer
{
    std::array<char, CMSG_SPACE(sizeof(int))> bytes{};
};

} // namespace

Mailbox::Mailbox()
    : m_socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0))
{
    // Binding the bare family makes the kernel choose a free abstract name: unix(7), autobind.
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (m_socket < 0 || ::bind(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof(sa_family_t)) != 0) {
        die("mailbox");
    }
    socklen_t size = sizeof(address);
    if (::getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
        die("getsockname");
    }
    m_name.assign(address.sun_path + 1, size - offsetof(sockaddr_un, sun_path) - 1);
}

int Mailbox::receive() const
{
    char byte = 0;
    iovec data{.iov_base = &byte, .iov_len = 1};
    ControlBuffer control;
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes.data();
    message.msg_controllen = control.bytes.size();
    if (::recvmsg(m_socket, &message, MSG_CMSG_CLOEXEC) != 1 || CMSG_FIRSTHDR(&message) == nullptr) {
        die("recvmsg");
    }
    int descriptor = -1;
    std::memcpy(&descriptor, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(descriptor));
    return descriptor;
}

void sendDescriptor(const std::string &name, int descriptor)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path + 1, name.data(), name.size());

    char byte = 'd';
    iovec data{.iov_base = &byte, .iov_len = 1};
    ControlBuffer control;
    msghdr message{};
    message.msg_name = &address;
    message.msg_namelen = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes.data();
    message.msg_controllen = control.bytes.size();
    cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(descriptor));
    std::memcpy(CMSG_DATA(header), &descriptor, sizeof(descriptor));

    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0 || ::sendmsg(socket, &message, 0) != 1) {
        die("sendmsg");
    }
    ::close(socket);
}

} // namespace Quay::Test
