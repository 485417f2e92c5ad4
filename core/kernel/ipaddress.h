// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

enum class IpFamily : std::uint8_t
{
    V4,
    V6,
};

/// An IPv4 or IPv6 address in network byte order, the way the kernel hands it out. A plain value.
struct IpAddress
{
    IpFamily family = IpFamily::V4;
    std::array<std::uint8_t, 16> bytes{}; ///< IPv4 uses the first four, the others stay 0.

    auto operator<=>(const IpAddress &) const = default;
};

/// 0.0.0.0, its IPv4-mapped form or [::]: every address of the machine.
[[nodiscard]] bool isAny(const IpAddress &address);
/// 127.0.0.0/8, ::1 or an IPv4-mapped loopback: reachable from this machine only.
[[nodiscard]] bool isLoopback(const IpAddress &address);
/// ::ffff:a.b.c.d, the form in which a dual-stack socket sees IPv4 peers.
[[nodiscard]] bool isV4Mapped(const IpAddress &address);
/// An IPv4-mapped address as IPv4; every other address as it is.
[[nodiscard]] IpAddress unmapped(const IpAddress &address);

/// `127.0.0.1`, `::1`: RFC 5952, without brackets.
[[nodiscard]] std::string toString(const IpAddress &address);
/// `127.0.0.1:80`, `[::1]:80`, and with @p interface `[fe80::1%eth0]:80`.
[[nodiscard]] std::string endpointText(const IpAddress &address, std::uint16_t port, std::string_view interface = {});
/// The inverse of toString(); brackets around IPv6 are accepted. Nothing for any other text.
[[nodiscard]] std::optional<IpAddress> ipAddressFromText(std::string_view text);

} // namespace Quay
