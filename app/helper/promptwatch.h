// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace Quay {

/**
 * Notices that nobody waits for a request any more, or that it takes longer than anybody looks for a password.
 *
 * KAuth waits for polkit's answer without a limit, and for ever when polkit answers with an error: then it takes no
 * other request, and does not end either. That it is at work shows by the timer that ends an idle helper, which it
 * stops meanwhile. A stop that comes then is taken to be for this request; one that came before is not.
 *
 * Threads: the helper's only one. Works in the nested event loop in which KAuth waits.
 */
class PromptWatch : public QObject
{
    Q_OBJECT
public:
    using Check = std::function<bool()>;

    struct Checks
    {
        Check isStopped; ///< Whether a stop has come. May run the event loop.
        Check isCallerGone; ///< Asked only while there is a request.
    };

    /// @p idle runs while there is nothing to do; null: nothing is noticed.
    PromptWatch(QTimer *idle, std::chrono::milliseconds limit, Checks checks, QObject *parent = nullptr);

Q_SIGNALS:
    void overdue();
    void abandoned();
    void orphaned(); ///< Its caller has left the bus.

private:
    void look();

    QTimer *m_idle;
    std::chrono::milliseconds m_limit;
    Checks m_checks;
    bool m_wasStopped = false; ///< While it was idle.
    bool m_isLooking = false;
    bool m_wasCallerGone = false; ///< At the look before.
    QElapsedTimer m_busy; ///< Since it was first seen so.
    QTimer m_look;
};

} // namespace Quay
