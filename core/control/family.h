// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/procevents.h"

#include <cstdint>
#include <unordered_map>

#include <sys/types.h>

namespace Quay {

/// How a process is related to those that are being ended.
enum class Kinship : std::uint8_t
{
    Stranger,
    Member, ///< One of them, or forked by one of them.
    Spared, ///< Left out of the plan, or forked by somebody who was.
};

/**
 * Remembers whom the processes of an ending have forked, so that descent is known when the parents are gone.
 *
 * Keys are pids, which the order of events keeps unambiguous: a pid means whoever was forked with it last. What did not
 * come from an event must be known to be alive.
 *
 * Threads: not shared.
 */
class Family
{
public:
    void add(pid_t pid, Kinship kinship);
    [[nodiscard]] Kinship of(pid_t pid) const;
    /// Takes note of a fork and gives the child's kinship: its parent's.
    Kinship fork(const ForkEvent &event);
    /// To be called when events were lost: a member's pid may mean a stranger by now.
    void forgetMembers();

private:
    std::unordered_map<pid_t, Kinship> m_kin; ///< without strangers
};

} // namespace Quay
