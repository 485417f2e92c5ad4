// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

namespace Quay {

class ProcFs;

/// A text that is another one each time that the machine starts: pids and start times mean something only together with
/// it. Source: /proc/sys/kernel/random/boot_id, random(4). Errors: as errorFromErrno(); Malformed.
[[nodiscard]] Result<std::string> readBootId(const ProcFs &proc);

} // namespace Quay
