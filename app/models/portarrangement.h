// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/groupsummary.h"
#include "app/models/portentry.h"
#include "app/models/portmodelroles.h"

#include <QString>
#include <Qt>

#include <vector>

namespace Quay {

/// By which column rows are sorted, and which way. A plain value.
struct PortOrder
{
    PortModelColumn::Column column = PortModelColumn::Port;
    Qt::SortOrder direction = Qt::AscendingOrder;

    bool operator==(const PortOrder &) const = default;

    /// A total order: unknown values last whichever way, equal ones by port, protocol, address and key.
    [[nodiscard]] bool operator()(const PortEntry *left, const PortEntry *right) const;
};

/// Rows that stand together below one head. In a flat list there is exactly one, without key.
struct ArrangedGroup
{
    QString key;
    std::vector<PortEntry *> rows;
};
using PortArrangement = std::vector<ArrangedGroup>;

// Threads: pure functions, callable from any thread.

/// To which group a listener belongs; empty for those that belong to none.
[[nodiscard]] QString groupKeyOf(const Listener &listener, PortGrouping grouping);

/**
 * Puts @p moved, new entries and such whose sort value changed, where they belong in @p sorted.
 *
 * Costs O(n + m log m) for n sorted and m moved ones. Those that are in both lists are moved, forgotten ones left out.
 */
[[nodiscard]] std::vector<PortEntry *> sortedAgain(const std::vector<PortEntry *> &sorted,
                                                   std::vector<PortEntry *> moved, const PortOrder &order);

/**
 * What is to be shown of @p sorted: those that match, below heads that are sorted like their first row or, by
 * connections, CPU and memory, by their sums. Those that belong to no group come last.
 */
[[nodiscard]] PortArrangement arranged(const std::vector<PortEntry *> &sorted, PortGrouping grouping,
                                       const PortOrder &order);

/// The same while rows must not move: what is shown stays where it is, what is new goes last.
[[nodiscard]] PortArrangement arrangedOnHold(PortArrangement shown, const std::vector<PortEntry *> &sorted,
                                             PortGrouping grouping);

} // namespace Quay
