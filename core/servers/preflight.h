// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/control/portproof.h"
#include "core/probes/httprequester.h"
#include "core/servers/configmistake.h"
#include "core/servers/preflightspec.h"
#include "core/servers/serverspec.h"
#include "core/servers/variables.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// What a check came across.
enum class CheckFinding : std::uint8_t
{
    Good, ///< detail: the version that was found, the status ...; may be empty
    NotFinished, ///< The time was up. detail: what a command had written last
    VariableUnset,
    VariableEmpty,
    VariableMismatch,
    NotThere,
    NotReadable, ///< detail: what the system said
    NotAFile,
    NotADirectory,
    ProgramMissing, ///< detail: its name
    ProgramNotExecutable, ///< detail: its name
    VersionUnmet, ///< detail: the version that was found; wanted: what was to be met
    VersionUnknown, ///< No version in what the program wrote. detail: what that was
    PinMissing, ///< The file says nothing about the tool.
    PinUnclear, ///< detail: what the file says, which only another tool understands
    CommandFailed, ///< number: the exit code; detail: what it wrote last
    CommandKilled, ///< number: the signal; detail: what it wrote last
    PortHeld, ///< holders; nextPort: a free one, when the server may take that
    PortLingering, ///< Nobody listens, but it cannot be bound yet.
    PortUnknown, ///< detail: why nothing is known
    HostUnknown, ///< detail: what the resolver said
    Refused,
    Unreachable, ///< detail: what the system said
    HttpKeyRefused, ///< number: 401 or 403
    HttpTooMany, ///< 429
    HttpStatus, ///< number: the status
    TlsFailed, ///< detail: why
    HttpFailed, ///< detail: why
    DiskFull, ///< freeBytes: what there is
    HttpUnavailable, ///< Nobody was asked: there is nothing that speaks HTTP. detail: why that cannot be loaded
    PortHeldByItself, ///< The server runs already: see withOwnPorts().
};

/// One check of one server, and what came of it.
struct CheckOutcome
{
    std::string server;
    PreflightCheck check;
    bool isOwn = false; ///< Nobody wrote it down: it follows from what the server needs in any case.
    bool isMet = false;
    Severity severity = Severity::Critical; ///< When it is not met.
    CheckFinding finding = CheckFinding::NotFinished;
    std::string detail; ///< Raw bytes, without secrets that are known to be some.
    std::string wanted;
    int number = 0;
    std::uint64_t freeBytes = 0;
    std::vector<SocketRecord> holders;
    std::optional<std::uint16_t> nextPort;
    std::chrono::nanoseconds took{};
};

/// Whether nothing stands in the way of a start.
[[nodiscard]] bool mayStart(const std::vector<CheckOutcome> &outcomes);

/// What the checks ask of the machine. A test hands out made-up answers instead.
struct PreflightMachine
{
    std::function<PortProof(const PortClaim &)> prove;
    std::function<Result<std::unique_ptr<HttpRequester>>()> createRequester; ///< For each check of a web server.
    std::function<bool()> canRequest; ///< Whether createRequester would give one, which costs more.
    const Clock &clock = systemClock();
};

/// A server and the environment that it is to be started with.
struct PreflightServer
{
    ServerSpec spec;
    VariableMap environment;
};

/**
 * Checks whether servers may be started: what was written down for each, and what follows from it in any case. Its
 * directory and its env files are there, its program is, and its ports can be had; and where something is to be asked
 * over HTTP, by a check or later by a probe, there is what speaks it.
 *
 * All checks run at the same time, each with a time limit of its own; commands in the server's directory and
 * environment. Their results come server by server, in order.
 *
 * Secrets: values of variables whose names say so, and what looks like a secret, are masked in all texts.
 * Threads: blocks the one it runs on, up to the longest limit.
 */
[[nodiscard]] std::vector<CheckOutcome> runPreflight(const std::vector<PreflightServer> &servers,
                                                     const PreflightMachine &machine);

/// What a server is started with.
struct ServerEnvironment
{
    VariableMap variables;
    std::vector<ConfigMistake> mistakes; ///< Of its env files.
};

/// The environment of a server: @p inherited, then its files in order, then its own, then the variables that it takes
/// its ports from. A file that is not there is passed over. Threads: any; blocks.
[[nodiscard]] ServerEnvironment environmentFor(const ServerSpec &server, const VariableMap &inherited);

} // namespace Quay
