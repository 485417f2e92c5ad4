// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace Quay {

/**
 * Paints a row of the port list.
 *
 * New and vanished rows carry a word in a frame (solid and dashed), vanished ones are struck out as well; warnings are
 * a triangle with their number. Nothing is told by colour alone.
 */
class PortDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// The room that the marks of a row need beside its port number, in the font and style of @p widget.
    [[nodiscard]] static int marksWidth(const QWidget *widget);

    /// What the rows of a group have in common in a column: over the head's name, which spans the row. Nothing where
    /// there is none.
    static void paintSum(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace Quay
