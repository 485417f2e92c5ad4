// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures the recogniser of start-ups against trying every pattern on every line, on the same lines: a server that
// floods its output must not be slowed by who reads along.
//
//   bench_startup [--quick]
//
// Exit codes: 0 every target was met (or the run was a quick one); 1 one was not; 2 the rules cannot be read.
#include "core/startup/recogniser.h"
#include "core/startup/startuprules.h"
#include "tests/bench/measure.h"
#include "tests/bench/report.h"

#include <QString>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace {

using std::chrono::nanoseconds;

constexpr double MostShareOfNaive = 0.05;
constexpr double MostNanosecondsALine = 1000; // 200,000 lines a second in a fifth of a core
constexpr int ExitCannotMeasure = 2;

/// What a busy server prints: requests, queries, traces, with colours here and there, and one line in fifty that some
/// rule has to look at.
std::vector<std::string> makeLines(std::size_t count)
{
    std::vector<std::string> lines;
    for (std::size_t number = 0; number < count; ++number) {
        const auto text = std::to_string(number);
        switch (number % 50) {
        case 0:
            lines.push_back("worker " + text + " is listening for jobs, started on demand");
            break;
        case 7:
        case 17:
            lines.push_back("\x1b[2m2026-01-02T10:11:12.345Z\x1b[0m \x1b[32m INFO\x1b[0m shop::orders: order " + text
                            + " stored");
            break;
        case 13:
            lines.push_back(
                "{\"level\":30,\"time\":1767348672345,\"pid\":4711,\"msg\":\"request completed\",\"id\":" + text + "}");
            break;
        default:
            lines.push_back("INFO:     127.0.0.1:50412 - \"GET /api/items/" + text + "?page=2 HTTP/1.1\" 200 OK");
            break;
        }
    }
    return lines;
}

nanoseconds recogniserCost(const std::vector<std::string> &lines, const std::string &kind, std::size_t &marks)
{
    Quay::Recogniser recogniser(Quay::StartupRules::builtIn(), kind, {});
    const auto cost = Quay::Test::costOf([&] {
        for (const auto &line : lines) {
            marks += recogniser.feed(line, Quay::OutputStream::Output, nanoseconds(1)).size();
        }
    });
    return cost.cpu / lines.size();
}

nanoseconds naiveCost(const std::vector<std::string> &lines, std::size_t &marks)
{
    const auto cost = Quay::Test::costOf([&] {
        for (const auto &line : lines) {
            const QString text = QString::fromStdString(line);
            for (const auto &rule : Quay::StartupRules::builtIn().rules()) {
                if (rule.pattern.match(text).hasMatch()) {
                    ++marks;
                    break;
                }
            }
        }
    });
    return cost.cpu / lines.size();
}

nanoseconds overCost(const std::vector<std::string> &lines)
{
    Quay::Recogniser recogniser(Quay::StartupRules::builtIn(), {}, {});
    recogniser.finish();
    const auto cost = Quay::Test::costOf([&] {
        for (const auto &line : lines) {
            std::ignore = recogniser.feed(line, Quay::OutputStream::Output, nanoseconds(1)).size();
        }
    });
    return cost.cpu / lines.size();
}

} // namespace

int main(int argc, char **argv)
{
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    const bool isQuick = arguments.size() > 1 && std::string_view(arguments[1]) == "--quick";
    if (Quay::StartupRules::builtIn().rules().empty()) {
        std::cerr << "no rules\n";
        return ExitCannotMeasure;
    }
    const auto lines = makeLines(isQuick ? 2'000 : 1'000'000);
    const std::vector<std::string> some(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(lines.size() / 50));
    std::size_t marks = 0;
    std::ignore = naiveCost(some, marks); // patterns are compiled when they have been used for a while
    Quay::Test::Report report(std::cout, !isQuick);
    report.section("recogniser, a line");
    const auto unknown = recogniserCost(lines, {}, marks);
    report.compareTime("kind unknown", "cpu", unknown, "all patterns", naiveCost(some, marks), MostShareOfNaive);
    report.add({.name = "kind unknown",
                .unit = "ns",
                .value = static_cast<double>(unknown.count()),
                .peer = {},
                .mostRatio = MostNanosecondsALine});
    report.add({.name = "kind known",
                .unit = "ns",
                .value = static_cast<double>(recogniserCost(lines, "vite", marks).count()),
                .peer = {},
                .mostRatio = MostNanosecondsALine});
    report.add({.name = "start over", .unit = "ns", .value = static_cast<double>(overCost(lines).count()), .peer = {}});
    report.note("lines a second, one core: "
                + std::to_string(1'000'000'000 / std::max<nanoseconds::rep>(unknown.count(), 1))
                + "; marks: " + std::to_string(marks));
    return isQuick || report.allMet() ? EXIT_SUCCESS : EXIT_FAILURE;
}
