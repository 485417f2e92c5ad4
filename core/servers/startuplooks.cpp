// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/startuplooks.h"

#include "core/base/clock.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/sockdiag.h"
#include "core/servers/probecourse.h"
#include "core/servers/probefactory.h"
#include "core/servers/probemachine.h"
#include "core/servers/reachability.h"
#include "core/servers/serverspec.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr auto UsageInterval = 50ms;
constexpr auto UsageIntervalLater = 200ms;
constexpr auto UsageIntervalAtLast = 1s;
constexpr auto Young = 5s;
constexpr auto Old = 60s;

nanoseconds usagePauseAt(nanoseconds age)
{
    return age < Young ? nanoseconds(UsageInterval)
        : age < Old    ? nanoseconds(UsageIntervalLater)
                       : nanoseconds(UsageIntervalAtLast);
}

/// What a server may mean by the name of a host in its output. Empty for other machines' names.
std::vector<IpAddress> addressesOf(const std::string &host)
{
    if (host == "localhost") {
        return {*ipAddressFromText("127.0.0.1"), *ipAddressFromText("::1")};
    }
    const auto address = ipAddressFromText(host);
    return address ? std::vector{*address} : std::vector<IpAddress>();
}

} // namespace

bool isListenedAt(SockDiag &diag, const RefusedEndpoint &endpoint)
{
    const auto listener = diag.listenerFor(endpoint.address, endpoint.port);
    return listener && listener->has_value();
}

StartupLooks::StartupLooks(const ServerSpec &spec, const ProbeMachine &machine, pid_t supervisor)
    : m_spec(spec)
    , m_diag(*machine.diag)
    , m_clock(*machine.clock)
    , m_beganAt(m_clock.monotonic())
    , m_listening(machine, supervisor, tcpPortsOf(spec))
    , m_usage(machine, supervisor)
    , m_contradiction(machine, supervisor)
{
}

nanoseconds StartupLooks::age() const
{
    return m_clock.monotonic() - m_beganAt;
}

std::optional<nanoseconds> StartupLooks::due(const LookWishes &wishes) const
{
    std::optional<nanoseconds> earliest;
    const auto consider = [&earliest](nanoseconds due) { earliest = std::min(due, earliest.value_or(due)); };
    if (wishes.forListening) {
        consider(m_listeningDue);
    }
    if (wishes.forUsage) {
        consider(m_usageDue);
    }
    if (wishes.forReachability) {
        if (const auto due = m_contradiction.due(*wishes.forReachability)) {
            consider(*due);
        }
    }
    return earliest;
}

bool StartupLooks::isListeningDue() const
{
    return m_clock.monotonic() >= m_listeningDue;
}

std::optional<std::string> StartupLooks::lookForListening()
{
    m_listeningDue = m_clock.monotonic() + localPause(age());
    const auto attempt = m_listening.begin({});
    return attempt && attempt->isMet ? std::optional(attempt->seen.detail) : std::nullopt;
}

bool StartupLooks::areQueuesEmpty() const
{
    return std::ranges::all_of(m_listening.own(), [](const auto &own) { return own.receiveQueue == 0; });
}

void StartupLooks::lookAtUsage()
{
    m_usage.look();
    m_usageDue = m_clock.monotonic() + usagePauseAt(age());
}

void StartupLooks::lookAtUsageIfDue()
{
    if (m_clock.monotonic() >= m_usageDue) {
        lookAtUsage();
    }
}

void StartupLooks::refusalSaid(const std::string &host, std::uint16_t port)
{
    for (const auto &address : addressesOf(host)) {
        const RefusedEndpoint endpoint{.address = address, .port = port};
        if (!isListenedAt(m_diag, endpoint)) {
            m_usage.refusedCame(endpoint);
            return;
        }
    }
}

bool StartupLooks::judgeReachability(const ReachabilityClaim &claim, const ProbeGroup &probes)
{
    const auto due = m_contradiction.due(claim);
    if (!due || m_clock.monotonic() < *due) {
        return false;
    }
    m_usage.look();
    return m_contradiction.look(askedEndpoint(m_spec, probes), claim, m_usage.processes());
}

} // namespace Quay
