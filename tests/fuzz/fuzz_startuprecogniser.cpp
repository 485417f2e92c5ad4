// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/linepattern.h"
#include "core/startup/recogniser.h"
#include "core/startup/timeline.h"
#include "tests/fuzz/require.h"

#include <QString>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using Quay::Fuzz::require;

namespace {

/// A pattern of the user's that matches a line finds in it what it is said to need.
void checkLiteral(std::string_view pattern, std::string_view line)
{
    const auto compiled = Quay::LinePattern::compile(pattern);
    const QString text = QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()));
    const bool isText = text.toStdString() == line && QString::fromUtf8(pattern).toStdString() == pattern;
    if (compiled && isText && compiled->match(text).hasMatch()) {
        require(line.contains(Quay::requiredLiteral(pattern)));
    }
}

} // namespace

// The first line is a pattern of the user's, the others are the output of a server whose kind is unknown.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view rest = Quay::Fuzz::asText(data, size);
    const auto pattern = rest.substr(0, rest.find('\n'));
    auto phases = Quay::compilePhases({{.name = "own", .pattern = std::string(pattern)}});
    Quay::Recogniser recogniser(Quay::StartupRules::builtIn(), {},
                                phases ? *std::move(phases) : std::vector<Quay::CompiledPhase>());
    Quay::Timeline timeline(std::chrono::seconds(1), {});
    std::chrono::nanoseconds at{};
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const auto line = rest.substr(0, end);
        checkLiteral(pattern, line);
        for (const auto &mark :
             recogniser.feed(line, Quay::OutputStream::Output, at += std::chrono::milliseconds(200))) {
            require(mark.line.size() <= Quay::MostMarkLineBytes + 100); // masks may be longer than what they hide
            timeline.apply(mark);
        }
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    timeline.serverEnded(at);
    for (const auto &phase : timeline.phases()) {
        require(phase.begin.count() >= 0 && phase.end && *phase.end >= phase.begin);
    }
    return 0;
}
