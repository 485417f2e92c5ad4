// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/portfilterbar.h"

#include "app/widgets/icons.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QToolBar>
#include <QToolButton>

#include <array>
#include <chrono>

#include <unistd.h>

namespace Quay {

namespace {

constexpr int SearchWidthInCharacters = 26;
/// Keys in quick succession are one search.
constexpr std::chrono::milliseconds TypingPause{60};

} // namespace

PortFilterBar::PortFilterBar(QWidget *parent)
    : QWidget(parent)
    , m_search(new QLineEdit(this))
    , m_bar(new QToolBar(this))
    , m_groupingMenu(new QMenu(tr("&Group by"), this))
    , m_groupings(new QActionGroup(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_search, 1);
    layout->addWidget(m_bar, 2);
    setupSearch();
    setupFilters();
    setupGrouping();
}

void PortFilterBar::setupSearch()
{
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setAccessibleName(tr("Search the ports"));
    m_search->setPlaceholderText(tr("Search: :3000, node, user:root …"));
    m_search->setToolTip(
        tr("Words must all be found. Also: :3000, :3000-3010, port:80, pid:4711, user:root, unit:docker"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(themedIcon(QStringLiteral("edit-find")), QLineEdit::LeadingPosition);
    m_search->setMinimumWidth(fontMetrics().averageCharWidth() * SearchWidthInCharacters);
    m_search->installEventFilter(this);
    m_typing.setSingleShot(true);
    m_typing.setInterval(TypingPause);
    connect(m_search, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, &PortFilterBar::filterChanged);
}

void PortFilterBar::setupFilters()
{
    m_bar->setToolButtonStyle(Qt::ToolButtonTextOnly);
    markOverflow(m_bar);
    m_tcp = addFilter(QStringLiteral("filterTcp"), tr("&TCP"), tr("Show TCP ports"));
    m_udp = addFilter(QStringLiteral("filterUdp"), tr("&UDP"), tr("Show UDP ports"));
    m_tcp->setChecked(true);
    m_udp->setChecked(true);
    m_bar->addSeparator();
    m_mine = addFilter(QStringLiteral("filterMine"), tr("&Mine"), tr("Show only ports of my own processes"));
    m_bar->addSeparator();
    m_thisMachine = addFilter(QStringLiteral("filterThisMachine"), tr("This ma&chine"),
                              tr("Show only ports that can be reached from this machine alone"));
    m_network =
        addFilter(QStringLiteral("filterNetwork"), tr("&Network"), tr("Show only ports that other machines can reach"));
    makeExclusive(m_thisMachine, m_network);
    makeExclusive(m_network, m_thisMachine);
    m_bar->addSeparator();
    m_hideServices = addFilter(QStringLiteral("filterHideServices"), tr("&Hide system services"),
                               tr("Leave out what systemd runs for the whole machine"));
    for (const QAction *action : filterActions()) { // after makeExclusive(), so that the other one is off by then
        connect(action, &QAction::toggled, this, &PortFilterBar::filterChanged);
    }
}

QAction *PortFilterBar::addFilter(const QString &name, const QString &text, const QString &tip)
{
    auto *action = m_bar->addAction(text);
    action->setObjectName(name);
    action->setCheckable(true);
    action->setToolTip(tip);
    auto *button = m_bar->widgetForAction(action);
    button->setFocusPolicy(Qt::TabFocus); // tool bars take it away, and with it the keyboard
    button->setAccessibleDescription(tip);
    return action;
}

void PortFilterBar::makeExclusive(QAction *one, QAction *other)
{
    // Not a QActionGroup: both may be off, and turning one on is one change of the filter, not two.
    connect(one, &QAction::toggled, other, [other](bool on) {
        if (on) {
            const QSignalBlocker oneChangeOnly(other);
            other->setChecked(false);
        }
    });
}

void PortFilterBar::setupGrouping()
{
    m_groupingMenu->setObjectName(QStringLiteral("groupingMenu"));
    m_groupingMenu->menuAction()->setObjectName(QStringLiteral("grouping"));
    const std::array<std::pair<PortGrouping, QString>, 3> entries = {{
        {PortGrouping::None, tr("&Nothing")},
        {PortGrouping::Project, tr("&Project")},
        {PortGrouping::Process, tr("P&rocess")},
    }};
    for (const auto &[grouping, text] : entries) {
        auto *action = m_groupings->addAction(m_groupingMenu->addAction(text));
        action->setCheckable(true);
        action->setData(static_cast<int>(grouping));
        action->setChecked(grouping == PortGrouping::None);
    }
    connect(m_groupings, &QActionGroup::triggered, this, [this] {
        showGrouping();
        Q_EMIT groupingChanged(grouping());
    });
    m_bar->addSeparator();
    m_bar->addAction(m_groupingMenu->menuAction());
    auto *button = qobject_cast<QToolButton *>(m_bar->widgetForAction(m_groupingMenu->menuAction()));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::TabFocus);
    showGrouping();
}

void PortFilterBar::showGrouping()
{
    const auto isGrouped = grouping() != PortGrouping::None;
    auto chosen = m_groupings->checkedAction()->text();
    chosen.remove(QLatin1Char('&'));
    m_groupingMenu->menuAction()->setIconText(isGrouped ? tr("By %1").arg(chosen) : tr("Group"));
}

PortFilter PortFilterBar::filter() const
{
    return {.text = m_search->text(),
            .tcp = m_tcp->isChecked(),
            .udp = m_udp->isChecked(),
            .onlyMine = m_mine->isChecked(),
            .onlyNetwork = m_network->isChecked(),
            .onlyThisMachine = m_thisMachine->isChecked(),
            .hideSystemServices = m_hideServices->isChecked(),
            .myUid = ::geteuid()};
}

PortGrouping PortFilterBar::grouping() const
{
    return static_cast<PortGrouping>(m_groupings->checkedAction()->data().toInt());
}

void PortFilterBar::setGrouping(PortGrouping grouping)
{
    for (QAction *action : m_groupings->actions()) {
        if (action->data().toInt() == static_cast<int>(grouping)) {
            action->trigger();
        }
    }
}

void PortFilterBar::setHideSystemServices(bool hide)
{
    m_hideServices->setChecked(hide);
}

void PortFilterBar::clear()
{
    {
        const QSignalBlocker oneChangeOnly(this);
        m_search->clear();
        for (QAction *action : filterActions()) {
            action->setChecked(action == m_tcp || action == m_udp);
        }
    }
    m_typing.stop();
    Q_EMIT filterChanged();
}

void PortFilterBar::clearSearch()
{
    m_search->clear();
}

void PortFilterBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void PortFilterBar::typeIntoSearch(const QString &text)
{
    m_search->setFocus(Qt::OtherFocusReason);
    m_search->end(false);
    m_search->insert(text);
}

QList<QAction *> PortFilterBar::filterActions() const
{
    return {m_tcp, m_udp, m_mine, m_thisMachine, m_network, m_hideServices};
}

bool PortFilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Escape:
            if (m_search->text().isEmpty()) {
                Q_EMIT listRequested();
            }
            m_search->clear();
            return true;
        case Qt::Key_Down:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            Q_EMIT listRequested();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Quay
