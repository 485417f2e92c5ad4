// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shared/usernames.h"
#include "core/history/audithistory.h"

#include <QAbstractTableModel>

#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace ActivityColumn {
enum Column
{
    When,
    Who,
    What,
    Scope,
    Outcome,
    After,
    ColumnCount
};
} // namespace ActivityColumn

namespace ActivityRole {
enum Role
{
    Id = Qt::UserRole, ///< QString: of the attempt.
    Details, ///< QString: each process and port over several lines.
    NeedsAttention, ///< bool: it did not go as it was to go.
};
} // namespace ActivityRole

/// What was ended, the last first, as far as it fits the search.
class ActivityModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    /// @p viewer: whose own attempts need not name who asked.
    explicit ActivityModel(uid_t viewer, QObject *parent = nullptr,
                           std::shared_ptr<UserNames> users = std::make_shared<UserNames>());

    /// Rows that were there stay what they are: an attempt that goes on is changed in place.
    void setHistory(AuditHistory history);
    /// As AuditFilter::words. @p onlyAttention: only what did not go as it was to go.
    void setFilter(std::vector<std::string> words, bool onlyAttention);

    /// Users may be called differently than before.
    void updateUserNames();

    [[nodiscard]] int totalCount() const { return static_cast<int>(m_history.entries.size()); }
    /// The row of an attempt; invalid when it is filtered out.
    [[nodiscard]] QModelIndex indexOf(const QString &id) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] std::vector<AuditEntry> wanted() const;
    [[nodiscard]] QString text(const AuditEntry &entry, ActivityColumn::Column column) const;
    void show();

    uid_t m_viewer;
    std::shared_ptr<UserNames> m_users; ///< never null
    AuditHistory m_history;
    AuditFilter m_filter;
    bool m_onlyAttention = false;
    std::vector<AuditEntry> m_shown;
};

} // namespace Quay
