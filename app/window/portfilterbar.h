// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portfilter.h"
#include "app/models/portmodel.h"

#include <QList>
#include <QTimer>
#include <QWidget>

class QAction;
class QActionGroup;
class QLineEdit;
class QMenu;
class QToolBar;

namespace Quay {

/// What narrows the list of ports down: the search field and the filter buttons, which are also entries of a menu.
class PortFilterBar : public QWidget
{
    Q_OBJECT
public:
    explicit PortFilterBar(QWidget *parent = nullptr);

    [[nodiscard]] PortFilter filter() const;
    [[nodiscard]] PortGrouping grouping() const;
    void setGrouping(PortGrouping grouping);
    void setHideSystemServices(bool hide);

    /// Everything is shown again.
    void clear();
    void clearSearch();
    void focusSearch();
    /// Goes on where somebody began to type elsewhere.
    void typeIntoSearch(const QString &text);

    /// The filters for the menu bar; owned by this.
    [[nodiscard]] QList<QAction *> filterActions() const;
    [[nodiscard]] QMenu *groupingMenu() const { return m_groupingMenu; }

Q_SIGNALS:
    void filterChanged();
    void groupingChanged(Quay::PortGrouping grouping);
    /// Down or Return in the search field: on to the list.
    void listRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setupSearch();
    void setupFilters();
    void setupGrouping();
    QAction *addFilter(const QString &name, const QString &text, const QString &tip);
    void makeExclusive(QAction *one, QAction *other);
    void showGrouping();

    QLineEdit *m_search;
    QToolBar *m_bar;
    QAction *m_tcp = nullptr;
    QAction *m_udp = nullptr;
    QAction *m_mine = nullptr;
    QAction *m_thisMachine = nullptr;
    QAction *m_network = nullptr;
    QAction *m_hideServices = nullptr;
    QMenu *m_groupingMenu;
    QActionGroup *m_groupings;
    QTimer m_typing;
};

} // namespace Quay
