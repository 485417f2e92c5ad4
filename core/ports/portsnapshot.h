// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/ports/listener.h"
#include "core/processes/processinfo.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace Quay {

/// Where the sockets of a snapshot came from.
enum class SocketSource : std::uint8_t
{
    SockDiag,
    ProcNet, ///< The fall-back; PortSnapshot::fallbackReason says why.
};

/// What one look cost.
struct LookCost
{
    std::chrono::nanoseconds wallTime{};
    std::chrono::nanoseconds cpuTime{}; ///< Of the thread that looked.
};

/**
 * Every listener at one instant. Immutable: it crosses threads as a shared pointer.
 *
 * What did not change since the snapshot before is the same object: compare the pointers.
 */
struct PortSnapshot
{
    std::uint64_t generation = 0; ///< Ascending; equal generations are equal snapshots.
    std::vector<ListenerPtr> listeners; ///< By protocol, port, address, key; never null.
    std::vector<ProcessInfoPtr> processes; ///< By pid, never null. Empty unless asked for.
    std::size_t processCount = 0; ///< Processes that we may see.
    SocketSource source = SocketSource::SockDiag;
    std::optional<Error> fallbackReason;
    std::optional<Error> udpFallbackReason; ///< Why UDP alone was read from /proc/net.
    bool isInterrupted = false; ///< The table changed during every try: a new row may be missing, an old one be gone.
    LookCost cost;
};

using PortSnapshotPtr = std::shared_ptr<const PortSnapshot>;

} // namespace Quay
