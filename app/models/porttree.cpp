// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/porttree.h"

#include "app/models/portarrangement.h"
#include "app/models/portentry.h"
#include "app/models/portgroup.h"
#include "app/models/portmodelroles.h"
#include "app/models/rowmerge.h"

#include <QAbstractItemModel>
#include <QHash>
#include <QModelIndex>
#include <QString>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <ranges>
#include <utility>
#include <vector>

namespace Quay {

namespace {

/// More runs than this are not worth their signals: a view does the same work again for each.
constexpr std::size_t MostRuns = 64;

void renumber(PortGroup &group, std::size_t from = 0)
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

std::vector<PortEntry *> newcomersOf(const std::vector<PortEntry *> &rows)
{
    std::vector<PortEntry *> newcomers;
    std::ranges::copy_if(rows, std::back_inserter(newcomers),
                         [](const PortEntry *entry) { return entry->group == nullptr; });
    return newcomers;
}

} // namespace

/// The way from what is shown to the next arrangement.
struct PortTree::Merge
{
    PortArrangement next;
    std::vector<PortGroup *> groups; ///< For each of next: the one that is shown, null for a new one.
    std::vector<RowMergePlan> rows; ///< For each of next.
    RowMergePlan heads;
    std::vector<std::unique_ptr<PortGroup>> created; ///< The new ones, in their order.
    bool changesOrder = false; ///< Of heads, of rows, or rows go over to another group.

    [[nodiscard]] bool isEmpty() const
    {
        return heads.isEmpty() && !changesOrder && std::ranges::all_of(rows, &RowMergePlan::isEmpty);
    }
    [[nodiscard]] std::size_t runCount() const
    {
        std::size_t count = heads.runCount();
        for (const RowMergePlan &plan : rows) {
            count += plan.runCount();
        }
        return count;
    }
};

PortTree::PortTree(QObject *parent)
    : QAbstractItemModel(parent)
{
    m_groups.push_back(std::make_unique<PortGroup>());
}

PortTree::~PortTree() = default;

QModelIndex PortTree::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return parent.isValid() ? createIndex(row, column, groupAt(parent)) : createIndex(row, column, nullptr);
}

QModelIndex PortTree::parent(const QModelIndex &child) const
{
    const auto *const group = static_cast<const PortGroup *>(child.constInternalPointer());
    return group != nullptr ? indexOfGroup(*group) : QModelIndex();
}

int PortTree::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_hasHeads ? m_groups.size() : m_groups.front()->rows.size());
    }
    const PortGroup *const group = parent.column() == 0 ? groupAt(parent) : nullptr;
    return group != nullptr ? static_cast<int>(group->rows.size()) : 0;
}

int PortTree::columnCount(const QModelIndex & /*parent*/) const
{
    return PortModelColumn::ColumnCount;
}

Qt::ItemFlags PortTree::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags usual = QAbstractItemModel::flags(index);
    return entryAt(index) != nullptr ? usual | Qt::ItemNeverHasChildren : usual;
}

PortArrangement PortTree::shown() const
{
    PortArrangement arrangement;
    arrangement.reserve(m_groups.size());
    for (const auto &group : m_groups) {
        arrangement.push_back({.key = group->key, .rows = group->rows});
    }
    return arrangement;
}

const PortEntry *PortTree::entryAt(const QModelIndex &index) const
{
    const auto *group = static_cast<const PortGroup *>(index.constInternalPointer());
    if (!index.isValid() || (m_hasHeads && group == nullptr)) {
        return nullptr;
    }
    group = m_hasHeads ? group : m_groups.front().get();
    return group->rows[static_cast<std::size_t>(index.row())];
}

const PortGroup *PortTree::groupAt(const QModelIndex &index) const
{
    const bool isHead = m_hasHeads && index.isValid() && index.constInternalPointer() == nullptr;
    return isHead ? m_groups[static_cast<std::size_t>(index.row())].get() : nullptr;
}

