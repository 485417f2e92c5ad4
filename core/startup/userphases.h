// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/startup/linepattern.h"

#include <string>
#include <vector>

namespace Quay {

/// A step of the start-up that the user has described. Texts are raw bytes.
struct UserPhase
{
    std::string name;
    /// Of the line that ends it (PCRE2). A group called `duration` is how long it took, as the line says; one called
    /// `unit` is its unit where that stands apart.
    std::string pattern;

    bool operator==(const UserPhase &) const = default;
};

/// The same, ready to be looked for.
struct CompiledPhase
{
    std::string name;
    LinePattern pattern;
    std::string literal; ///< See requiredLiteral().
};

/**
 * Makes patterns of the user's phases.
 *
 * Errors:  Invalid, with the phase, the place in its pattern and what is wrong there as subject:
 *          `phase migrate: character 5: missing closing parenthesis`.
 * Threads: pure function.
 */
[[nodiscard]] Result<std::vector<CompiledPhase>> compilePhases(const std::vector<UserPhase> &phases);

} // namespace Quay
