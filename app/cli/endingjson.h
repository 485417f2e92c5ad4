// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/ending.h"
#include "core/control/killplan.h"

#include <QJsonObject>

namespace Quay {

// What `quay free --json` and `quay stop --json` print; described in resources/schema/quay-ending.schema.json. Targets
// and ports are those of the audit log.

/// A plan that was not carried out.
[[nodiscard]] QJsonObject planJson(const KillPlan &plan);
/// What became of a plan.
[[nodiscard]] QJsonObject reportJson(const KillPlan &plan, const EndingReport &report);
} // namespace Quay
