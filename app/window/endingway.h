// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/killplan.h"

namespace Quay {

/// How somebody is to be ended.
struct EndingWay
{
    KillScope scope = KillScope::Process;
    bool isForced = false; ///< SIGKILL at once.
    bool asksFirst = false; ///< Also where one process would be asked to stop at once: how is to be chosen.
};

} // namespace Quay
