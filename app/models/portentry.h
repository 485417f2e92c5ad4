// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/sortvalue.h"
#include "core/ports/listener.h"

#include <QString>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace Quay {

struct PortGroup;

/// Whether a row is shown as new or as gone, for a few seconds each.
enum class RowFreshness
{
    Settled,
    Appeared,
    Vanished, ///< Still listed, greyed, no longer there.
};

/// A listener as the port model keeps it: what sorting, filtering and grouping ask for is worked out once.
struct PortEntry
{
    ListenerPtr listener; ///< never null
    std::optional<std::uint64_t> startTicks; ///< Of its first owner: its age is asked for at every look.
    RowFreshness freshness = RowFreshness::Settled;
    std::chrono::nanoseconds freshUntil{}; ///< Clock::monotonic() at which it settles or is forgotten.
    std::uint64_t lookNumber = 0; ///< The last look that saw it.
    std::size_t position = 0; ///< In the snapshot of that look.

    bool isForgotten = false; ///< Taken out of PortEntries: it is shown until the next merge only.
    bool matches = true; ///< Passes the filter.
    SortValue sortValue; ///< Of the column that is sorted by.
    QString groupKey; ///< Empty when it belongs to no group.

    PortGroup *group = nullptr; ///< Where it is shown; null when it is not.
    int row = -1;
    bool stays = false; ///< While a merge is planned: whether it is shown afterwards.
    QString note; ///< What is being done to its owners, before their name.
    std::uint32_t changedColumns = 0; ///< Bit per column whose text is to be painted anew.
};

} // namespace Quay
