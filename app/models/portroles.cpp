// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portroles.h"

#include "app/models/groupsummary.h"
#include "app/models/portcells.h"
#include "app/models/portcolumns.h"
#include "app/models/portentry.h"
#include "app/shared/format.h"
#include "core/ports/listener.h"

#include <QCoreApplication>
#include <QString>
#include <QVariant>
#include <Qt>

namespace Quay {

namespace {

struct RoleTexts
{
    Q_DECLARE_TR_FUNCTIONS(PortRoles)
};

QVariant alignmentOf(bool isNumber)
{
    return QVariant::fromValue(Qt::Alignment((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
}

QString withNote(const QString &text, const PortEntry &entry, PortModelColumn::Column column)
{
    return entry.note.isEmpty() || column != PortModelColumn::Process
        ? text
        : RoleTexts::tr("%1 (%2)", "what happens to it (process)").arg(entry.note, text);
}

} // namespace

QVariant portEntryData(const PortEntry &entry, PortModelColumn::Column column, int role, const PortCells &cells)
{
    const Listener &listener = *entry.listener;
    switch (role) {
    case Qt::DisplayRole:
        return withNote(cells.text(listener, column), entry, column);
    case Qt::ToolTipRole:
        return toolTipHtml(cells.toolTip(listener, column));
    case Qt::AccessibleTextRole:
        return withNote(cells.accessibleText(listener, column, entry.freshness), entry, column);
    case Qt::TextAlignmentRole:
        return alignmentOf(isNumeric(column));
    case PortModelRole::Sort:
        return cells.sortValue(listener, column).toVariant();
    case PortModelRole::Listener:
        return QVariant::fromValue(entry.listener);
    case PortModelRole::Freshness:
        return static_cast<int>(entry.freshness);
    case PortModelRole::IsGroup:
        return false;
    case PortModelRole::WarningCount:
        return static_cast<int>(listener.warnings.size());
    case PortModelRole::RowText:
        return cells.rowText(listener);
    default:
        return {};
    }
}

QVariant portGroupData(const GroupSummary &summary, const QString &key, PortModelColumn::Column column, int role,
                       const Clock &clock)
{
    switch (role) {
    case Qt::DisplayRole:
        return groupText(summary, column, clock);
    case Qt::AccessibleTextRole:
        return groupAccessibleText(summary, column, clock);
    case Qt::ToolTipRole:
        return toolTipHtml(groupText(summary, column, clock));
    case Qt::TextAlignmentRole:
        return alignmentOf(isNumeric(column) && column != PortModelColumn::Port);
    case PortModelRole::Sort:
        return isSummed(column) ? groupSortValue(summary, column).toVariant() : QVariant(summary.name);
    case PortModelRole::Listener:
        return QVariant::fromValue(ListenerPtr());
    case PortModelRole::Freshness:
        return static_cast<int>(summary.freshness);
    case PortModelRole::IsGroup:
        return true;
    case PortModelRole::GroupKey:
        return key;
    case PortModelRole::WarningCount:
        return summary.warningCount;
    case PortModelRole::RowText:
        return groupText(summary, PortModelColumn::Port, clock);
    default:
        return {};
    }
}

QVariant portHeaderData(PortModelColumn::Column column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return columnTitle(column);
    case Qt::ToolTipRole:
        return columnToolTip(column);
    case Qt::TextAlignmentRole:
        return alignmentOf(isNumeric(column));
    default:
        return {};
    }
}

} // namespace Quay
