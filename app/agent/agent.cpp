// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/agent/agent.h"

#include "core/base/makedirectories.h"
#include "core/base/pollset.h"
#include "core/base/result.h"
#include "core/control/portproof.h"
#include "core/kernel/bootid.h"
#include "core/kernel/descriptorlimit.h"
#include "core/kernel/unixsocket.h"
#include "core/probes/httpprobe.h"
#include "core/servers/serverrunner.h"
#include "core/servers/variables.h"
#include "core/service/agentclient.h"
#include "core/service/siblingprogram.h"
#include "core/supervise/serverplaces.h"

#include <QString>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include <poll.h>

namespace Quay {

namespace {

constexpr std::chrono::seconds LockPatience{10};
constexpr int LockIntervalMs = 2;

/// Nothing when another agent is there. One that was killed is gone for its clients a moment before its lock is free,
/// and whoever starts the next one starts no other: so the lock is waited for as long as nobody answers.
Result<std::optional<FileLock>> takeLock(const AgentPlaces &places, const Clock &clock)
{
    const auto deadline = clock.monotonic() + LockPatience;
    for (;;) {
        auto lock = FileLock::take(places.lock());
        if (!lock || *lock || AgentClient::connect(places) || clock.monotonic() >= deadline) {
            return lock;
        }
        ::poll(nullptr, 0, LockIntervalMs);
    }
}

} // namespace

Agent::Agent(AgentPlaces places, FileLock lock, Interrupts interrupts, ProcFs proc)
    : m_places(std::move(places))
    , m_lock(std::move(lock))
    , m_interrupts(std::move(interrupts))
    , m_proc(std::move(proc))
    , m_diag(diagTransportOrRefusal())
    , m_members(m_proc, m_clock)
    , m_http(QStringLiteral("quay-http"))
    , m_stops(m_clock)
{
}

Result<std::unique_ptr<Agent>> Agent::open(Interrupts interrupts)
{
    auto places = agentPlaces();
    if (!places) {
        return std::unexpected(std::move(places).error());
    }
    if (const auto made = makeDirectoriesOf(places->lock()); !made) {
        return std::unexpected(made.error());
    }
    auto lock = takeLock(*places, systemClock());
    if (!lock) {
        return std::unexpected(std::move(lock).error());
    }
    if (!*lock) {
        return nullptr;
    }
    auto proc = ProcFs::open();
    if (!proc) {
        return std::unexpected(std::move(proc).error());
    }
    std::unique_ptr<Agent> agent(
        new Agent(*std::move(places), **std::move(lock), std::move(interrupts), *std::move(proc)));
    return agent->begin().transform([&agent] { return std::move(agent); });
}

Result<> Agent::begin()
{
    while (raiseDescriptorLimit()) { } // each server takes some, and select() is used by nobody here
    const auto places = serversPlaces();
    const auto bootId = readBootId(m_proc);
    if (!places || !bootId) {
        return std::unexpected(!places ? places.error() : bootId.error());
    }
    const auto createRequester = [this] { return createHttpRequester(m_http); };
    m_keeper.emplace(
        RunnerSettings{
            .superviseProgram = siblingProgram("quaymaster-supervise"),
            .scopes = sessionScopes(),
            .project = {},
            .file = {},
            .places = *places,
            .inherited = {},
            .probes = {.proc = &m_proc,
                       .diag = &m_diag,
                       .members = &m_members,
                       .createRequester = createRequester,
                       .clock = &m_clock},
            .preflight = {.prove = [this](const PortClaim &claim) { return provePort(m_diag, claim); },
                          .createRequester = createRequester,
                          .canRequest = [this] { return canRequestHttp(m_http); }},
        },
        m_places.projects(), *bootId, [this](const ServerStatus &status) {
            m_stops.follow(status);
            if (m_server) {
                m_server->publish({.server = status});
            }
        });
    m_keeper->takeUp(); // before anybody can ask: there is no moment in which a server is not known
    auto listener = listenAt(m_places.socket(), SocketKind::Stream);
    if (!listener) {
        return std::unexpected(std::move(listener).error());
    }
    m_server.emplace(*std::move(listener), [this](const AgentRequest &request) { return m_keeper->answer(request); });
    return {};
}

/// Until it ends for want of work; nothing while there is some.
std::optional<std::chrono::nanoseconds> Agent::patience()
{
    if (m_server->hasClients() || !m_keeper->isAtRest()) {
        m_atRestSince.reset();
        return std::nullopt;
    }
    if (!m_atRestSince) {
        m_atRestSince = m_clock.monotonic();
    }
    return std::max(*m_atRestSince + RestPatience - m_clock.monotonic(), std::chrono::nanoseconds(0));
}

void Agent::run()
{
    PollSet set;
    m_keeper->proceed(set);
    while (!m_interrupts.take()) {
        auto timeout = patience();
        if (timeout && timeout->count() == 0) {
            return;
        }
        set.clear();
        set.add(m_interrupts.awaited());
        m_server->collect(set);
        m_keeper->collect(set);
        if (const auto due = m_keeper->due()) {
            const auto left = *due - m_clock.monotonic();
            timeout = timeout ? std::min(*timeout, left) : left;
        }
        set.wait(timeout);
        m_server->proceed(set);
        m_keeper->proceed(set);
    }
}

} // namespace Quay
