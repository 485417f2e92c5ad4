// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/activitymodel.h"

#include "app/shared/auditdetailstext.h"
#include "app/shared/audittext.h"
#include "app/shared/format.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace Quay {

namespace {

/// What is still under way needs none yet.
bool needsAttention(const AuditEntry &entry)
{
    return entry.state != AuditState::Running && !isSuccess(entry);
}

} // namespace

ActivityModel::ActivityModel(uid_t viewer, QObject *parent, std::shared_ptr<UserNames> users)
    : QAbstractTableModel(parent)
    , m_viewer(viewer)
    , m_users(std::move(users))
{
}

void ActivityModel::setHistory(AuditHistory history)
{
    m_history = std::move(history);
    show();
}

void ActivityModel::setFilter(std::vector<std::string> words, bool onlyAttention)
{
    m_filter.words = std::move(words);
    m_onlyAttention = onlyAttention;
    show();
}

void ActivityModel::updateUserNames()
{
    if (!m_shown.empty()) {
        Q_EMIT dataChanged(index(0, ActivityColumn::Who), index(rowCount() - 1, ActivityColumn::Who));
    }
}

std::vector<AuditEntry> ActivityModel::wanted() const
{
    std::vector<AuditEntry> entries;
    std::ranges::copy_if(m_history.entries, std::back_inserter(entries), [this](const AuditEntry &entry) {
        return matches(entry, m_filter) && (!m_onlyAttention || needsAttention(entry));
    });
    return entries;
}

void ActivityModel::show()
{
    auto entries = wanted();
    const auto isSameAttempt = [](const AuditEntry &left, const AuditEntry &right) { return left.id == right.id; };
    // New ones come on top; below them the same attempts stay, and some of them have gone on.
    const auto added = static_cast<std::ptrdiff_t>(entries.size()) - static_cast<std::ptrdiff_t>(m_shown.size());
    if (added < 0
        || !std::ranges::equal(entries.begin() + added, entries.end(), m_shown.begin(), m_shown.end(), isSameAttempt)) {
        beginResetModel();
        m_shown = std::move(entries);
        endResetModel();
        return;
    }
    if (added > 0) {
        beginInsertRows({}, 0, static_cast<int>(added) - 1);
        m_shown.insert(m_shown.begin(), entries.begin(), entries.begin() + added);
        endInsertRows();
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (m_shown[i] != entries[i]) {
            m_shown[i] = std::move(entries[i]);
            const int row = static_cast<int>(i);
            Q_EMIT dataChanged(index(row, 0), index(row, ActivityColumn::ColumnCount - 1));
        }
    }
}

QModelIndex ActivityModel::indexOf(const QString &id) const
{
    const auto found = std::ranges::find(m_shown, id.toStdString(), &AuditEntry::id);
    return found != m_shown.end() ? index(static_cast<int>(found - m_shown.begin()), 0) : QModelIndex();
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ActivityModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ActivityColumn::ColumnCount);
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const auto &entry = m_shown[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<ActivityColumn::Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, column);
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (column == ActivityColumn::After ? Qt::AlignRight : Qt::AlignLeft));
    case ActivityRole::Id:
        return QString::fromStdString(entry.id);
    case ActivityRole::Details:
        return auditDetailsText(entry, *m_users);
    case ActivityRole::NeedsAttention:
        return needsAttention(entry);
    default:
        return {};
    }
}

QString ActivityModel::text(const AuditEntry &entry, ActivityColumn::Column column) const
{
    switch (column) {
    case ActivityColumn::When:
        return timeText(entry.begunAt);
    case ActivityColumn::Who:
        return auditAuthorText(entry, m_viewer, *m_users);
    case ActivityColumn::What:
        return auditSubjectText(entry);
    case ActivityColumn::Scope:
        return auditScopeText(entry.scope);
    case ActivityColumn::Outcome:
        return auditOutcomeText(entry);
    case ActivityColumn::After:
        return entry.elapsed ? elapsedText(*entry.elapsed) : QString();
    case ActivityColumn::ColumnCount:
        break;
    }
    return {};
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(Qt::AlignVCenter | (section == ActivityColumn::After ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (static_cast<ActivityColumn::Column>(section)) {
    case ActivityColumn::When:
        return tr("When");
    case ActivityColumn::Who:
        return tr("By", "who asked");
    case ActivityColumn::What:
        return tr("What");
    case ActivityColumn::Scope:
        return tr("Scope");
    case ActivityColumn::Outcome:
        return tr("Outcome");
    case ActivityColumn::After:
        return tr("After", "how long it took");
    case ActivityColumn::ColumnCount:
        break;
    }
    return {};
}

} // namespace Quay
