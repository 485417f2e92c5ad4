// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <QPersistentModelIndex>

#include <functional>

class QAction;
class QTreeView;

namespace Quay {

/**
 * Buttons at the end of the row under the pointer, else of the current one.
 *
 * They belong to the row and not to the place: when it moves they move with it, and when it goes they go, so that a
 * press never means another row than the one that was pointed at.
 *
 * They hide no data: they stand behind the last column where there is room for them, without their words where there is
 * little. Where there is none, the columns can be scrolled until the last one ends before them.
 */
class RowButtons : public QFrame
{
    Q_OBJECT
public:
    /// @p actions: about the current row of @p view, which becomes the parent; a press makes the row current first.
    /// @p hasButtons: whether the row has any.
    RowButtons(QTreeView *view, const QList<QAction *> &actions, std::function<bool(const QModelIndex &)> hasButtons);

    /// The row whose buttons are shown; invalid when none are.
    [[nodiscard]] QModelIndex row() const { return isHidden() ? QModelIndex() : QModelIndex(m_shown); }

    /// How wide they are where @p room pixels are left over behind the columns.
    [[nodiscard]] int widthIn(int room) const { return room < m_wide ? m_narrow : m_wide; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void addButton(QAction *action);
    void measure();
    void setButtonStyle(Qt::ToolButtonStyle style);
    void makeScrollable();
    /// From one side of the view to the other, whichever columns are in sight.
    [[nodiscard]] QRect lineOf(const QModelIndex &row) const;
    void pointTo(const QModelIndex &index);
    [[nodiscard]] QModelIndex wantedRow() const { return m_pointed.isValid() ? m_pointed : m_current; }
    void followCurrent();
    void place();

    QTreeView *m_view;
    std::function<bool(const QModelIndex &)> m_hasButtons;
    int m_wide = 0; ///< With words.
    int m_narrow = 0; ///< Without.
    QPersistentModelIndex m_pointed; ///< Invalid: nobody points, or the keyboard has gone elsewhere since.
    QPersistentModelIndex m_current; ///< As last seen.
    QPersistentModelIndex m_shown; ///< Whose buttons they are; a press means no other, also when it has just gone.
    bool m_isPlacing = false;
};

} // namespace Quay
