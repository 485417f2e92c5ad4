// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/ipaddress.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

using Quay::IpAddress;
using Quay::Fuzz::require;

namespace {

void requireRoundTrip(const IpAddress &address)
{
    const auto text = Quay::toString(address);
    require(Quay::ipAddressFromText(text) == address);
    require(Quay::endpointText(address, 80).contains(text));
    const auto plain = Quay::unmapped(address);
    require(Quay::unmapped(plain) == plain && !Quay::isV4Mapped(plain));
    require(Quay::isAny(plain) == Quay::isAny(address) && Quay::isLoopback(plain) == Quay::isLoopback(address));
    require(!(Quay::isAny(address) && Quay::isLoopback(address)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (const auto address = Quay::ipAddressFromText(Quay::Fuzz::asText(data, size))) {
        requireRoundTrip(*address);
    }
    IpAddress v4{.family = Quay::IpFamily::V4};
    std::copy_n(data, std::min<std::size_t>(size, 4), v4.bytes.begin());
    requireRoundTrip(v4);
    IpAddress v6{.family = Quay::IpFamily::V6};
    std::copy_n(data, std::min(size, v6.bytes.size()), v6.bytes.begin());
    requireRoundTrip(v6);
    return 0;
}
