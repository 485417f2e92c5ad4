// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/auditentry.h"

#include <QString>

namespace Quay {

class UserNames;

/// All that is known of an attempt, over several lines: each process with its command, signals and end, and each port
/// with whoever held it after all. Fit to be shown, as audittext.h.
[[nodiscard]] QString auditDetailsText(const AuditEntry &entry, UserNames &users);

} // namespace Quay
