// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/windowbenches.h"

#include "app/models/portmodel.h"
#include "app/window/desktop.h"
#include "app/window/mainwindow.h"
#include "core/ports/portmonitor.h"
#include "tests/bench/heartbeat.h"
#include "tests/bench/machineload.h"
#include "tests/bench/measure.h"
#include "tests/bench/realwindow.h"
#include "tests/bench/report.h"
#include "tests/support/testserver.h"

#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <format>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace Quay::Test {

namespace {

using namespace std::chrono_literals;

constexpr double PpmAPercent = 10'000; ///< Of a core: 0.05 % would be shown as 0.1.
constexpr double MostHiddenPpm = 0.05 * PpmAPercent;
constexpr double MostOfSs = 1.0 / 20;
constexpr std::chrono::seconds Patience{60};
/// As PortScanner looks for a window that is seen.
constexpr LookOptions AsTheWindow{.udp = true, .connections = true, .processes = true, .onlyPort = std::nullopt};

double percentOf(Cost cost)
{
    using Seconds = std::chrono::duration<double>;
    return 100 * Seconds(cost.cpu) / Seconds(cost.wall);
}

/// CPU time of all threads while the event loop runs for @p duration.
double percentDuring(std::chrono::milliseconds duration)
{
    return percentOf(costOf([duration] {
        QEventLoop loop;
        QTimer::singleShot(duration, Qt::PreciseTimer, &loop, &QEventLoop::quit);
        loop.exec();
    }));
}

double medianOf(std::vector<double> values)
{
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::ranges::nth_element(values, middle);
    return *middle;
}

struct Shares
{
    std::vector<double> hidden;
    std::vector<double> visible;
    std::vector<double> unpainted;
};

Result<> measureResting(const WindowBenchSettings &settings, Shares &shares)
{
    const double idle = percentDuring(settings.watched);
    RealWindow real;
    if (auto shown = real.show(); !shown) {
        return shown;
    }
    shares.visible.push_back(percentDuring(settings.watched) - idle);
    real.window().setUpdatesEnabled(false);
    shares.unpainted.push_back(percentDuring(settings.watched) - idle);
    real.window().setUpdatesEnabled(true);
    if (auto hidden = real.hide(); !hidden) {
        return hidden;
    }
    shares.hidden.push_back(percentDuring(settings.watched) - idle);
    return {};
}

/// A load that a thread of its own starts and ends, for both take their time. Its processes end with that thread.
class BackgroundLoad
{
public:
    explicit BackgroundLoad(const LoadOptions &options)
        : m_thread([this, options] { run(options); })
    {
    }
    BackgroundLoad(const BackgroundLoad &) = delete;
    BackgroundLoad &operator=(const BackgroundLoad &) = delete;
    ~BackgroundLoad() { end(); }

    void end() { m_end.release(); }
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }

private:
    void run(const LoadOptions &options)
    {
        const auto load = MachineLoad::start(options);
        m_hasFailed = !load;
        m_end.acquire();
    }

    std::atomic<bool> m_hasFailed = false;
    std::counting_semaphore<2> m_end{0}; // end() and the destructor
    std::jthread m_thread; // last: what it uses outlives it
};

LoadOptions manyListeners(const WindowBenchSettings &settings)
{
    return {.processes = settings.processes,
            .descriptors = settings.descriptors,
            .listeners = settings.manyListeners,
            .udpSockets = 0};
}

/// All at once, as no machine does it: the hardest for the window.
Result<> stallsAtOnce(const WindowBenchSettings &settings, Report &report)
{
    const auto monitor = PortMonitor::open();
    if (!monitor) {
        return std::unexpected(monitor.error());
    }
    const auto before = (*monitor)->look(AsTheWindow);
    const auto load = MachineLoad::start(manyListeners(settings));
    if (!load || !before) {
        return std::unexpected(!before ? before.error() : load.error());
    }
    const auto full = (*monitor)->look(AsTheWindow);
    if (!full) {
        return std::unexpected(full.error());
    }
    const QTemporaryDir directory;
    Desktop desktop;
    MainWindow window(nullptr, &desktop, directory.filePath(QStringLiteral("window.json")));
    window.showSnapshot(*before);
    window.show();
    Heartbeat heartbeat;
    heartbeat.during([] { });
    const std::string count = std::to_string(settings.manyListeners);
    heartbeat.during([&] { window.showSnapshot(*full); });
    reportStall(report, count + " appear in one look", heartbeat);
    heartbeat.during([&] { window.showSnapshot(*before); });
    reportStall(report, count + " vanish in one look", heartbeat);
    return {};
}

