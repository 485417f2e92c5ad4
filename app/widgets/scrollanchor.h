// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPersistentModelIndex>
#include <QPoint>

#include <optional>
#include <vector>

class QTreeView;

namespace Quay {

/**
 * Keeps what a tree shows at its place on screen while rows come, go and change places around it.
 *
 * The row in the user's hand decides: the one under the pointer, else the current one when it is in sight. Without one
 * as many rows as possible stay where they are. A list that stands at its very top in nobody's hand stays at the top,
 * so that a new first row is seen.
 *
 * The view must scroll by pixels.
 */
class ScrollAnchor : public QObject
{
    Q_OBJECT
public:
    /// Watches the pointer over @p view, which becomes the parent.
    explicit ScrollAnchor(QTreeView *view);

    /// Before the rows change: remembers what is where.
    void note();
    /// Afterwards: scrolls so that it is there again.
    void restore();

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// A row in sight and its distance from the first one, in pixels.
    struct Place
    {
        QPersistentModelIndex row;
        int top = 0;
    };
    [[nodiscard]] int topOf(const QModelIndex &row) const;
    /// How far the row went down; nothing when it is not shown any more.
    [[nodiscard]] std::optional<int> shiftOf(const Place &place) const;
    [[nodiscard]] QModelIndex rowInHand() const;

    QTreeView *m_view;
    std::optional<QPoint> m_pointer; ///< Where it is over the rows.
    std::vector<Place> m_inSight;
    std::optional<Place> m_inHand;
    int m_value = 0; ///< Of the scroll bar.
};

} // namespace Quay
