// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portgroup.h"

#include "app/models/portentry.h"

#include <cstddef>
#include <vector>

namespace Quay {

void renumber(PortGroup &group, std::size_t from)
{
    for (std::size_t row = from; row < group.rows.size(); ++row) {
        group.rows[row]->group = &group;
        group.rows[row]->row = static_cast<int>(row);
    }
    group.isStale = true;
}

void detach(PortEntry *entry)
{
    entry->group = nullptr;
    entry->row = -1;
}

void append(PortGroup &group, const std::vector<PortEntry *> &entries)
{
    const std::size_t from = group.rows.size();
    group.rows.insert(group.rows.end(), entries.begin(), entries.end());
    renumber(group, from);
    for (PortEntry *const entry : entries) {
        entry->changedColumns = 0; // a row that is inserted is painted anyway
    }
}

} // namespace Quay
