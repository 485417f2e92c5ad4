// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/proccgroup.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

using Quay::Fuzz::require;

namespace {

void requirePath(const std::optional<std::string> &path)
{
    require(!path || (path->starts_with('/') && !path->contains('\n')));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    const auto cgroup = Quay::parseProcCgroup(text);
    if (!cgroup) {
        require(cgroup.error().code == Quay::ErrorCode::Malformed);
        require(text.contains(cgroup.error().subject) && !cgroup.error().subject.contains('\n'));
        return 0;
    }
    requirePath(cgroup->unified);
    requirePath(cgroup->named);
    requirePath(cgroup->controller);
    require(text.empty() || cgroup->unified || cgroup->named || cgroup->controller);
    return 0;
}
