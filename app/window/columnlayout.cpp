// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/columnlayout.h"

#include "app/models/portcolumns.h"
#include "app/models/portmodelroles.h"
#include "app/shared/listenertext.h"
#include "app/widgets/portdelegate.h"
#include "app/widgets/rowbuttons.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QStyle>
#include <QTreeView>

#include <algorithm>
#include <array>
#include <numeric>

namespace Quay {

namespace {

constexpr int NarrowestInCharacters = 5;
constexpr int NarrowestTextInCharacters = 14;

/// Columns that are asked for seldom: there, but not shown until chosen.
constexpr std::array HiddenAtFirst = {PortModelColumn::Cpu, PortModelColumn::Memory};
/// Warnings are marked, and read aloud, in its cells alone; groups have their heads there.
constexpr int AlwaysShown = PortModelColumn::Port;
/// Columns whose texts are cut first: they get what room is left over.
constexpr std::array Growing = {PortModelColumn::Process, PortModelColumn::Project, PortModelColumn::Kind,
                                PortModelColumn::Unit};
/// Columns that give room where there is too little, in this order: the whole text stands in the details.
constexpr std::array Shrinking = {PortModelColumn::Unit, PortModelColumn::Scope, PortModelColumn::Project,
                                  PortModelColumn::Kind, PortModelColumn::Process};

/// Something of the usual length for each column. Not measured from the rows: those of the first look are not typical.
QString sampleText(int column)
{
    switch (static_cast<PortModelColumn::Column>(column)) {
    case PortModelColumn::Port:
        return QStringLiteral("65535");
    case PortModelColumn::Scope:
        return reachText(Reach::ThisMachine) % QLatin1String(" (127.0.0.1)");
    case PortModelColumn::Process:
        return QStringLiteral("uvicorn-work +3");
    case PortModelColumn::Pid:
        return QStringLiteral("4194304");
    case PortModelColumn::Project:
        return QStringLiteral("shop (feature)");
    case PortModelColumn::Kind:
        return QStringLiteral("Spring Boot");
    case PortModelColumn::User:
        return QStringLiteral("username");
    case PortModelColumn::Unit:
        return QStringLiteral("postgresql.serv");
    case PortModelColumn::Since:
    case PortModelColumn::Cpu:
    case PortModelColumn::Memory:
        return QStringLiteral("100 MB");
    case PortModelColumn::Protocol:
    case PortModelColumn::Connections:
    case PortModelColumn::ColumnCount:
        break;
    }
    return {};
}

} // namespace

ColumnLayout::ColumnLayout(QTreeView *view)
    : QObject(view)
    , m_view(view)
{
}

void ColumnLayout::setup()
{
    auto *columns = m_view->header();
    columns->setObjectName(QStringLiteral("portHeader"));
    columns->setSectionsMovable(true);
    columns->setFirstSectionMovable(true);
    columns->setStretchLastSection(false);
    columns->setHighlightSections(false);
    columns->setContextMenuPolicy(Qt::CustomContextMenu);
    columns->setMinimumSectionSize(m_view->fontMetrics().averageCharWidth() * NarrowestInCharacters);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(PortModelColumn::Port, Qt::AscendingOrder);
    showDefaults();
    connect(columns, &QHeaderView::customContextMenuRequested, this, &ColumnLayout::showHeaderMenu);
    connect(columns, &QHeaderView::sectionMoved, this, &ColumnLayout::noteEdit);
    connect(columns, &QHeaderView::sectionResized, this, &ColumnLayout::noteColumnResize);
    connect(columns, &QHeaderView::sortIndicatorChanged, this, &ColumnLayout::noteEdit);
}

void ColumnLayout::noteEdit()
{
    if (!m_isFitting) {
        Q_EMIT edited();
    }
}

void ColumnLayout::noteColumnResize()
{
    m_fitsByItself = m_fitsByItself && m_isFitting;
    noteEdit();
}

void ColumnLayout::showDefaults()
{
    for (int column = 0; column < PortModelColumn::ColumnCount; ++column) {
        m_view->header()->moveSection(m_view->header()->visualIndex(column), column);
        m_view->setColumnHidden(column, std::ranges::contains(HiddenAtFirst, column));
    }
}

void ColumnLayout::fillMenu(QMenu *menu)
{
    menu->clear();
    for (int visual = 0; visual < m_view->header()->count(); ++visual) {
        const int column = m_view->header()->logicalIndex(visual);
        const auto title = m_view->model()->headerData(column, Qt::Horizontal).toString();
        auto *action = menu->addAction(title);
        action->setCheckable(true);
        action->setChecked(!m_view->isColumnHidden(column));
        action->setData(column);
        action->setEnabled(column != AlwaysShown);
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            show(column, shown);
            Q_EMIT edited();
        });
    }
    menu->addSeparator();
    menu->addAction(tr("&Reset columns"), this, [this] {
        showDefaults();
        m_fitsByItself = true;
        fit();
        Q_EMIT edited();
    });
}

