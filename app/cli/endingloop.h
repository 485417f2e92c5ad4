// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"

namespace Quay {

class AttemptRecorder;
struct CommandContext;

/**
 * Carries out a plan: waits until it is over, shows on a terminal what happens, has each step recorded, and leaves
 * whoever has not ended when it is interrupted. Once it was interrupted, as at a password prompt before, nobody is
 * signalled at all.
 *
 * @p asksPassword: the helper may be asked for what the user may not do.
 * Errors:  as Terminator::open() and ProcFs::open(); nobody was signalled then.
 */
[[nodiscard]] Result<EndingReport> runEnding(CommandContext &context, const KillPlan &plan, EndingOptions options,
                                             bool asksPassword, AttemptRecorder &recorder);

} // namespace Quay
