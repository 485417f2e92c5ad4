// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/endingports.h"

#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/portproof.h"
#include "core/ports/listener.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto SettlePatience = 100ms; // a child that is about to end with its parent does so within a few of them
constexpr auto LongestWatchPause = 50ms;
constexpr std::size_t MostLookedAtAlone = 8; // from there on one dump for all is cheaper

bool isSameSocket(const SocketRecord &left, const SocketRecord &right)
{
    return left.cookie != 0 && right.cookie != 0 ? left.cookie == right.cookie
                                                 : left.inode != 0 && left.inode == right.inode;
}

} // namespace

EndingPorts::EndingPorts(const KillPlan &plan)
    : m_shared(plan.shared)
{
    m_outcomes.reserve(plan.listeners.size());
    std::ranges::transform(plan.listeners, std::back_inserter(m_outcomes),
                           [](const ListenerPtr &listener) { return PortOutcome{.listener = listener}; });
}

std::optional<std::uint32_t> EndingPorts::connections(SockDiag &diag) const
{
    std::vector<PortClaim> counted;
    std::uint32_t sum = 0;
    for (const auto &outcome : m_outcomes) {
        const PortClaim claim = claimOf(outcome.listener->socket);
        if (std::ranges::contains(counted, claim)) {
            continue; // of several sockets that share one port
        }
        const auto established = establishedOf(diag, claim);
        if (!established) {
            return std::nullopt;
        }
        sum += *established;
        counted.push_back(claim);
    }
    return sum;
}

void EndingPorts::look(SockDiag &diag, std::chrono::nanoseconds now, std::chrono::nanoseconds comebackWatch)
{
    m_begunAt = m_begunAt.value_or(now);
    if (m_isProven) {
        lookForComebacks(diag);
    } else {
        prove(diag);
        const bool isSettled =
            std::ranges::none_of(m_outcomes, [this](const auto &outcome) { return isSettling(outcome); });
        if (!isSettled && now < *m_begunAt + SettlePatience) {
            m_nextLook = now + std::exchange(m_pause, m_pause * 2);
            return;
        }
        m_isProven = true;
        m_provenAt = now;
        m_pause = FirstPause; // the script around a server mostly ends right after it: then nobody is watched any more
    }
    const auto watchEnds = m_provenAt + comebackWatch;
    const bool isWatching = now < watchEnds && hasFreePort();
    m_nextLook = isWatching ? std::optional(std::min(now + m_pause, watchEnds)) : std::nullopt;
    m_pause = std::min<std::chrono::nanoseconds>(m_pause * 2, LongestWatchPause);
}

std::chrono::nanoseconds EndingPorts::watched(std::chrono::nanoseconds now) const
{
    return m_isProven ? now - m_provenAt : 0ns;
}

void EndingPorts::nameUsers(const ProcFs &proc)
{
    for (auto &outcome : m_outcomes) {
        if (outcome.proof.state == PortState::Lingering) {
            outcome.proof = withUsers(proc, std::move(outcome.proof));
        }
    }
}

void EndingPorts::prove(SockDiag &diag)
{
    std::vector<PortOutcome *> open;
    for (auto &outcome : m_outcomes) {
        if (outcome.proof.state == PortState::Unknown || isSettling(outcome)) {
            open.push_back(&outcome);
        }
    }
    std::vector<PortClaim> claims;
    std::ranges::transform(open, std::back_inserter(claims),
                           [](const PortOutcome *outcome) { return claimOf(outcome->listener->socket); });
    if (open.size() > MostLookedAtAlone) {
        auto proofs = provePorts(diag, claims);
        for (std::size_t i = 0; i < open.size(); ++i) {
            open[i]->proof = std::move(proofs[i]);
        }
        return;
    }
    for (std::size_t i = 0; i < open.size(); ++i) {
        open[i]->proof = provePort(diag, claims[i]);
    }
}

void EndingPorts::lookForComebacks(SockDiag &diag)
{
    const auto sockets = boundSockets(diag);
    if (!sockets) {
        return; // the next look may tell
    }
    for (auto &outcome : m_outcomes) {
        if (!isFree(outcome.proof.state)) {
            continue;
        }
        auto holders = holdersOf(claimOf(outcome.listener->socket), *sockets);
        if (!holders.empty()) {
            outcome.cameBack = true;
            outcome.proof = {.state = PortState::Held, .holders = std::move(holders)};
        }
    }
}

/// Whether what stands in the way may be on its way out itself.
bool EndingPorts::isSettling(const PortOutcome &outcome) const
{
    if (outcome.proof.state == PortState::Lingering) {
        return true;
    }
    if (outcome.proof.state != PortState::Held || std::ranges::contains(m_shared, outcome.listener)) {
        return false;
    }
    return std::ranges::all_of(outcome.proof.holders, [&outcome](const SocketRecord &holder) {
        return isSameSocket(holder, outcome.listener->socket);
    });
}

bool EndingPorts::hasFreePort() const
{
    return std::ranges::any_of(m_outcomes, [](const PortOutcome &outcome) { return isFree(outcome.proof.state); });
}

} // namespace Quay
