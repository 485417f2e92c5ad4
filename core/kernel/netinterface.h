// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace Quay {

/// `lo`, which has this number in every network namespace. Source: LOOPBACK_IFINDEX, include/net/flow.h
inline constexpr std::uint32_t LoopbackInterface = 1;

/// Whether what is sent to `localhost` gets to a socket that is bound to the interface @p index; 0: to none.
[[nodiscard]] constexpr bool takesLoopback(std::uint32_t index)
{
    return index == 0 || index == LoopbackInterface;
}

/// The name of a network interface, empty for 0 and for one that is gone. Source: if_indextoname(3). Threads: any.
[[nodiscard]] std::string interfaceName(std::uint32_t index);

} // namespace Quay
