// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portcolumns.h"
#include "app/models/rowmerge.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace Quay {

/**
 * Collects cells that changed and puts them together to rectangles, one for each dataChanged().
 *
 * Threads: not shared.
 */
class ChangedCells
{
public:
    /// Stands for the head of a top-level row.
    static constexpr int NoHead = -1;
    /// More than these are not worth their signals: a view searches all its rows for each.
    static constexpr std::size_t MostRectangles = 32;

    struct Rectangle
    {
        int head = NoHead; ///< Row of the head of the group.
        RowRun rows;
        RowRun columns;

        bool operator==(const Rectangle &) const = default;
    };

    void add(int head, int row, ColumnMask columns);
    /**
     * By head and row. Where they would be too many, one for each head, which covers rows that did not change, too;
     * where even those are, nothing: then all is best painted anew.
     */
    [[nodiscard]] std::optional<std::vector<Rectangle>> rectangles();

private:
    struct Cells
    {
        int head = NoHead;
        RowRun rows;
        ColumnMask columns = 0;
    };

    [[nodiscard]] std::vector<Cells> joined() const;
    [[nodiscard]] std::vector<Cells> joinedByHead() const;

    std::vector<Cells> m_cells;
};

} // namespace Quay
