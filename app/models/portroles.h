// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portmodelroles.h"

#include <QString>
#include <QVariant>

namespace Quay {

class Clock;
class PortCells;
struct GroupSummary;
struct PortEntry;

// What PortModel answers for each role. Threads: as the PortCells.

[[nodiscard]] QVariant portEntryData(const PortEntry &entry, PortModelColumn::Column column, int role,
                                     const PortCells &cells);
/// Of the head of a group. @p clock: ages are taken at its time.
[[nodiscard]] QVariant portGroupData(const GroupSummary &summary, const QString &key, PortModelColumn::Column column,
                                     int role, const Clock &clock);
[[nodiscard]] QVariant portHeaderData(PortModelColumn::Column column, int role);

} // namespace Quay
