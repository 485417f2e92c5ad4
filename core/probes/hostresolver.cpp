// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/hostresolver.h"

#include "core/base/aside.h"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <netdb.h>

namespace Quay {

namespace {

ResolvedHost lookUp(const std::string &host, std::uint16_t port)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo *list = nullptr;
    const int failure = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
    if (failure != 0) {
        return std::unexpected(std::string(::gai_strerror(failure)));
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(list, &::freeaddrinfo);
    std::vector<SocketAddress> addresses;
    for (const addrinfo *info = list; info != nullptr; info = info->ai_next) {
        SocketAddress address;
        address.length = info->ai_addrlen;
        std::memcpy(&address.storage, info->ai_addr, info->ai_addrlen);
        addresses.push_back(address);
    }
    return addresses;
}

} // namespace

HostResolver::HostResolver(std::string host, std::uint16_t port)
    : m_mailbox(std::make_shared<Mailbox<ResolvedHost>>())
{
    if (!runAside([mailbox = m_mailbox, host = std::move(host), port] { mailbox->put(lookUp(host, port)); })) {
        m_mailbox->put(std::unexpected(std::generic_category().message(EAGAIN)));
    }
}

HostResolver::~HostResolver() = default;

int HostResolver::descriptor() const noexcept
{
    return m_mailbox->descriptor();
}

std::optional<ResolvedHost> HostResolver::take()
{
    return m_mailbox->take();
}

} // namespace Quay
