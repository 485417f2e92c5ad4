// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/groupsummary.h"
#include "app/models/portarrangement.h"
#include "app/models/portcells.h"
#include "app/models/portcolumns.h"
#include "app/models/portentries.h"
#include "app/models/portentry.h"
#include "app/models/portfilter.h"
#include "app/models/portgroup.h"
#include "app/models/portmodelroles.h"
#include "app/models/porttree.h"
#include "app/models/stillclock.h"
#include "app/shared/usernames.h"
#include "core/base/clock.h"
#include "core/ports/portsnapshot.h"

#include <QTimer>
#include <QVariant>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace Quay {

class AgeChanges;
class ChangedCells;

/**
 * The ports as a table, or as a tree of groups with the ports below them.
 *
 * It filters and sorts by itself, on raw values: a snapshot is arranged first and then merged into what is shown, in
 * runs of rows, so that ten thousand rows that appear at once are one insertion, and so that selection and expansion
 * survive. While hold(true) is set (mouse or keyboard at work) rows keep their order: new ones go last, and those that
 * are gone stay, for a minute at most. What the user asks for, a filter, an order or a grouping, is done at once also
 * then.
 *
 * A row that appeared or vanished says so for FreshDuration.
 *
 * Threads: GUI. Needs Qt Core and Gui only; tested without a display.
 */
class PortModel : public PortTree
{
    Q_OBJECT
public:
    /// @p clock must outlive it.
    explicit PortModel(QObject *parent = nullptr, const Clock &clock = systemClock(),
                       std::shared_ptr<UserNames> users = std::make_shared<UserNames>());

    void setSnapshot(const PortSnapshotPtr &snapshot);
    void setFilter(const PortFilter &filter);
    void setGrouping(PortGrouping grouping);
    /// Keeps rows where they are until released.
    void hold(bool held);
    /// Has ages painted anew that read differently by now. For every look, also one that found nothing new.
    void updateAges();
    /// What is being done to the owners of some listeners: it stands before their names.
    void setNotes(const std::map<ListenerKey, QString> &notes);
    /// Users may be called differently than before.
    void updateUserNames();

    /// Listeners in the snapshot, before filtering.
    [[nodiscard]] int totalCount() const;
    /// Listeners that pass the filter.
    [[nodiscard]] int shownCount() const;
    /// The row of a listener, invalid when it is filtered out or gone.
    [[nodiscard]] QModelIndex indexOf(const ListenerKey &key) const;

    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

Q_SIGNALS:
    void countsChanged(int shown, int total);

private:
    /// What a refresh found out before anything is shown of it.
    struct Pending
    {
        std::vector<PortEntry *> moved; ///< New, or their sort value changed.
        bool isRearranged = false; ///< Something else about who is shown where.
    };

    void refresh(const PortEntries::Changes &changes, const Clock &before);
    void takeAdded(const PortEntries::Changes &changes, Pending &pending);
    void takeReplaced(const PortEntries::Changes &changes, Pending &pending);
    /// Asks again of those whose age reads differently.
    void matchAges(const Clock &before, Pending &pending);
    /// An entry is another one than before: its head is to be summed up again.
    void touch(PortEntry &entry, ColumnMask columns);
    void markChanged(PortEntry &entry, ColumnMask columns);
    void markAges(AgeChanges &ages);
    /// Shows everything where it belongs, held or not.
    void rearrange();
    /// Announces what reads differently; @p before is the time of the last look.
    void showChanges(const Clock &before);
    void updateSummaries(AgeChanges &ages, ChangedCells &cells);
    void emitChanges(ChangedCells &cells);
    void countRows();
    void armFreshTimer();

    const Clock &m_clock;
    StillClock m_lookTime; ///< Ages are those of the last look: a row paints the same until it is told otherwise.
    std::shared_ptr<UserNames> m_users; ///< never null
    PortCells m_cells;
    std::optional<PortMatcher> m_matcher; ///< never empty
    PortGrouping m_grouping = PortGrouping::None;
    PortOrder m_order;
    bool m_isHeld = false;
    int m_shownCount = 0;
    int m_totalCount = 0;

    PortEntries m_entries;
    std::vector<PortEntry *> m_sorted; ///< All entries, also those that do not match.
    std::vector<PortEntry *> m_touched; ///< Those with changedColumns.
    std::map<ListenerKey, QString> m_notes;
    QTimer m_freshTimer;
};

} // namespace Quay
