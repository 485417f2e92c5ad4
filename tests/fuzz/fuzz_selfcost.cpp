// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/selfcost.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <string>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    const auto pages = Quay::parseResidentPages(text);
    if (!pages) {
        require(pages.error() == Quay::Error{.code = Quay::ErrorCode::Malformed, .subject = std::string(text)});
        return 0;
    }
    require(text.contains(std::to_string(*pages)));
    require(Quay::parseResidentPages("1 " + std::to_string(*pages) + " 3 4 0 6 0\n") == *pages);
    return 0;
}
