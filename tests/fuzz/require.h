// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace Quay::Fuzz {

/// What must hold for every input. Not assert(), of which it depends on the build whether it checks anything.
inline void require(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

inline std::string_view asText(const std::uint8_t *data, std::size_t size)
{
    return {reinterpret_cast<const char *>(data), size};
}

} // namespace Quay::Fuzz
