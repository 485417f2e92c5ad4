// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/version.h"
#include "core/servers/versionpin.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

/// Two versions, one a line, and a requirement in the third.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    const auto first = text.find('\n');
    const auto second = first == std::string_view::npos ? first : text.find('\n', first + 1);
    const auto left = Quay::versionInText(text.substr(0, first));
    const auto right = Quay::versionInText(first == std::string_view::npos ? text : text.substr(first, second - first));
    if (left && right) {
        const auto order = Quay::compareVersions(*left, *right);
        require(order == (0 <=> Quay::compareVersions(*right, *left)));
        require(Quay::compareVersions(*left, *left) == 0);
        require((Quay::versionText(*left) != Quay::versionText(*right)) || order == 0);
    }
    const auto rest = second == std::string_view::npos ? text : text.substr(second + 1);
    const auto requirement = Quay::versionRequirementFromText(rest);
    if (requirement) {
        require(!requirement->clauses.empty());
        for (const auto &clause : requirement->clauses) {
            require(!clause.version.parts.empty() && clause.keptParts <= clause.version.parts.size());
        }
        (void)(left && Quay::meets(*left, *requirement));
    }
    for (const char *const file : {".nvmrc", ".tool-versions"}) {
        if (const auto pin = Quay::pinnedVersion(file, "node", text)) {
            (void)Quay::requirementFromPin(*pin);
        }
    }
    return 0;
}
