// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/killplan.h"

#include <QString>

namespace Quay {

class UserNames;

/// A plan over several lines: who is signalled with what, what goes with them, what stays, who would bring it back.
[[nodiscard]] QString planText(const KillPlan &plan, UserNames &users);

/// That permission is going to be asked for, as a sentence. Empty: nobody in it is somebody else's.
[[nodiscard]] QString permissionText(const KillPlan &plan, const UserNames &users);

/// What goes with them besides @p asked, over several lines: other ports, connections, and what goes on. Empty:
/// nothing.
/// @p asked: whose holders are meant; null: processes are.
[[nodiscard]] QString consequencesText(const KillPlan &plan, const ListenerPtr &asked);

/// Why there is no plan, as a sentence.
[[nodiscard]] QString planFailureText(const PlanFailure &failure);

} // namespace Quay
