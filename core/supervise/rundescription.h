// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"

#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// How a server is asked to end.
struct StopManner
{
    int signal = SIGTERM; ///< First.
    std::chrono::milliseconds grace = std::chrono::seconds(10); ///< SIGKILL follows for whoever is still there.

    bool operator==(const StopManner &) const = default;
};

/// How much of a server's output is kept.
struct LogLimits
{
    std::uint64_t fileBytes = std::uint64_t{10} << 20U; ///< A file that holds as much is put aside.
    std::uint32_t filesKept = 4; ///< Beside the one in use.

    bool operator==(const LogLimits &) const = default;
};

/// All that a supervisor needs to know. Raw bytes; the environment holds secrets.
struct RunDescription
{
    ServerIdentity server;
    ServerPlaces places;
    std::string runId; ///< See makeRunId().
    std::vector<std::string> arguments; ///< The program first; without a slash it is looked for in the server's PATH.
    std::string directory; ///< To start it in.
    std::vector<std::string> environment; ///< All of it, `NAME=value`.
    bool hasTerminal = false; ///< A pseudo-terminal of its own, for colours. All of its output is stdout then.
    bool expectsNotify = false; ///< It is given a NOTIFY_SOCKET.
    std::chrono::milliseconds watchdog{0}; ///< It is to say so often there that it is alive; 0: it need not.
    StopManner stop;
    LogLimits log;

    bool operator==(const RunDescription &) const = default;
};

/// The most that a description may take: more than execve() would.
inline constexpr std::size_t MostDescriptionBytes = std::size_t{32} << 20U;

/// Threads: pure function.
[[nodiscard]] std::string descriptionText(const RunDescription &description);

/**
 * Reads what descriptionText() wrote. It is strict: agent and supervisor are of one version, and a field that is not
 * understood may be what matters.
 *
 * Errors:  Malformed, with the field that is missing or not possible. Unsupported: of another version.
 * Threads: pure function.
 */
[[nodiscard]] Result<RunDescription> descriptionFromText(std::string_view text);

} // namespace Quay
