// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures what looking at ports costs, against the tools that people use for it, interleaved in the same run.
//
//   bench_ports [--quick] [--json FILE] [--only NAME,NAME...] [--processes N] [--listeners N] [--cgroups N]
//
// Exit codes: 0 every target was met (or the run was a quick one); 1 one was not; 2 wrong usage, or it could not be
// measured. To be built with the preset `release`, and run on a machine that does nothing else.
#include "tests/bench/measure.h"
#include "tests/bench/portbenches.h"
#include "tests/bench/report.h"

#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace {

using Quay::Test::BenchSettings;

struct Options
{
    BenchSettings settings;
    bool isQuick = false;
    std::string jsonPath;
    std::string only; ///< Names with commas around them; empty: all.
};

void makeQuick(BenchSettings &settings)
{
    settings.processes = 60;
    settings.listeners = 12;
    settings.cgroups = 6;
    settings.rounds = 2;
    settings.looksPerRound = 5;
    settings.ticks = 1;
    settings.refreshes = 50;
    settings.events = 30;
    settings.scale = 50;
}

std::optional<Options> parse(int argc, char **argv)
{
    Options options;
    const std::map<std::string_view, int *> numbers{{"--processes", &options.settings.processes},
                                                    {"--listeners", &options.settings.listeners},
                                                    {"--cgroups", &options.settings.cgroups}};
    for (int index = 1; index < argc; ++index) {
        const std::string_view word = argv[index];
        if (word == "--quick") {
            options.isQuick = true;
            makeQuick(options.settings);
        } else if (index + 1 == argc) {
            return std::nullopt;
        } else if (word == "--json") {
            options.jsonPath = argv[++index];
        } else if (word == "--only") {
            options.only = ',' + std::string(argv[++index]) + ',';
        } else if (const auto number = numbers.find(word); number != numbers.end()) {
            *number->second = std::atoi(argv[++index]);
        } else {
            return std::nullopt;
        }
    }
    return options;
}

struct Section
{
    std::string_view name;
    Quay::Result<> (*run)(const BenchSettings &, Quay::Test::Report &);
};

constexpr std::array Sections{
    Section{.name = "tight", .run = Quay::Test::benchTightLoop},
    Section{.name = "second", .run = Quay::Test::benchEverySecond},
    Section{.name = "first", .run = Quay::Test::benchFirstLook},
    Section{.name = "command", .run = Quay::Test::benchCommand},
    Section{.name = "scale", .run = Quay::Test::benchScale},
    Section{.name = "memory", .run = Quay::Test::benchMemory},
    Section{.name = "owners", .run = Quay::Test::benchOwners},
};

} // namespace

int main(int argc, char **argv)
{
    if (argc == 2 && std::string_view(argv[1]) == "--first-look") {
        return Quay::Test::lookForTheFirstTime();
    }
    const auto options = parse(argc, argv);
    if (!options) {
        std::cerr
            << "usage: bench_ports [--quick] [--json FILE] [--only tight,second,first,command,scale,memory,owners]"
               " [--processes N] [--listeners N] [--cgroups N]\n";
        return 2;
    }
    Quay::Test::catchInterrupts();
    Quay::Test::Report report(std::cout, !options->isQuick);
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
