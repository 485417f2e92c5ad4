// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

namespace Quay {

/**
 * Whether the machine runs on its battery: one discharges and no mains adapter is plugged in.
 *
 * Batteries of mice and headsets do not count.
 *
 * Source:  /sys/class/power_supply, Documentation/ABI/testing/sysfs-class-power. @p directory is injected.
 * Errors:  Unsupported when the machine tells nothing about its power supply (containers, most virtual machines).
 * Threads: any; some batteries take 100 ms to answer, so not the GUI's.
 */
[[nodiscard]] Result<bool> isOnBattery(const std::string &directory = "/sys/class/power_supply");

} // namespace Quay
