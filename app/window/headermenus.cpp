// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/headermenus.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QHeaderView>
#include <QList>
#include <QMenu>
#include <QTreeView>

namespace Quay {

namespace {

struct HeaderMenus
{
    Q_DECLARE_TR_FUNCTIONS(Quay::HeaderMenus)
};

QString titleOf(const QTreeView *view, int column)
{
    return view->model()->headerData(column, Qt::Horizontal).toString();
}

/// From left to right.
QList<int> shownColumns(const QTreeView *view)
{
    const auto *header = view->header();
    QList<int> columns;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        if (!header->isSectionHidden(column)) {
            columns << column;
        }
    }
    return columns;
}

/// Menus and groups belong to the menu that they are made for, and would pile up in it.
void empty(QMenu *menu)
{
    menu->clear();
    qDeleteAll(menu->findChildren<QMenu *>(Qt::FindDirectChildrenOnly));
    qDeleteAll(menu->findChildren<QActionGroup *>(Qt::FindDirectChildrenOnly));
}

QAction *addChoice(QMenu *menu, QActionGroup *group, const QString &text, bool chosen)
{
    auto *action = group->addAction(menu->addAction(text));
    action->setCheckable(true);
    action->setChecked(chosen);
    return action;
}

/// Moves a column to where another one stands.
void addMove(QMenu *menu, const QString &text, QTreeView *view, int column, int target)
{
    auto *action = menu->addAction(text, view, [view, column, target] {
        auto *header = view->header();
        header->moveSection(header->visualIndex(column), header->visualIndex(target));
    });
    action->setEnabled(column != target);
}

} // namespace

void fillSortMenu(QMenu *menu, QTreeView *view)
{
    empty(menu);
    const auto *header = view->header();
    const int sorted = header->sortIndicatorSection();
    const auto order = header->sortIndicatorOrder();
    auto *columns = new QActionGroup(menu);
    for (const int column : shownColumns(view)) {
        auto *action = addChoice(menu, columns, titleOf(view, column), column == sorted);
        action->setData(column);
        QObject::connect(action, &QAction::triggered, view,
                         [view, column] { view->sortByColumn(column, view->header()->sortIndicatorOrder()); });
    }
    menu->addSeparator();
    auto *orders = new QActionGroup(menu);
    for (const auto way : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        const auto text = way == Qt::AscendingOrder ? HeaderMenus::tr("&Ascending") : HeaderMenus::tr("&Descending");
        auto *action = addChoice(menu, orders, text, way == order);
        QObject::connect(action, &QAction::triggered, view,
                         [view, way] { view->sortByColumn(view->header()->sortIndicatorSection(), way); });
    }
}

void fillMoveMenu(QMenu *menu, QTreeView *view)
{
    empty(menu);
    const auto columns = shownColumns(view);
    for (qsizetype place = 0; place < columns.size(); ++place) {
        const int column = columns[place];
        auto *moves = menu->addMenu(titleOf(view, column));
        moves->menuAction()->setData(column);
        addMove(moves, HeaderMenus::tr("To the &left"), view, column, columns.value(place - 1, column));
        addMove(moves, HeaderMenus::tr("To the &right"), view, column, columns.value(place + 1, column));
        addMove(moves, HeaderMenus::tr("To the &beginning"), view, column, columns.constFirst());
        addMove(moves, HeaderMenus::tr("To the &end"), view, column, columns.constLast());
    }
}

} // namespace Quay
