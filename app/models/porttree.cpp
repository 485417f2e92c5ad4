// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/porttree.h"

#include "app/models/portarrangement.h"
#include "app/models/portentry.h"
#include "app/models/portgroup.h"
#include "app/models/portmodelroles.h"
#include "app/models/rowmerge.h"
#include "app/models/treemerge.h"

#include <QAbstractItemModel>
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

std::vector<PortEntry *> newcomersOf(const std::vector<PortEntry *> &rows)
{
    std::vector<PortEntry *> newcomers;
    std::ranges::copy_if(rows, std::back_inserter(newcomers),
                         [](const PortEntry *entry) { return entry->group == nullptr; });
    return newcomers;
}

} // namespace

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
    auto merge = planTreeMerge(m_groups, std::move(next));
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

void PortTree::mergeByRuns(TreeMerge &merge)
{
    mergeHeadsByRuns(merge);
    for (std::size_t i = 0; i < merge.next.size(); ++i) {
        if (merge.groups[i] != nullptr) {
            mergeRowsByRuns(*merge.groups[i], merge.rows[i], merge.next[i].rows);
        }
    }
}

void PortTree::mergeHeadsByRuns(TreeMerge &merge)
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

void PortTree::mergeAtOnce(TreeMerge &merge)
{
    insertAtEnd(merge);
    permute(merge);
    removeFromEnd(merge);
}

void PortTree::insertAtEnd(TreeMerge &merge)
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

void PortTree::permute(TreeMerge &merge)
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

void PortTree::placeAll(TreeMerge &merge)
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

void PortTree::removeFromEnd(const TreeMerge &merge)
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
