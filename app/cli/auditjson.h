// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/audithistory.h"

#include <string>

namespace Quay {

class UserNames;

/// What `quay audit --json` prints; described in quay-audit.schema.json.
[[nodiscard]] std::string auditJson(const AuditHistory &history, UserNames &users);

} // namespace Quay
