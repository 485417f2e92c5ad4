// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/supervise/runevent.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// What was recorded of a run.
struct RunRecord
{
    std::vector<RunEvent> events;
    std::size_t unreadableLines = 0; ///< Torn by a full disk or a crash, or not ours.

    /// Whether the run is over, as far as its supervisor could say so.
    [[nodiscard]] bool hasEnded() const;

    bool operator==(const RunRecord &) const = default;
};

/// A record is small: a supervisor stops taking notes long before. See RecordWriter.
inline constexpr std::size_t MostRecordBytes = std::size_t{16} << 20U;

/// Reads the text of a record: a line for each event. A last line without an end is being written, and left out.
/// Threads: pure function.
[[nodiscard]] RunRecord runRecordFromText(std::string_view text);

/// Errors: as readFile(): Gone when there is none of that run.
[[nodiscard]] Result<RunRecord> readRunRecord(const std::string &path);

/// The ids of the runs of which there are records in ServerPlaces::records(), the last first. Threads: any; blocks.
[[nodiscard]] std::vector<std::string> listRuns(const std::string &directory);

} // namespace Quay
