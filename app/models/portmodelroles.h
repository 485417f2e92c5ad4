// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace Quay::PortModelColumn {
enum Column
{
    Port,
    Protocol,
    Scope, ///< "this machine" or "network", with the address.
    Process,
    Pid,
    Project,
    Kind,
    User,
    Unit, ///< systemd unit or container
    Connections,
    Since,
    Cpu,
    Memory,
    ColumnCount
};
} // namespace Quay::PortModelColumn

namespace Quay::PortModelRole {
enum Role
{
    Sort = Qt::UserRole, ///< Raw, comparable value of the cell.
    Listener, ///< Quay::ListenerPtr; null for a group row.
    Freshness, ///< Quay::RowFreshness as int: just appeared, vanished, or neither.
    IsGroup, ///< bool
    GroupKey, ///< QString, stable: to remember what is expanded.
    WarningCount, ///< int
    RowText, ///< QString: the whole row as one line of text, for Ctrl+C.
};
} // namespace Quay::PortModelRole
