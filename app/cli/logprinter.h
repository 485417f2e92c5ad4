// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "app/cli/serverlines.h"
#include "core/logs/linesearch.h"
#include "core/supervise/criline.h"

#include <QString>

#include <string>
#include <vector>

namespace Quay {

/// How lines of logs are to look.
struct LogStyle
{
    bool isJson = false;
    bool hasTimes = false; ///< Before each line; JSON always has them.
    const LineSearch *search = nullptr; ///< What it finds is highlighted where there are colours.
};

/**
 * Prints lines of logs: many at once, for each write costs more than a line.
 *
 * Lines of one server alone have no name before them unless they go to a terminal, so that others can read them as they
 * are.
 */
class LogPrinter
{
public:
    /// @p out and what @p style points to outlive this object.
    LogPrinter(Output &out, const std::vector<std::string> &servers, const LogStyle &style);

    void print(const std::string &server, const OutputLine &line);
    /// Writes what is not written yet; to be called before waiting.
    void flush();

private:
    void printText(const std::string &server, const OutputLine &line);
    void printJson(const std::string &server, const OutputLine &line);
    [[nodiscard]] QString highlighted(const OutputLine &line) const;

    Output &m_out;
    ServerLines m_lines;
    LogStyle m_style;
    bool m_hasPrefixes;
    CriFormatter m_times;
    std::string m_text; ///< Not written yet.
};

} // namespace Quay
