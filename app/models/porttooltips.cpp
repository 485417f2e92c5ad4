// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/porttooltips.h"

#include "app/models/portmodelroles.h"
#include "app/shared/format.h"
#include "app/shared/listenerfacts.h"
#include "app/shared/listenertext.h"
#include "app/shared/usernames.h"
#include "core/base/clock.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <cstddef>

namespace Quay {

namespace {

constexpr std::size_t MostOwners = 12;

struct PortToolTip
{
    Q_DECLARE_TR_FUNCTIONS(PortToolTip)
};

/// One line for each owner, made by @p describe.
template<typename Describe>
QString eachOwner(const Listener &listener, Describe describe)
{
    QStringList lines;
    const std::size_t shown = std::min(listener.owners.size(), MostOwners);
    for (std::size_t i = 0; i < shown; ++i) {
        lines.append(
            PortToolTip::tr("%1 %2", "pid, about this process")
                .arg(QString::number(listener.owners[i].process->id.pid), shortened(describe(listener.owners[i]))));
    }
    if (const auto more = listener.owners.size() - shown; more > 0) {
        lines.append(PortToolTip::tr("and %n more", nullptr, static_cast<int>(more)));
    }
    return lines.join(u'\n');
}

QString withReason(const QString &text, const Listener &listener, UserNames &users)
{
    const QString reason = ownerKnowledgeText(listener, users);
    return text.isEmpty() || reason.isEmpty() ? QString(text + reason) : QString(text + u'\n' + reason);
}

QString portTip(const Listener &listener)
{
    QStringList lines{shownText(listener.endpoint())};
    for (const Warning &warning : listener.warnings) {
        lines.append(warningText(warning));
    }
    return lines.join(u'\n');
}

QString projectTip(const Listener &listener)
{
    const QString directories = eachOwner(listener, [](const Owner &owner) {
        return owner.profile->workingDirectory ? shownText(owner.profile->workingDirectory->path) : QString();
    });
    if (isProjectUnknown(listener)) {
        const bool isSilent =
            std::ranges::any_of(listener.owners, [](const Owner &owner) { return owner.profile->isDirectorySilent; });
        return isSilent ? QString(PortToolTip::tr("Unknown: the file system of this directory does not answer.") + u'\n'
                                  + directories)
                        : PortToolTip::tr("The directory of this process may not be read.");
    }
    const ProjectPtr project = projectOf(listener);
    return project == nullptr ? QString(PortToolTip::tr("Not in a project.") + u'\n' + directories)
                              : QString(projectText(project) + u'\n' + shownText(project->root) + u'\n' + directories);
}

QString connectionsTip(const Listener &listener)
{
    if (listener.sharedConnections) {
        return PortToolTip::tr("%n established, shared with other sockets at this address: "
                               "the system does not tell which of them took which.",
                               nullptr, static_cast<int>(*listener.sharedConnections));
    }
    if (!listener.connections) {
        return listener.socket.protocol == Protocol::Udp ? PortToolTip::tr("UDP has no connections.")
                                                         : PortToolTip::tr("The connections were not counted.");
    }
    if (listener.socket.protocol == Protocol::Udp) {
        return {};
    }
    const auto queue = listener.acceptQueue();
    return queue ? PortToolTip::tr("%n waiting to be accepted", nullptr, static_cast<int>(queue->waiting))
                 : PortToolTip::tr("How many wait to be accepted is not known.");
}

QString sinceTip(const Listener &listener, const Clock &clock)
{
    return eachOwner(listener, [&clock](const Owner &owner) {
        return PortToolTip::tr("started %1", "at this time")
            .arg(timeText(startTime(owner.process->id.startTicks, clock)));
    });
}

QString cpuTip(const Listener &listener)
{
    return eachOwner(listener, [](const Owner &owner) {
        return owner.process->cpuShare ? percentText(*owner.process->cpuShare)
                                       : PortToolTip::tr("not known before the second look");
    });
}

QString memoryTip(const Listener &listener)
{
    return eachOwner(listener, [](const Owner &owner) { return bytesText(owner.process->residentBytes); });
}

QString kindTip(const Listener &listener)
{
    const ServerKind *const kind = kindOf(listener);
    return kind != nullptr ? shownText(kind->name) : PortToolTip::tr("This kind of server is not recognised.");
}

QString unitTip(const Listener &listener)
{
    const QString cgroup = shortened(shownText(listener.unit.path));
    if (cgroup.isEmpty()) {
        return PortToolTip::tr("It is not known in which unit or container it runs.");
    }
    return listener.unit.kind == UnitKind::None
        ? QString(PortToolTip::tr("In no unit and no container.") + u'\n' + cgroup)
        : cgroup;
}

} // namespace

QString portToolTip(const Listener &listener, PortModelColumn::Column column, UserNames &users, const Clock &clock)
{
    const bool needsOwner = column != PortModelColumn::Port && column != PortModelColumn::Protocol
        && column != PortModelColumn::Scope && column != PortModelColumn::User && column != PortModelColumn::Unit
        && column != PortModelColumn::Connections;
    if (needsOwner && listener.owners.empty()) {
        return ownerKnowledgeText(listener, users);
    }
    switch (column) {
    case PortModelColumn::Port:
    case PortModelColumn::Protocol:
    case PortModelColumn::Scope:
        return portTip(listener);
    case PortModelColumn::Process:
    case PortModelColumn::Pid:
        return withReason(eachOwner(listener, [](const Owner &owner) { return commandText(*owner.process); }), listener,
                          users);
    case PortModelColumn::Project:
        return projectTip(listener);
    case PortModelColumn::Kind:
        return kindTip(listener);
    case PortModelColumn::User:
        return PortToolTip::tr("%1, user number %2").arg(users.name(uidOf(listener)), QString::number(uidOf(listener)));
    case PortModelColumn::Unit:
        return unitTip(listener);
    case PortModelColumn::Connections:
        return connectionsTip(listener);
    case PortModelColumn::Since:
        return sinceTip(listener, clock);
    case PortModelColumn::Cpu:
        return cpuTip(listener);
    case PortModelColumn::Memory:
        return memoryTip(listener);
    case PortModelColumn::ColumnCount:
        break;
    }
    return {};
}

} // namespace Quay
