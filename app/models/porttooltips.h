// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portmodelroles.h"
#include "core/ports/listener.h"

#include <QString>

namespace Quay {

class Clock;
class UserNames;

/**
 * The whole of what a cell shortens: command lines, directories, every owner, exact times; for an unknown value the
 * reason. Plain text in lines, each fit to be shown; empty where the cell says all. At most 12 owners are listed.
 *
 * Threads: as the UserNames.
 */
[[nodiscard]] QString portToolTip(const Listener &listener, PortModelColumn::Column column, UserNames &users,
                                  const Clock &clock);

} // namespace Quay
