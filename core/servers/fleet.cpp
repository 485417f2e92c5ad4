// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/fleet.h"

#include "core/base/earliest.h"
#include "core/base/pollset.h"
#include "core/servers/restartbook.h"
#include "core/servers/serverlife.h"
#include "core/servers/serverrunner.h"
#include "core/servers/serverspec.h"
#include "core/servers/serverstate.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

bool isOver(const ServerLife &life)
{
    return !isUp(life.state()) && life.state() != ServerState::Waiting && life.state() != ServerState::Checking;
}

bool runs(const ServerLife &life)
{
    return isUp(life.state()) && life.state() != ServerState::Stopping;
}

bool hasExitedWell(const ServerRunner &server)
{
    return server.life().state() == ServerState::Stopped && server.life().reason().cause == StateCause::Exit;
}

bool shareAGroup(const ServerSpec &left, const ServerSpec &right)
{
    return std::ranges::any_of(
        left.groups, [&right](const std::string &group) { return std::ranges::contains(right.groups, group); });
}

/// Whether it failed for want of somebody else.
bool lacksNeed(const ServerRunner &server)
{
    return server.life().state() == ServerState::Failed && server.life().reason().cause == StateCause::Need;
}

/// Whether a changed file has started it again.
bool isBroughtBack(const ServerRunner &server)
{
    return !isOver(server.life()) && server.life().reason().cause == StateCause::Files;
}

/// Whether it ended by itself, and with it those of its groups.
bool endsItsGroup(const ServerRunner &server)
{
    const auto cause = server.life().reason().cause;
    return server.spec().onExit == OnExit::StopGroup && isOver(server.life())
        && (cause == StateCause::Exit || cause == StateCause::CrashLoop || cause == StateCause::Supervisor);
}

} // namespace

Fleet::Fleet(const std::vector<ServerSpec> &specs, const RunnerSettings &settings, RunnerListener &listener)
    : m_settings(settings)
    , m_listener(listener)
{
    for (const auto &spec : specs) {
        m_runners.push_back(std::make_unique<ServerRunner>(spec, settings, listener));
    }
}

ServerRunner *Fleet::find(std::string_view name) const
{
    const auto found =
        std::ranges::find_if(m_runners, [name](const auto &runner) { return runner->spec().name == name; });
    return found != m_runners.end() ? found->get() : nullptr;
}

void Fleet::takeUp(const std::map<std::string, KnownServer> &known)
{
    for (const auto &runner : m_runners) {
        const auto found = known.find(runner->spec().name);
        runner->takeUp(found != known.end() ? found->second : KnownServer());
    }
}

void Fleet::apply(const std::vector<ServerSpec> &specs)
{
    m_removed.clear();
    for (const auto &runner : m_runners) {
        const auto &name = runner->spec().name;
        const auto found = std::ranges::find(specs, name, &ServerSpec::name);
        if (found != specs.end()) {
            runner->setSpec(*found);
        } else {
            m_removed.insert(name);
        }
    }
    for (const auto &spec : specs) {
        if (find(spec.name) == nullptr) {
            m_runners.push_back(std::make_unique<ServerRunner>(spec, m_settings, m_listener));
            m_runners.back()->takeUp({});
        }
    }
    forgetRemoved();
}

void Fleet::forgetRemoved()
{
    std::erase_if(m_runners, [this](const auto &runner) { return isRemoved(*runner) && isOver(runner->life()); });
}

bool Fleet::isRemoved(const ServerRunner &server) const
{
    return m_removed.contains(server.spec().name);
}

std::vector<std::string> Fleet::names() const
{
    std::vector<std::string> names;
    std::ranges::transform(m_runners, std::back_inserter(names),
                           [](const auto &runner) { return runner->spec().name; });
    return names;
}

void Fleet::adopt()
{
    for (const auto &runner : m_runners) {
        runner->adopt();
    }
}

