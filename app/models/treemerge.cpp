// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/treemerge.h"

#include "app/models/portarrangement.h"
#include "app/models/portentry.h"
#include "app/models/portgroup.h"
#include "app/models/rowmerge.h"

#include <QHash>
#include <QString>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace Quay {

bool TreeMerge::isEmpty() const
{
    return heads.isEmpty() && !changesOrder && std::ranges::all_of(rows, &RowMergePlan::isEmpty);
}

std::size_t TreeMerge::runCount() const
{
    std::size_t count = heads.runCount();
    for (const RowMergePlan &plan : rows) {
        count += plan.runCount();
    }
    return count;
}

TreeMerge planTreeMerge(const std::vector<std::unique_ptr<PortGroup>> &shown, PortArrangement next)
{
    TreeMerge merge{.next = std::move(next), .groups = {}, .rows = {}, .heads = {}, .created = {}};
    QHash<QString, PortGroup *> known;
    for (const auto &group : shown) {
        known.insert(group->key, group.get());
        std::ranges::for_each(group->rows, [](PortEntry *entry) { entry->stays = false; });
    }
    std::vector<int> formerHeads;
    std::vector<int> formerRows;
    for (const ArrangedGroup &arranged : merge.next) {
        PortGroup *const group = known.value(arranged.key);
        formerHeads.push_back(group != nullptr ? group->row : NewRow);
        formerRows.clear();
        for (PortEntry *const entry : arranged.rows) {
            entry->stays = true;
            const bool wasHere = group != nullptr && entry->group == group;
            merge.changesOrder = merge.changesOrder || (entry->group != nullptr && !wasHere);
            formerRows.push_back(wasHere ? entry->row : NewRow);
        }
        if (group == nullptr) {
            merge.created.push_back(std::make_unique<PortGroup>());
            merge.created.back()->key = arranged.key;
        }
        const auto oldCount = group != nullptr ? group->rows.size() : 0;
        merge.groups.push_back(group);
        merge.rows.push_back(group != nullptr ? planRowMerge(static_cast<int>(oldCount), formerRows) : RowMergePlan());
        merge.changesOrder = merge.changesOrder || merge.rows.back().isReordered;
    }
    merge.heads = planRowMerge(static_cast<int>(shown.size()), formerHeads);
    merge.changesOrder = merge.changesOrder || merge.heads.isReordered;
    return merge;
}

} // namespace Quay
