// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodel.h"

#include "app/models/agechanges.h"
#include "app/models/changedcells.h"
#include "app/models/groupsummary.h"
#include "app/models/portarrangement.h"
#include "app/models/portcells.h"
#include "app/models/portcolumns.h"
#include "app/models/portentries.h"
#include "app/models/portentry.h"
#include "app/models/portfilter.h"
#include "app/models/portgroup.h"
#include "app/models/portmodelroles.h"
#include "app/models/portroles.h"
#include "core/base/clock.h"
#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"

#include <QModelIndex>
#include <QString>
#include <QThread>
#include <QVariant>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using namespace std::chrono_literals;

/// How much longer a row that is gone stays while rows are held: a mouse may lie there for hours.
constexpr auto HeldDuration = 60s;

} // namespace

PortModel::PortModel(QObject *parent, const Clock &clock, std::shared_ptr<UserNames> users)
    : PortTree(parent)
    , m_clock(clock)
    , m_users(std::move(users))
    , m_cells(*m_users, m_lookTime)
    , m_freshTimer(this)
{
    m_lookTime.setBy(m_clock);
    m_matcher.emplace(PortFilter(), *m_users, m_cells);
    m_freshTimer.setSingleShot(true);
    connect(&m_freshTimer, &QTimer::timeout, this, &PortModel::updateAges);
}

void PortModel::setSnapshot(const PortSnapshotPtr &snapshot)
{
    Q_ASSERT(QThread::currentThread() == thread());
    StillClock before;
    before.setBy(m_lookTime);
    m_lookTime.setBy(m_clock);
    refresh(m_entries.update(snapshot, m_lookTime.monotonic()), before);
}

void PortModel::updateAges()
{
    Q_ASSERT(QThread::currentThread() == thread());
    StillClock before;
    before.setBy(m_lookTime);
    m_lookTime.setBy(m_clock);
    refresh({}, before);
}

void PortModel::refresh(const PortEntries::Changes &changes, const Clock &before)
{
    Pending pending;
    takeAdded(changes, pending);
    takeReplaced(changes, pending);
    matchAges(before, pending);
    for (PortEntry *const entry : changes.refreshed) {
        touch(*entry, AllColumns);
    }
    const auto now = m_lookTime.monotonic();
    for (PortEntry *const entry : m_entries.settle(now)) {
        touch(*entry, AllColumns);
    }
    const auto expired = m_entries.takeExpired(m_isHeld ? now - HeldDuration : now);
    if (!pending.moved.empty() || !expired.empty()) {
        m_sorted = sortedAgain(m_sorted, std::move(pending.moved), m_order);
        pending.isRearranged = true;
    }
    if (pending.isRearranged) {
        std::erase_if(m_touched, [](const PortEntry *entry) { return entry->isForgotten; });
        merge(m_isHeld ? arrangedOnHold(shown(), m_sorted, m_grouping) : arranged(m_sorted, m_grouping, m_order));
    }
    showChanges(before);
    armFreshTimer();
}

void PortModel::takeAdded(const PortEntries::Changes &changes, Pending &pending)
{
    pending.moved = changes.added;
    for (PortEntry *const entry : changes.added) {
        entry->matches = m_matcher->matches(*entry->listener);
        entry->groupKey = groupKeyOf(*entry->listener, m_grouping);
        entry->sortValue = m_cells.sortValue(*entry->listener, m_order.column);
    }
}

void PortModel::takeReplaced(const PortEntries::Changes &changes, Pending &pending)
{
    for (const auto &[entry, before] : changes.replaced) {
        const Listener &listener = *entry->listener;
        touch(*entry, PortCells::changedColumns(*before, listener));
        if (auto value = m_cells.sortValue(listener, m_order.column); value != entry->sortValue) {
            entry->sortValue = std::move(value);
            pending.moved.push_back(entry);
        }
        auto key = groupKeyOf(listener, m_grouping);
        const bool isMatching = m_matcher->matches(listener);
        pending.isRearranged = pending.isRearranged || key != entry->groupKey || isMatching != entry->matches;
        entry->groupKey = std::move(key);
        entry->matches = isMatching;
    }
}

