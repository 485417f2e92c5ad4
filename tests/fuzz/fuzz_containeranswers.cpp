// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/containeranswers.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto answer = Quay::Fuzz::asText(data, size);
    if (const auto containers = Quay::containersFromJson(answer)) {
        for (const auto &container : *containers) {
            require(Quay::isContainerId(container.id)); // it becomes a part of a path
            for (const auto &published : container.published) {
                require(published.port != 0);
            }
        }
    } else {
        require(containers.error().code == Quay::ErrorCode::Malformed);
    }
    if (const auto container = Quay::containerFromJson(answer)) {
        require(Quay::isContainerId(container->id) && !container->name.empty());
    } else {
        require(container.error().code == Quay::ErrorCode::Malformed);
    }
    (void)Quay::complaintFromJson(answer);
    return 0;
}
