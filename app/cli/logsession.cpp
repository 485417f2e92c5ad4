// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/logsession.h"

#include "app/shared/format.h"
#include "core/base/pollset.h"
#include "core/kernel/interrupts.h"
#include "core/logs/logwatch.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace Quay {

namespace {

struct LogSessionTexts
{
    Q_DECLARE_TR_FUNCTIONS(LogSession)
};

std::vector<std::string> namesOf(const std::vector<LogServer> &servers)
{
    std::vector<std::string> names;
    std::ranges::transform(servers, std::back_inserter(names),
                           [](const LogServer &server) { return server.spec.name; });
    return names;
}

std::vector<std::string> pathsOf(const std::vector<LogPart> &logs)
{
    std::vector<std::string> paths;
    std::ranges::transform(logs, std::back_inserter(paths), &LogPart::path);
    return paths;
}

} // namespace

LogSession::LogSession(CommandContext &context, const std::vector<LogServer> &servers, const std::vector<LogPart> &logs,
                       LineSearch *search, const LogStyle &style, std::optional<std::size_t> last)
    : m_context(context)
    , m_servers(servers)
    , m_paths(pathsOf(logs))
    , m_merge(logs)
    , m_search(search)
    , m_printer(context.out, namesOf(servers), style)
    , m_last(last)
    , m_toldGaps(servers.size())
{
}

ExitCode LogSession::show()
{
    showWhatIsThere();
    tellCostlyLines();
    if (m_printed == 0) {
        complain(m_context, LogSessionTexts::tr("No line fits."));
        return ExitCode::NothingThere;
    }
    return ExitCode::Done;
}

ExitCode LogSession::follow()
{
    auto interrupts = Interrupts::takeOver();
    if (!interrupts) {
        return complainAbout(m_context, interrupts.error());
    }
    auto watch = LogWatch::open(m_paths); // before it is read: nothing is missed in between
    if (!watch) {
        return complainAbout(m_context, watch.error());
    }
    showWhatIsThere();
    PollSet set;
    while (m_context.out.state()) {
        set.clear();
        set.add(interrupts->awaited());
        set.add(watch->awaited());
        set.add(m_context.out.closing());
        set.wait(std::nullopt);
        if (interrupts->take() || set.hasCome(m_context.out.closing())) {
            break;
        }
        if (const auto taken = watch->take(); !taken) {
            return complainAbout(m_context, taken.error());
        }
        showNew();
    }
    tellCostlyLines();
    return ExitCode::Done;
}

/// The last ones that are found are known only at the end.
void LogSession::showWhatIsThere()
{
    if (m_search == nullptr || !m_last) {
        showNew();
        return;
    }
    std::vector<std::deque<LogMerge::Line>> last(m_servers.size());
    while (auto next = m_merge.next()) {
        if (!m_search->matches(next->line.text)) {
            continue;
        }
        auto &kept = last[next->log];
        kept.push_back(*std::move(next));
        if (kept.size() > *m_last) {
            kept.pop_front();
        }
    }
    std::vector<LogMerge::Line> lines;
    for (auto &kept : last) {
        std::ranges::move(kept, std::back_inserter(lines));
    }
    std::ranges::stable_sort(lines, {}, [](const LogMerge::Line &line) { return line.line.realTime; });
    for (const auto &line : lines) {
        print(line);
    }
    m_printer.flush();
    tellGaps();
}

void LogSession::showNew()
{
    while (const auto next = m_context.out.state() ? m_merge.next() : std::nullopt) {
        if (m_search == nullptr || m_search->matches(next->line.text)) {
            print(*next);
        }
    }
    m_printer.flush();
    tellGaps();
}

void LogSession::print(const LogMerge::Line &line)
{
    m_printer.print(m_servers[line.log].spec.name, line.line);
    ++m_printed;
}

void LogSession::tellGaps()
{
    for (std::size_t log = 0; log < m_servers.size(); ++log) {
        if (std::exchange(m_toldGaps[log], m_merge.gaps(log)) != m_merge.gaps(log)) {
            complain(m_context,
                     LogSessionTexts::tr("Lines of %1 are missing here: its log was put aside and removed, or emptied, "
                                         "before they were read.")
                         .arg(shownText(m_servers[log].spec.name)));
        }
    }
}

void LogSession::tellCostlyLines()
{
    if (m_search != nullptr && m_search->costlyLines() > 0) {
        complain(m_context,
                 LogSessionTexts::tr("Lines that are left out, since the pattern is too costly on them: %1")
                     .arg(m_search->costlyLines()));
    }
}

} // namespace Quay
