// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/localhostfamilies.h"

#include <algorithm>
#include <memory>

#include <netdb.h>
#include <sys/socket.h>

namespace Quay {

std::vector<IpFamily> localhostFamilies()
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    if (::getaddrinfo("localhost", nullptr, &hints, &found) != 0) {
        return {IpFamily::V6, IpFamily::V4};
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, &::freeaddrinfo);
    std::vector<IpFamily> families;
    for (const auto *address = found; address != nullptr; address = address->ai_next) {
        const auto family = address->ai_family == AF_INET6 ? IpFamily::V6 : IpFamily::V4;
        if (!std::ranges::contains(families, family)) {
            families.push_back(family);
        }
    }
    return families;
}

} // namespace Quay
