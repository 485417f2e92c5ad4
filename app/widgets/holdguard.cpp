// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/holdguard.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QScrollBar>

#include <chrono>

namespace Quay {

namespace {

/// Long enough to aim and press, short enough that a forgotten pointer does not freeze the order.
constexpr std::chrono::milliseconds RecentlyUsed{1500};

} // namespace

HoldGuard::HoldGuard(QAbstractItemView *view)
    : QObject(view)
{
    m_recent.setSingleShot(true);
    m_recent.setInterval(RecentlyUsed);
    connect(&m_recent, &QTimer::timeout, this, [this] { set(Reason::Recent, false); });
    view->viewport()->setMouseTracking(true);
    view->viewport()->installEventFilter(this);
    view->installEventFilter(this);
    watch(view->verticalScrollBar());
    watch(view->horizontalScrollBar());
}

void HoldGuard::watch(QScrollBar *bar)
{
    connect(bar, &QScrollBar::sliderPressed, this, [this] { set(Reason::ScrollBar, true); });
    connect(bar, &QScrollBar::sliderReleased, this, [this] {
        touch();
        set(Reason::ScrollBar, false);
    });
    connect(bar, &QScrollBar::actionTriggered, this, &HoldGuard::touch); // wheel, arrows and pages
}

bool HoldGuard::isHeld() const
{
    return static_cast<bool>(m_reasons);
}

void HoldGuard::setMenuOpen(bool open)
{
    set(Reason::Menu, open);
}

bool HoldGuard::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
        set(Reason::Button, true);
        break;
    case QEvent::MouseButtonRelease:
        touch();
        set(Reason::Button, false);
        break;
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::KeyPress:
        touch();
        break;
    case QEvent::Leave:
        set(Reason::Button, false); // a release outside, or in a menu, never arrives here
        break;
    case QEvent::Hide:
        set(Reason::Button, false);
        set(Reason::ScrollBar, false);
        break;
    default: // every other event: not a hand
        break;
    }
    return QObject::eventFilter(watched, event);
}

void HoldGuard::set(Reason reason, bool active)
{
    const bool was = isHeld();
    m_reasons.setFlag(reason, active);
    if (was != isHeld()) {
        Q_EMIT heldChanged(isHeld());
    }
}

void HoldGuard::touch()
{
    m_recent.start();
    set(Reason::Recent, true);
}

} // namespace Quay
