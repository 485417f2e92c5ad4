// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portmodelroles.h"
#include "app/models/sortvalue.h"
#include "core/ports/listener.h"

namespace Quay {

class UserNames;

/// By what a listener's row is sorted in that column. Threads: as the UserNames.
[[nodiscard]] SortValue portSortValue(const Listener &listener, PortModelColumn::Column column, UserNames &users);

} // namespace Quay
