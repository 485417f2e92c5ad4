// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/portdelegate.h"

#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "app/widgets/icons.h"

#include <QApplication>
#include <QIcon>
#include <QLocale>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace Quay {

namespace {

constexpr int ExtraRowHeight = 4;
constexpr qreal FrameRadius = 3;

/// What stands left of the port number.
struct Marks
{
    QString word; ///< Empty: settled.
    bool isGone = false;
    int warnings = 0;
};

RowFreshness freshnessOf(const QModelIndex &index)
{
    return static_cast<RowFreshness>(index.data(PortModelRole::Freshness).toInt());
}

Marks marksOf(const QModelIndex &index)
{
    Marks marks{.word = {}, .isGone = false, .warnings = index.data(PortModelRole::WarningCount).toInt()};
    switch (freshnessOf(index)) {
    case RowFreshness::Settled:
        break;
    case RowFreshness::Appeared:
        marks.word = PortDelegate::tr("new", "mark of a row that just appeared");
        break;
    case RowFreshness::Vanished:
        marks.word = PortDelegate::tr("gone", "mark of a row that just vanished");
        marks.isGone = true;
        break;
    }
    return marks;
}

const QStyle *styleOf(const QStyleOptionViewItem &option)
{
    return option.widget != nullptr ? option.widget->style() : QApplication::style();
}

int textMargin(const QStyleOptionViewItem &option)
{
    return styleOf(option)->pixelMetric(QStyle::PM_FocusFrameHMargin, &option, option.widget) + 1;
}

int iconSize(const QStyleOptionViewItem &option)
{
    return styleOf(option)->pixelMetric(QStyle::PM_SmallIconSize, &option, option.widget);
}

int wordWidth(const QStyleOptionViewItem &option, const QString &word)
{
    return word.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(word) + (4 * textMargin(option));
}

QString warningNumber(int warnings)
{
    return warnings == 0 ? QString() : QLocale().toString(warnings);
}

int marksWidth(const QStyleOptionViewItem &option, const Marks &marks)
{
    int width = wordWidth(option, marks.word);
    if (marks.warnings > 0) {
        width += iconSize(option) + option.fontMetrics.horizontalAdvance(warningNumber(marks.warnings));
        width += 3 * textMargin(option);
    }
    return width;
}

QColor textColor(const QStyleOptionViewItem &option)
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    return option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
}

/// The word in its frame, from @p x on. Returns where the next mark begins.
int paintWord(QPainter *painter, const QStyleOptionViewItem &option, const Marks &marks, int x)
{
    const int width = wordWidth(option, marks.word);
    const int margin = textMargin(option);
    const int height = std::min(option.fontMetrics.height(), option.rect.height() - 2);
    QRect frame(x, option.rect.center().y() - (height / 2), width - margin, height);
    frame = QStyle::visualRect(option.direction, option.rect, frame);
    painter->setPen(QPen(textColor(option), 1, marks.isGone ? Qt::DashLine : Qt::SolidLine));
    painter->drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), FrameRadius, FrameRadius);
    painter->drawText(frame, Qt::AlignCenter, marks.word);
    return x + width;
}

void paintWarnings(QPainter *painter, const QStyleOptionViewItem &option, int warnings, int x)
{
    const int size = iconSize(option);
    const int margin = textMargin(option);
    const QRect icon(x, option.rect.center().y() - (size / 2), size, size);
    warningIcon().paint(painter, QStyle::visualRect(option.direction, option.rect, icon));
    const auto number = warningNumber(warnings);
    const QRect text(icon.right() + margin, option.rect.top(), option.fontMetrics.horizontalAdvance(number) + margin,
                     option.rect.height());
    painter->setPen(textColor(option));
    painter->drawText(QStyle::visualRect(option.direction, option.rect, text), Qt::AlignVCenter | Qt::AlignLeft,
                      number);
}

} // namespace

void PortDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isPath = index.column() == PortModelColumn::Unit || index.column() == PortModelColumn::Project;
    option->textElideMode = isPath ? Qt::ElideMiddle : Qt::ElideRight;
    if (freshnessOf(index) == RowFreshness::Vanished) {
        option->font.setStrikeOut(true);
        const QColor faded = option->palette.color(QPalette::Disabled, QPalette::Text);
        option->palette.setColor(QPalette::Text, faded);
    }
}

void PortDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() != PortModelColumn::Port || index.data(PortModelRole::IsGroup).toBool()) {
        return;
    }
    const auto marks = marksOf(index);
    if (marks.word.isEmpty() && marks.warnings == 0) {
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(option.font);
    int x = option.rect.left() + textMargin(option);
    if (!marks.word.isEmpty()) {
        x = paintWord(painter, option, marks, x);
    }
    if (marks.warnings > 0) {
        paintWarnings(painter, option, marks.warnings, x);
    }
    painter->restore();
}

QSize PortDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.rheight() += ExtraRowHeight;
    if (index.column() == PortModelColumn::Port && !index.data(PortModelRole::IsGroup).toBool()) {
        size.rwidth() += marksWidth(option, marksOf(index)) + textMargin(option);
    }
    return size;
}

} // namespace Quay
