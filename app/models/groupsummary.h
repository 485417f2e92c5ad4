// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portcolumns.h"
#include "app/models/portentry.h"
#include "app/models/portmodelroles.h"
#include "app/models/sortvalue.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace Quay {

class Clock;

enum class PortGrouping
{
    None,
    Project,
    Process, ///< By name: a group outlives a restart of its process.
};

/// What a group's head says about the rows below it, each process counted once. A plain value.
struct GroupSummary
{
    QString name; ///< `shop (main)`, `node`
    int portCount = 0; ///< Without those that vanished.
    int warningCount = 0;
    RowFreshness freshness = RowFreshness::Settled; ///< Of all rows, when they have it in common.
    std::optional<std::uint64_t> connections; ///< Where they are counted at all, and not shared.
    std::optional<std::uint64_t> startTicks; ///< Of the oldest process, USER_HZ since boot.
    std::optional<double> cpuShare; ///< Of one core.
    std::optional<std::uint64_t> memoryBytes;

    bool operator==(const GroupSummary &) const = default;
};

// Threads: pure functions, callable from any thread.

[[nodiscard]] GroupSummary summaryOf(const std::vector<PortEntry *> &rows, PortGrouping grouping);

/// What stands in a cell of the head. Empty for columns in which the rows have nothing in common.
[[nodiscard]] QString groupText(const GroupSummary &summary, PortModelColumn::Column column, const Clock &clock);
/// What a screen reader says of it.
[[nodiscard]] QString groupAccessibleText(const GroupSummary &summary, PortModelColumn::Column column,
                                          const Clock &clock);
/// Whether heads are sorted by a sum in this column, and not like their first row.
[[nodiscard]] bool isSummed(PortModelColumn::Column column);
/// By what heads are sorted in such a column.
[[nodiscard]] SortValue groupSortValue(const GroupSummary &summary, PortModelColumn::Column column);
/// The columns whose text is another one.
[[nodiscard]] ColumnMask changedColumns(const GroupSummary &before, const GroupSummary &after);

} // namespace Quay
