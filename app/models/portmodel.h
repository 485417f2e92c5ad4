// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portfilter.h"
#include "core/ports/portsnapshot.h"

#include <QAbstractItemModel>
#include <QTimer>

namespace Quay {

/// Whether a row is shown as new or as gone, for a few seconds each.
enum class RowFreshness
{
    Settled,
    Appeared,
    Vanished, ///< Still listed, greyed, no longer there.
};

enum class PortGrouping
{
    None,
    Project,
    Process,
};

/**
 * The ports as a table, or as a tree of groups with the ports below them.
 *
 * It filters and sorts by itself, on raw values: a snapshot is arranged first and then merged into what is shown, in
 * runs of rows, so that ten thousand rows that appear at once are one insertion, and so that selection, scroll position
 * and expansion survive. While hold(true) is set (mouse or keyboard at work) rows keep their order: new ones go last.
 *
 * Threads: GUI. Needs Qt Core and Gui only; tested without a display.
 */
class PortModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    explicit PortModel(QObject *parent = nullptr);

    void setSnapshot(const PortSnapshotPtr &snapshot);
    void setFilter(const PortFilter &filter);
    void setGrouping(PortGrouping grouping);
    /// Keeps rows where they are until released.
    void hold(bool held);

    /// Listeners in the snapshot, before filtering.
    [[nodiscard]] int totalCount() const;
    /// Listeners that pass the filter.
    [[nodiscard]] int shownCount() const;
    /// The row of a listener, invalid when it is filtered out or gone.
    [[nodiscard]] QModelIndex indexOf(const ListenerKey &key) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

Q_SIGNALS:
    void countsChanged(int shown, int total);
};

} // namespace Quay
