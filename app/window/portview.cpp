// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/portview.h"

#include "app/models/portmodelroles.h"
#include "app/models/porttree.h"
#include "app/widgets/holdguard.h"
#include "app/widgets/portdelegate.h"
#include "app/widgets/scrollanchor.h"
#include "app/widgets/tabularfigures.h"
#include "app/window/columnlayout.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScopedValueRollback>

#include <algorithm>

namespace Quay {

PortView::PortView(QWidget *parent)
    : QTreeView(parent)
    , m_hold(new HoldGuard(this))
    , m_anchor(new ScrollAnchor(this))
    , m_columns(new ColumnLayout(this))
{
    setObjectName(QStringLiteral("portView"));
    setAccessibleName(tr("Ports"));
    useTabularFigures(this);
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
    connect(m_columns, &ColumnLayout::edited, this, &PortView::layoutEdited);
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
    m_columns->setup();
    connect(header(), &QHeaderView::sortIndicatorChanged, this, [this] { scrollTo(currentIndex()); });
    const auto *tree = qobject_cast<PortTree *>(model);
    connect(tree, &PortTree::aboutToMerge, m_anchor, &ScrollAnchor::note);
    connect(tree, &PortTree::merged, m_anchor, &ScrollAnchor::restore);
    connect(model, &QAbstractItemModel::modelReset, this, [this, model] { setupGroups(0, model->rowCount() - 1); });
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

void PortView::keyboardSearch(const QString &search)
{
    Q_EMIT textTyped(search);
}

QModelIndex PortView::indexAt(const QPoint &point) const
{
    const int columns = header()->length() - header()->offset();
    const int x =
        isRightToLeft() ? std::max(point.x(), viewport()->width() - columns) : std::min(point.x(), columns - 1);
    return QTreeView::indexAt({x, point.y()});
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
    m_columns->noteResize();
}

void PortView::focusInEvent(QFocusEvent *event)
{
    // The base class would make the first row current, and the next key might end a server that nobody chose.
    const QScopedValueRollback isGainingFocus(m_isGainingFocus, true);
    QTreeView::focusInEvent(event);
}

QModelIndex PortView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if (m_isGainingFocus) {
        return {};
    }
    return !currentIndex().isValid() && m_neighbour.isValid() ? QModelIndex(m_neighbour)
                                                              : QTreeView::moveCursor(action, modifiers);
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
    if (current.isValid()) {
        m_neighbour = QModelIndex();
    }
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
        const auto below = model()->index(end + 1, 0, parent);
        m_neighbour = below.isValid() ? below : model()->index(start - 1, 0, parent);
    }
    QTreeView::rowsAboutToBeRemoved(parent, start, end);
}

} // namespace Quay
