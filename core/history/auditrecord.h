// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/auditentry.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

class QJsonObject;

namespace Quay {

/// At which point of an attempt a record was written.
enum class AuditRecordKind : std::uint8_t
{
    Begun, ///< Before its first signal.
    Asked, ///< Signals were sent.
    Joined, ///< Processes that came since then are asked to end as well.
    Forced, ///< SIGKILL follows.
    Ended,
    Refused, ///< Instead of all others: nobody was signalled.
};

/// One line of the audit log. See resources/schema/quay-audit-record.schema.json.
struct AuditRecord
{
    AuditRecordKind kind = AuditRecordKind::Begun;
    std::chrono::nanoseconds at{}; ///< When it was written, since 1970, to the millisecond.
    AuditEntry entry; ///< As it stood then; of Forced only the id, of Joined the new targets besides, of Asked those
                      ///< who were signalled since the last one. Its state is that of the kind.
};

/**
 * A record as one line of JSON, its line break included.
 *
 * Bytes that are no UTF-8 are replaced, so that the line is always valid. Of a target's arguments at most 4 KiB are
 * kept, and of all together about 1 MiB: AuditTarget::isCut says where.
 *
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] std::string lineFrom(const AuditRecord &record);

/// Nothing for what is no such record: torn, foreign, or of a later schema. Threads: pure function.
[[nodiscard]] std::optional<AuditRecord> recordFromLine(std::string_view line);

/// The objects that a record is made of, for others who write JSON. Texts as they are.
[[nodiscard]] QJsonObject toJson(const AuditTarget &target);
[[nodiscard]] QJsonObject toJson(const AuditZombie &zombie);
[[nodiscard]] QJsonObject toJson(const AuditPort &port);
[[nodiscard]] QJsonObject toJson(const AuditAction &action);

} // namespace Quay
