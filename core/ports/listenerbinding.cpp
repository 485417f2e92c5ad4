// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/listenerbinding.h"

#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

namespace Quay {

ListenerBinding listenerBinding(const SocketRecord &listener)
{
    return {.port = listener.localPort,
            .address = listener.localAddress,
            .interfaceIndex = listener.interfaceIndex,
            .isV6Only = listener.v6Only.value_or(false)};
}

ConnectionEndpoint connectionEndpoint(const SocketRecord &connection)
{
    return {.port = connection.localPort,
            .address = unmapped(connection.localAddress),
            .interfaceIndex = connection.interfaceIndex};
}

int preferenceOf(const ListenerBinding &binding, const ConnectionEndpoint &endpoint)
{
    constexpr int Covers = 1;
    constexpr int IsV4Socket = 2;
    constexpr int HasInterface = 4;
    constexpr int HasAddress = 8;
    const auto address = unmapped(binding.address);
    const bool hasAddress = address == endpoint.address;
    const bool coversFamily = address.family == endpoint.address.family
        || (address.family == IpFamily::V6 && !binding.isV6Only); // dual stack
    const bool coversAddress = hasAddress || (isAny(address) && coversFamily);
    const bool coversInterface = binding.interfaceIndex == 0 || binding.interfaceIndex == endpoint.interfaceIndex;
    if (!coversAddress || !coversInterface) {
        return 0;
    }
    return Covers + (binding.address.family == IpFamily::V4 ? IsV4Socket : 0)
        + (binding.interfaceIndex != 0 ? HasInterface : 0) + (hasAddress ? HasAddress : 0);
}

} // namespace Quay
