// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tableprinter.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace Quay {

namespace {

constexpr int GapWidth = 2;

int codePointWidth(char32_t code)
{
    switch (QChar::category(code)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
        return 0;
    default:
        break;
    }
    // The blocks that terminals draw two cells wide (East_Asian_Width W and F, emoji).
    const bool isWide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF)
        || (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF)
        || (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60)
        || (code >= 0xFFE0 && code <= 0xFFE6) || (code >= 0x1F300 && code <= 0x1FAFF)
        || (code >= 0x20000 && code <= 0x3FFFD);
    return isWide ? 2 : 1;
}

QString padded(const QString &text, int width, Qt::Alignment alignment)
{
    const QString blanks(std::max(width - cellWidth(text), 0), u' ');
    return alignment.testFlag(Qt::AlignRight) ? QString(blanks + text) : QString(text + blanks);
}

int totalWidth(const TableLayout &layout)
{
    const auto shown = std::ranges::count_if(layout, [](int width) { return width > 0; });
    return std::accumulate(layout.begin(), layout.end(), 0)
        + GapWidth * static_cast<int>(std::max<std::ptrdiff_t>(shown - 1, 0));
}

/// Takes cells from the widest column that can give some, one at a time, so that all end up about equal.
bool shortenOne(TableLayout &layout, const std::vector<TableColumn> &columns, bool areLast)
{
    std::optional<std::size_t> widest;
    for (std::size_t i = 0; i < layout.size(); ++i) {
        const bool canGive =
            columns[i].yieldsLast == areLast && columns[i].shortest > 0 && layout[i] > columns[i].shortest;
        if (canGive && (!widest || layout[i] > layout[*widest])) {
            widest = i;
        }
    }
    if (!widest) {
        return false;
    }
    --layout[*widest];
    return true;
}

/// As far as that is needed, and possible. @p areLast: it is the turn of those that yield last.
TableLayout shortened(TableLayout layout, const std::vector<TableColumn> &columns, int width, bool areLast)
{
    while (totalWidth(layout) > width && shortenOne(layout, columns, areLast)) { }
    return layout;
}

bool leaveOneOut(TableLayout &layout, const std::vector<TableColumn> &columns)
{
    std::optional<std::size_t> last;
    for (std::size_t i = 0; i < layout.size(); ++i) {
        if (layout[i] > 0 && columns[i].rank > 0 && (!last || columns[i].rank > columns[*last].rank)) {
            last = i;
        }
    }
    if (!last) {
        return false;
    }
    layout[*last] = 0;
    return true;
}

} // namespace

int cellWidth(QStringView text)
{
    int width = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t code = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            code = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        width += codePointWidth(code);
    }
    return width;
}

QString elided(const QString &text, int cells)
{
    if (cellWidth(text) <= cells) {
        return text;
    }
    qsizetype length = text.size();
    while (length > 0
           && (cellWidth(QStringView(text).first(length)) > cells - 1 || text.at(length - 1).isHighSurrogate())) {
        --length;
    }
    return QString(text.first(length) + u'\u2026');
}

TablePrinter::TablePrinter(std::vector<TableColumn> columns, OutputTraits traits)
    : m_columns(std::move(columns))
    , m_traits(traits)
{
}

void TablePrinter::addRow(TableRow row)
{
    Q_ASSERT(std::cmp_equal(row.cells.size(), m_columns.size()));
    m_rows.push_back(std::move(row));
}

TableLayout TablePrinter::layout() const
{
    TableLayout natural(m_columns.size(), 0);
    for (std::size_t i = 0; i < natural.size(); ++i) {
        for (const auto &row : m_rows) {
            natural[i] = std::max(natural[i], cellWidth(row.cells.at(static_cast<qsizetype>(i))));
        }
        const bool isDispensable = m_traits.isTerminal && !m_rows.empty() && m_columns[i].rank > 0;
        if (natural[i] > 0 || !isDispensable) {
            natural[i] = std::max(natural[i], cellWidth(m_columns[i].title));
        }
    }
    if (!m_traits.columns) {
        return natural;
    }
    const int width = *m_traits.columns;
    TableLayout fitting = shortened(natural, m_columns, width, false);
    while (totalWidth(fitting) > width && leaveOneOut(natural, m_columns)) {
        fitting = shortened(natural, m_columns, width, false);
    }
    return shortened(std::move(fitting), m_columns, width, true);
}

QString TablePrinter::headerLine(const TableLayout &layout) const
{
    QStringList titles;
    for (const auto &column : m_columns) {
        titles << column.title;
    }
    return styled(joined(titles, layout), TextStyle::Heading, m_traits.hasColours);
}

QString TablePrinter::line(const TableRow &row, const TableLayout &layout) const
{
    return styled(joined(row.cells, layout), row.style, m_traits.hasColours);
}

QString TablePrinter::joined(const QStringList &cells, const TableLayout &layout) const
{
    QString line;
    for (std::size_t i = 0; i < layout.size(); ++i) {
        if (layout[i] == 0) {
            continue;
        }
        const QString &cell = cells.at(static_cast<qsizetype>(i));
        const QString shown = m_traits.columns ? elided(cell, layout[i]) : cell;
        line += padded(shown, layout[i], m_columns[i].alignment);
        line += QString(GapWidth, u' ');
    }
    while (line.endsWith(u' ')) {
        line.chop(1);
    }
    return line;
}

QString TablePrinter::text() const
{
    const TableLayout widths = layout();
    QString text = headerLine(widths) + u'\n';
    for (const auto &row : m_rows) {
        text += line(row, widths) + u'\n';
    }
    return text;
}

} // namespace Quay
