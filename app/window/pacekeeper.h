// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/portscanner.h"

#include <QObject>

class QWidget;
class QWindow;

namespace Quay {

/// Decides how often to look: seldom when nobody can see the window, less often on battery.
class PaceKeeper : public QObject
{
    Q_OBJECT
public:
    /// Watches @p window, which becomes the parent.
    explicit PaceKeeper(QWidget *window);

    [[nodiscard]] ScanPace pace() const { return m_pace; }
    void setOnBattery(bool onBattery);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void paceChanged(Quay::ScanPace pace);
    /// It can be seen again: what it shows is old.
    void becameVisible();

private:
    void update();
    [[nodiscard]] bool canBeSeen() const;

    QWidget *m_window;
    QWindow *m_handle = nullptr; ///< Exists once the window was shown.
    ScanPace m_pace = ScanPace::Hidden;
    bool m_isOnBattery = false;
};

} // namespace Quay
