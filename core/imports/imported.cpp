// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/imported.h"

#include "core/servers/configreader.h"

#include <cstddef>

namespace Quay {

std::string allowedServerName(std::string_view name)
{
    constexpr std::size_t Longest = 64;
    std::string allowed;
    for (const char letter : name.substr(0, Longest)) {
        const std::string_view one(&letter, 1);
        const bool isAllowed = isServerName(one) || (!allowed.empty() && std::string_view("._-").contains(letter));
        if (isAllowed) {
            allowed += letter;
        } else if (!allowed.empty() && !allowed.ends_with('-')) {
            allowed += '-';
        }
    }
    while (allowed.ends_with('-') && !name.ends_with('-')) {
        allowed.pop_back();
    }
    return allowed.empty() ? "server" : allowed;
}

} // namespace Quay
