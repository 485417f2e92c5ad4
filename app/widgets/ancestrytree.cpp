// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/ancestrytree.h"

#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "core/processes/wholename.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>

#include <algorithm>
#include <cstddef>
#include <ranges>

namespace Quay {

namespace {

constexpr int NarrowestInCharacters = 20;
constexpr int ExtraRowHeight = 4;

enum Column
{
    Name,
    Pid,
    Role,
    ColumnCount
};

} // namespace

AncestryTree::AncestryTree(QWidget *parent)
    : QTreeWidget(parent)
{
    setColumnCount(ColumnCount);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setIndentation(fontMetrics().averageCharWidth() * 2);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // whatever it stands in is scrolled
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTabKeyNavigation(false);
    viewport()->setAutoFillBackground(false);
    header()->setStretchLastSection(true);
    header()->setSectionResizeMode(Name, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(Pid, QHeaderView::ResizeToContents);
    setAccessibleName(tr("Chain of parents"));
    connect(horizontalScrollBar(), &QScrollBar::rangeChanged, this, [this] { updateGeometry(); }); // it takes room
}

void AncestryTree::setAncestry(const Ancestry &ancestry)
{
    if (ancestry == m_ancestry) {
        return;
    }
    m_ancestry = ancestry;
    clear();
    QTreeWidgetItem *parent = invisibleRootItem();
    for (std::size_t i = m_ancestry.steps.size(); i-- > 0;) {
        auto *item = makeItem(m_ancestry.steps[i], m_ancestry.origin == i);
        parent->addChild(item);
        parent = item;
    }
    expandAll();
    updateGeometry();
}

QTreeWidgetItem *AncestryTree::makeItem(const AncestryStep &step, bool isOrigin) const
{
    auto *item = new QTreeWidgetItem;
    item->setText(Name, shownText(wholeName(*step.process)));
    item->setText(Pid, QString::number(step.process->id.pid));
    item->setTextAlignment(Pid, Qt::AlignRight | Qt::AlignVCenter);
    item->setText(Role, launcherText(step));
    if (isOrigin) {
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        item->setFont(Name, bold);
        item->setFont(Role, bold);
    }
    const int margin = 2 * (style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1);
    const QFontMetrics metrics(isOrigin ? item->font(Name) : font());
    item->setSizeHint(
        Name,
        QSize(metrics.horizontalAdvance(item->text(Name)) + (2 * margin), fontMetrics().height() + ExtraRowHeight));
    const QString toolTip = toolTipHtml(shortened(maskedCommandText(*step.process)));
    for (int column = 0; column < ColumnCount; ++column) {
        item->setToolTip(column, toolTip);
    }
    return item;
}

ProcessInfoPtr AncestryTree::processOf(const QTreeWidgetItem *item) const
{
    auto above = item != nullptr ? m_ancestry.steps.size() : 0; // the oldest on top, each below its parent
    for (; item != nullptr && above > 0; item = item->parent()) {
        --above;
    }
    return above < m_ancestry.steps.size() ? m_ancestry.steps[above].process : nullptr;
}

void AncestryTree::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isMouse = event->reason() == QContextMenuEvent::Mouse;
    auto *const item = isMouse ? itemAt(event->pos()) : currentItem();
    if (const auto process = processOf(item)) {
        const QPoint place = isMouse ? event->pos() : visualItemRect(item).center();
        Q_EMIT menuRequested(process, viewport()->mapToGlobal(place));
    }
}

void AncestryTree::drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    if (!index.parent().isValid()) {
        return;
    }
    // An elbow to the parent. The style's arrows would invite to fold what cannot be folded.
    const int x = rect.right() - (indentation() / 2);
    painter->setPen(palette().color(QPalette::Mid));
    painter->drawLine(x, rect.top(), x, rect.center().y());
    painter->drawLine(x, rect.center().y(), rect.right(), rect.center().y());
}

QSize AncestryTree::sizeHint() const
{
    const auto rows = std::max(static_cast<int>(m_ancestry.steps.size()), 1);
    const int rowHeight = std::max(sizeHintForRow(0), fontMetrics().lineSpacing());
    const int bar = horizontalScrollBar()->maximum() > 0 ? horizontalScrollBar()->sizeHint().height() : 0;
    return {fontMetrics().averageCharWidth() * NarrowestInCharacters * 2, (rows * rowHeight) + bar};
}

QSize AncestryTree::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * NarrowestInCharacters, sizeHint().height()};
}

} // namespace Quay
