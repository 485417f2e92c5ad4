// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/rowbuttons.h"

#include <QAction>
#include <QCursor>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>
#include <QWheelEvent>

#include <algorithm>
#include <utility>

namespace Quay {

RowButtons::RowButtons(QTreeView *view, const QList<QAction *> &actions,
                       std::function<bool(const QModelIndex &)> hasButtons)
    : QFrame(view->viewport())
    , m_view(view)
    , m_hasButtons(std::move(hasButtons))
{
    setObjectName(QStringLiteral("rowButtons"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Window);
    setCursor(Qt::ArrowCursor);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (QAction *action : actions) {
        addButton(action);
    }
    measure();
    // The view takes back what it does not know of: while it does, the value is still the old one.
    connect(view->horizontalScrollBar(), &QScrollBar::rangeChanged, this, &RowButtons::makeScrollable);
    view->viewport()->setMouseTracking(true);
    view->viewport()->installEventFilter(this);
    hide();
}

void RowButtons::addButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setObjectName(action->objectName());
    button->setIcon(action->icon());
    button->setText(action->iconText());
    button->setToolTip(action->toolTip());
    button->setAccessibleName(action->iconText());
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus); // the keyboard has the actions themselves
    connect(button, &QToolButton::clicked, this, [this, action] {
        if (m_shown.isValid()) {
            m_view->setCurrentIndex(m_shown);
            action->trigger();
        }
    });
    layout()->addWidget(button);
}

void RowButtons::setButtonStyle(Qt::ToolButtonStyle style)
{
    for (auto *button : findChildren<QToolButton *>()) {
        button->setToolButtonStyle(style);
    }
}

void RowButtons::measure()
{
    setButtonStyle(Qt::ToolButtonIconOnly);
    m_narrow = sizeHint().width();
    setButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_wide = sizeHint().width();
}

void RowButtons::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        measure();
    }
}

bool RowButtons::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseMove:
        pointTo(m_view->indexAt(static_cast<QMouseEvent *>(event)->position().toPoint()));
        break;
    case QEvent::Wheel: // the pointer rests, and once the view has scrolled another row lies below it
        QTimer::singleShot(0, this, [this, place = static_cast<QWheelEvent *>(event)->position().toPoint()] {
            pointTo(m_view->indexAt(place));
        });
        break;
    case QEvent::Leave:
        if (!rect().contains(mapFromGlobal(QCursor::pos()))) {
            pointTo({});
        }
        break;
    case QEvent::Paint:
        // Rows have moved, perhaps. Not within the painting: that would ask for another one.
        if (!m_isPlacing) {
            m_isPlacing = true;
            QTimer::singleShot(0, this, [this] {
                m_isPlacing = false;
                followCurrent();
                place();
            });
        }
        break;
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

void RowButtons::pointTo(const QModelIndex &index)
{
    m_current = m_view->currentIndex();
    m_pointed = index;
    place();
}

void RowButtons::followCurrent()
{
    const QModelIndex current = m_view->currentIndex();
    if (current != m_current) {
        m_current = current;
        m_pointed = QModelIndex();
    }
}

QRect RowButtons::lineOf(const QModelIndex &row) const
{
    QRect line;
    for (int column = 0; column < m_view->header()->count() && !line.isValid(); ++column) {
        line = m_view->visualRect(row.siblingAtColumn(column)); // of a hidden one: none
    }
    return {0, line.top(), line.isValid() ? m_view->viewport()->width() : 0, line.height()};
}

void RowButtons::makeScrollable()
{
    const int room = m_view->viewport()->width() - m_view->header()->length();
    auto *bar = m_view->horizontalScrollBar();
    bar->setMaximum(std::max(bar->maximum(), widthIn(room) - room));
}

void RowButtons::place()
{
    makeScrollable();
    const QModelIndex row = wantedRow();
    if (!row.isValid() || !m_hasButtons(row)) {
        hide();
        return;
    }
    const QRect line = lineOf(row);
    if (!m_view->viewport()->rect().intersects(line)) {
        hide();
        return;
    }
    const int width = widthIn(m_view->viewport()->width() - m_view->header()->length());
    setButtonStyle(width == m_wide ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    const bool isRightToLeft = layoutDirection() == Qt::RightToLeft;
    const QRect wanted(isRightToLeft ? 0 : m_view->viewport()->width() - width, line.top(), width, line.height());
    if (geometry() != wanted) {
        setGeometry(wanted);
    }
    m_shown = row;
    show();
}

} // namespace Quay
