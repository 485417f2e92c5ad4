// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/report.h"

#include <algorithm>
#include <format>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

namespace Quay::Test {

namespace {

double ratioOf(const ReportLine &line)
{
    return line.peer.empty() ? line.value : line.value / line.peerValue;
}

/// `1/312` for what is much smaller, `0.63` for what is not.
std::string ratioText(double ratio)
{
    constexpr double Readable = 0.5;
    return ratio > 0 && ratio < Readable ? std::format("1/{:.0f}", 1 / ratio) : std::format("{:.2f}", ratio);
}

std::string numberText(double number)
{
    return number < 100 ? std::format("{:.1f}", number) : std::format("{:.0f}", number);
}

double microseconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double, std::micro>(duration).count();
}

} // namespace

Report::Report(std::ostream &stream, bool judges)
    : m_stream(stream)
    , m_judges(judges)
{
}

void Report::section(const std::string &title)
{
    m_section = title;
    m_stream << '\n' << title << '\n' << std::string(title.size(), '-') << '\n' << std::flush;
}

std::optional<bool> Report::isMet(const ReportLine &line)
{
    return line.mostRatio.transform([&line](double most) { return ratioOf(line) <= most; });
}

void Report::add(ReportLine line)
{
    m_stream << std::format("{:<46} {:>9} {:<10}", line.name, numberText(line.value), line.unit);
    if (!line.peer.empty()) {
        m_stream << std::format(" {:<26} {:>9}  ratio {:>7}", line.peer, numberText(line.peerValue),
                                ratioText(ratioOf(line)));
    }
    if (line.mostRatio) {
        const char *verdict = !m_judges ? "not judged" : *isMet(line) ? "met" : "NOT MET";
        m_stream << std::format("  target {:>6}  {}", ratioText(*line.mostRatio), verdict);
    }
    m_stream << '\n' << std::flush;
    m_entries.push_back({.section = m_section, .line = std::move(line)});
}

void Report::addTime(const std::string &name, const std::string &kind, std::chrono::nanoseconds value)
{
    add({.name = name, .unit = "us " + kind, .value = microseconds(value), .peer = {}});
}

void Report::compareTime(const std::string &name, const std::string &kind, std::chrono::nanoseconds value,
                         const std::string &peer, std::chrono::nanoseconds peerValue, double mostRatio)
{
    add({.name = name,
         .unit = "us " + kind,
         .value = microseconds(value),
         .peer = peer,
         .peerValue = microseconds(peerValue),
         .mostRatio = mostRatio});
}

void Report::note(const std::string &text)
{
    m_stream << text << '\n' << std::flush;
}

bool Report::allMet() const
{
    return std::ranges::all_of(m_entries, [](const Entry &entry) { return isMet(entry.line).value_or(true); });
}

void Report::writeJson(std::ostream &stream) const
{
    // Every text is one of ours and needs no escaping.
    stream << "{\n  \"schema\": 1,\n  \"lines\": [";
    const char *separator = "\n";
    for (const auto &[section, line] : m_entries) {
        stream << separator
               << std::format(R"(    {{"section": "{}", "name": "{}", "unit": "{}", "value": {:.3f})", section,
                              line.name, line.unit, line.value);
        if (!line.peer.empty()) {
            stream << std::format(R"(, "peer": "{}", "peerValue": {:.3f}, "ratio": {:.6f})", line.peer, line.peerValue,
                                  ratioOf(line));
        }
        if (line.mostRatio) {
            stream << std::format(R"(, "mostRatio": {:.6f}, "isMet": {})", *line.mostRatio, *isMet(line));
        }
        stream << '}';
        separator = ",\n";
    }
    stream << "\n  ]\n}\n";
}

} // namespace Quay::Test
