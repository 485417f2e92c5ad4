// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portarrangement.h"
#include "app/models/portentry.h"
#include "app/models/portgroup.h"

#include <QAbstractItemModel>
#include <QModelIndex>

#include <memory>
#include <vector>

namespace Quay {

struct RowMergePlan;
struct TreeMerge;

/**
 * The structure of PortModel: which row is where, and how one arrangement becomes the next.
 *
 * A few runs of rows are removed and inserted one after the other. Where there are many, or where rows change their
 * order, the whole costs as much as one insertion, one change of layout and one removal a group: what is new goes to
 * the end, all rows change places at once, and what leaves is then at the end. Persistent indexes follow their rows all
 * the way, also from one group to another.
 *
 * Threads: GUI.
 */
class PortTree : public QAbstractItemModel
{
    Q_OBJECT
public:
    ~PortTree() override;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    /// Rows are about to come, go or change places: a view may note what is at its top ...
    void aboutToMerge();
    /// ... and scroll back to it when all of that is done.
    void merged();

protected:
    explicit PortTree(QObject *parent = nullptr);

    [[nodiscard]] bool hasHeads() const noexcept { return m_hasHeads; }
    [[nodiscard]] const std::vector<std::unique_ptr<PortGroup>> &groups() const noexcept { return m_groups; }
    [[nodiscard]] PortArrangement shown() const;

    /// Null for the head of a group.
    [[nodiscard]] const PortEntry *entryAt(const QModelIndex &index) const;
    /// Null for the row of a listener.
    [[nodiscard]] const PortGroup *groupAt(const QModelIndex &index) const;
    /// Invalid when the entry is not shown.
    [[nodiscard]] QModelIndex indexOfEntry(const PortEntry &entry, int column) const;
    /// Invalid without heads, which makes it the parent of the group's rows in both cases.
    [[nodiscard]] QModelIndex indexOfGroup(const PortGroup &group, int column = 0) const;

    /// Shows the arrangement and forgets what was shown.
    void reset(PortArrangement next, bool hasHeads);
    /// Leads from what is shown to @p next. Entries must stay valid until it returns.
    void merge(PortArrangement next);

private:
    void mergeByRuns(TreeMerge &merge);
    void mergeHeadsByRuns(TreeMerge &merge);
    void mergeRowsByRuns(PortGroup &group, const RowMergePlan &plan, const std::vector<PortEntry *> &next);
    void mergeAtOnce(TreeMerge &merge);
    void insertAtEnd(TreeMerge &merge);
    void permute(TreeMerge &merge);
    void placeAll(TreeMerge &merge);
    void removeFromEnd(const TreeMerge &merge);
    void renumberHeads();

    std::vector<std::unique_ptr<PortGroup>> m_groups; ///< Without heads exactly one, whose rows are the model's.
    bool m_hasHeads = false;
};

} // namespace Quay
