// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/kernel/filelock.h"
#include "core/supervise/launch.h"
#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"
#include "core/supervise/rundescription.h"

#include <expected>
#include <optional>
#include <string>

namespace Quay {

class ProcFs;

/**
 * The right to run a server, which one process has at a time.
 *
 * It is the lock that counts; the lease only says whose it is. What the lease of an earlier run says is looked into
 * first: nothing is started on top of what is left of that.
 *
 * Threads: not shared.
 */
class RunClaim
{
public:
    /// Makes the directories, takes the lock and writes a lease. Anything that is garbage is replaced.
    [[nodiscard]] static std::expected<RunClaim, LaunchFailure> take(const ProcFs &proc, const RunDescription &run,
                                                                     const Clock &clock = systemClock());
    RunClaim(RunClaim &&) noexcept = default;
    RunClaim &operator=(RunClaim &&) = delete;
    RunClaim(const RunClaim &) = delete;
    RunClaim &operator=(const RunClaim &) = delete;
    ~RunClaim() = default;

    [[nodiscard]] const Lease &lease() const noexcept { return m_lease; }
    /// Tells also what is known of it by now. Errors: as writeLease(): the one before stands.
    [[nodiscard]] Result<> setServer(const ProcessMark &server);
    [[nodiscard]] Result<> setCgroup(const std::string &directory);

    /// Takes the lease and the sockets away, and then gives the lock back: whoever starts it next finds nothing of us,
    /// and we touch nothing of his.
    void release() noexcept;

private:
    RunClaim(FileLock lock, ServerPlaces places, Lease lease);

    std::optional<FileLock> m_lock; ///< Nothing once it was given back.
    ServerPlaces m_places;
    Lease m_lease;
};

} // namespace Quay
