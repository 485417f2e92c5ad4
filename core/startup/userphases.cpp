// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/userphases.h"

#include "core/base/result.h"
#include "core/startup/linepattern.h"

#include <string>
#include <utility>
#include <vector>

namespace Quay {

Result<std::vector<CompiledPhase>> compilePhases(const std::vector<UserPhase> &phases)
{
    std::vector<CompiledPhase> compiled;
    for (const auto &phase : phases) {
        auto pattern = LinePattern::compile(phase.pattern);
        if (!pattern) {
            return fail(ErrorCode::Invalid, "phase " + phase.name + ": " + pattern.error().subject);
        }
        compiled.push_back(
            {.name = phase.name, .pattern = *std::move(pattern), .literal = requiredLiteral(phase.pattern)});
    }
    return compiled;
}

} // namespace Quay
