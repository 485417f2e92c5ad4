// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Looks at the ports once, as the first thing that this process does. Prints how many listeners have owners, and how
// many nanoseconds of wall and of CPU time that took. Its own program, since loading Qt takes as long as a tenth of
// `ss`.
#include "core/ports/portmonitor.h"
#include "tests/bench/measure.h"

#include <algorithm>
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
    std::cout << std::ranges::count_if((*snapshot)->listeners,
                                       [](const auto &listener) { return !listener->owners.empty(); })
              << ' ' << cost.wall.count() << ' ' << cost.cpu.count() << std::endl;
}
