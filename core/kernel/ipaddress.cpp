// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/ipaddress.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace Quay {

namespace {

constexpr std::array<std::uint8_t, 12> MappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr IpAddress LoopbackV6{.family = IpFamily::V6, .bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

std::optional<IpAddress> parse(std::string_view text, IpFamily family)
{
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    if (text.size() >= terminated.size() || text.contains('\0')) {
        return std::nullopt;
    }
    std::ranges::copy(text, terminated.begin());
    IpAddress address{.family = family};
    const int socketFamily = family == IpFamily::V4 ? AF_INET : AF_INET6;
    if (::inet_pton(socketFamily, terminated.data(), address.bytes.data()) != 1) {
        return std::nullopt;
    }
    return address;
}

} // namespace

bool isAny(const IpAddress &address)
{
    return std::ranges::all_of(unmapped(address).bytes, [](std::uint8_t byte) { return byte == 0; });
}

bool isLoopback(const IpAddress &address)
{
    const IpAddress plain = unmapped(address);
    return plain.family == IpFamily::V4 ? plain.bytes.front() == IN_LOOPBACKNET : plain == LoopbackV6;
}

bool isV4Mapped(const IpAddress &address)
{
    return address.family == IpFamily::V6
        && std::ranges::equal(address.bytes | std::views::take(MappedPrefix.size()), MappedPrefix);
}

IpAddress unmapped(const IpAddress &address)
{
    if (!isV4Mapped(address)) {
        return address;
    }
    IpAddress plain{.family = IpFamily::V4};
    std::ranges::copy(address.bytes | std::views::drop(MappedPrefix.size()), plain.bytes.begin());
    return plain;
}

std::string toString(const IpAddress &address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int family = address.family == IpFamily::V4 ? AF_INET : AF_INET6;
    ::inet_ntop(family, address.bytes.data(), text.data(), text.size()); // the buffer is large enough for both
    return text.data();
}

std::string endpointText(const IpAddress &address, std::uint16_t port, std::string_view interface)
{
    std::string host = toString(address);
    if (!interface.empty()) {
        host.append(1, '%').append(interface);
    }
    return (address.family == IpFamily::V6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

std::optional<IpAddress> ipAddressFromText(std::string_view text)
{
    if (text.starts_with('[') && text.ends_with(']')) {
        return parse(text.substr(1, text.size() - 2), IpFamily::V6);
    }
    return parse(text, text.contains(':') ? IpFamily::V6 : IpFamily::V4);
}

} // namespace Quay
