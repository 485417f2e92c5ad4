// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/runlink.h"

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/control/pinnedprocess.h"
#include "core/kernel/descriptorlimit.h"
#include "core/kernel/procfs.h"
#include "core/supervise/controlclient.h"
#include "core/supervise/controlmessage.h"
#include "core/supervise/launch.h"
#include "core/supervise/lease.h"
#include "core/supervise/runevent.h"
#include "core/supervise/runrecord.h"

#include <cerrno>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fcntl.h>
#include <poll.h>

namespace Quay {

namespace {

bool isTooManyDescriptors(const Error &error)
{
    return error.code == ErrorCode::Io && error.sysErrno == EMFILE;
}

} // namespace

RunLink::RunLink(ServerPlaces places, std::string runId)
    : m_places(std::move(places))
    , m_runId(std::move(runId))
{
}

std::expected<RunLink, LaunchFailure> RunLink::launch(const std::string &program, const RunDescription &description,
                                                      const std::optional<UserScopes> &scopes)
{
    RunLink link(description.places, description.runId);
    link.m_reserve = UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (!link.m_reserve) {
        return std::unexpected(
            LaunchFailure{.problem = LaunchProblem::Failed, .error = errorFromErrno(errno, program)});
    }
    auto launch = Launch::begin(program, description, scopes);
    if (!launch) {
        return std::unexpected(std::move(launch).error());
    }
    link.m_launch = *std::move(launch);
    return link;
}

Result<RunLink> RunLink::attach(const ServerPlaces &places, std::string runId)
{
    RunLink link(places, std::move(runId));
    if (const auto lease = readLease(places.lease()); lease && lease->runId == link.m_runId) {
        link.m_supervisor = lease->supervisor;
    }
    if (const auto connected = link.connect(); !connected) {
        return std::unexpected(connected.error());
    }
    return link;
}

Result<> RunLink::connect()
{
    auto client = ControlClient::connect(m_places);
    // Else it would be taken for lost, and goes on all the same.
    while (!client && isTooManyDescriptors(client.error()) && raiseDescriptorLimit()) {
        client = ControlClient::connect(m_places);
    }
    if (!client) {
        return std::unexpected(client.error());
    }
    const auto sent = client->send({.verb = ControlVerb::Subscribe});
    if (!sent) {
        return std::unexpected(sent.error());
    }
    m_client = *std::move(client);
    return {};
}

std::optional<pollfd> RunLink::awaited() const
{
    if (m_launch) {
        return pollfd{.fd = m_launch->descriptor(), .events = POLLIN, .revents = 0};
    }
    if (m_client) {
        return pollfd{.fd = m_client->descriptor(), .events = POLLIN, .revents = 0};
    }
    if (m_ending) {
        return pollfd{.fd = m_ending->handle().descriptor(), .events = POLLIN, .revents = 0};
    }
    return std::nullopt;
}

std::vector<RunNews> RunLink::proceed()
{
    std::vector<RunNews> news;
    if (m_launch) {
        proceedLaunch(news);
    } else if (m_client) {
        proceedConnection(news);
    } else if (m_ending) {
        conclude(news);
    }
    return news;
}

void RunLink::proceedLaunch(std::vector<RunNews> &news)
{
    auto outcome = m_launch->take();
    if (!outcome) {
        return;
    }
    m_launch.reset();
    m_reserve.reset();
    if (!*outcome) {
        news.emplace_back(std::move(*outcome).error());
        return;
    }
    m_supervisor = (*outcome)->supervisor;
    news.emplace_back(**outcome);
    if (!connect()) {
        lose(news); // a run that was over at once: its record tells
    }
}

void RunLink::proceedConnection(std::vector<RunNews> &news)
{
    auto messages = m_client->receive();
    if (!messages) {
        lose(news);
        return;
    }
    for (auto &message : *messages) {
        if (auto *const event = std::get_if<RunEvent>(&message)) {
            if (event->number > m_lastEvent + 1) {
                catchUp(news);
            }
            tell(std::move(*event), news);
        } else if (const auto *const position = std::get_if<LogPosition>(&message)) {
            news.emplace_back(*position);
        } else if (const auto &reply = std::get<ControlReply>(message); reply.status) {
            if (reply.status->eventCount > m_lastEvent) {
                catchUp(news);
            }
            news.emplace_back(reply.status->log);
        }
    }
}

void RunLink::tell(RunEvent event, std::vector<RunNews> &news)
{
    if (event.number <= m_lastEvent) {
        return;
    }
    m_lastEvent = event.number;
    m_hasEnded = m_hasEnded || event.kind == RunEventKind::Ended;
    news.emplace_back(std::move(event));
}

/// Tells what the record has beyond what was told.
void RunLink::catchUp(std::vector<RunNews> &news)
{
    auto record = readRunRecord(m_places.record(m_runId));
    if (!record) {
        return; // the disk was full: what happened then is known to nobody
    }
    for (auto &event : record->events) {
        tell(std::move(event), news);
    }
}

/// The connection has ended: with the supervisor, unless that has given us up because we were slow. The last that it
/// does is to complete its record.
void RunLink::lose(std::vector<RunNews> &news)
{
    m_client.reset();
    if (!m_hasEnded && connect()) {
        return;
    }
    const auto proc = ProcFs::open();
    if (proc && m_supervisor) {
        if (auto pinned = PinnedProcess::open(*proc, m_supervisor->id, m_supervisor->serial)) {
            m_ending.emplace(*std::move(pinned));
            return;
        }
    }
    conclude(news);
}

void RunLink::conclude(std::vector<RunNews> &news)
{
    m_ending.reset();
    catchUp(news);
    news.emplace_back(SupervisorGone{.hasEnded = m_hasEnded});
}

Result<> RunLink::stop(bool isForced)
{
    if (!m_client) {
        return fail(ErrorCode::Gone, "supervisor");
    }
    return m_client->send({.verb = ControlVerb::Stop, .isForced = isForced}).transform([](std::uint64_t /*id*/) { });
}

} // namespace Quay
