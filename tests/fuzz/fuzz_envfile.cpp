// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/envfile.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    const auto lines = std::ranges::count(text, '\n') + 1;
    const auto file = Quay::parseEnvFile(text);
    for (const auto &[name, value] : file.variables) {
        require(Quay::isVariableName(name));
        require(!value.contains('\0'));
        require(text.contains(name));
    }
    for (const auto &mistake : file.mistakes) {
        require(mistake.position.line >= 1 && mistake.position.line <= lines);
    }
    // What is expanded never has a problem and a whole text at once that it does not tell.
    const auto expanded = Quay::expandVariables(text, file.variables);
    require(!expanded.problems.empty() || text.contains('$') || expanded.text == text);
    return 0;
}