/// As they really come: started and ended beside the window, which looks once a second.
Result<> stallsLive(const WindowBenchSettings &settings, Report &report)
{
    RealWindow real;
    if (auto shown = real.show(); !shown) {
        return shown;
    }
    Heartbeat heartbeat;
    const int rowsBefore = real.rows();
    const std::string count = std::to_string(settings.manyListeners);
    BackgroundLoad load(manyListeners(settings));
    const bool haveCome = heartbeat.until(
        [&] { return real.rows() >= rowsBefore + settings.manyListeners || load.hasFailed() || isInterrupted(); },
        Patience);
    if (!haveCome || load.hasFailed()) {
        return fail(ErrorCode::Invalid, "the listeners did not appear");
    }
    reportStall(report, count + " are started", heartbeat);
    load.end();
    const bool haveGone = heartbeat.until(
        [&] { return real.rows() < rowsBefore + settings.manyListeners / 10 || isInterrupted(); }, Patience);
    if (!haveGone) {
        return fail(ErrorCode::Invalid, "the listeners did not vanish");
    }
    reportStall(report, count + " are ended and forgotten", heartbeat);
    return {};
}

/// Of one look and what the model does with it.
struct MergeCost
{
    Cost scan;
    Cost merge;
};

struct MergeSamples
{
    Samples scan;
    Samples merge;

    void add(const MergeCost &cost)
    {
        scan.add(cost.scan);
        merge.add(cost.merge);
    }
    [[nodiscard]] bool isEmpty() const { return scan.isEmpty(); }
    [[nodiscard]] std::chrono::nanoseconds cpu() const { return scan.median().cpu + merge.median().cpu; }
};

/// One monitor and the model that its looks go into, with the options that it always has.
class ScanAndMerge
{
public:
    [[nodiscard]] static Result<std::unique_ptr<ScanAndMerge>> open(const LookOptions &options)
    {
        return PortMonitor::open().transform([&options](std::unique_ptr<PortMonitor> monitor) {
            auto work = std::make_unique<ScanAndMerge>(std::move(monitor), options);
            std::ignore = work->cost(); // what is there already
            return work;
        });
    }
    ScanAndMerge(std::unique_ptr<PortMonitor> monitor, const LookOptions &options)
        : m_monitor(std::move(monitor))
        , m_options(options)
    {
    }

    /// As the window has it done: a snapshot in which nothing changed does not reach the model.
    [[nodiscard]] MergeCost cost()
    {
        Result<PortSnapshotPtr> snapshot;
        MergeCost cost{.scan = costOf([&] { snapshot = m_monitor->look(m_options); }), .merge = {}};
        if (!snapshot) {
            m_failure = std::unexpected(snapshot.error());
        } else if (*snapshot != m_last) {
            m_last = *snapshot;
            cost.merge = costOf([&] { m_model.setSnapshot(m_last); });
        }
        return cost;
    }
    [[nodiscard]] const Result<> &failure() const { return m_failure; }

private:
    std::unique_ptr<PortMonitor> m_monitor;
    LookOptions m_options;
    PortSnapshotPtr m_last;
    PortModel m_model;
    Result<> m_failure;
};

/// What one of them took.
struct MergeCosts
{
    MergeSamples appear; ///< All the listeners are new.
    MergeSamples steady;
    MergeSamples changed; ///< One listener more, or one less.
};

