// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/scrollanchor.h"

#include <QMouseEvent>
#include <QScrollBar>
#include <QTreeView>

#include <algorithm>
#include <cstdlib>

namespace Quay {

ScrollAnchor::ScrollAnchor(QTreeView *view)
    : QObject(view)
    , m_view(view)
{
    view->viewport()->setMouseTracking(true);
    view->viewport()->installEventFilter(this);
}

bool ScrollAnchor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseMove) {
        m_pointer = static_cast<QMouseEvent *>(event)->position().toPoint();
    } else if (event->type() == QEvent::Leave || event->type() == QEvent::Hide) {
        m_pointer.reset();
    }
    return QObject::eventFilter(watched, event);
}

void ScrollAnchor::note()
{
    m_inSight.clear();
    m_inHand.reset();
    m_value = m_view->verticalScrollBar()->value();
    const QRect sight = m_view->viewport()->rect();
    for (auto row = m_view->indexAt(QPoint(0, 0)); row.isValid(); row = m_view->indexBelow(row)) {
        if (m_view->visualRect(row).top() > sight.bottom()) {
            break;
        }
        m_inSight.push_back({.row = row, .top = topOf(row)});
    }
    const QModelIndex hand = rowInHand();
    if (hand.isValid() && m_view->visualRect(hand).intersects(sight)) {
        m_inHand = {.row = hand, .top = topOf(hand)};
    } else if (m_value == m_view->verticalScrollBar()->minimum()) {
        m_inSight.clear();
    }
}

void ScrollAnchor::restore()
{
    std::vector<int> shifts;
    for (const Place &place : m_inSight) {
        if (const auto shift = shiftOf(place)) {
            shifts.push_back(*shift);
        }
    }
    if (shifts.empty()) {
        return;
    }
    const auto middle = shifts.begin() + std::ssize(shifts) / 2;
    std::ranges::nth_element(shifts, middle);
    int shift = *middle;
    const int page = m_view->viewport()->height();
    const auto isFar = [shift, page](int other) { return std::abs(other - shift) > page; };
    const auto inHand = m_inHand ? shiftOf(*m_inHand) : std::nullopt;
    if (inHand && !isFar(*inHand)) {
        shift = *inHand; // further away, it was the row that went, and not the others
    } else if (std::ranges::count_if(shifts, isFar) * 2 > std::ssize(shifts)) {
        return; // all in another order: nothing is left to hold on to
    }
    m_view->verticalScrollBar()->setValue(m_value + shift);
}

int ScrollAnchor::topOf(const QModelIndex &row) const
{
    return m_view->visualRect(row).top() + m_view->verticalScrollBar()->value();
}

std::optional<int> ScrollAnchor::shiftOf(const Place &place) const
{
    if (!place.row.isValid() || m_view->visualRect(place.row).isEmpty()) {
        return std::nullopt;
    }
    return topOf(place.row) - place.top;
}

QModelIndex ScrollAnchor::rowInHand() const
{
    const auto pointed = m_pointer ? m_view->indexAt(*m_pointer) : QModelIndex();
    return pointed.isValid() ? pointed : m_view->currentIndex();
}

} // namespace Quay
