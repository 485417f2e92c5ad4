// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/rowmerge.h"

#include <cstddef>
#include <span>
#include <vector>

namespace Quay {

namespace {

void append(std::vector<RowRun> &runs, int row)
{
    if (!runs.empty() && runs.back().last() + 1 == row) {
        ++runs.back().count;
    } else {
        runs.push_back({.first = row, .count = 1});
    }
}

} // namespace

RowMergePlan planRowMerge(int oldCount, std::span<const int> formerRows)
{
    RowMergePlan plan;
    std::vector<bool> survives(static_cast<std::size_t>(oldCount), false);
    int lastFormer = NewRow;
    for (std::size_t row = 0; row < formerRows.size(); ++row) {
        const int former = formerRows[row];
        if (former == NewRow) {
            append(plan.insertions, static_cast<int>(row));
            continue;
        }
        survives[static_cast<std::size_t>(former)] = true;
        plan.isReordered = plan.isReordered || former < lastFormer;
        lastFormer = former;
    }
    for (int row = 0; row < oldCount; ++row) {
        if (!survives[static_cast<std::size_t>(row)]) {
            append(plan.removals, row);
        }
    }
    return plan;
}

} // namespace Quay