QModelIndex PortTree::indexOfEntry(const PortEntry &entry, int column) const
{
    if (entry.group == nullptr) {
        return {};
    }
    return createIndex(entry.row, column, m_hasHeads ? entry.group : nullptr);
}

QModelIndex PortTree::indexOfGroup(const PortGroup &group, int column) const
{
    return m_hasHeads ? createIndex(group.row, column, nullptr) : QModelIndex();
}

void PortTree::renumberHeads()
{
    for (int row = 0; const auto &group : m_groups) {
        group->row = row++;
    }
}

void PortTree::reset(PortArrangement next, bool hasHeads)
{
    beginResetModel();
    for (const auto &group : m_groups) {
        std::ranges::for_each(group->rows, detach);
    }
    m_hasHeads = hasHeads;
    m_groups.clear();
    for (ArrangedGroup &arranged : next) {
        m_groups.push_back(std::make_unique<PortGroup>());
        m_groups.back()->key = std::move(arranged.key);
        append(*m_groups.back(), arranged.rows);
    }
    renumberHeads();
    endResetModel();
}

void PortTree::merge(PortArrangement next)
{
    auto merge = planFor(std::move(next));
    if (merge.isEmpty()) {
        return;
    }
    Q_EMIT aboutToMerge();
    if (!merge.changesOrder && merge.runCount() <= MostRuns) {
        mergeByRuns(merge);
    } else {
        mergeAtOnce(merge);
    }
    Q_EMIT merged();
}

