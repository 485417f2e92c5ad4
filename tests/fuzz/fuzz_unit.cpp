// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/unit.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto path = Quay::Fuzz::asText(data, size);
    const auto unit = Quay::unitFromCgroupPath(path);
    const bool isContainer = unit.kind == Quay::UnitKind::Container;
    require(unit.path == path);
    require(unit.name.empty() == (unit.kind == Quay::UnitKind::None));
    require(unit.name.size() <= path.size());
    require(unit.containerId.empty() || (isContainer && unit.containerId.size() == 64));
    require(unit.containerRuntime.empty() || isContainer);
    return 0;
}
