// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/logmerge.h"

#include "core/logs/logreader.h"
#include "core/supervise/criline.h"

#include <cstddef>
#include <optional>
#include <span>

namespace Quay {

LogMerge::LogMerge(std::span<const LogPart> logs)
{
    for (const auto &log : logs) {
        m_readers.emplace_back(log.path, log.range);
    }
}

std::optional<LogMerge::Line> LogMerge::next()
{
    const OutputLine *earliest = nullptr;
    std::size_t log = 0;
    for (std::size_t index = 0; index < m_readers.size(); ++index) {
        const OutputLine *const line = m_readers[index].peek();
        if (line != nullptr && (earliest == nullptr || line->realTime < earliest->realTime)) {
            earliest = line;
            log = index;
        }
    }
    if (earliest == nullptr) {
        return std::nullopt;
    }
    Line next{.log = log, .line = *earliest};
    m_readers[log].pop();
    return next;
}

} // namespace Quay
