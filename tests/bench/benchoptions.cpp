// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/benchoptions.h"

#include "core/base/number.h"
#include "tests/bench/report.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <ranges>
#include <span>

namespace Quay::Test {

namespace {

std::vector<std::string> split(std::string_view list)
{
    std::vector<std::string> words;
    for (const auto word : list | std::views::split(',')) {
        words.emplace_back(std::string_view(word));
    }
    return words;
}

void printUsage(std::string_view program, const BenchWords &words)
{
    std::cerr << "usage: " << std::filesystem::path(program).filename().string() << " [--quick] [--json FILE]";
    for (const auto &number : words.numbers) {
        std::cerr << " [" << number << " N]";
    }
    if (!words.sections.empty()) {
        std::cerr << " [--only " << words.sections.front();
        for (const auto &section : words.sections | std::views::drop(1)) {
            std::cerr << ',' << section;
        }
        std::cerr << ']';
    }
    std::cerr << '\n';
}

/// Takes one option that has a value. Whether it is right.
bool take(BenchOptions &options, const std::string &name, std::string_view value, const BenchWords &words)
{
    if (name == "--json") {
        options.jsonPath = value;
        return true;
    }
    if (name == "--only") {
        options.only = split(value);
        return std::ranges::all_of(options.only,
                                   [&words](const auto &one) { return std::ranges::contains(words.sections, one); });
    }
    const auto number = numberFromText<int>(value);
    if (!std::ranges::contains(words.numbers, name) || !number || *number < 1) {
        return false;
    }
    options.numbers[name] = *number;
    return true;
}

} // namespace

bool BenchOptions::wants(std::string_view section) const
{
    return only.empty() || std::ranges::contains(only, section);
}

int BenchOptions::number(std::string_view name, int otherwise) const
{
    const auto given = numbers.find(name);
    return given != numbers.end() ? given->second : otherwise;
}

std::optional<BenchOptions> benchOptionsFrom(int argc, char **argv, const BenchWords &words)
{
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    BenchOptions options;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::string name = arguments[i];
        if (name == "--quick") {
            options.isQuick = true;
        } else if (i + 1 == arguments.size() || !take(options, name, arguments[++i], words)) {
            printUsage(arguments.front(), words);
            return std::nullopt;
        }
    }
    return options;
}

int concludeBench(const BenchOptions &options, const Report &report)
{
    if (!options.jsonPath.empty()) {
        std::ofstream json(options.jsonPath);
        report.writeJson(json);
    }
    return options.isQuick || report.allMet() ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace Quay::Test
