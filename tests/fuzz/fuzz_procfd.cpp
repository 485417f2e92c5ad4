// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procfd.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <string>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto target = Quay::Fuzz::asText(data, size);
    if (const auto inode = Quay::socketInodeFromLink(target)) {
        require(target.starts_with("socket:[") && target.ends_with(']'));
        require(target.contains(std::to_string(*inode)));
        require(Quay::socketInodeFromLink("socket:[" + std::to_string(*inode) + "]") == inode);
    }
    return 0;
}
