// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures the rules that name processes: they are read at every start of the command line, and every new process that
// holds a port, with all its parents, is looked up in them.
//
//   bench_rules [--quick]
//
// Exit codes: 0 every target was met (or the run was a quick one); 1 one was not; 2 the rules cannot be read.
#include "core/base/readfile.h"
#include "core/processes/kindrules.h"
#include "tests/bench/measure.h"
#include "tests/bench/report.h"

#include <array>
#include <cstdlib>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr double MostLoadMicroseconds = 1000;
constexpr int ExitCannotMeasure = 2;

using Arguments = std::vector<std::string>;

/// What a developer's machine runs: a match by name, by script, by title, by condition, and none at all.
const std::array<Arguments, 6> CommandLines{
    Arguments{"/usr/lib/postgresql/17/bin/postgres", "-D", "/var/lib/postgresql/17/main"},
    Arguments{"node", "/home/anna/shop/node_modules/.bin/vite", "--port", "3000"},
    Arguments{"nginx: worker process"},
    Arguments{"/usr/bin/java", "-Xmx2g", "-cp", "/srv/shop/lib/app.jar", "com.example.Main"},
    Arguments{"-zsh"},
    Arguments{"/usr/lib/policykit-1/polkitd", "--no-debug"},
};

void measureLoading(Quay::Test::Report &report, const std::string &json, int times)
{
    const auto cost = Quay::Test::costOf([&json] { std::ignore = Quay::KindRules::fromJson(json).has_value(); }, times);
    report.add({.name = "read and index the rules",
                .unit = "us",
                .value = std::chrono::duration<double, std::micro>(cost.cpu).count(),
                .peer = {},
                .mostRatio = MostLoadMicroseconds});
}

void measureLookUps(Quay::Test::Report &report, const Quay::KindRules &rules, int times)
{
    const auto cost = Quay::Test::costOf(
        [&rules] {
            for (const auto &arguments : CommandLines) {
                const Quay::ProcessFacts facts{
                    .name = arguments.front(), .arguments = &arguments, .executable = arguments.front()};
                std::ignore = rules.serverKind(facts).has_value();
                std::ignore = rules.launcherKind(facts);
            }
        },
        times);
    report.addTime("kind and launcher of a process", "cpu", cost.cpu / CommandLines.size());
}

} // namespace

int main(int argc, char **argv)
{
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    const bool isQuick = arguments.size() > 1 && std::string_view(arguments[1]) == "--quick";
    const auto json = Quay::readFile(QUAY_SOURCE_DIR "/resources/kinds.json");
    const auto rules = json.and_then([](const std::string &text) { return Quay::KindRules::fromJson(text); });
    if (!rules) {
        std::cerr << rules.error().subject << '\n';
        return ExitCannotMeasure;
    }
    Quay::Test::Report report(std::cout, !isQuick);
    report.section("rules");
    measureLoading(report, *json, isQuick ? 5 : 500);
    measureLookUps(report, *rules, isQuick ? 100 : 100'000);
    return isQuick || report.allMet() ? EXIT_SUCCESS : EXIT_FAILURE;
}
