// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/desktop.h"
#include "app/window/mainwindow.h"
#include "core/base/result.h"
#include "core/ports/portscanner.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTimer>

#include <chrono>
#include <concepts>
#include <string>

namespace Quay::Test {

class Heartbeat;
class Report;

/// Runs the event loop until @p isOver; sleeps in it.
template<std::predicate Condition>
[[nodiscard]] Result<> waitUntil(Condition isOver, const std::string &what)
{
    constexpr std::chrono::seconds Patience{60};
    QTimer pulse;
    pulse.start(std::chrono::milliseconds(5));
    const auto end = std::chrono::steady_clock::now() + Patience;
    while (!isOver()) {
        if (std::chrono::steady_clock::now() > end) {
            return fail(ErrorCode::Invalid, "this never came: " + what);
        }
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return {};
}

/// The window as the program opens it, with settings and a record of its own.
class RealWindow
{
public:
    RealWindow();

    [[nodiscard]] MainWindow &window() { return m_window; }
    [[nodiscard]] const PortScanner &scanner() const { return m_scanner; }
    [[nodiscard]] int rows() const;

    /// Shown and painted, with the ports in it.
    [[nodiscard]] Result<> show();
    [[nodiscard]] Result<> hide();

private:
    QTemporaryDir m_settings;
    Desktop m_desktop;
    PortScanner m_scanner;
    MainWindow m_window{&m_scanner, &m_desktop, m_settings.filePath(QStringLiteral("window.json"))};
    int m_looks = 0;
};

/// For how long nothing was answered, which is judged, and how much of that was work of the window's own.
void reportStall(Report &report, const std::string &name, const Heartbeat &heartbeat);

} // namespace Quay::Test
