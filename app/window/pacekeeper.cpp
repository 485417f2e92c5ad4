// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/pacekeeper.h"

#include <QEvent>
#include <QWidget>
#include <QWindow>

#include <utility>

namespace Quay {

PaceKeeper::PaceKeeper(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    window->installEventFilter(this);
}

void PaceKeeper::setOnBattery(bool onBattery)
{
    m_isOnBattery = onBattery;
    update();
}

bool PaceKeeper::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::WindowStateChange:
    case QEvent::Expose:
        if (m_handle == nullptr && m_window->windowHandle() != nullptr) {
            m_handle = m_window->windowHandle();
            m_handle->installEventFilter(this);
        }
        // After the event: the window's state is the new one only then.
        QMetaObject::invokeMethod(this, &PaceKeeper::update, Qt::QueuedConnection);
        break;
    default: // every other event: does not change whether it is seen
        break;
    }
    return QObject::eventFilter(watched, event);
}

bool PaceKeeper::canBeSeen() const
{
    // isExposed() also tells, where the platform can, that other windows cover it or its workspace is not shown.
    return m_window->isVisible() && !m_window->isMinimized() && m_handle != nullptr && m_handle->isExposed();
}

void PaceKeeper::update()
{
    const auto visiblePace = m_isOnBattery ? ScanPace::OnBattery : ScanPace::Visible;
    const auto pace = canBeSeen() ? visiblePace : ScanPace::Hidden;
    const auto before = std::exchange(m_pace, pace);
    if (pace == before) {
        return;
    }
    Q_EMIT paceChanged(pace);
    if (before == ScanPace::Hidden) {
        Q_EMIT becameVisible();
    }
}

} // namespace Quay
