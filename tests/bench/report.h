// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace Quay::Test {

/// One line of a benchmark's table.
struct ReportLine
{
    std::string name; ///< What was measured.
    std::string unit; ///< `us` of CPU or wall time, `KiB`, `mistakes` ...
    double value = 0;
    std::string peer; ///< What it is compared with; empty: with nothing.
    double peerValue = 0;
    std::optional<double> mostRatio; ///< value / peerValue, or value itself without a peer, may be at most this.
};

/// Collects what a benchmark measured and prints it, each line as soon as it is known.
class Report
{
public:
    /// @p judges false: targets are printed, but nothing is said about them (a quick run proves nothing).
    Report(std::ostream &stream, bool judges);

    void section(const std::string &title);
    void add(ReportLine line);
    /// A line in microseconds.
    void addTime(const std::string &name, const std::string &kind, std::chrono::nanoseconds value);
    void compareTime(const std::string &name, const std::string &kind, std::chrono::nanoseconds value,
                     const std::string &peer, std::chrono::nanoseconds peerValue, double mostRatio);
    void note(const std::string &text);

    /// Whether every target was met.
    [[nodiscard]] bool allMet() const;
    void writeJson(std::ostream &stream) const;

private:
    struct Entry
    {
        std::string section;
        ReportLine line;
    };
    [[nodiscard]] static std::optional<bool> isMet(const ReportLine &line);

    std::ostream &m_stream;
    bool m_judges;
    std::string m_section;
    std::vector<Entry> m_entries;
};

} // namespace Quay::Test