void PortModel::matchAges(const Clock &before, Pending &pending)
{
    if (!m_matcher->readsAges()) {
        return;
    }
    AgeChanges ages(before, m_lookTime);
    for (PortEntry *const entry : m_sorted) {
        if (entry->startTicks && ages.readsDifferently(*entry->startTicks)) {
            const bool isMatching = m_matcher->matches(*entry->listener);
            pending.isRearranged = pending.isRearranged || isMatching != entry->matches;
            entry->matches = isMatching;
        }
    }
}

void PortModel::touch(PortEntry &entry, ColumnMask columns)
{
    if (entry.group != nullptr) {
        entry.group->isStale = true;
    }
    markChanged(entry, columns);
}

void PortModel::markChanged(PortEntry &entry, ColumnMask columns)
{
    if (columns != 0 && entry.changedColumns == 0) {
        m_touched.push_back(&entry);
    }
    entry.changedColumns |= columns;
}

void PortModel::markAges(AgeChanges &ages)
{
    if (!ages.isAnyPossible()) {
        return;
    }
    for (const auto &group : groups()) {
        for (PortEntry *const entry : group->rows) {
            if (entry->startTicks && ages.readsDifferently(*entry->startTicks)) {
                markChanged(*entry, maskOf(PortModelColumn::Since));
            }
        }
    }
}

void PortModel::showChanges(const Clock &before)
{
    AgeChanges ages(before, m_lookTime);
    markAges(ages);
    ChangedCells cells;
    for (PortEntry *const entry : std::exchange(m_touched, {})) {
        const ColumnMask columns = std::exchange(entry->changedColumns, 0);
        if (entry->group != nullptr) {
            cells.add(hasHeads() ? entry->group->row : ChangedCells::NoHead, entry->row, columns);
        }
    }
    if (hasHeads()) {
        updateSummaries(ages, cells);
    }
    emitChanges(cells);
    countRows();
}

void PortModel::updateSummaries(AgeChanges &ages, ChangedCells &cells)
{
    for (const auto &group : groups()) {
        ColumnMask columns = 0;
        if (std::exchange(group->isStale, false)) {
            auto summary = summaryOf(group->rows, m_grouping);
            columns = changedColumns(group->summary, summary);
            group->summary = std::move(summary);
        }
        const auto &start = group->summary.startTicks;
        if (start && ages.readsDifferently(*start)) {
            columns |= maskOf(PortModelColumn::Since);
        }
        cells.add(ChangedCells::NoHead, group->row, columns);
    }
}

void PortModel::emitChanges(ChangedCells &cells)
{
    const auto rectangles = cells.rectangles();
    if (!rectangles) {
        Q_EMIT layoutAboutToBeChanged(); // nothing moves: it is the one signal that has a view paint everything
        Q_EMIT layoutChanged();
        return;
    }
    for (const auto &[head, rows, columns] : *rectangles) {
        const QModelIndex parent = head == ChangedCells::NoHead ? QModelIndex() : index(head, 0);
        Q_EMIT dataChanged(index(rows.first, columns.first, parent), index(rows.last(), columns.last(), parent));
    }
}

void PortModel::countRows()
{
    const auto counts = [](const PortEntry *entry) {
        return entry->matches && entry->freshness != RowFreshness::Vanished;
    };
    const auto shownRows = static_cast<int>(std::ranges::count_if(m_sorted, counts));
    const auto total = static_cast<int>(m_entries.listenerCount());
    if (shownRows != m_shownCount || total != m_totalCount) {
        m_shownCount = shownRows;
        m_totalCount = total;
        Q_EMIT countsChanged(m_shownCount, m_totalCount);
    }
}

void PortModel::armFreshTimer()
{
    const auto expiry = m_entries.nextExpiry(m_isHeld ? HeldDuration : 0s);
    if (!expiry) {
        m_freshTimer.stop();
        return;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*expiry - m_lookTime.monotonic());
    m_freshTimer.start(std::max(left, 0ms));
}

