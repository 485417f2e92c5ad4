// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/pidfd.h"
#include "core/supervise/processmark.h"
#include "core/supervise/runevent.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// Somebody of a run that had not ended in time.
struct UnstoppedProcess
{
    ProcessMark process;
    std::string command; ///< Its command line, without secrets. Raw bytes.
    int sysErrno = 0; ///< Why it could not be killed either; 0: it was.

    bool operator==(const UnstoppedProcess &) const = default;
};

/// Nothing when @p event does not tell of one. Threads: pure function.
[[nodiscard]] std::optional<UnstoppedProcess> unstoppedFrom(const RunEvent &event);

/**
 * What a run has said of itself, and what is known of its end: the events of its record, as far as they are worth
 * knowing afterwards.
 *
 * Threads: a value.
 */
struct RunAccount
{
    static constexpr std::size_t MostKilled = 20; ///< Of more the first are kept.

    std::optional<std::string>
        says; ///< How it stands, in its own words (sd_notify STATUS=), without secrets. Raw bytes.
    std::optional<ExitStatus> exit;
    std::optional<ResourceUsage> usage; ///< Of its main process, once that has ended.
    bool wasOutOfMemory = false; ///< The kernel ended somebody of it for want of memory, as far as it tells.
    bool wasAskedToStop = false;
    std::vector<UnstoppedProcess> killed;

    void take(const RunEvent &event);

    bool operator==(const RunAccount &) const = default;
};

} // namespace Quay
