// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/history/auditentry.h"
#include "core/processes/processid.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// What the audit log tells.
struct AuditHistory
{
    std::vector<AuditEntry> entries; ///< The last one first.
    std::size_t skippedLines = 0; ///< Torn, foreign, or of a later version.

    bool operator==(const AuditHistory &) const = default;
};

/// Whether exactly this process runs.
using ProcessCheck = std::function<bool(ProcessId)>;

/// By /proc, for readAuditHistory(): a zombie does not run.
[[nodiscard]] bool isProcessRunning(ProcessId process);

/**
 * Reads the log at @p path and the full one beside it, and joins the records of each attempt.
 *
 * A missing file is an empty one. An attempt that has not ended is Running as long as its writer is, by @p isRunning.
 *
 * Errors:  Denied; Io, with EFBIG for a file of more than 64 MiB, which nothing of ours wrote.
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] Result<AuditHistory> readAuditHistory(const std::string &path,
                                                    const ProcessCheck &isRunning = isProcessRunning);

/// The same for what the files hold, oldest first. Threads: as @p isRunning.
[[nodiscard]] AuditHistory joinAuditRecords(std::string_view lines, const ProcessCheck &isRunning);

/// Which attempts are wanted.
struct AuditFilter
{
    std::optional<std::chrono::nanoseconds> since; ///< Since 1970.
    /// All must fit: `3000` a port or pid, `:3000` a port, `pid:4711` a process, another word a part of a target's name
    /// or arguments, of a zombie's name or of an action, in any case.
    std::vector<std::string> words;
    std::optional<std::size_t> limit; ///< The last so many.
};

[[nodiscard]] bool matches(const AuditEntry &entry, const AuditFilter &filter);
/// Removes from @p history what is not wanted.
void keepOnly(AuditHistory &history, const AuditFilter &filter);

} // namespace Quay
