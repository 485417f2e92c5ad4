// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace Quay {

/**
 * Has the kernel kill this process when the thread that started it ends.
 *
 * Source:  PR_SET_PDEATHSIG, prctl(2). The setting is lost over fork and over a set-user-id exec, so each child calls
 * it again. A parent that died before the call is not noticed: watch a pipe from it as well. Errors:  as
 * errorFromErrno().
 */
[[nodiscard]] Result<> endWithParent();

/// Gives this process another name (comm), cut to 15 bytes. Source: PR_SET_NAME, prctl(2).
[[nodiscard]] Result<> setProcessName(const char *name);

} // namespace Quay
