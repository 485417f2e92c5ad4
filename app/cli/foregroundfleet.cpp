// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/foregroundfleet.h"

#include "app/cli/alertstext.h"
#include "app/cli/lastlines.h"
#include "app/cli/serverchecks.h"
#include "app/cli/uptext.h"
#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "app/shared/starttext.h"
#include "core/base/pollset.h"
#include "core/kernel/interrupts.h"
#include "core/servers/fleet.h"
#include "core/servers/serverstate.h"
#include "core/service/serverstatus.h"
#include "core/startup/startstatistics.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>
#include <variant>

namespace Quay {

namespace {

struct ForegroundTexts
{
    Q_DECLARE_TR_FUNCTIONS(ForegroundFleet)
};

/// So many tell what is usual.
constexpr std::size_t EarlierStarts = 50;

std::vector<std::string> namesOf(const std::vector<ServerSpec> &servers)
{
    std::vector<std::string> names;
    std::ranges::transform(servers, std::back_inserter(names), &ServerSpec::name);
    return names;
}

bool isBad(ServerState state)
{
    return state == ServerState::Failed || state == ServerState::CrashLoop || state == ServerState::LeftOver;
}

} // namespace

ForegroundFleet::ForegroundFleet(CommandContext &context, const ServerFile &file, const RunnerSettings &settings,
                                 StartupStore &starts)
    : m_context(context)
    , m_file(file)
    , m_starts(starts)
    , m_fleet(file.servers, settings, *this)
    , m_lines(namesOf(file.servers), context.out.traits())
{
}

ExitCode ForegroundFleet::run(const std::vector<ServerSpec> &chosen)
{
    auto interrupts = Interrupts::takeOver();
    if (!interrupts) {
        return complainAbout(m_context, interrupts.error());
    }
    m_fleet.start(namesOf(chosen));
    PollSet set;
    m_fleet.proceed(set);
    while (!m_fleet.isIdle()) {
        set.clear();
        set.add(interrupts->awaited());
        m_fleet.collect(set);
        const auto due = m_fleet.due();
        set.wait(due ? std::optional(*due - m_context.clock.monotonic()) : std::nullopt);
        if (interrupts->take() || (!m_context.out.state() && !m_isStopping)) {
            stop();
        }
        m_fleet.proceed(set);
        if (!isAnybodyStarting()) {
            keepStarts();
        }
    }
    keepStarts();
    return m_hasFailed ? ExitCode::NotAchieved : ExitCode::Done;
}

void ForegroundFleet::stop()
{
    if (std::exchange(m_isStopping, true)) {
        std::ignore = m_context.err.writeLine(ForegroundTexts::tr("Killing whoever is still there."));
        m_fleet.kill(m_fleet.names());
        return;
    }
    std::ignore = m_context.err.writeLine(ForegroundTexts::tr("Stopping them all. Once more kills them."));
    m_fleet.stop(m_fleet.names());
}

void ForegroundFleet::stateChanged(const ServerRunner &server)
{
    m_hasFailed = m_hasFailed || isBad(server.life().state());
    const QString text = m_said.news(statusOf(server, m_fleet, m_file, m_context.clock));
    if (!text.isEmpty()) {
        say(server, text);
    }
    const bool isStarting = server.life().state() == ServerState::Starting; // with warnings, perhaps
    if (isStarting || server.life().reason().cause == StateCause::Preflight) {
        tellUnmetChecks(m_context, server.checks());
    }
}

void ForegroundFleet::say(const ServerRunner &server, const QString &text)
{
    std::ignore = m_context.err.writeLine(QStringLiteral("quay: %1 %2").arg(shownText(server.spec().name), text));
}

void ForegroundFleet::startupNewsCame(const ServerRunner &server, const StartupNews &news)
{
    if (const auto *const run = std::get_if<StartupRun>(&news)) {
        m_unkept.push_back(*run);
    } else if (const auto *const overdue = std::get_if<OverduePhase>(&news)) {
        say(server, overdueText(*overdue));
        showLastLines(m_context, server.startup().lastLines());
    } else if (const auto contradiction = server.startup().contradiction()) { // that it is gone shows by itself
        say(server, contradictionText(*contradiction));
    }
}

bool ForegroundFleet::isAnybodyStarting() const
{
    return std::ranges::any_of(m_fleet.runners(), [](const auto &runner) {
        const auto state = runner->life().state();
        return state == ServerState::Starting || state == ServerState::Checking || runner->awaitsNeeds();
    });
}

void ForegroundFleet::keepStarts()
{
    for (const auto &run : std::exchange(m_unkept, {})) {
        keep(run);
    }
}

/// Says beforehand what is remarkable about it.
void ForegroundFleet::keep(const StartupRun &run)
{
    const auto earlier = m_starts.runs(run.file, run.server, EarlierStarts);
    const auto comparison = compareStart(run, earlier.value_or(std::vector<StartupRun>()));
    if (run.readyAfter && comparison.isSlower && comparison.total) {
        const QString text =
            ForegroundTexts::tr("quay: %1 took clearly longer to be ready than usual: %2 instead of %3")
                .arg(shownText(run.server), elapsedText(*run.readyAfter), elapsedText(comparison.total->median));
        const auto *const slow = mostTelling(comparison);
        std::ignore = m_context.err.writeLine(
            slow == nullptr ? text
                            : ForegroundTexts::tr("%1, most of it in '%2'", "what took longer, a phase of a start")
                                  .arg(text, phaseText(slow->phase)));
    }
    const auto kept = m_starts.add(run);
    if (!kept && !std::exchange(m_hasFailedToKeep, true)) {
        std::ignore = m_context.err.writeLine(ForegroundTexts::tr("quay: how servers start cannot be kept: %1 (%2)")
                                                  .arg(shownText(kept.error().subject), reasonText(kept.error())));
    }
}

void ForegroundFleet::outputCame(const ServerRunner &server, const OutputLine &line)
{
    std::ignore = m_context.out.writeLine(m_lines.line(server.spec().name, line));
}

/// Whoever had to be killed is named: that is what held the stop up.
void ForegroundFleet::eventCame(const ServerRunner &server, const RunEvent &event)
{
    if (const auto process = unstoppedFrom(event)) {
        say(server, killedText(*process));
    }
}

void ForegroundFleet::alertMet(const ServerRunner &server, const AlertNews &news)
{
    const AlertSpec &alert = server.spec().alerts.at(news.rule);
    if (!alert.notifies) {
        return; // it is only counted
    }
    const auto style = alert.level == AlertLevel::Error ? TextStyle::Bad
        : alert.level == AlertLevel::Warning            ? TextStyle::Attention
                                                        : TextStyle::Plain;
    const QString text = styled(alertNewsText(news), style, m_context.err.traits().hasColours);
    std::ignore = m_context.err.writeLine(QStringLiteral("quay: %1: %2").arg(shownText(server.spec().name), text));
}

void ForegroundFleet::watchLimited(const ServerRunner &server, const WatchProblem &problem)
{
    std::ignore = m_context.err.writeLine(
        QStringLiteral("quay: %1: %2").arg(shownText(server.spec().name), watchProblemText(problem)));
}

} // namespace Quay