void Fleet::start(const std::vector<std::string> &names)
{
    for (const auto &name : names) {
        m_stopping.erase(name);
        ServerRunner *const server = find(name);
        if (server == nullptr || runs(server->life())) {
            continue;
        }
        server->start();
        std::vector<std::string> needed;
        for (const auto &need : server->spec().needs) {
            needed.push_back(need.server);
        }
        start(needed); // comes to an end: there are no circles
    }
}

void Fleet::stop(const std::vector<std::string> &names)
{
    for (const auto &name : names) {
        m_restarting.erase(name);
    }
    m_stopping.insert(names.begin(), names.end());
    followStops();
}

void Fleet::restart(const std::vector<std::string> &names)
{
    for (const auto &name : names) {
        m_stopping.erase(name);
        if (find(name) != nullptr) {
            m_restarting.insert(name);
        }
    }
    followRestarts();
}

void Fleet::kill(const std::vector<std::string> &names)
{
    for (const auto &name : names) {
        m_restarting.erase(name);
        if (ServerRunner *const server = find(name)) {
            server->kill();
        }
    }
}

bool Fleet::isIdle() const
{
    return std::ranges::all_of(m_runners, [](const auto &runner) {
        return isOver(runner->life()) && !runner->awaitsFiles() && !runner->areAlertsBehind();
    });
}

Fleet::NeedStanding Fleet::standingOf(const Need &need) const
{
    const ServerRunner *const server = find(need.server);
    const auto otherwise = need.isOptional ? NeedStanding::Met : NeedStanding::Failed;
    if (server == nullptr) {
        return otherwise;
    }
    if (m_restarting.contains(need.server)) {
        return NeedStanding::Open; // it runs as it did before
    }
    const ServerState state = server->life().state();
    if (isOver(server->life())) {
        const bool isMet = need.state == NeedState::ExitedOk && hasExitedWell(*server);
        return isMet ? NeedStanding::Met : otherwise;
    }
    switch (need.state) {
    case NeedState::Started:
        return state == ServerState::Starting || state == ServerState::Ready || state == ServerState::Unhealthy
            ? NeedStanding::Met
            : NeedStanding::Open;
    case NeedState::Ready:
        return state == ServerState::Ready    ? NeedStanding::Met
            : state == ServerState::Unhealthy ? otherwise
                                              : NeedStanding::Open;
    case NeedState::Healthy:
        if (server->isHealthy()) {
            return NeedStanding::Met;
        }
        // To wait until somebody installs what is missing would be to wait for ever.
        return state == ServerState::Unhealthy || server->healthUnknownFor() != nullptr ? otherwise
                                                                                        : NeedStanding::Open;
    case NeedState::ExitedOk:
        return NeedStanding::Open;
    }
    return NeedStanding::Open;
}

/// What was seen for which nobody knows whether it is met; NotTried where that is known.
Observation Fleet::seenOf(const Need &need) const
{
    const ServerRunner *const server = need.state == NeedState::Healthy ? find(need.server) : nullptr;
    const Observation *const seen = server != nullptr ? server->healthUnknownFor() : nullptr;
    return seen != nullptr ? *seen : Observation();
}

void Fleet::followNeeds(ServerRunner &server)
{
    const std::string *waitsFor = nullptr;
    for (const auto &need : server.spec().needs) {
        switch (standingOf(need)) {
        case NeedStanding::Failed:
            server.needFailed(need.server, seenOf(need));
            return;
        case NeedStanding::Open:
            waitsFor = waitsFor != nullptr ? waitsFor : &need.server;
            break;
        case NeedStanding::Met:
            break;
        }
    }
    if (waitsFor != nullptr) {
        server.waitsFor(*waitsFor);
    } else {
        server.needsMet();
    }
}

void Fleet::followAllNeeds()
{
    for (bool hasChanged = true; std::exchange(hasChanged, false);) {
        for (const auto &runner : m_runners) {
            if (runner->awaitsNeeds()) {
                followNeeds(*runner);
                hasChanged = hasChanged || !runner->awaitsNeeds(); // one that failed is needed by others, maybe
            }
        }
    }
}

