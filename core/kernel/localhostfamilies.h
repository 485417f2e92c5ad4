// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/ipaddress.h"

#include <vector>

namespace Quay {

/**
 * The families of the addresses that `localhost` stands for, in the order in which programs try them. IPv6 before IPv4
 * where that cannot be found out.
 *
 * Source:  getaddrinfo(3): /etc/hosts, as a rule. May ask a name server where `localhost` is in no file.
 * Threads: any; blocks for that long.
 */
[[nodiscard]] std::vector<IpFamily> localhostFamilies();

} // namespace Quay
