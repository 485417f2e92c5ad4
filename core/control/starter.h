// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"
#include "core/processes/ancestry.h"

namespace Quay {

/// Who started @p owner, as far as it matters to who would not have it back: the process manager above it, when only
/// shells that run one command and scripts of packages are between; else its parent. Null: it cannot be seen.
[[nodiscard]] const AncestryStep *starterOf(const Owner &owner);
/// The same, where to end it takes nothing with it that somebody works in: no terminal, no IDE, no shell of a session.
[[nodiscard]] const AncestryStep *starterToEnd(const Owner &owner);

} // namespace Quay
