// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/groupsummary.h"

#include "app/models/portcells.h"
#include "app/models/portcolumns.h"
#include "app/models/portentry.h"
#include "app/models/portmodelroles.h"
#include "app/models/sortvalue.h"
#include "app/shared/format.h"
#include "app/shared/listenerfacts.h"
#include "app/shared/listenertext.h"
#include "core/base/clock.h"
#include "core/ports/listener.h"
#include "core/processes/processinfo.h"
#include "core/processes/wholename.h"

#include <QCoreApplication>
#include <QString>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace Quay {

namespace {

using PortModelColumn::Column;

struct GroupText
{
    Q_DECLARE_TR_FUNCTIONS(GroupText)
};

QString nameOf(const Listener &listener, PortGrouping grouping)
{
    switch (grouping) {
    case PortGrouping::None:
        return {};
    case PortGrouping::Project: {
        const ProjectPtr project = projectOf(listener);
        return project != nullptr ? projectText(project) : GroupText::tr("No project");
    }
    case PortGrouping::Process: {
        const Owner *const owner = firstOwner(listener);
        return owner != nullptr ? shownText(wholeName(*owner->process)) : GroupText::tr("Process not known");
    }
    }
    return {};
}

RowFreshness commonFreshness(const std::vector<PortEntry *> &rows)
{
    const RowFreshness first = rows.front()->freshness;
    const bool isCommon = std::ranges::all_of(rows, [first](const PortEntry *row) { return row->freshness == first; });
    return isCommon ? first : RowFreshness::Settled;
}

void addProcesses(GroupSummary &summary, std::vector<const ProcessInfo *> processes)
{
    std::ranges::sort(processes, {}, &ProcessInfo::id);
    const auto repeated = std::ranges::unique(processes, {}, &ProcessInfo::id);
    processes.erase(repeated.begin(), repeated.end());
    for (const ProcessInfo *const process : processes) {
        summary.memoryBytes = summary.memoryBytes.value_or(0) + process->residentBytes;
        summary.startTicks = std::min(summary.startTicks.value_or(process->id.startTicks), process->id.startTicks);
        if (process->cpuShare) {
            summary.cpuShare = summary.cpuShare.value_or(0) + *process->cpuShare;
        }
    }
}

} // namespace

GroupSummary summaryOf(const std::vector<PortEntry *> &rows, PortGrouping grouping)
{
    GroupSummary summary;
    if (rows.empty() || grouping == PortGrouping::None) {
        return summary;
    }
    summary.name = nameOf(*rows.front()->listener, grouping);
    summary.freshness = commonFreshness(rows);
    bool isShared = false;
    std::vector<const ProcessInfo *> processes;
    for (const PortEntry *const row : rows) {
        if (row->freshness == RowFreshness::Vanished) {
            continue;
        }
        const Listener &listener = *row->listener;
        ++summary.portCount;
        summary.warningCount += static_cast<int>(listener.warnings.size());
        isShared = isShared || listener.sharedConnections.has_value();
        if (listener.connections) {
            summary.connections = summary.connections.value_or(0) + *listener.connections;
        }
        for (const Owner &owner : listener.owners) {
            processes.push_back(owner.process.get());
        }
    }
    if (isShared) {
        summary.connections.reset(); // how many of the shared ones are this group's, nobody tells
    }
    addProcesses(summary, std::move(processes));
    return summary;
}

QString groupText(const GroupSummary &summary, Column column, const Clock &clock)
{
    switch (column) {
    case PortModelColumn::Port:
        //: Head of a group: its name and how many ports there are in it
        return GroupText::tr("%1: %n port(s)", nullptr, summary.portCount).arg(summary.name);
    case PortModelColumn::Connections:
        return summary.connections ? QString::number(*summary.connections) : unknownText();
    case PortModelColumn::Since:
        return summary.startTicks ? durationText(runningTime(*summary.startTicks, clock)) : unknownText();
    case PortModelColumn::Cpu:
        return summary.cpuShare ? percentText(*summary.cpuShare) : unknownText();
    case PortModelColumn::Memory:
        return summary.memoryBytes ? bytesText(*summary.memoryBytes) : unknownText();
    case PortModelColumn::Protocol:
    case PortModelColumn::Scope:
    case PortModelColumn::Process:
    case PortModelColumn::Pid:
    case PortModelColumn::Project:
    case PortModelColumn::Kind:
    case PortModelColumn::User:
    case PortModelColumn::Unit:
    case PortModelColumn::ColumnCount:
        break;
    }
    return {};
}

QString groupAccessibleText(const GroupSummary &summary, Column column, const Clock &clock)
{
    const QString text = groupText(summary, column, clock);
    if (column != PortModelColumn::Port) {
        //: Read aloud: name of the column, value
        return text.isEmpty() ? text : GroupText::tr("%1: %2").arg(columnTitle(column), text);
    }
    const QString head = withFreshness(text, summary.freshness);
    return summary.warningCount == 0
        ? head
        //: Read aloud behind the head of a group
        : QString(head + QStringLiteral("; ") + GroupText::tr("%n warning(s)", nullptr, summary.warningCount));
}

bool isSummed(Column column)
{
    return column == PortModelColumn::Connections || column == PortModelColumn::Cpu
        || column == PortModelColumn::Memory;
}

SortValue groupSortValue(const GroupSummary &summary, Column column)
{
    const auto valueOf = [](const auto &number) {
        return number ? SortValue::of(static_cast<double>(*number)) : SortValue();
    };
    if (column == PortModelColumn::Connections) {
        return valueOf(summary.connections);
    }
    return column == PortModelColumn::Cpu ? valueOf(summary.cpuShare) : valueOf(summary.memoryBytes);
}

ColumnMask changedColumns(const GroupSummary &before, const GroupSummary &after)
{
    if (before.freshness != after.freshness) {
        return AllColumns;
    }
    ColumnMask mask = 0;
    const auto markIf = [&mask](bool isChanged, Column column) { mask |= isChanged ? maskOf(column) : 0; };
    markIf(before.name != after.name || before.portCount != after.portCount
               || before.warningCount != after.warningCount,
           PortModelColumn::Port);
    markIf(before.connections != after.connections, PortModelColumn::Connections);
    markIf(before.startTicks != after.startTicks, PortModelColumn::Since);
    markIf(before.cpuShare != after.cpuShare, PortModelColumn::Cpu);
    markIf(before.memoryBytes != after.memoryBytes, PortModelColumn::Memory);
    return mask;
}

} // namespace Quay
