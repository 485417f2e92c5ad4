// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/portdelegate.h"

#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "app/widgets/icons.h"

#include <QApplication>
#include <QHeaderView>
#include <QIcon>
#include <QLocale>
#include <QPainter>
#include <QStyle>
#include <QTreeView>

#include <algorithm>

namespace Quay {

namespace {

constexpr int ExtraRowHeight = 6;
constexpr qreal FrameRadius = 3;
constexpr int MostWarnings = 9;

/// What stands left of the port number.
struct Marks
{
    QString word; ///< Empty: settled.
    bool isGone = false;
    int warnings = 0;
};

QString appearedWord()
{
    return PortDelegate::tr("new", "mark of a row that just appeared");
}

QString vanishedWord()
{
    return PortDelegate::tr("gone", "mark of a row that just vanished");
}

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
        marks.word = appearedWord();
        break;
    case RowFreshness::Vanished:
        marks.word = vanishedWord();
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

/// One triangle is one warning: a number beside the port number would only be mistaken for a part of it.
QString warningNumber(int warnings)
{
    return warnings < 2 ? QString() : QLocale().toString(warnings);
}

/// Room for all marks at once, also in a row without any: a mark that comes must not make the column jump.
int roomForMarks(const QStyleOptionViewItem &option)
{
    const int word = std::max(wordWidth(option, appearedWord()), wordWidth(option, vanishedWord()));
    const int number = option.fontMetrics.horizontalAdvance(warningNumber(MostWarnings));
    return word + iconSize(option) + number + (3 * textMargin(option));
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

QColor fadedColor(const QStyleOptionViewItem &option)
{
    return option.palette.color(QPalette::Disabled, QPalette::Text);
}

/// The name of a group ends where its sums begin.
QString headText(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto *view = qobject_cast<const QTreeView *>(option.widget);
    if (view == nullptr) {
        return option.text;
    }
    int end = view->header()->length();
    for (int column = PortModelColumn::Port + 1; column < PortModelColumn::ColumnCount; ++column) {
        const int left = view->columnViewportPosition(column);
        if (!view->isColumnHidden(column) && left > option.rect.left()
            && !index.siblingAtColumn(column).data().toString().isEmpty()) {
            end = std::min(end, left);
        }
    }
    return option.fontMetrics.elidedText(option.text, Qt::ElideRight,
                                         end - option.rect.left() - (2 * textMargin(option)));
}

} // namespace

void PortDelegate::paintSum(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto text = index.data().toString();
    if (text.isEmpty()) {
        return;
    }
    const bool isGone = freshnessOf(index) == RowFreshness::Vanished;
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const int margin = textMargin(option);
    const QRect place = option.rect.adjusted(margin, 0, -margin, 0);
    QFont font = option.font;
    font.setStrikeOut(isGone);
    painter->save();
    painter->setFont(font);
    painter->setPen(isGone && !isSelected ? fadedColor(option) : textColor(option));
    painter->drawText(place, Qt::AlignRight | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(text, Qt::ElideRight, place.width()));
    painter->restore();
}

int PortDelegate::marksWidth(const QWidget *widget)
{
    QStyleOptionViewItem option;
    option.initFrom(widget);
    option.widget = widget;
    return roomForMarks(option);
}

void PortDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isPath = index.column() == PortModelColumn::Unit || index.column() == PortModelColumn::Project;
    option->textElideMode = isPath ? Qt::ElideMiddle : Qt::ElideRight;
    if (freshnessOf(index) == RowFreshness::Vanished) {
        option->font.setStrikeOut(true);
        option->palette.setColor(QPalette::Text, fadedColor(*option));
    }
    if (index.column() == PortModelColumn::Port && index.data(PortModelRole::IsGroup).toBool()) {
        option->text = headText(*option, index);
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
        size.rwidth() += roomForMarks(option);
    }
    return size;
}

} // namespace Quay
