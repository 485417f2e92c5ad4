// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portarrangement.h"
#include "app/models/portgroup.h"
#include "app/models/rowmerge.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace Quay {

/// The way from the groups that are shown to the next arrangement.
struct TreeMerge
{
    PortArrangement next;
    std::vector<PortGroup *> groups; ///< For each of next: the one that is shown, null for a new one.
    std::vector<RowMergePlan> rows; ///< For each of next.
    RowMergePlan heads;
    std::vector<std::unique_ptr<PortGroup>> created; ///< The new ones, in their order.
    bool changesOrder = false; ///< Of heads, of rows, or rows go over to another group.

    /// Nothing is to be done.
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] std::size_t runCount() const;
};

/**
 * Plans that way. Marks the entries that stay.
 *
 * Costs O(rows). Threads: not shared; entries and groups are those of one model.
 */
[[nodiscard]] TreeMerge planTreeMerge(const std::vector<std::unique_ptr<PortGroup>> &shown, PortArrangement next);

} // namespace Quay
