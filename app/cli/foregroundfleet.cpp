// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/foregroundfleet.h"

#include "app/cli/alertstext.h"
#include "app/cli/checktext.h"
#include "app/cli/interrupts.h"
#include "app/cli/portholder.h"
#include "app/cli/uptext.h"
#include "app/shared/format.h"
#include "core/base/pollset.h"
#include "core/servers/fleet.h"
#include "core/servers/serverstate.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

namespace Quay {

namespace {

struct ForegroundTexts
{
    Q_DECLARE_TR_FUNCTIONS(ForegroundFleet)
};

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

std::string superviseProgram()
{
    const QString self = QFileInfo(QStringLiteral("/proc/self/exe")).symLinkTarget();
    return QString(self.section(u'/', 0, -2) + QStringLiteral("/quaymaster-supervise")).toStdString();
}

ForegroundFleet::ForegroundFleet(CommandContext &context, const std::vector<ServerSpec> &servers,
                                 const RunnerSettings &settings)
    : m_context(context)
    , m_fleet(servers, settings, *this)
    , m_lines(namesOf(servers), context.out.traits())
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
    }
    return m_hasFailed ? ExitCode::NotAchieved : ExitCode::Done;
}

void ForegroundFleet::stop()
{
    if (std::exchange(m_isStopping, true)) {
        std::ignore = m_context.err.writeLine(ForegroundTexts::tr("Killing whoever is still there."));
        m_fleet.forceAll();
        return;
    }
    std::ignore = m_context.err.writeLine(ForegroundTexts::tr("Stopping them all. Once more kills them."));
    m_fleet.stopAll();
}

void ForegroundFleet::stateChanged(const ServerRunner &server)
{
    m_hasFailed = m_hasFailed || isBad(server.life().state());
    const QString text = stateText(server);
    if (!text.isEmpty()) {
        std::ignore = m_context.err.writeLine(QStringLiteral("quay: %1 %2").arg(shownText(server.spec().name), text));
    }
    const bool isStarting = server.life().state() == ServerState::Starting; // with warnings, perhaps
    if (isStarting || server.life().reason().cause == StateCause::Preflight) {
        reportChecks(server);
    }
}

/// Whatever was not passed, with the way out.
void ForegroundFleet::reportChecks(const ServerRunner &server)
{
    std::vector<CheckOutcome> unmet;
    std::vector<std::string> holders;
    for (const auto &outcome : server.checks()) {
        if (outcome.isMet) {
            continue;
        }
        unmet.push_back(outcome);
        const auto *const port = std::get_if<PortCheck>(&outcome.check.subject);
        const bool isHeld = outcome.finding == CheckFinding::PortHeld && port != nullptr;
        holders.push_back(isHeld ? portHolder(m_context, port->port, port->protocol) : std::string());
    }
    if (unmet.empty()) {
        return;
    }
    std::ignore = m_context.err.write(checkReport(unmet, holders, m_context.err.traits()).toStdString());
}

void ForegroundFleet::outputCame(const ServerRunner &server, const OutputLine &line)
{
    std::ignore = m_context.out.writeLine(m_lines.line(server.spec().name, line));
}

/// Whoever had to be killed is named: that is what held the stop up.
void ForegroundFleet::eventCame(const ServerRunner &server, const RunEvent &event)
{
    if (event.kind == RunEventKind::Killed && event.process) {
        std::ignore = m_context.err.writeLine(
            ForegroundTexts::tr("quay: of %1, process %2 had not ended in time and was killed: %3")
                .arg(shownText(server.spec().name))
                .arg(event.process->id.pid)
                .arg(shownText(event.text.value_or(std::string()))));
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
