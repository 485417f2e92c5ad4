// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portarrangement.h"

#include "app/models/groupsummary.h"
#include "app/models/portentry.h"
#include "app/models/sortvalue.h"
#include "app/shared/listenerfacts.h"
#include "core/ports/listener.h"
#include "core/processes/wholename.h"

#include <QHash>
#include <QString>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <iterator>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

namespace Quay {

namespace {

/// What decides between equal values.
auto tieOf(const PortEntry *entry)
{
    const SocketRecord &socket = entry->listener->socket;
    return std::tie(socket.localPort, socket.protocol, socket.localAddress, socket.cookie, socket.inode);
}

/// Less than zero when @p left comes first, whichever way is sorted; zero when the values do not decide.
std::weak_ordering compareValues(const SortValue &left, const SortValue &right, Qt::SortOrder direction)
{
    if (left.isKnown != right.isKnown) {
        return left.isKnown ? std::weak_ordering::less : std::weak_ordering::greater;
    }
    if (!left.isKnown) {
        return std::weak_ordering::equivalent;
    }
    return direction == Qt::AscendingOrder ? compareKnown(left, right) : compareKnown(right, left);
}

/// Puts rows into groups, in the order in which the groups come up.
class Gatherer
{
public:
    explicit Gatherer(PortArrangement groups)
        : m_groups(std::move(groups))
    {
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            m_indexes.insert(m_groups[i].key, i);
        }
    }

    void add(PortEntry *entry)
    {
        const auto known = m_indexes.constFind(entry->groupKey);
        if (known != m_indexes.cend()) {
            m_groups[*known].rows.push_back(entry);
            return;
        }
        m_indexes.insert(entry->groupKey, m_groups.size());
        m_groups.push_back({.key = entry->groupKey, .rows = {entry}});
    }

    [[nodiscard]] PortArrangement take() { return std::move(m_groups); }

private:
    PortArrangement m_groups;
    QHash<QString, std::size_t> m_indexes;
};

void sortBySums(PortArrangement &groups, PortGrouping grouping, const PortOrder &order)
{
    std::vector<std::pair<SortValue, std::size_t>> values; // the sums cost more than comparing them: made once
    values.reserve(groups.size());
    for (const ArrangedGroup &group : groups) {
        values.emplace_back(groupSortValue(summaryOf(group.rows, grouping), order.column), values.size());
    }
    std::ranges::stable_sort(values, [&order](const auto &left, const auto &right) {
        return compareValues(left.first, right.first, order.direction) < 0;
    });
    PortArrangement sorted;
    sorted.reserve(groups.size());
    for (const auto &[value, index] : values) {
        sorted.push_back(std::move(groups[index]));
    }
    groups = std::move(sorted);
}

} // namespace

bool PortOrder::operator()(const PortEntry *left, const PortEntry *right) const
{
    const auto byValue = compareValues(left->sortValue, right->sortValue, direction);
    return byValue != 0 ? byValue < 0 : tieOf(left) < tieOf(right);
}

QString groupKeyOf(const Listener &listener, PortGrouping grouping)
{
    switch (grouping) {
    case PortGrouping::None:
        return {};
    case PortGrouping::Project: {
        const ProjectPtr project = projectOf(listener);
        return project != nullptr ? QString::fromStdString(project->root) : QString();
    }
    case PortGrouping::Process: {
        const Owner *const owner = firstOwner(listener);
        return owner != nullptr ? QString::fromUtf8(wholeName(*owner->process)) : QString();
    }
    }
    return {};
}

std::vector<PortEntry *> sortedAgain(const std::vector<PortEntry *> &sorted, std::vector<PortEntry *> moved,
                                     const PortOrder &order)
{
    const std::unordered_set<const PortEntry *> movedSet(moved.begin(), moved.end());
    std::vector<PortEntry *> resting;
    resting.reserve(sorted.size() + moved.size());
    std::ranges::copy_if(sorted, std::back_inserter(resting), [&movedSet](const PortEntry *entry) {
        return !entry->isForgotten && !movedSet.contains(entry);
    });
    std::ranges::sort(moved, order);
    const auto middle = std::ssize(resting);
    resting.insert(resting.end(), moved.begin(), moved.end());
    std::inplace_merge(resting.begin(), resting.begin() + middle, resting.end(), order);
    return resting;
}

PortArrangement arranged(const std::vector<PortEntry *> &sorted, PortGrouping grouping, const PortOrder &order)
{
    if (grouping == PortGrouping::None) {
        PortArrangement flat(1);
        std::ranges::copy_if(sorted, std::back_inserter(flat.front().rows), &PortEntry::matches);
        return flat;
    }
    Gatherer gatherer({});
    for (PortEntry *const entry : sorted) {
        if (entry->matches) {
            gatherer.add(entry);
        }
    }
    PortArrangement groups = gatherer.take();
    if (isSummed(order.column)) {
        sortBySums(groups, grouping, order);
    }
    std::ranges::stable_partition(groups, [](const ArrangedGroup &group) { return !group.key.isEmpty(); });
    return groups;
}

PortArrangement arrangedOnHold(PortArrangement shown, const std::vector<PortEntry *> &sorted, PortGrouping grouping)
{
    for (ArrangedGroup &group : shown) {
        std::erase_if(group.rows, [](const PortEntry *entry) { return entry->isForgotten; });
    }
    if (grouping != PortGrouping::None) {
        std::erase_if(shown, [](const ArrangedGroup &group) { return group.rows.empty(); });
    }
    Gatherer gatherer(std::move(shown));
    for (PortEntry *const entry : sorted) {
        if (entry->matches && entry->group == nullptr) {
            gatherer.add(entry);
        }
    }
    return gatherer.take();
}

} // namespace Quay
