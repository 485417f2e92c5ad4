// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures the real window with its scanner: what it costs at rest, what a look and its merge into the model take, and
// for how long the event loop answers nothing.
//
//   bench_window [--quick] [--json FILE] [--only resting,merge,stalls]
//
// Exit codes: 0 every target was met (or the run was a quick one); 1 one was not; 2 wrong usage, or it could not be
// measured. To be built with the preset `release`, and run on a machine that does nothing else. What is painted costs
// most on a real display; QT_QPA_PLATFORM=offscreen paints as well, into memory.
#include "app/window/aboutdialog.h"
#include "tests/bench/benchoptions.h"
#include "tests/bench/measure.h"
#include "tests/bench/report.h"
#include "tests/bench/windowbenches.h"

#include <QApplication>

#include <KAboutData>

#include <array>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Quay::Test::Report;
using Quay::Test::WindowBenchSettings;

WindowBenchSettings settingsFrom(const Quay::Test::BenchOptions &options)
{
    if (!options.isQuick) {
        return {};
    }
    return {.processes = 60,
            .descriptors = 5,
            .listeners = 12,
            .manyListeners = 200,
            .rounds = 1,
            .watched = std::chrono::milliseconds(500),
            .endings = 30,
            .merges = 2};
}

struct Section
{
    std::string_view name;
    Quay::Result<> (*run)(const WindowBenchSettings &, Report &);
};

constexpr std::array Sections{
    Section{.name = "resting", .run = Quay::Test::benchResting},
    Section{.name = "merge", .run = Quay::Test::benchScanAndMerge},
    Section{.name = "stalls", .run = Quay::Test::benchStalls},
};

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    KAboutData::setApplicationData(Quay::aboutData());
    Quay::Test::BenchWords words;
    for (const Section &section : Sections) {
        words.sections.emplace_back(section.name);
    }
    const auto options = Quay::Test::benchOptionsFrom(argc, argv, words);
    if (!options) {
        return Quay::Test::ExitCannotMeasure;
    }
    Quay::Test::catchInterrupts();
    Report report(std::cout, !options->isQuick);
    for (const Section &section : Sections) {
        if (!options->wants(section.name) || Quay::Test::isInterrupted()) {
            continue;
        }
        if (const auto done = section.run(settingsFrom(*options), report); !done) {
            std::cerr << section.name << ": " << done.error().subject << '\n';
            return Quay::Test::ExitCannotMeasure;
        }
    }
    return concludeBench(*options, report);
}
