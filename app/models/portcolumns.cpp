// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portcolumns.h"

#include "app/models/portmodelroles.h"

#include <QCoreApplication>
#include <QString>

namespace Quay {

namespace {

struct PortColumn
{
    Q_DECLARE_TR_FUNCTIONS(PortColumn)
};

} // namespace

QString columnTitle(PortModelColumn::Column column)
{
    switch (column) {
    case PortModelColumn::Port:
        return PortColumn::tr("Port");
    case PortModelColumn::Protocol:
        return PortColumn::tr("Protocol");
    case PortModelColumn::Scope:
        return PortColumn::tr("Reachable from");
    case PortModelColumn::Process:
        return PortColumn::tr("Process");
    case PortModelColumn::Pid:
        return PortColumn::tr("PID");
    case PortModelColumn::Project:
        return PortColumn::tr("Project");
    case PortModelColumn::Kind:
        return PortColumn::tr("Kind");
    case PortModelColumn::User:
        return PortColumn::tr("User");
    case PortModelColumn::Unit:
        return PortColumn::tr("Unit");
    case PortModelColumn::Connections:
        return PortColumn::tr("Connections");
    case PortModelColumn::Since:
        return PortColumn::tr("Running for");
    case PortModelColumn::Cpu:
        return PortColumn::tr("CPU");
    case PortModelColumn::Memory:
        return PortColumn::tr("Memory");
    case PortModelColumn::ColumnCount:
        break;
    }
    return {};
}

QString columnToolTip(PortModelColumn::Column column)
{
    switch (column) {
    case PortModelColumn::Port:
        return PortColumn::tr("The port number");
    case PortModelColumn::Protocol:
        return PortColumn::tr("TCP or UDP");
    case PortModelColumn::Scope:
        return PortColumn::tr("Whether other machines can reach it, and its address");
    case PortModelColumn::Process:
        return PortColumn::tr("The program that holds the port, and how many more do");
    case PortModelColumn::Pid:
        return PortColumn::tr("The number of the process");
    case PortModelColumn::Project:
        return PortColumn::tr("The source tree it was started in, and the branch");
    case PortModelColumn::Kind:
        return PortColumn::tr("What kind of server it is");
    case PortModelColumn::User:
        return PortColumn::tr("The user it runs as");
    case PortModelColumn::Unit:
        return PortColumn::tr("The systemd unit or container it runs in");
    case PortModelColumn::Connections:
        return PortColumn::tr("How many connections are open");
    case PortModelColumn::Since:
        return PortColumn::tr("How long ago the process was started");
    case PortModelColumn::Cpu:
        return PortColumn::tr("Processor time of all its processes; 100 % is one core");
    case PortModelColumn::Memory:
        return PortColumn::tr("Resident memory of all its processes");
    case PortModelColumn::ColumnCount:
        break;
    }
    return {};
}

bool isNumeric(PortModelColumn::Column column)
{
    switch (column) {
    case PortModelColumn::Port:
    case PortModelColumn::Pid:
    case PortModelColumn::Connections:
    case PortModelColumn::Since:
    case PortModelColumn::Cpu:
    case PortModelColumn::Memory:
        return true;
    case PortModelColumn::Protocol:
    case PortModelColumn::Scope:
    case PortModelColumn::Process:
    case PortModelColumn::Project:
    case PortModelColumn::Kind:
    case PortModelColumn::User:
    case PortModelColumn::Unit:
    case PortModelColumn::ColumnCount:
        break;
    }
    return false;
}

} // namespace Quay
