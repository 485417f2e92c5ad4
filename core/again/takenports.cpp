// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/takenports.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace Quay {

std::vector<PortClaim> claimsOf(const EndingReport &report)
{
    std::vector<PortClaim> claims;
    for (const auto &port : report.ports) {
        const auto claim = claimOf(port.listener->socket);
        if (!std::ranges::contains(claims, claim)) {
            claims.push_back(claim);
        }
    }
    return claims;
}

std::vector<TakenPort> takenPorts(std::span<const PortClaim> claims, const PortSnapshot &now)
{
    std::vector<TakenPort> taken;
    for (const auto &claim : claims) {
        TakenPort port{.claim = claim, .holders = {}};
        std::ranges::copy_if(now.listeners, std::back_inserter(port.holders), [&claim](const ListenerPtr &listener) {
            return collide(claimOf(listener->socket), claim);
        });
        if (!port.holders.empty()) {
            taken.push_back(std::move(port));
        }
    }
    return taken;
}

std::vector<TakenPort> takenNow(std::span<const PortClaim> claims, const std::function<Result<PortSnapshotPtr>()> &look)
{
    if (claims.empty()) {
        return {};
    }
    const auto now = look();
    return now ? takenPorts(claims, **now) : std::vector<TakenPort>();
}

} // namespace Quay