PortTree::Merge PortTree::planFor(PortArrangement next) const
{
    Merge merge{.next = std::move(next), .groups = {}, .rows = {}, .heads = {}, .created = {}};
    QHash<QString, PortGroup *> known;
    for (const auto &group : m_groups) {
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
    merge.heads = planRowMerge(static_cast<int>(m_groups.size()), formerHeads);
    merge.changesOrder = merge.changesOrder || merge.heads.isReordered;
    return merge;
}

void PortTree::mergeByRuns(Merge &merge)
{
    mergeHeadsByRuns(merge);
    for (std::size_t i = 0; i < merge.next.size(); ++i) {
        if (merge.groups[i] != nullptr) {
            mergeRowsByRuns(*merge.groups[i], merge.rows[i], merge.next[i].rows);
        }
    }
}

void PortTree::mergeHeadsByRuns(Merge &merge)
{
    for (const RowRun &run : merge.heads.removals | std::views::reverse) {
        const auto first = m_groups.begin() + run.first;
        beginRemoveRows({}, run.first, run.last());
        std::for_each(first, first + run.count, [](const auto &group) { std::ranges::for_each(group->rows, detach); });
        m_groups.erase(first, first + run.count);
        renumberHeads();
        endRemoveRows();
    }
    auto created = merge.created.begin();
    for (const RowRun &run : merge.heads.insertions) {
        beginInsertRows({}, run.first, run.last());
        for (int row = run.first; row <= run.last(); ++row, ++created) {
            append(**created, merge.next[static_cast<std::size_t>(row)].rows);
            m_groups.insert(m_groups.begin() + row, std::move(*created));
        }
        renumberHeads();
        endInsertRows();
    }
}

void PortTree::mergeRowsByRuns(PortGroup &group, const RowMergePlan &plan, const std::vector<PortEntry *> &next)
{
    const QModelIndex parent = indexOfGroup(group);
    for (const RowRun &run : plan.removals | std::views::reverse) {
        const auto first = group.rows.begin() + run.first;
        beginRemoveRows(parent, run.first, run.last());
        std::for_each(first, first + run.count, detach);
        group.rows.erase(first, first + run.count);
        renumber(group, static_cast<std::size_t>(run.first));
        endRemoveRows();
    }
    for (const RowRun &run : plan.insertions) {
        const auto first = next.begin() + run.first;
        beginInsertRows(parent, run.first, run.last());
        group.rows.insert(group.rows.begin() + run.first, first, first + run.count);
        std::for_each(first, first + run.count, [](PortEntry *entry) { entry->changedColumns = 0; });
        renumber(group, static_cast<std::size_t>(run.first));
        endInsertRows();
    }
}

void PortTree::mergeAtOnce(Merge &merge)
{
    insertAtEnd(merge);
    permute(merge);
    removeFromEnd(merge);
}

void PortTree::insertAtEnd(Merge &merge)
{
    const auto shownBefore = static_cast<int>(m_groups.size());
    std::vector<std::vector<PortEntry *>> newcomers;
    newcomers.reserve(merge.next.size());
    for (const ArrangedGroup &arranged : merge.next) {
        newcomers.push_back(newcomersOf(arranged.rows));
    }
    if (!merge.created.empty()) {
        beginInsertRows({}, shownBefore, shownBefore + static_cast<int>(merge.created.size()) - 1);
        auto created = merge.created.begin();
        for (std::size_t i = 0; i < merge.next.size(); ++i) {
            if (merge.groups[i] == nullptr) {
                merge.groups[i] = created->get();
                append(**created, std::exchange(newcomers[i], {}));
                m_groups.push_back(std::move(*created++));
            }
        }
        renumberHeads();
        endInsertRows();
    }
    for (std::size_t i = 0; i < merge.next.size(); ++i) {
        if (!newcomers[i].empty()) {
            PortGroup &group = *merge.groups[i];
            const auto first = static_cast<int>(group.rows.size());
            beginInsertRows(indexOfGroup(group), first, first + static_cast<int>(newcomers[i].size()) - 1);
            append(group, newcomers[i]);
            endInsertRows();
        }
    }
}

void PortTree::permute(Merge &merge)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<std::pair<const PortEntry *, const PortGroup *>> meant;
    meant.reserve(static_cast<std::size_t>(before.size()));
    for (const QModelIndex &index : before) {
        meant.emplace_back(entryAt(index), groupAt(index));
    }

    placeAll(merge);

    QModelIndexList after;
    after.reserve(before.size());
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto &[entry, group] = meant[static_cast<std::size_t>(i)];
        const int column = before[i].column();
        after.append(entry != nullptr ? indexOfEntry(*entry, column) : indexOfGroup(*group, column));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

void PortTree::placeAll(Merge &merge)
{
    for (const auto &group : m_groups) {
        std::erase_if(group->rows, [](const PortEntry *entry) { return entry->stays; });
    }
    std::vector<std::unique_ptr<PortGroup>> unplaced = std::exchange(m_groups, {});
    for (std::size_t i = 0; i < merge.next.size(); ++i) {
        PortGroup &group = *merge.groups[i];
        group.rows.insert(group.rows.begin(), merge.next[i].rows.begin(), merge.next[i].rows.end());
        m_groups.push_back(std::move(unplaced[static_cast<std::size_t>(group.row)]));
    }
    for (auto &group : unplaced) {
        if (group != nullptr) {
            m_groups.push_back(std::move(group));
        }
    }
    renumberHeads();
    for (const auto &group : m_groups) {
        renumber(*group);
    }
}

void PortTree::removeFromEnd(const Merge &merge)
{
    for (std::size_t i = 0; i < merge.next.size(); ++i) {
        PortGroup &group = *merge.groups[i];
        const auto kept = static_cast<std::ptrdiff_t>(merge.next[i].rows.size());
        if (std::ssize(group.rows) > kept) {
            beginRemoveRows(indexOfGroup(group), static_cast<int>(kept), static_cast<int>(group.rows.size()) - 1);
            std::for_each(group.rows.begin() + kept, group.rows.end(), detach);
            group.rows.erase(group.rows.begin() + kept, group.rows.end());
            endRemoveRows();
        }
    }
    const auto kept = static_cast<std::ptrdiff_t>(merge.next.size());
    if (std::ssize(m_groups) > kept) {
        beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(m_groups.size()) - 1);
        std::for_each(m_groups.begin() + kept, m_groups.end(),
                      [](const auto &group) { std::ranges::for_each(group->rows, detach); });
        m_groups.erase(m_groups.begin() + kept, m_groups.end());
        endRemoveRows();
    }
}

} // namespace Quay
