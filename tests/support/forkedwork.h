// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <functional>
#include <string>

namespace Quay::Test {

/**
 * Runs @p work in a forked process and gives back what it returned. @p prepare goes first and says whether it worked.
 *
 * Errors:  Denied when it did not; Io when no answer comes in time.
 */
[[nodiscard]] Result<std::string> runForked(const std::function<bool()> &prepare,
                                            const std::function<std::string()> &work,
                                            std::chrono::milliseconds timeout = std::chrono::seconds(20));

/**
 * The same, as the first process of a pid namespace of its own with a /proc of its own: pids can be given out there
 * without disturbing anybody. Errors: as runForked(); only root may do that.
 */
[[nodiscard]] Result<std::string> runInPidNamespace(const std::function<std::string()> &work,
                                                    std::chrono::milliseconds timeout);

} // namespace Quay::Test
