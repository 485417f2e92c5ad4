// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portcolumns.h"

#include <QByteArray>
#include <QObject>

class QMenu;
class QPoint;
class QTreeView;

namespace Quay {

class RowButtons;

/// Which columns the list of ports shows, in which order, and how wide they are.
class ColumnLayout : public QObject
{
    Q_OBJECT
public:
    /// Belongs to @p view.
    explicit ColumnLayout(QTreeView *view);

    /// Once the view has its model.
    void setup();
    /// Fills @p menu with one checkable entry a column, and one that brings back the order of the start.
    void fillMenu(QMenu *menu);
    /// Widths for ordinary contents, the rest shared among the columns that have use for it.
    void fit();
    /// Leaves room for @p buttons, which live as long as the view.
    void setRowButtons(const RowButtons *buttons) { m_rowButtons = buttons; }
    /// The view has another width.
    void noteResize();

    [[nodiscard]] ColumnMask shown() const;
    [[nodiscard]] QByteArray state() const;
    /// Whether @p state was one of this list's: else the list stays as it is.
    bool restore(const QByteArray &state);

Q_SIGNALS:
    /// By the user.
    void edited();

private:
    void showDefaults();
    void showHeaderMenu(const QPoint &position);
    /// Says edited(), unless it was the program itself.
    void noteEdit();
    void noteColumnResize();
    [[nodiscard]] int narrowestWidth(int column) const;
    [[nodiscard]] int ordinaryWidth(int column) const;
    void show(int column, bool shown);

    QTreeView *m_view;
    const RowButtons *m_rowButtons = nullptr;
    bool m_isFitting = false;
    bool m_fitsByItself = true; ///< Until the user gives a column another width.
};

} // namespace Quay
