// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/portmonitor.h"
#include "tests/bench/machineload.h"
#include "tests/bench/measure.h"
#include "tests/bench/portbenches.h"
#include "tests/bench/report.h"
#include "tests/support/testserver.h"

#include <format>
#include <string>
#include <utility>

namespace Quay::Test {

namespace {

struct Size
{
    int processes = 0;
    int listeners = 0;
};

/// Costs of one monitor on one machine.
struct ScaleCosts
{
    Samples appear; ///< A look at which all the listeners are new.
    Samples steady; ///< Nothing changed.
    Samples changed; ///< One listener more, or one less.
    Samples processes; ///< Nothing changed, with the process table.
    Samples ss;
};

Result<ScaleCosts> measureAt(const Size &size, const BenchSettings &settings)
{
    const auto monitor = PortMonitor::open();
    if (!monitor) {
        return std::unexpected(monitor.error());
    }
    Result<> failure;
    const auto look = [&](const LookOptions &options = {}) {
        if (const auto looked = (*monitor)->look(options); !looked) {
            failure = std::unexpected(looked.error());
        }
    };
    look();
    const auto load = MachineLoad::start({.processes = size.processes,
                                          .descriptors = settings.descriptors,
                                          .listeners = size.listeners,
                                          .udpSockets = 0});
    if (!load) {
        return std::unexpected(load.error());
    }
    ScaleCosts costs;
    costs.appear.add(costOf([&look] { look(); }));
    look({.processes = true});
    for (int round = 0; round < settings.rounds && !isInterrupted(); ++round) {
        costs.steady.add(costOf([&look] { look(); }, 5));
        auto server = TestServer::start({"listen"});
        costs.changed.add(costOf([&look] { look(); }));
        server = fail(ErrorCode::Gone, {});
        costs.changed.add(costOf([&look] { look(); }));
        costs.processes.add(costOf([&look] { look({.processes = true}); }, 5));
        if (round < 3) {
            if (const auto ss = costOfProgram({"ss", "-H", "-tlnp"})) {
                costs.ss.add(*ss);
            }
        }
    }
    return failure ? Result<ScaleCosts>(std::move(costs)) : std::unexpected(failure.error());
}

void reportAt(const Size &size, const ScaleCosts &costs, bool isTargetSize, Report &report)
{
    const std::string name = std::format("{} processes, {} listeners: ", size.processes, size.listeners);
    report.addTime(name + "steady", "wall", costs.steady.median().wall);
    report.addTime(name + "with processes", "wall", costs.processes.median().wall);
    if (isTargetSize && !costs.ss.isEmpty()) {
        report.compareTime(name + "one changed", "wall", costs.changed.median().wall, "ss -H -tlnp",
                           costs.ss.median().wall, 1.0 / 20);
    } else {
        report.addTime(name + "one changed", "wall", costs.changed.median().wall);
    }
    report.addTime(name + "all new", "wall", costs.appear.median().wall);
}

} // namespace

Result<> benchScale(const BenchSettings &settings, Report &report)
{
    report.section("What a refresh costs, by size");
    constexpr Size TargetSize{.processes = 2000, .listeners = 10'000};
    for (const Size &full :
         {Size{.processes = 500, .listeners = 100}, Size{.processes = 2000, .listeners = 100},
          Size{.processes = 5000, .listeners = 100}, Size{.processes = 2000, .listeners = 1000}, TargetSize}) {
        if (isInterrupted()) {
            return {};
        }
        const Size size{.processes = full.processes / settings.scale, .listeners = full.listeners / settings.scale};
        const auto costs = measureAt(size, settings);
        if (!costs) {
            return std::unexpected(costs.error());
        }
        reportAt(size, *costs, full.listeners == TargetSize.listeners, report);
    }
    return {};
}

} // namespace Quay::Test
