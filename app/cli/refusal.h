// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/killplan.h"
#include "core/history/auditentry.h"

namespace Quay {

struct CommandContext;
struct EndingSubject;
struct EndingWish;

/// Nobody is signalled, and nobody will be: prints why where JSON is wanted, and writes it down for `quay audit`,
/// unless it was only to be shown what would be done. @p plan: as far as there is one.
void refuseEnding(CommandContext &context, const EndingWish &wish, const EndingSubject &subject, const KillPlan &plan,
                  AuditRefusal reason);

/// Says that what was done is not in the record, when @p recorded says so.
void sayUnlessRecorded(CommandContext &context, const Result<> &recorded);

} // namespace Quay
