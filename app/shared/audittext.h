// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/auditentry.h"

#include <QString>

#include <sys/types.h>

namespace Quay {

class UserNames;

// What is said about attempts to end processes. Every text is fit to be shown: foreign bytes passed safeText().

/// `window`, `command line`, `agent`
[[nodiscard]] QString auditAskerText(AuditAsker asker);

/// The same, with the user who asked unless it was @p viewer: `command line (root)`.
[[nodiscard]] QString auditAuthorText(const AuditEntry &entry, uid_t viewer, UserNames &users);

/// Why nothing could be recorded, as a sentence: which directory it is, and what helps.
[[nodiscard]] QString recordFailureText(const Error &error);

/// `process`, `tree`, `session`
[[nodiscard]] QString auditScopeText(KillScope scope);

/// Whom it was about: `node 4711 +2`, the one that was asked for first; `postgresql.service` where only a unit was
/// stopped.
[[nodiscard]] QString auditTargetsText(const AuditEntry &entry);

/// Its ports: `3000, 3001`; after three an ellipsis.
[[nodiscard]] QString auditPortsText(const AuditEntry &entry);

/// Both: `node 4711 (3000)`; `port 3000` where nobody could be named.
[[nodiscard]] QString auditSubjectText(const AuditEntry &entry);

/// What came of one thing that was done besides: `app.service was stopped`
[[nodiscard]] QString auditActionText(const AuditAction &action);

/// What came of it: `ended, port free`, `ended by force, port held by others`, `interrupted`, `refused: never
/// ended`.
[[nodiscard]] QString auditOutcomeText(const AuditEntry &entry);

} // namespace Quay
