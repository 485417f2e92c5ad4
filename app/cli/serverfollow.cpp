// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serverfollow.h"

#include "app/cli/uptext.h"
#include "app/shared/format.h"
#include "app/shared/starttext.h"
#include "core/base/pollset.h"
#include "core/kernel/interrupts.h"
#include "core/startup/contradiction.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace Quay {

namespace {

/// Whether @p verdict is another one than @p before, or gives a reason that @p before did not give.
bool tellsMore(const Contradiction &verdict, const std::optional<Contradiction> &before)
{
    return !before || verdict.kind != before->kind
        || (verdict.condition != before->condition && verdict.condition != ProcessCondition::Ordinary);
}

} // namespace

ServerFollow::ServerFollow(CommandContext &context, AgentLink &link, std::string file)
    : m_context(context)
    , m_link(link)
    , m_file(std::move(file))
{
}

void ServerFollow::know(const std::vector<ServerStatus> &servers)
{
    for (const auto &server : servers) {
        if (server.file != m_file) {
            continue;
        }
        m_servers.insert_or_assign(server.name, server);
    }
}

FollowEnd ServerFollow::run(const std::vector<std::string> &names, ServerGoal goal,
                            std::optional<std::chrono::nanoseconds> timeout)
{
    auto interrupts = Interrupts::takeOver();
    if (!interrupts) {
        std::ignore = complainAbout(m_context, interrupts.error());
        return FollowEnd::Lost;
    }
    const auto deadline = timeout.transform([this](auto limit) { return m_context.clock.monotonic() + limit; });
    PollSet set;
    for (;;) {
        if (const auto end = verdict(names, goal)) {
            return *end;
        }
        const auto left = deadline.transform([this](auto end) { return end - m_context.clock.monotonic(); });
        if (left && left->count() <= 0) {
            return FollowEnd::TimeUp;
        }
        set.clear();
        set.add(interrupts->awaited());
        const bool waits = m_link.collect(set);
        set.wait(waits ? left : std::optional(std::chrono::nanoseconds(0)));
        if (interrupts->take()) {
            return FollowEnd::Interrupted;
        }
        if (m_link.hasNews(set) && !takeNews()) {
            return FollowEnd::Lost;
        }
    }
}

bool ServerFollow::takeNews()
{
    const auto news = m_link.news();
    if (!news) {
        std::ignore = complainAbout(m_context, news.error());
        return false;
    }
    take(*news);
    return true;
}

void ServerFollow::take(const std::vector<ServerStatus> &servers)
{
    for (const auto &server : servers) {
        if (server.file == m_file) {
            tell(server);
            m_servers.insert_or_assign(server.name, server);
        }
    }
}

void ServerFollow::tell(const ServerStatus &server)
{
    const auto known = m_servers.find(server.name);
    const bool isNews = known == m_servers.end() || known->second.state != server.state
        || known->second.reason != server.reason || known->second.runId != server.runId;
    const QString text = stateText(server);
    if (isNews && !text.isEmpty()) {
        m_said.insert_or_assign(server.name, text);
        say(server, text);
    }
    tellTrouble(server, known != m_servers.end() ? known->second : ServerStatus());
}

/// What takes too long, or does not fit to what it says of itself, or had to be killed, and was not so @p before.
void ServerFollow::tellTrouble(const ServerStatus &server, const ServerStatus &before)
{
    for (const auto &overdue : server.overdue) {
        if (!std::ranges::contains(before.overdue, overdue.phase, &OverduePhase::phase)) {
            say(server, overdueText(overdue));
        }
    }
    for (const auto &process : server.account.killed) {
        if (!std::ranges::contains(before.account.killed, process)) {
            say(server, killedText(process));
        }
    }
    if (server.unwatchedFor && server.unwatchedFor != before.unwatchedFor) {
        say(server, unwatchedText(*server.unwatchedFor));
    }
    if (server.contradiction && tellsMore(*server.contradiction, before.contradiction)) {
        say(server, contradictionText(*server.contradiction));
    }
}

void ServerFollow::say(const ServerStatus &server, const QString &text)
{
    std::ignore = m_context.err.writeLine(QStringLiteral("quay: %1 %2").arg(shownText(server.name), text));
}

bool ServerFollow::hasSaid(const ServerStatus &server) const
{
    const auto found = m_said.find(server.name);
    return found != m_said.end() && found->second == stateText(server);
}

/// Nothing while one of them may still come to the goal.
std::optional<FollowEnd> ServerFollow::verdict(const std::vector<std::string> &names, ServerGoal goal) const
{
    bool isMissed = false;
    for (const auto &server : servers(names)) {
        switch (standingOf(goal, server)) {
        case GoalStanding::Open:
            return std::nullopt;
        case GoalStanding::Missed:
            isMissed = true;
            break;
        case GoalStanding::Met:
            break;
        }
    }
    return isMissed ? FollowEnd::Missed : FollowEnd::Met;
}

std::vector<ServerStatus> ServerFollow::servers(const std::vector<std::string> &names) const
{
    std::vector<ServerStatus> servers;
    for (const auto &name : names) {
        if (const auto found = m_servers.find(name); found != m_servers.end()) {
            servers.push_back(found->second);
        }
    }
    return servers;
}

} // namespace Quay
