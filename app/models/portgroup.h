// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/groupsummary.h"
#include "app/models/portentry.h"

#include <QString>

#include <cstddef>
#include <vector>

namespace Quay {

/// A head and the rows below it, at their place in the model. A flat list is one group whose head is not shown.
struct PortGroup
{
    QString key;
    std::vector<PortEntry *> rows;
    int row = 0;
    GroupSummary summary;
    bool isStale = true; ///< The summary is of other rows, or of what they were.
};

// Entries know their places in the group, which these keep true.

/// For rows that stand elsewhere from @p from on.
void renumber(PortGroup &group, std::size_t from = 0);
/// For an entry that is shown no more.
void detach(PortEntry *entry);
void append(PortGroup &group, const std::vector<PortEntry *> &entries);

} // namespace Quay
