// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/processes/processid.h"

#include <string>
#include <string_view>
#include <vector>

namespace Quay {

class ProcFs;

/// One variable a process was started with. Raw bytes.
struct EnvironmentVariable
{
    std::string name;
    std::string value;
    bool isSecret = false; ///< Its name or value looks like a password, key or token: do not show it unasked.

    bool operator==(const EnvironmentVariable &) const = default;
};

/**
 * Whether a variable looks like a secret: its name says so, or its value is a URL with a password in it.
 *
 * Better a harmless value masked than a token on a shared screen.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] bool looksSecret(std::string_view name, std::string_view value);

/**
 * The environment of exactly this process, by name.
 *
 * The identity is verified after the read: a recycled pid cannot lend its environment.
 *
 * Source:  /proc/PID/environ: as it was at the start, later changes are not in it.
 * Errors:  Gone; Denied for other users' processes.
 * Threads: any; blocks.
 */
[[nodiscard]] Result<std::vector<EnvironmentVariable>> environmentOf(const ProcFs &proc, ProcessId process);

} // namespace Quay
