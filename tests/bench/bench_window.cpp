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
#include "tests/bench/measure.h"
#include "tests/bench/report.h"
#include "tests/bench/windowbenches.h"

#include <QApplication>

#include <KAboutData>

#include <array>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Quay::Test::Report;
using Quay::Test::WindowBenchSettings;

struct Options
{
    WindowBenchSettings settings;
    bool isQuick = false;
    std::string jsonPath;
    std::string only; ///< Names with commas around them; empty: all.
};

std::optional<Options> parse(const std::vector<std::string> &words)
{
    Options options;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "--quick") {
            options.isQuick = true;
            options.settings = {.processes = 60,
                                .descriptors = 5,
                                .listeners = 12,
                                .manyListeners = 200,
                                .rounds = 1,
                                .watched = std::chrono::milliseconds(500),
                                .endings = 30,
                                .merges = 2};
        } else if (words[i] == "--json" && i + 1 < words.size()) {
            options.jsonPath = words[++i];
        } else if (words[i] == "--only" && i + 1 < words.size()) {
            options.only = ',' + words[++i] + ',';
        } else {
            return std::nullopt;
        }
    }
    return options;
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
    const auto options = parse({argv, argv + argc});
    if (!options) {
        std::cerr << "usage: bench_window [--quick] [--json FILE] [--only resting,merge,stalls]\n";
        return 2;
    }
    Quay::Test::catchInterrupts();
    Report report(std::cout, !options->isQuick);
    for (const Section &section : Sections) {
        const bool isWanted = options->only.empty() || options->only.contains(',' + std::string(section.name) + ',');
        if (!isWanted || Quay::Test::isInterrupted()) {
            continue;
        }
        if (const auto done = section.run(options->settings, report); !done) {
            std::cerr << section.name << ": " << done.error().subject << '\n';
            return 2;
        }
    }
    if (!options->jsonPath.empty()) {
        std::ofstream json(options->jsonPath);
        report.writeJson(json);
    }
    return options->isQuick || report.allMet() ? 0 : 1;
}
