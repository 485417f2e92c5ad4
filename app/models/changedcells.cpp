// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/changedcells.h"

#include "app/models/portcolumns.h"
#include "app/models/rowmerge.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <tuple>
#include <vector>

namespace Quay {

void ChangedCells::add(int head, int row, ColumnMask columns)
{
    if (columns != 0) {
        m_cells.push_back({.head = head, .rows = {.first = row, .count = 1}, .columns = columns});
    }
}

std::optional<std::vector<ChangedCells::Rectangle>> ChangedCells::rectangles()
{
    std::ranges::sort(m_cells, {}, [](const Cells &cells) { return std::tuple(cells.head, cells.rows.first); });
    std::vector<Cells> joint = joined();
    if (joint.size() > MostRectangles) {
        joint = joinedByHead();
    }
    if (joint.size() > MostRectangles) {
        return std::nullopt;
    }
    std::vector<Rectangle> rectangles;
    for (const Cells &cells : joint) {
        int column = 0;
        for (ColumnMask rest = cells.columns; rest != 0;) {
            const int skipped = std::countr_zero(rest);
            const int count = std::countr_one(rest >> skipped);
            column += skipped;
            rectangles.push_back(
                {.head = cells.head, .rows = cells.rows, .columns = {.first = column, .count = count}});
            column += count;
            rest >>= skipped + count;
        }
    }
    return rectangles;
}

std::vector<ChangedCells::Cells> ChangedCells::joined() const
{
    std::vector<Cells> joint;
    for (const Cells &cells : m_cells) {
        const bool continues = !joint.empty() && joint.back().head == cells.head
            && joint.back().columns == cells.columns && joint.back().rows.last() + 1 == cells.rows.first;
        if (continues) {
            ++joint.back().rows.count;
        } else {
            joint.push_back(cells);
        }
    }
    return joint;
}

std::vector<ChangedCells::Cells> ChangedCells::joinedByHead() const
{
    std::vector<Cells> joint;
    for (const Cells &cells : m_cells) {
        if (joint.empty() || joint.back().head != cells.head) {
            joint.push_back(cells);
        } else {
            joint.back().rows.count = cells.rows.first - joint.back().rows.first + 1;
            joint.back().columns |= cells.columns;
        }
    }
    return joint;
}

} // namespace Quay
