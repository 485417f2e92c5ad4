// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/logprinter.h"
#include "app/cli/logservers.h"
#include "core/logs/linesearch.h"
#include "core/logs/logmerge.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/**
 * Shows the logs of servers as one, and goes on with what is added, for as long as somebody reads it.
 *
 * Threads: blocks the one it runs on.
 */
class LogSession
{
public:
    /// @p logs: of @p servers, in the same order. @p search: null shows everything. @p last: of what it finds in each
    /// log, only the last so many. All arguments but the last outlive this object.
    LogSession(CommandContext &context, const std::vector<LogServer> &servers, const std::vector<LogPart> &logs,
               LineSearch *search, const LogStyle &style, std::optional<std::size_t> last);

    /// What is there.
    [[nodiscard]] ExitCode show();
    /// The same, and what comes, until SIGINT, SIGTERM or SIGHUP, or until nobody reads any more.
    [[nodiscard]] ExitCode follow();

private:
    void showWhatIsThere();
    void showNew();
    void print(const LogMerge::Line &line);
    void tellGaps();
    void tellCostlyLines();

    CommandContext &m_context;
    const std::vector<LogServer> &m_servers;
    std::vector<std::string> m_paths;
    LogMerge m_merge;
    LineSearch *m_search;
    LogPrinter m_printer;
    std::optional<std::size_t> m_last;
    std::vector<std::uint64_t> m_toldGaps; ///< By server.
    std::uint64_t m_printed = 0; ///< lines
};

} // namespace Quay
