// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/activitydelegate.h"

#include "app/models/activitymodel.h"
#include "app/widgets/icons.h"

#include <algorithm>

namespace Quay {

namespace {

constexpr int RowPadding = 6;

} // namespace

QSize ActivityDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), std::max(size.height(), option.fontMetrics.height() + RowPadding)};
}

void ActivityDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.column() == ActivityColumn::Outcome) {
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(option->fontMetrics.height(), option->fontMetrics.height());
        option->icon = index.data(ActivityRole::NeedsAttention).toBool() ? warningIcon() : QIcon();
    }
}

} // namespace Quay
