// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"

#include <QString>
#include <QStringList>
#include <QStringView>

#include <optional>
#include <vector>

namespace Quay {

/// A column of a text table.
struct TableColumn
{
    QString title;
    Qt::Alignment alignment = Qt::AlignLeft;
    int shortest = 0; ///< Cells to which it may be shortened where room is scarce; 0: never shortened.
    int rank = 0; ///< Where shortening does not help the highest go first; 0: never left out.
    bool yieldsLast = false; ///< Shortened only once all others are, and those with a rank are left out.
};

/// A line of a text table.
struct TableRow
{
    QStringList cells; ///< One for each column.
    TextStyle style = TextStyle::Plain;
};

/// How wide each column is; 0: left out.
using TableLayout = std::vector<int>;

/// How many cells of a terminal a text takes: wide characters two, combining marks none.
[[nodiscard]] int cellWidth(QStringView text);

/// @p text with its end cut off, and an ellipsis in its place, where it is wider than @p cells.
[[nodiscard]] QString elided(const QString &text, int cells);

/**
 * Arranges rows in columns for a terminal, or for a pipe.
 *
 * In a pipe every column is kept and nothing is shortened. On a terminal, columns without any content are left out, and
 * the table fits its width as long as the columns of rank 0 do.
 */
class TablePrinter
{
public:
    explicit TablePrinter(std::vector<TableColumn> columns, OutputTraits traits);

    void addRow(TableRow row);

    /// Widths that suit the rows added so far.
    [[nodiscard]] TableLayout layout() const;
    [[nodiscard]] QString headerLine(const TableLayout &layout) const;
    [[nodiscard]] QString line(const TableRow &row, const TableLayout &layout) const;
    /// Header and all rows, each with a line break.
    [[nodiscard]] QString text() const;

private:
    [[nodiscard]] QString joined(const QStringList &cells, const TableLayout &layout) const;

    std::vector<TableColumn> m_columns;
    std::vector<TableRow> m_rows;
    OutputTraits m_traits;
};

} // namespace Quay
