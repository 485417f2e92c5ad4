// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/promptwatch.h"

#include <algorithm>
#include <utility>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds Interval = 200ms;

} // namespace

PromptWatch::PromptWatch(QTimer *idle, std::chrono::milliseconds limit, Checks checks, QObject *parent)
    : QObject(parent)
    , m_idle(idle)
    , m_limit(limit)
    , m_checks(std::move(checks))
{
    if (m_idle != nullptr) {
        connect(&m_look, &QTimer::timeout, this, &PromptWatch::look);
        m_look.start(std::min(Interval, limit));
    }
}

void PromptWatch::look()
{
    if (std::exchange(m_isLooking, true)) {
        return; // from the event loop that the check runs
    }
    const bool isStopped = m_checks.isStopped();
    m_isLooking = false;
    if (m_idle->isActive()) {
        m_wasStopped = isStopped;
        m_wasCallerGone = false;
        m_busy.invalidate();
        return;
    }
    if (!m_busy.isValid()) {
        m_busy.start();
    }
    if (isStopped && !m_wasStopped) {
        Q_EMIT abandoned();
    } else if (const bool isGone = m_checks.isCallerGone(); isGone && std::exchange(m_wasCallerGone, isGone)) {
        Q_EMIT orphaned();
    } else if (m_busy.durationElapsed() >= m_limit) {
        Q_EMIT overdue();
    }
}

} // namespace Quay
