// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/portview.h"

#include "app/models/portmodelroles.h"
#include "app/models/porttree.h"
#include "app/shared/listenertext.h"
#include "app/widgets/holdguard.h"
#include "app/widgets/portdelegate.h"
#include "app/widgets/scrollanchor.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScopedValueRollback>
#include <QStyle>

#include <algorithm>
#include <array>

namespace Quay {

namespace {

constexpr int NarrowestInCharacters = 5;

/// Columns that are asked for seldom: there, but not shown until chosen.
constexpr std::array HiddenAtFirst = {PortModelColumn::Cpu, PortModelColumn::Memory};
/// Columns whose texts are cut first: they get what room is left over.
constexpr std::array Growing = {PortModelColumn::Process, PortModelColumn::Project, PortModelColumn::Unit};

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
        return QStringLiteral("PostgreSQL");
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

PortView::PortView(QWidget *parent)
    : QTreeView(parent)
    , m_hold(new HoldGuard(this))
    , m_anchor(new ScrollAnchor(this))
{
    setObjectName(QStringLiteral("portView"));
    setAccessibleName(tr("Ports"));
    setItemDelegate(new PortDelegate(this));
    setUniformRowHeights(true);
    setRootIsDecorated(false);
    setAlternatingRowColors(true);
    setAllColumnsShowFocus(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    connect(this, &QTreeView::doubleClicked, this, &PortView::detailsRequested);
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex &index) {
        m_foldedGroups.insert(index.data(PortModelRole::GroupKey).toString());
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex &index) {
        m_foldedGroups.remove(index.data(PortModelRole::GroupKey).toString());
    });
}

void PortView::setModel(QAbstractItemModel *model)
{
    QTreeView::setModel(model);
    setupHeader();
    const auto *tree = qobject_cast<PortTree *>(model);
    connect(tree, &PortTree::aboutToMerge, m_anchor, &ScrollAnchor::note);
    connect(tree, &PortTree::merged, m_anchor, &ScrollAnchor::restore);
    connect(model, &QAbstractItemModel::modelReset, this, [this, model] { setupGroups(0, model->rowCount() - 1); });
}

void PortView::setupHeader()
{
    auto *columns = header();
    columns->setObjectName(QStringLiteral("portHeader"));
    columns->setSectionsMovable(true);
    columns->setFirstSectionMovable(true);
    columns->setStretchLastSection(false);
    columns->setHighlightSections(false);
    columns->setContextMenuPolicy(Qt::CustomContextMenu);
    columns->setMinimumSectionSize(fontMetrics().averageCharWidth() * NarrowestInCharacters);
    setSortingEnabled(true);
    sortByColumn(PortModelColumn::Port, Qt::AscendingOrder);
    showDefaultColumns();
    connect(columns, &QHeaderView::customContextMenuRequested, this, &PortView::showHeaderMenu);
    connect(columns, &QHeaderView::sectionMoved, this, &PortView::noteLayoutEdit);
    connect(columns, &QHeaderView::sectionResized, this, &PortView::noteColumnResize);
    connect(columns, &QHeaderView::sortIndicatorChanged, this, &PortView::noteLayoutEdit);
    connect(columns, &QHeaderView::sortIndicatorChanged, this, [this] { scrollTo(currentIndex()); });
}

void PortView::noteLayoutEdit()
{
    if (!m_isFitting) {
        Q_EMIT layoutEdited();
    }
}

void PortView::noteColumnResize()
{
    m_fitsByItself = m_fitsByItself && m_isFitting;
    noteLayoutEdit();
}

void PortView::showDefaultColumns()
{
    for (int column = 0; column < PortModelColumn::ColumnCount; ++column) {
        header()->moveSection(header()->visualIndex(column), column);
        setColumnHidden(column, std::ranges::contains(HiddenAtFirst, column));
    }
}

void PortView::setGrouped(bool grouped)
{
    m_isGrouped = grouped;
    setRootIsDecorated(grouped);
    setupGroups(0, model()->rowCount() - 1);
}

void PortView::setupGroups(int first, int last)
{
    if (!m_isGrouped) {
        return;
    }
    for (int row = first; row <= last; ++row) {
        const auto group = model()->index(row, 0);
        const bool isGroup = group.data(PortModelRole::IsGroup).toBool();
        setFirstColumnSpanned(row, {}, isGroup);
        if (isGroup) {
            setExpanded(group, !m_foldedGroups.contains(group.data(PortModelRole::GroupKey).toString()));
        }
    }
}

void PortView::fillColumnMenu(QMenu *menu)
{
    menu->clear();
    for (int visual = 0; visual < header()->count(); ++visual) {
        const int column = header()->logicalIndex(visual);
        const auto title = model()->headerData(column, Qt::Horizontal).toString();
        auto *action = menu->addAction(title);
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setData(column);
        action->setEnabled(isColumnHidden(column) || visibleColumnCount() > 1);
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            showColumn(column, shown);
            Q_EMIT layoutEdited();
        });
    }
    menu->addSeparator();
    menu->addAction(tr("&Reset columns"), this, [this] {
        showDefaultColumns();
        m_fitsByItself = true;
        fitColumns();
        Q_EMIT layoutEdited();
    });
}

