// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/logreader.h"
#include "core/supervise/criline.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace Quay {

/// A log, and what of it is meant.
struct LogPart
{
    std::string path; ///< See ServerPlaces::log().
    LogRange range;
};

/// The logs of several servers as one, in the order of their times. Threads: as LogReader.
class LogMerge
{
public:
    struct Line
    {
        std::size_t log = 0; ///< Index.
        OutputLine line;
    };

    explicit LogMerge(std::span<const LogPart> logs);

    /// Nothing when there is none now.
    [[nodiscard]] std::optional<Line> next();

    /// How often lines of that log went missing before they were read; see LogTail::gaps().
    [[nodiscard]] std::uint64_t gaps(std::size_t log) const { return m_readers[log].gaps(); }

private:
    std::vector<LogReader> m_readers;
};

} // namespace Quay
