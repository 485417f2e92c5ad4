// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPersistentModelIndex>
#include <QSet>
#include <QString>
#include <QTreeView>

namespace Quay {

class ColumnLayout;
class HoldGuard;
class ScrollAnchor;

/**
 * The list of ports: columns that can be chosen and moved, groups that stay open, rows that stay under the hand.
 *
 * Typing in it is for the search field; see textTyped().
 */
class PortView : public QTreeView
{
    Q_OBJECT
public:
    explicit PortView(QWidget *parent = nullptr);

    /// @p model: a PortTree.
    void setModel(QAbstractItemModel *model) override;
    /// Groups have something to fold; a flat list needs no room for it.
    void setGrouped(bool grouped);

    [[nodiscard]] HoldGuard *holdGuard() const { return m_hold; }
    [[nodiscard]] ColumnLayout *columns() const { return m_columns; }

Q_SIGNALS:
    void currentRowChanged(const QModelIndex &current);
    void detailsRequested();
    /// Somebody types: the text belongs into the search field.
    void textTyped(const QString &text);
    void escapePressed();
    void rowMenuRequested(const QPoint &globalPosition);
    void layoutEdited();

public:
    void keyboardSearch(const QString &search) override;
    /// A row is the whole line, also behind its last column.
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

private:
    void setupGroups(int first, int last);

    HoldGuard *m_hold;
    ScrollAnchor *m_anchor;
    ColumnLayout *m_columns;
    QSet<QString> m_foldedGroups;
    bool m_isGrouped = false;
    bool m_isGainingFocus = false;
    QPersistentModelIndex m_neighbour; ///< Of the current row that was removed: from there the keyboard goes on.
};

} // namespace Quay
