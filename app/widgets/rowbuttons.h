// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <QPersistentModelIndex>

#include <functional>

class QAbstractItemView;
class QAction;

namespace Quay {

/**
 * Buttons at the end of the row under the pointer, else of the current one.
 *
 * They belong to the row and not to the place: when it moves they move with it, and when it goes they go, so that a
 * press never means another row than the one that was pointed at.
 */
class RowButtons : public QFrame
{
    Q_OBJECT
public:
    /// @p actions: about the current row of @p view, which becomes the parent; a press makes the row current first.
    /// @p hasButtons: whether the row has any.
    RowButtons(QAbstractItemView *view, const QList<QAction *> &actions,
               std::function<bool(const QModelIndex &)> hasButtons);

    /// The row whose buttons are shown; invalid when none are.
    [[nodiscard]] QModelIndex row() const { return isHidden() ? QModelIndex() : QModelIndex(m_shown); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addButton(QAction *action);
    void pointTo(const QModelIndex &index);
    [[nodiscard]] QModelIndex wantedRow() const { return m_pointed.isValid() ? m_pointed : m_current; }
    void followCurrent();
    void place();

    QAbstractItemView *m_view;
    std::function<bool(const QModelIndex &)> m_hasButtons;
    QPersistentModelIndex m_pointed; ///< Invalid: nobody points, or the keyboard has gone elsewhere since.
    QPersistentModelIndex m_current; ///< As last seen.
    QPersistentModelIndex m_shown; ///< Whose buttons they are; a press means no other, also when it has just gone.
    bool m_isPlacing = false;
};

} // namespace Quay
