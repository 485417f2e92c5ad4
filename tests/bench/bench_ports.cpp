// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures what looking at ports costs, against the tools that people use for it, interleaved in the same run.
//
//   bench_ports [--quick] [--json FILE] [--only NAME,NAME...] [--processes N] [--listeners N] [--cgroups N]
//
// Exit codes: 0 every target was met (or the run was a quick one); 1 one was not; 2 wrong usage, or it could not be
// measured. To be built with the preset `release`, and run on a machine that does nothing else.
#include "tests/bench/benchoptions.h"
#include "tests/bench/measure.h"
#include "tests/bench/portbenches.h"
#include "tests/bench/report.h"

#include <array>
#include <iostream>
#include <string>
#include <string_view>

namespace {

using Quay::Test::BenchSettings;

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

BenchSettings settingsFrom(const Quay::Test::BenchOptions &options)
{
    BenchSettings settings;
    if (options.isQuick) {
        makeQuick(settings);
    }
    settings.processes = options.number("--processes", settings.processes);
    settings.listeners = options.number("--listeners", settings.listeners);
    settings.cgroups = options.number("--cgroups", settings.cgroups);
    return settings;
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
    Quay::Test::BenchWords words{.numbers = {"--processes", "--listeners", "--cgroups"}, .sections = {}};
    for (const Section &section : Sections) {
        words.sections.emplace_back(section.name);
    }
    const auto options = Quay::Test::benchOptionsFrom(argc, argv, words);
    if (!options) {
        return Quay::Test::ExitCannotMeasure;
    }
    Quay::Test::catchInterrupts();
    Quay::Test::Report report(std::cout, !options->isQuick);
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
