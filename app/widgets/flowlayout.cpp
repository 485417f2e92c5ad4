// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/flowlayout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <utility>

namespace Quay {

namespace {

bool wantsTheRest(const QLayoutItem *item)
{
    return item->expandingDirections().testFlag(Qt::Horizontal);
}

int heightOf(const QLayoutItem *item, int width)
{
    return item->hasHeightForWidth() ? item->heightForWidth(width) : item->sizeHint().height();
}

} // namespace

FlowLayout::FlowLayout(QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addLayout(QLayout *layout)
{
    addChildLayout(layout);
    addItem(layout);
}

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
    invalidate();
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (itemAt(index) == nullptr) {
        return nullptr;
    }
    const auto taken = std::next(m_items.begin(), index);
    auto *const item = taken->release();
    m_items.erase(taken);
    return item;
}

int FlowLayout::gap() const
{
    if (const int own = spacing(); own >= 0) {
        return own;
    }
    return parentWidget() != nullptr ? parentWidget()->style()->pixelMetric(QStyle::PM_LayoutHorizontalSpacing) : 0;
}

std::vector<FlowLayout::Line> FlowLayout::linesIn(int width) const
{
    std::vector<Line> lines;
    int used = 0;
    for (const auto &item : m_items) {
        if (item->isEmpty()) {
            continue;
        }
        const int wanted = std::max(item->minimumSize().width(), std::min(item->sizeHint().width(), width));
        if (lines.empty() || used + gap() + wanted > width) {
            lines.emplace_back();
            used = -gap();
        }
        used += gap() + wanted;
        lines.back().items.push_back(item.get());
        lines.back().widths.push_back(wanted);
    }
    for (auto &line : lines) {
        finish(line, width);
    }
    return lines;
}

void FlowLayout::finish(Line &line, int width) const
{
    const auto greedy = std::ranges::find_if(line.items, wantsTheRest);
    if (greedy != line.items.end()) {
        const int gaps = gap() * (static_cast<int>(line.items.size()) - 1);
        const int rest = width - gaps - std::accumulate(line.widths.begin(), line.widths.end(), 0);
        line.widths[static_cast<std::size_t>(std::distance(line.items.begin(), greedy))] += std::max(rest, 0);
    }
    for (std::size_t i = 0; i < line.items.size(); ++i) {
        line.height = std::max(line.height, heightOf(line.items[i], line.widths[i]));
    }
}

int FlowLayout::heightForWidth(int width) const
{
    const auto lines = linesIn(width);
    int height = gap() * std::max(static_cast<int>(lines.size()) - 1, 0);
    for (const auto &line : lines) {
        height += line.height;
    }
    return height;
}

QSize FlowLayout::minimumSize() const
{
    QSize least(0, 0);
    for (const auto &item : m_items) {
        least = item->isEmpty() ? least : least.expandedTo(item->minimumSize());
    }
    return least;
}

QSize FlowLayout::sizeHint() const
{
    QSize wanted(0, 0);
    for (const auto &item : m_items) {
        if (!item->isEmpty()) {
            const QSize hint = item->sizeHint();
            wanted.rwidth() += hint.width() + (wanted.width() > 0 ? gap() : 0);
            wanted.setHeight(std::max(wanted.height(), hint.height()));
        }
    }
    return wanted;
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    int top = rect.top();
    for (const auto &line : linesIn(rect.width())) {
        int left = rect.left();
        for (std::size_t i = 0; i < line.items.size(); ++i) {
            const QRect place(left, top, line.widths[i], line.height);
            line.items[i]->setGeometry(QStyle::visualRect(
                parentWidget() != nullptr ? parentWidget()->layoutDirection() : Qt::LeftToRight, rect, place));
            left += line.widths[i] + gap();
        }
        top += line.height + gap();
    }
}

} // namespace Quay
