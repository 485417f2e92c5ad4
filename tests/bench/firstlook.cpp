// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Looks at the ports once and says how many listeners have owners, and how long that took on the wall and of the CPU,
// in nanoseconds: what benchFirstLook() starts.
#include "core/ports/portmonitor.h"
#include "tests/bench/measure.h"

#include <algorithm>
#include <chrono>
#include <iostream>

int main()
{
    Quay::Result<Quay::PortSnapshotPtr> snapshot;
    const auto cost = Quay::Test::costOf([&snapshot] {
        snapshot = Quay::PortMonitor::open().and_then([](const auto &monitor) { return monitor->look({}); });
    });
    if (!snapshot) {
        std::cerr << snapshot.error().subject << '\n';
        return 1;
    }
    const auto owned = std::ranges::count_if(
        (*snapshot)->listeners, [](const Quay::ListenerPtr &listener) { return !listener->owners.empty(); });
    std::cout << owned << ' ' << std::chrono::nanoseconds(cost.wall).count() << ' '
              << std::chrono::nanoseconds(cost.cpu).count() << '\n';
    return 0;
}
