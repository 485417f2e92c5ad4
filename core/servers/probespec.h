// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/socketrecord.h"
#include "core/probes/httprequester.h"
#include "core/servers/servercommand.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace Quay {

/// A socket of the server's own processes is in LISTEN.
struct ListeningCondition
{
    std::optional<std::uint16_t> port; ///< Nothing: every TCP port that the server is expected to open.

    bool operator==(const ListeningCondition &) const = default;
};

/// The server's own processes listen, and accept a connection: see AcceptTrial.
struct AcceptingCondition
{
    std::optional<std::uint16_t> port; ///< As of ListeningCondition.

    bool operator==(const AcceptingCondition &) const = default;
};

/// Whoever it is that listens there, a connection is completed.
struct TcpCondition
{
    std::string host;
    std::uint16_t port = 0;

    bool operator==(const TcpCondition &) const = default;
};

/// Statuses of HTTP, both ends included.
struct StatusRange
{
    int first = 0;
    int last = 0;

    bool operator==(const StatusRange &) const = default;
};

/// Answers as is expected of it.
struct HttpCondition
{
    HttpRequest request;
    std::vector<StatusRange> statuses{{.first = 200, .last = 399}};
    std::vector<std::pair<std::string, std::string>>
        answerHeaders; ///< Name and the pattern that its value has to match.
    std::string bodyPattern; ///< Empty: the body does not matter.

    bool operator==(const HttpCondition &) const = default;
};

/// A line of its output matches.
struct LogCondition
{
    std::string pattern;

    bool operator==(const LogCondition &) const = default;
};

/// A command ends with 0.
struct CommandCondition
{
    ServerCommand command;

    bool operator==(const CommandCondition &) const = default;
};

/// It says so itself: READY=1 of sd_notify(3).
struct NotifyCondition
{
    bool operator==(const NotifyCondition &) const = default;
};

/// It says so again and again: WATCHDOG=1 of sd_notify(3).
struct WatchdogCondition
{
    std::chrono::milliseconds silence{}; ///< It may say nothing for so long, once it is ready or has said so.

    bool operator==(const WatchdogCondition &) const = default;
};

using ProbeCondition = std::variant<ListeningCondition, AcceptingCondition, TcpCondition, HttpCondition, LogCondition,
                                    CommandCondition, NotifyCondition, WatchdogCondition>;

/// Finds out again and again whether a server is ready, or well. Patterns are regular expressions (PCRE2).
struct ProbeSpec
{
    std::string name; ///< Unique in its list.
    ProbeCondition condition;
    std::chrono::milliseconds initialDelay{0}; ///< Before the first attempt.
    std::chrono::milliseconds startInterval{100}; ///< Between attempts until it has succeeded.
    std::chrono::milliseconds interval{10'000}; ///< From then on.
    std::chrono::milliseconds timeout{2'000}; ///< Of one attempt.
    int successThreshold = 1; ///< So many in a row until it counts as met.
    int failureThreshold = 3; ///< So many in a row until it counts as failed, once it was met.
    std::chrono::milliseconds deadline{60'000}; ///< Since the start: when it was not met by then, it has failed.

    bool operator==(const ProbeSpec &) const = default;
};

} // namespace Quay
