// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace Quay {

/// Rows that lie together. A plain value.
struct RowRun
{
    int first = 0;
    int count = 0;

    [[nodiscard]] int last() const { return first + count - 1; }
    bool operator==(const RowRun &) const = default;
};

/**
 * How one list of rows becomes another one, in as few runs as there can be.
 *
 * Unless isReordered, taking out the removals from the last to the first and then putting in the insertions from the
 * first to the last leads from the old list to the new one.
 */
struct RowMergePlan
{
    std::vector<RowRun> removals; ///< Rows of the old list that are not in the new one, ascending.
    std::vector<RowRun> insertions; ///< Rows of the new list that were not in the old one, ascending.
    bool isReordered = false; ///< The rows that are in both are in another order.

    [[nodiscard]] bool isEmpty() const { return removals.empty() && insertions.empty() && !isReordered; }
    [[nodiscard]] std::size_t runCount() const { return removals.size() + insertions.size(); }
};

/// Stands for the former row of one that was not there before.
inline constexpr int NewRow = -1;

/**
 * Plans the way from @p oldCount rows to those whose former rows are given: one entry a new row, NewRow for one that
 * was not there.
 *
 * Costs O(rows). Threads: pure function, callable from any thread.
 */
[[nodiscard]] RowMergePlan planRowMerge(int oldCount, std::span<const int> formerRows);

} // namespace Quay
