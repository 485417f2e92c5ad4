// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/startup/contradiction.h"
#include "core/startup/phasedeadlines.h"

#include <QString>

#include <string_view>

namespace Quay {

// What is said about starts of servers. Every text is fit to be shown: foreign bytes passed safeText().

/// What a phase is called: `listening`, `migrate`.
[[nodiscard]] QString phaseText(std::string_view phase);

/// What took too long, and what it waits for, as a half of a sentence: `has not got through ...`.
[[nodiscard]] QString overdueText(const OverduePhase &overdue);

/// What a server says, and what can be seen instead, as a half of a sentence: `says that it is up, but ...`.
[[nodiscard]] QString contradictionText(const Contradiction &contradiction);

} // namespace Quay