bool Fleet::isToStop(const ServerRunner &server) const
{
    return m_stopping.contains(server.spec().name);
}

const ServerRunner *Fleet::heldUpBy(const ServerRunner &server) const
{
    const bool isStopped = isToStop(server);
    if (!isStopped && !m_restarting.contains(server.spec().name)) {
        return nullptr;
    }
    const auto comesFirst = [this, isStopped](const ServerRunner &other) {
        return isStopped ? !isOver(other.life()) && isToStop(other)
                         : other.life().state() == ServerState::Stopping || m_restarting.contains(other.spec().name);
    };
    const auto found = std::ranges::find_if(m_runners, [&comesFirst, &server](const auto &other) {
        return comesFirst(*other) && std::ranges::contains(other->spec().needs, server.spec().name, &Need::server);
    });
    return found != m_runners.end() ? found->get() : nullptr;
}

void Fleet::followStops()
{
    std::erase_if(m_stopping, [this](const std::string &name) {
        const ServerRunner *const server = find(name);
        return server == nullptr || (isOver(server->life()) && !server->awaitsFiles() && !awaitsReturn(*server));
    });
    for (const auto &runner : m_runners) {
        if (isToStop(*runner)
            && (runner->awaitsFiles() || awaitsReturn(*runner)
                || (!isOver(runner->life()) && runner->life().state() != ServerState::Stopping
                    && heldUpBy(*runner) == nullptr))) {
            runner->stop();
        }
    }
}

void Fleet::followRestarts()
{
    for (bool hasBegun = true; std::exchange(hasBegun, false);) {
        for (const auto &runner : m_runners) {
            if (m_restarting.contains(runner->spec().name) && heldUpBy(*runner) == nullptr) {
                m_restarting.erase(runner->spec().name);
                runner->restart();
                hasBegun = true; // whom it held up may be next
            }
        }
    }
}

/// Whether it is started once a changed file brings back whoever it failed for.
bool Fleet::awaitsReturn(const ServerRunner &server) const
{
    const ServerRunner *const other = lacksNeed(server) ? find(server.life().reason().subject) : nullptr;
    return other != nullptr && (other->awaitsFiles() || awaitsReturn(*other)); // comes to an end: there are no circles
}

/// Before anybody is told what he waits for: until then each has the reason for which he was started.
void Fleet::followReturns()
{
    for (bool hasBegun = true; std::exchange(hasBegun, false);) {
        for (const auto &runner : m_runners) {
            const ServerRunner *const other = lacksNeed(*runner) ? find(runner->life().reason().subject) : nullptr;
            if (other != nullptr && isBroughtBack(*other)) {
                runner->start(StateReason(other->life().reason()));
                hasBegun = true; // somebody may need this one
            }
        }
    }
}

void Fleet::followGroups()
{
    for (const auto &ended : m_runners) {
        if (!endsItsGroup(*ended)) {
            continue;
        }
        for (const auto &other : m_runners) {
            if (!isOver(other->life()) && other->life().state() != ServerState::Stopping
                && shareAGroup(ended->spec(), other->spec())) {
                other->stopWith(ended->spec().name);
            }
        }
    }
}

void Fleet::collect(PollSet &set) const
{
    for (const auto &runner : m_runners) {
        runner->collect(set);
    }
}

std::optional<std::chrono::nanoseconds> Fleet::due() const
{
    std::optional<std::chrono::nanoseconds> earliest;
    for (const auto &runner : m_runners) {
        earliest = earliestOf({earliest, runner->due()});
    }
    return earliest;
}

void Fleet::proceed(const PollSet &set)
{
    for (const auto &runner : m_runners) {
        runner->proceed(set);
    }
    followReturns();
    followGroups();
    followStops();
    followRestarts();
    followAllNeeds();
    forgetRemoved();
}

} // namespace Quay