Result<> measureMerges(ScanAndMerge &work, MergeCosts &costs)
{
    std::ignore = work.cost(); // what changed while others were measured
    costs.steady.add(work.cost());
    auto server = TestServer::start({"listen"});
    if (!server) {
        return std::unexpected(server.error());
    }
    costs.changed.add(work.cost());
    server->end();
    costs.changed.add(work.cost());
    return work.failure();
}

void reportMerges(Report &report, const std::string &how, const MergeCosts &costs, const Samples &ss)
{
    const auto add = [&](const std::string &what, const MergeSamples &samples, bool isJudged) {
        const std::string name = what + how;
        report.addTime(name + ": scan", "CPU", samples.scan.median().cpu);
        report.addTime(name + ": merge", "CPU", samples.merge.median().cpu);
        if (isJudged && !ss.isEmpty()) {
            report.compareTime(name + ": both", "CPU", samples.cpu(), "ss -H -tlnp", ss.median().cpu, MostOfSs);
        }
    };
    add("all new", costs.appear, false);
    add("nothing changed", costs.steady, true);
    add("one changed", costs.changed, true);
}

} // namespace

Result<> benchResting(const WindowBenchSettings &settings, Report &report)
{
    report.section("What the window costs at rest, above an idle Qt program");
    const auto load = MachineLoad::start({.processes = settings.processes,
                                          .descriptors = settings.descriptors,
                                          .listeners = settings.listeners,
                                          .active = settings.processes / 15,
                                          .forksPerSecond = 10,
                                          .togglePeriodMs = OutOfStepMs});
    if (!load) {
        return std::unexpected(load.error());
    }
    Shares shares;
    for (int round = 0; round < settings.rounds && !isInterrupted(); ++round) {
        if (auto measured = measureResting(settings, shares); !measured) {
            return measured;
        }
    }
    if (shares.hidden.empty()) {
        return {};
    }
    const auto add = [&report](const std::string &name, double percent, std::optional<double> most = {}) {
        report.add({.name = name, .unit = "ppm core", .value = percent * PpmAPercent, .peer = {}, .mostRatio = most});
    };
    const double visible = medianOf(shares.visible);
    const double unpainted = medianOf(shares.unpainted);
    add("hidden", medianOf(shares.hidden), MostHiddenPpm);
    add("visible at 1 Hz", visible);
    add("visible at 1 Hz, without painting", unpainted);
    add("painting alone", visible - unpainted);
    return {};
}

Result<> benchScanAndMerge(const WindowBenchSettings &settings, Report &report)
{
    report.section(std::format("Scan and merge of {} listeners", settings.manyListeners));
    const auto ports = ScanAndMerge::open({});
    const auto everything = ScanAndMerge::open(AsTheWindow);
    const auto load = MachineLoad::start(manyListeners(settings));
    if (!ports || !everything || !load) {
        return fail(ErrorCode::Invalid, "no monitor or no load");
    }
    MergeCosts portsCosts;
    MergeCosts everythingCosts;
    Samples ss;
    portsCosts.appear.add((*ports)->cost());
    everythingCosts.appear.add((*everything)->cost());
    for (int round = 0; round < settings.merges && !isInterrupted(); ++round) {
        for (const auto &[work, costs] :
             {std::pair(ports->get(), &portsCosts), std::pair(everything->get(), &everythingCosts)}) {
            if (auto done = measureMerges(*work, *costs); !done) {
                return done;
            }
        }
        if (const auto cost = costOfProgram({"ss", "-H", "-tlnp"})) {
            ss.add(*cost);
        }
    }
    if (!portsCosts.steady.isEmpty()) {
        reportMerges(report, "", portsCosts, ss);
        reportMerges(report, ", as the window looks", everythingCosts, ss);
    }
    return {};
}

Result<> benchStalls(const WindowBenchSettings &settings, Report &report)
{
    report.section("How long the window answers nothing");
    return stallsAtOnce(settings, report).and_then([&] { return stallsLive(settings, report); }).and_then([&] {
        return stallsWhileEnding(settings, report);
    });
}

} // namespace Quay::Test
