// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/proccmdline.h"
#include "core/processes/kindrules.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

// The input is a command line as the kernel gives it; its first argument is the name and the program's path too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto arguments = Quay::splitAtNuls(Quay::Fuzz::asText(data, size));
    Quay::ProcessFacts facts{.name = {}, .arguments = &arguments, .executable = {}};
    if (!arguments.empty()) {
        facts.name = arguments.front();
        facts.executable = arguments.back();
    }
    const auto &rules = Quay::KindRules::builtIn();
    const auto kind = rules.serverKind(facts);
    require(!kind || (!kind->id.empty() && !kind->name.empty()));
    require(rules.launcherName(facts).empty() == (rules.launcherKind(facts) == Quay::LauncherKind::None));
    return 0;
}
