// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <functional>
#include <string>

#include <sys/types.h>

namespace Quay::Test {

/// Users without a name or a right anywhere; tests as root become them.
inline constexpr uid_t OtherUid = 65534;
inline constexpr uid_t ThirdUid = 65533;

/**
 * Runs @p work in a forked process that has become @p uid for good, and gives back what it returned.
 *
 * Errors:  Denied when we may not do that; Io when no answer comes within 20 s.
 */
[[nodiscard]] Result<std::string> runAs(uid_t uid, const std::function<std::string()> &work);

/**
 * A /proc of our pid namespace in which others see no process of ours (hidepid=2), mounted nowhere: it can be reached
 * through the descriptor alone.
 *
 * Errors:  as errorFromErrno(): only root may do that.
 */
[[nodiscard]] Result<UniqueFd> makeHidingProc();

} // namespace Quay::Test
