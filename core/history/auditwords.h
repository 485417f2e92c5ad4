// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/history/auditentry.h"
#include "core/history/auditrecord.h"

#include <array>

namespace Quay {

// The words of the audit log, besides those for an ending. They are never changed, only added to.

/// Of the lines that are written. Lines of a later version are not read.
inline constexpr int AuditSchemaVersion = 1;

inline constexpr std::array AuditRecordKindWords{
    Word{.word = "begun", .value = AuditRecordKind::Begun},
    Word{.word = "asked", .value = AuditRecordKind::Asked},
    Word{.word = "joined", .value = AuditRecordKind::Joined},
    Word{.word = "forced", .value = AuditRecordKind::Forced},
    Word{.word = "ended", .value = AuditRecordKind::Ended},
    Word{.word = "refused", .value = AuditRecordKind::Refused},
};

inline constexpr std::array AuditAskerWords{
    Word{.word = "unknown", .value = AuditAsker::Unknown},
    Word{.word = "window", .value = AuditAsker::Window},
    Word{.word = "commandLine", .value = AuditAsker::CommandLine},
    Word{.word = "agent", .value = AuditAsker::Agent},
};

inline constexpr std::array AuditStateWords{
    Word{.word = "interrupted", .value = AuditState::Interrupted},
    Word{.word = "running", .value = AuditState::Running},
    Word{.word = "ended", .value = AuditState::Ended},
    Word{.word = "refused", .value = AuditState::Refused},
};

inline constexpr std::array AuditRefusalWords{
    Word{.word = "unknown", .value = AuditRefusal::Unknown},
    Word{.word = "neverEnded", .value = AuditRefusal::NeverEnded},
    Word{.word = "gone", .value = AuditRefusal::Gone},
    Word{.word = "ownerHidden", .value = AuditRefusal::OwnerHidden},
    Word{.word = "stays", .value = AuditRefusal::Stays},
    Word{.word = "zombie", .value = AuditRefusal::Zombie},
    Word{.word = "managerFailed", .value = AuditRefusal::ManagerFailed},
};

} // namespace Quay