int PortView::visibleColumnCount() const
{
    return header()->count() - header()->hiddenSectionCount();
}

void PortView::showHeaderMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("columnMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumnMenu(menu);
    menu->popup(header()->viewport()->mapToGlobal(position));
}

void PortView::fitColumns()
{
    const QScopedValueRollback fitting(m_isFitting, true);
    int used = 0;
    for (int column = 0; column < PortModelColumn::ColumnCount; ++column) {
        if (!isColumnHidden(column)) {
            header()->resizeSection(column, ordinaryWidth(column));
            used += columnWidth(column);
        }
    }
    const auto isShown = [this](int column) { return !isColumnHidden(column); };
    const auto growing = static_cast<int>(std::ranges::count_if(Growing, isShown));
    const int left = viewport()->width() - used;
    if (growing == 0 || left <= 0) {
        return;
    }
    for (const int column : Growing) {
        if (isShown(column)) {
            header()->resizeSection(column, columnWidth(column) + (left / growing));
        }
    }
}

int PortView::ordinaryWidth(int column) const
{
    const int margin = 2 * (style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1);
    int width = fontMetrics().horizontalAdvance(sampleText(column)) + (2 * margin);
    if (column == PortModelColumn::Port) {
        width += PortDelegate::marksWidth(this);
    }
    return std::max(width, header()->sectionSizeHint(column));
}

void PortView::showColumn(int column, bool shown)
{
    const QScopedValueRollback fitting(m_isFitting, true); // hiding is a change of width too
    setColumnHidden(column, !shown);
    if (m_fitsByItself) {
        fitColumns();
    } else if (shown && columnWidth(column) < header()->minimumSectionSize()) {
        header()->resizeSection(column, ordinaryWidth(column));
    }
}

ColumnMask PortView::shownColumns() const
{
    ColumnMask columns = 0;
    for (int column = 0; column < PortModelColumn::ColumnCount; ++column) {
        columns |= isColumnHidden(column) ? 0 : maskOf(static_cast<PortModelColumn::Column>(column));
    }
    return columns;
}

QByteArray PortView::layoutState() const
{
    return header()->saveState();
}

bool PortView::restoreLayout(const QByteArray &state)
{
    const bool restored = header()->restoreState(state);
    m_fitsByItself = !restored;
    if (restored && visibleColumnCount() == 0) {
        showDefaultColumns(); // a state from a version that had other columns
    }
    return restored;
}

void PortView::keyboardSearch(const QString &search)
{
    Q_EMIT textTyped(search);
}

void PortView::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QTreeView::drawRow(painter, option, index);
    if (!index.data(PortModelRole::IsGroup).toBool()) {
        return;
    }
    // The name of a group spans the row. Its sums stand in their columns all the same.
    QStyleOptionViewItem cell = option;
    cell.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
    for (int column = PortModelColumn::Port + 1; column < PortModelColumn::ColumnCount; ++column) {
        if (!isColumnHidden(column)) {
            cell.rect.setLeft(columnViewportPosition(column));
            cell.rect.setWidth(columnWidth(column));
            PortDelegate::paintSum(painter, cell, index.siblingAtColumn(column));
        }
    }
}

void PortView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    if (m_fitsByItself) {
        fitColumns();
    }
}

void PortView::focusInEvent(QFocusEvent *event)
{
    QTreeView::focusInEvent(event);
    // The base class makes the first row current without selecting it: then the details would show what is not marked.
    selectionModel()->select(currentIndex(), QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

void PortView::keyPressEvent(QKeyEvent *event)
{
    const auto modifiers = event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    const QString text = event->text();
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT escapePressed();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT detailsRequested();
    } else if (!text.isEmpty() && text.front().isPrint() && text != QLatin1String(" ") && !modifiers) {
        Q_EMIT textTyped(text);
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void PortView::contextMenuEvent(QContextMenuEvent *event)
{
    if (!currentIndex().isValid()) {
        return;
    }
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint place = byKey ? viewport()->mapToGlobal(visualRect(currentIndex()).center()) : event->globalPos();
    Q_EMIT rowMenuRequested(place);
}

void PortView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    Q_EMIT currentRowChanged(current);
}

void PortView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QTreeView::rowsInserted(parent, start, end);
    if (!parent.isValid()) {
        setupGroups(start, end);
    }
}

void PortView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    // The base class would move on to a neighbour: whoever looks at a row must not suddenly hold another one.
    const auto current = currentIndex();
    const bool removesCurrent =
        current.isValid() && current.parent() == parent && current.row() >= start && current.row() <= end;
    const bool removesItsGroup = !parent.isValid() && current.parent().isValid() && current.parent().row() >= start
        && current.parent().row() <= end;
    if (removesCurrent || removesItsGroup) {
        selectionModel()->clear();
    }
    QTreeView::rowsAboutToBeRemoved(parent, start, end);
}

} // namespace Quay
