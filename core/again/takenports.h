// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/portproof.h"
#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"

#include <functional>
#include <span>
#include <vector>

namespace Quay {

/// A port that is wanted again, and that somebody else has by now.
struct TakenPort
{
    PortClaim claim;
    std::vector<ListenerPtr> holders; ///< Never empty.

    bool operator==(const TakenPort &) const = default;
};

/// The ports that those held who were ended, each once. Threads: pure function.
[[nodiscard]] std::vector<PortClaim> claimsOf(const EndingReport &report);

/// Those of @p claims that somebody holds. Threads: pure function.
[[nodiscard]] std::vector<TakenPort> takenPorts(std::span<const PortClaim> claims, const PortSnapshot &now);

/// Those of @p claims that somebody holds as @p look shows it, which is asked only when there are some. None when it
/// fails: then starting shows it. Threads: as @p look.
[[nodiscard]] std::vector<TakenPort> takenNow(std::span<const PortClaim> claims,
                                              const std::function<Result<PortSnapshotPtr>()> &look);

} // namespace Quay
