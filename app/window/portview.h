// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portcolumns.h"

#include <QByteArray>
#include <QSet>
#include <QString>
#include <QTreeView>

class QMenu;

namespace Quay {

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

    /// Fills @p menu with one checkable entry a column, and one that brings back the order of the start.
    void fillColumnMenu(QMenu *menu);
    /// Widths for ordinary contents, the rest shared among the columns that have use for it.
    void fitColumns();

    [[nodiscard]] ColumnMask shownColumns() const;
    [[nodiscard]] QByteArray layoutState() const;
    /// Whether @p state was one of this list's: else the list stays as it is.
    bool restoreLayout(const QByteArray &state);

    [[nodiscard]] HoldGuard *holdGuard() const { return m_hold; }

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

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;

private:
    void setupHeader();
    void showDefaultColumns();
    void showHeaderMenu(const QPoint &position);
    /// Says layoutEdited(), unless it was the program itself.
    void noteLayoutEdit();
    void noteColumnResize();
    [[nodiscard]] int ordinaryWidth(int column) const;
    void setupGroups(int first, int last);
    void showColumn(int column, bool shown);
    [[nodiscard]] int visibleColumnCount() const;

    HoldGuard *m_hold;
    ScrollAnchor *m_anchor;
    QSet<QString> m_foldedGroups;
    bool m_isGrouped = false;
    bool m_isFitting = false;
    bool m_fitsByItself = true; ///< Until the user gives a column another width.
};

} // namespace Quay
