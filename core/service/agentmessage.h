// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/servers/variables.h"
#include "core/service/serverstatus.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace Quay {

// What goes over the agent's socket, and in other words over the session bus: requests and their replies, and what
// happens to servers, for whoever has subscribed. Each message is an object of JSON in a line of its own. An agent may
// be older or younger than who talks to it: what the other does not know, it leaves out.

/// The most that a message may hold: an environment is a few hundred KiB at most. Who sends more is dropped.
inline constexpr std::size_t MostAgentMessageBytes = std::size_t{8} << 20U;

enum class AgentVerb : std::uint8_t
{
    Status, ///< Of the servers of `file`, or of all.
    Subscribe, ///< The same, and from then on whatever changes is told as it happens.
    Start, ///< `names`, and whatever they need.
    Stop,
    Restart,
};

/// How each is written down, and what it takes beside `file`: the one description of the interface, for both its ways
/// in.
struct AgentVerbDescription
{
    std::string_view word; ///< On the session bus it begins with a capital letter.
    AgentVerb verb;
    bool takesNames = false;
    bool takesForce = false;
};

inline constexpr std::array AgentVerbs{
    AgentVerbDescription{.word = "status", .verb = AgentVerb::Status},
    AgentVerbDescription{.word = "subscribe", .verb = AgentVerb::Subscribe},
    AgentVerbDescription{.word = "start", .verb = AgentVerb::Start, .takesNames = true},
    AgentVerbDescription{.word = "stop", .verb = AgentVerb::Stop, .takesNames = true, .takesForce = true},
    AgentVerbDescription{.word = "restart", .verb = AgentVerb::Restart, .takesNames = true},
};

struct AgentRequest
{
    AgentVerb verb = AgentVerb::Status;
    std::uint64_t id = 0; ///< The reply has the same.
    std::string file; ///< Of the servers; absolute. Empty: all that are managed.
    std::vector<std::string> names; ///< Empty: all of the file.
    bool isForced = false; ///< Stop: with SIGKILL at once.
    /// What servers are started with, beside what is written of them: that of who asks. Nothing: as before, or the
    /// agent's own.
    std::optional<VariableMap> environment;

    bool operator==(const AgentRequest &) const = default;
};

struct AgentReply
{
    std::uint64_t id = 0;
    /// What was asked for was not done. Gone: there is no such server, or no such file; the subject names it. Invalid:
    /// the file has mistakes. Malformed: the request.
    std::optional<Error> error;
    std::vector<ServerStatus> servers; ///< How they stand now: of the file, or all.

    bool operator==(const AgentReply &) const = default;
};

/// A server is in another state, or something else of it is another one. Of one that is forgotten nothing is told.
struct AgentNews
{
    ServerStatus server;

    bool operator==(const AgentNews &) const = default;
};

using AgentMessage = std::variant<AgentReply, AgentNews>;

/// A line, with its line break. Variables that are no UTF-8 are left out.
[[nodiscard]] std::string toText(const AgentRequest &request);
[[nodiscard]] std::string toText(const AgentMessage &message);

/// Errors: Malformed. Threads: pure functions.
[[nodiscard]] Result<AgentRequest> agentRequestFrom(std::string_view line);
[[nodiscard]] Result<AgentMessage> agentMessageFrom(std::string_view line);

} // namespace Quay