void ColumnLayout::showHeaderMenu(const QPoint &position)
{
    auto *menu = new QMenu(m_view);
    menu->setObjectName(QStringLiteral("columnMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(menu);
    menu->popup(m_view->header()->viewport()->mapToGlobal(position));
}

void ColumnLayout::fit()
{
    const QScopedValueRollback fitting(m_isFitting, true);
    std::array<int, PortModelColumn::ColumnCount> widths{};
    for (int column = 0; column < PortModelColumn::ColumnCount; ++column) {
        widths.at(column) = m_view->isColumnHidden(column) ? 0 : ordinaryWidth(column);
    }
    int left = m_view->viewport()->width() - std::reduce(widths.begin(), widths.end());
    if (m_rowButtons != nullptr) {
        left -= m_rowButtons->widthIn(left);
    }
    const auto growing = std::ranges::count_if(Growing, [&widths](int column) { return widths.at(column) > 0; });
    for (const int column : Growing) {
        if (widths.at(column) > 0 && left > 0) {
            widths.at(column) += left / static_cast<int>(growing);
        }
    }
    for (const int column : Shrinking) {
        const int given = std::clamp(widths.at(column) - narrowestWidth(column), 0, std::max(-left, 0));
        widths.at(column) -= given;
        left += given;
    }
    for (int column = 0; column < PortModelColumn::ColumnCount; ++column) {
        if (widths.at(column) > 0) {
            m_view->header()->resizeSection(column, widths.at(column));
        }
    }
}

/// Its title and, where rows are told apart by it, the beginning of its texts.
int ColumnLayout::narrowestWidth(int column) const
{
    const bool needsTexts = column != PortModelColumn::Unit && column != PortModelColumn::Project;
    const int texts = needsTexts ? m_view->fontMetrics().averageCharWidth() * NarrowestTextInCharacters : 0;
    return std::max(texts, m_view->header()->sectionSizeHint(column));
}

int ColumnLayout::ordinaryWidth(int column) const
{
    const int margin = 2 * (m_view->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, m_view) + 1);
    int width = m_view->fontMetrics().horizontalAdvance(sampleText(column)) + (2 * margin);
    if (column == PortModelColumn::Port) {
        width += PortDelegate::marksWidth(m_view);
    }
    return std::max(width, m_view->header()->sectionSizeHint(column));
}

void ColumnLayout::show(int column, bool shown)
{
    const QScopedValueRollback fitting(m_isFitting, true); // hiding is a change of width too
    m_view->setColumnHidden(column, !shown);
    if (m_fitsByItself) {
        fit();
    } else if (shown && m_view->columnWidth(column) < m_view->header()->minimumSectionSize()) {
        m_view->header()->resizeSection(column, ordinaryWidth(column));
    }
}

void ColumnLayout::noteResize()
{
    if (m_fitsByItself) {
        fit();
    }
}

ColumnMask ColumnLayout::shown() const
{
    ColumnMask columns = 0;
    for (int column = 0; column < PortModelColumn::ColumnCount; ++column) {
        columns |= m_view->isColumnHidden(column) ? 0 : maskOf(static_cast<PortModelColumn::Column>(column));
    }
    return columns;
}

QByteArray ColumnLayout::state() const
{
    return m_view->header()->saveState();
}

bool ColumnLayout::restore(const QByteArray &state)
{
    const bool restored = m_view->header()->restoreState(state);
    m_fitsByItself = !restored;
    if (restored && m_view->header()->hiddenSectionCount() == m_view->header()->count()) {
        showDefaults(); // a state from a version that had other columns
    } else if (restored && m_view->isColumnHidden(AlwaysShown)) {
        show(AlwaysShown, true); // a state from a version that let it be hidden
    }
    return restored;
}

} // namespace Quay
