// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netinterface.h"

#include <array>
#include <cstdint>
#include <string>

#include <net/if.h>

namespace Quay {

std::string interfaceName(std::uint32_t index)
{
    std::array<char, IF_NAMESIZE> name{};
    if (index == 0 || ::if_indextoname(index, name.data()) == nullptr) {
        return {};
    }
    return name.data();
}

} // namespace Quay
