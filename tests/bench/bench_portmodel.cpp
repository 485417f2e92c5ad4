// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures the port model below a real QTreeView: what a change costs, and the longest time for which the event loop
// answers nothing, painting included.
//
//   bench_portmodel [--quick] [--json FILE] [--rows N]
//
// Exit codes: 0 every target was met (or the run was a quick one); 1 one was not; 2 wrong usage. To be built with the
// preset `release`, and run on a machine that does nothing else.
#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "tests/bench/benchoptions.h"
#include "tests/bench/heartbeat.h"
#include "tests/bench/measure.h"
#include "tests/bench/report.h"
#include "tests/support/fakeclock.h"
#include "tests/support/snapshots.h"

#include <QApplication>
#include <QTreeView>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace Quay::Test;
using namespace std::chrono_literals;
using Quay::ListenerPtr;
using Quay::PortGrouping;
using Quay::PortModel;

constexpr double LongestStallMilliseconds = 50;
constexpr int ProjectCount = 100;

double milliseconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

/// Listener number @p number of many: its own process, one of a hundred projects.
ListenerPtr madeUp(int number, std::uint32_t connections = 0)
{
    static const std::vector<Quay::ProjectPtr> projects = [] {
        std::vector<Quay::ProjectPtr> made;
        for (int project = 0; project < ProjectCount; ++project) {
            const std::string name = "project" + std::to_string(project);
            made.push_back(projectAt("/home/user/" + name, name, "main"));
        }
        return made;
    }();
    const OwnerSpec owner{.pid = 1000 + number,
                          .name = "server" + std::to_string(number % (ProjectCount * 50)),
                          .arguments = {"python3", "-m", "http.server", std::to_string(number)},
                          .startTicks = static_cast<std::uint64_t>(number) + 1,
                          .project = projects[static_cast<std::size_t>(number % ProjectCount)]};
    return listenerFrom({.port = static_cast<std::uint16_t>(1024 + number),
                         .cookie = static_cast<std::uint64_t>(number) + 1,
                         .owners = {owner},
                         .connections = connections});
}

/// A model below a view of the size of a window, and the listeners that come and go in it.
class Bench
{
public:
    Bench(int rows, Report &report)
        : m_report(report)
    {
        m_all.reserve(static_cast<std::size_t>(rows) * 2);
        for (int number = 0; number < rows * 2; ++number) {
            m_all.push_back(madeUp(number));
        }
        std::ranges::shuffle(m_all, m_random);
        m_view.setUniformRowHeights(true);
        m_view.setSelectionBehavior(QAbstractItemView::SelectRows);
        m_view.setModel(&m_model);
        m_view.setSortingEnabled(true);
        m_view.sortByColumn(Quay::PortModelColumn::Port, Qt::AscendingOrder);
        m_view.resize(1200, 800);
        m_view.show();
    }

    void measure(const std::string &name, const std::function<void()> &work)
    {
        std::chrono::nanoseconds merge{};
        m_heartbeat.during([&] { merge = costOf(work).wall; });
        m_report.add({.name = name + ", model and view's slots",
                      .unit = "ms",
                      .value = milliseconds(merge),
                      .peer = {},
                      .mostRatio = {}});
        m_report.add({.name = name + ", longest stall",
                      .unit = "ms",
                      .value = milliseconds(m_heartbeat.longest()),
                      .peer = {},
                      .mostRatio = LongestStallMilliseconds});
    }

    /// What comes and goes when half of all is there and the other half takes part.
    void comeAndGo()
    {
        const auto half = snapshotOf({m_all.begin(), m_all.begin() + std::ssize(m_all) / 2});
        const auto full = snapshotOf(m_all);
        const auto none = snapshotOf({});
        measure("all appear in an empty list", [&] { m_model.setSnapshot(half); });
        measure("nothing changed", [&] { m_model.setSnapshot(half); });
        measure("as many appear between them", [&] { m_model.setSnapshot(full); });
        m_clock.advance(Quay::FreshDuration);
        measure("they settle", [&] { m_model.updateAges(); });
        measure("as many vanish at random places", [&] { m_model.setSnapshot(half); });
        m_clock.advance(Quay::FreshDuration);
        measure("they are forgotten", [&] { m_model.updateAges(); });
        const auto slightly = changed(half, 100);
        const auto wholly = changed(half, 1);
        measure("every hundredth changes", [&] { m_model.setSnapshot(slightly); });
        measure("all change", [&] { m_model.setSnapshot(wholly); });
        measure("all vanish", [&] { m_model.setSnapshot(none); });
        m_clock.advance(Quay::FreshDuration);
        measure("all are forgotten", [&] { m_model.updateAges(); });
        m_clock.advance(Quay::FreshDuration);
    }

    void search()
    {
        m_model.setSnapshot(snapshotOf({m_all.begin(), m_all.begin() + std::ssize(m_all) / 2}));
        measure("one letter is searched", [&] { m_model.setFilter({.text = QStringLiteral("7")}); });
        measure("a rare word is searched", [&] { m_model.setFilter({.text = QStringLiteral("project77")}); });
        measure("the search is cleared", [&] { m_model.setFilter({}); });
        measure("sorted by process", [&] { m_model.sort(Quay::PortModelColumn::Process); });
        measure("sorted the other way", [&] { m_model.sort(Quay::PortModelColumn::Process, Qt::DescendingOrder); });
        m_model.sort(Quay::PortModelColumn::Port);
        m_model.setSnapshot(snapshotOf({}));
        m_clock.advance(Quay::FreshDuration);
        m_model.updateAges();
    }

    void group(PortGrouping grouping)
    {
        measure("grouped", [&] { m_model.setGrouping(grouping); });
        m_view.expandAll();
    }

private:
    [[nodiscard]] static Quay::PortSnapshotPtr changed(const Quay::PortSnapshotPtr &snapshot, int every)
    {
        static std::uint32_t connections = 0;
        auto listeners = snapshot->listeners;
        ++connections;
        for (std::size_t i = 0; i < listeners.size(); i += static_cast<std::size_t>(every)) {
            auto copy = std::make_shared<Quay::Listener>(*listeners[i]);
            copy->connections = connections;
            listeners[i] = std::move(copy);
        }
        return snapshotOf(std::move(listeners));
    }

    Report &m_report;
    std::mt19937 m_random{7}; // NOLINT(bugprone-random-generator-seed): the same run each time
    std::vector<ListenerPtr> m_all;
    FakeClock m_clock;
    PortModel m_model{nullptr, m_clock};
    QTreeView m_view;
    Heartbeat m_heartbeat;
};

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const auto options = Quay::Test::benchOptionsFrom(argc, argv, {.numbers = {"--rows"}, .sections = {}});
    if (!options) {
        return Quay::Test::ExitCannotMeasure;
    }
    Report report(std::cout, !options->isQuick);
    Bench bench(options->number("--rows", options->isQuick ? 200 : 10'000), report);
    report.section("flat");
    bench.comeAndGo();
    bench.search();
    report.section("a hundred projects");
    bench.group(PortGrouping::Project);
    bench.comeAndGo();
    bench.search();
    report.section("thousands of processes");
    bench.group(PortGrouping::Process);
    bench.comeAndGo();
    return concludeBench(*options, report);
}
