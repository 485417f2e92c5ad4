// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFlags>
#include <QObject>
#include <QTimer>

class QAbstractItemView;
class QScrollBar;

namespace Quay {

/**
 * Tells whether a list is in somebody's hand: then its rows must stay where they are.
 *
 * It is while a mouse button is down, a scroll bar is dragged or a menu is open, and for a moment after the pointer
 * moved over it, the list was scrolled by hand or a key was pressed.
 */
class HoldGuard : public QObject
{
    Q_OBJECT
public:
    /// Watches @p view, which becomes the parent.
    explicit HoldGuard(QAbstractItemView *view);

    [[nodiscard]] bool isHeld() const;
    void setMenuOpen(bool open);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void heldChanged(bool held);

private:
    enum class Reason
    {
        Button = 1,
        Menu = 2,
        Recent = 4,
        ScrollBar = 8,
    };
    void watch(QScrollBar *bar);
    void set(Reason reason, bool active);
    void touch();

    QFlags<Reason> m_reasons;
    QTimer m_recent;
};

} // namespace Quay
