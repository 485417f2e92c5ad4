// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/startup/contradiction.h"
#include "core/startup/phasedeadlines.h"

#include <optional>

class QJsonObject;

namespace Quay {

// What is wrong with a server that runs, as the agent tells it: parts of quay-status.schema.json. Foreign texts pass
// safeText(). Threads: pure functions.

[[nodiscard]] QJsonObject toJson(const OverduePhase &overdue);
[[nodiscard]] QJsonObject toJson(const Contradiction &contradiction);

/// What is missing, or is of a later version, has its default.
[[nodiscard]] OverduePhase overduePhaseFrom(const QJsonObject &json);
/// Nothing for a kind that is not known.
[[nodiscard]] std::optional<Contradiction> contradictionFrom(const QJsonObject &json);

} // namespace Quay
