// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/realwindow.h"

#include "app/models/portmodel.h"
#include "app/window/portspage.h"
#include "app/window/portview.h"
#include "tests/bench/heartbeat.h"
#include "tests/bench/report.h"

#include <chrono>
#include <string>

namespace Quay::Test {

namespace {

constexpr double LongestStallMilliseconds = 50;

double milliseconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

} // namespace

RealWindow::RealWindow()
{
    QObject::connect(&m_scanner, &PortScanner::looked, &m_window, [this] { ++m_looks; });
}

int RealWindow::rows() const
{
    return m_window.portsPage()->view()->model()->rowCount();
}

Result<> RealWindow::show()
{
    m_window.show();
    const int before = m_looks;
    return waitUntil([this, before] { return m_scanner.pace() != ScanPace::Hidden && m_looks > before + 1; },
                     "a visible window with ports");
}

Result<> RealWindow::hide()
{
    m_window.hide();
    return waitUntil([this] { return m_scanner.pace() == ScanPace::Hidden; }, "a hidden window");
}

void reportStall(Report &report, const std::string &name, const Heartbeat &heartbeat)
{
    report.add({.name = name + ", longest stall",
                .unit = "ms",
                .value = milliseconds(heartbeat.longest()),
                .peer = {},
                .mostRatio = LongestStallMilliseconds});
    report.add(
        {.name = name + ", CPU in one turn", .unit = "ms", .value = milliseconds(heartbeat.busiest()), .peer = {}});
}

} // namespace Quay::Test
