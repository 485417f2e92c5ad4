// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/auditentry.h"
#include "core/history/audithistory.h"

#include <QJsonObject>

#include <string>

namespace Quay {

class UserNames;

/// A target, port or action as in the audit log, but with foreign texts made fit to be shown by safeText().
[[nodiscard]] QJsonObject safeJson(AuditTarget target);
[[nodiscard]] QJsonObject safeJson(AuditPort port);
[[nodiscard]] QJsonObject safeJson(AuditAction action);

/// What `quay audit --json` prints; described in quay-audit.schema.json. Foreign texts pass safeText().
[[nodiscard]] std::string auditJson(const AuditHistory &history, UserNames &users);

} // namespace Quay