void PortModel::setFilter(const PortFilter &filter)
{
    m_matcher.emplace(filter, *m_users, m_cells);
    for (PortEntry *const entry : m_sorted) {
        entry->matches = m_matcher->matches(*entry->listener);
    }
    rearrange();
}

void PortModel::setNotes(const std::map<ListenerKey, QString> &notes)
{
    if (notes == m_notes) {
        return;
    }
    auto before = std::exchange(m_notes, notes);
    before.insert(notes.begin(), notes.end());
    for (const auto &[key, text] : before) {
        if (PortEntry *const entry = m_entries.find(key)) {
            const auto found = notes.find(key);
            entry->note = found != notes.end() ? found->second : QString();
            markChanged(*entry, maskOf(PortModelColumn::Process));
        }
    }
    showChanges(m_lookTime);
}

void PortModel::updateUserNames()
{
    Q_ASSERT(QThread::currentThread() == thread());
    for (PortEntry *const entry : m_sorted) {
        entry->sortValue = m_cells.sortValue(*entry->listener, m_order.column);
        entry->matches = m_matcher->matches(*entry->listener);
        markChanged(*entry, maskOf(PortModelColumn::User) | maskOf(PortModelColumn::Process));
    }
    std::ranges::sort(m_sorted, m_order);
    merge(m_isHeld ? arrangedOnHold(shown(), m_sorted, m_grouping) : arranged(m_sorted, m_grouping, m_order));
    showChanges(m_lookTime);
}

void PortModel::setGrouping(PortGrouping grouping)
{
    if (grouping == m_grouping) {
        return;
    }
    m_grouping = grouping;
    for (PortEntry *const entry : m_sorted) {
        entry->groupKey = groupKeyOf(*entry->listener, m_grouping);
    }
    reset(arranged(m_sorted, m_grouping, m_order), m_grouping != PortGrouping::None);
    showChanges(m_lookTime);
}

void PortModel::hold(bool held)
{
    if (held == m_isHeld) {
        return;
    }
    m_isHeld = held;
    if (!held) {
        updateAges(); // forgets what would have been forgotten meanwhile
        rearrange();
    }
}

void PortModel::sort(int column, Qt::SortOrder order)
{
    const bool isColumn = column >= 0 && column < PortModelColumn::ColumnCount;
    const PortOrder next{.column = isColumn ? static_cast<PortModelColumn::Column>(column) : PortModelColumn::Port,
                         .direction = isColumn ? order : Qt::AscendingOrder};
    if (next == m_order) {
        return;
    }
    m_order = next;
    for (PortEntry *const entry : m_sorted) {
        entry->sortValue = m_cells.sortValue(*entry->listener, m_order.column);
    }
    std::ranges::sort(m_sorted, m_order);
    rearrange();
}

void PortModel::rearrange()
{
    merge(arranged(m_sorted, m_grouping, m_order));
    showChanges(m_lookTime);
}

int PortModel::totalCount() const
{
    return m_totalCount;
}

int PortModel::shownCount() const
{
    return m_shownCount;
}

QModelIndex PortModel::indexOf(const ListenerKey &key) const
{
    const PortEntry *const entry = m_entries.find(key);
    return entry != nullptr ? indexOfEntry(*entry, 0) : QModelIndex();
}

QVariant PortModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto column = static_cast<PortModelColumn::Column>(index.column());
    const PortGroup *const group = groupAt(index);
    return group != nullptr ? portGroupData(group->summary, group->key, column, role, m_lookTime)
                            : portEntryData(*entryAt(index), column, role, m_cells);
}

QVariant PortModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isColumn = orientation == Qt::Horizontal && section >= 0 && section < PortModelColumn::ColumnCount;
    return isColumn ? portHeaderData(static_cast<PortModelColumn::Column>(section), role) : QVariant();
}

} // namespace Quay
