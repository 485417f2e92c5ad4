// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"
#include "core/servers/preflightspec.h"
#include "core/servers/probespec.h"
#include "core/servers/servercommand.h"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace Quay {

// What is known about a server that is to be managed. Plain values, whichever tool's file they were read from. Texts
// are raw bytes, paths absolute, patterns regular expressions (PCRE2). Environments hold secrets.

/// A file with variables, as parseEnvFile() reads it.
struct EnvFileSpec
{
    std::string path;
    bool isOptional = false; ///< It need not be there.

    bool operator==(const EnvFileSpec &) const = default;
};

/// A port that a server is expected to open.
struct ExpectedPort
{
    std::uint16_t port = 0;
    Protocol protocol = Protocol::Tcp;
    std::optional<IpAddress> address; ///< Nothing: wherever the server likes.
    std::string variable; ///< The server takes its port from this variable, which is set for it; empty: it does not.
    bool mayTakeNext = false; ///< When it is taken, the next free one will do. Only with a variable.

    bool operator==(const ExpectedPort &) const = default;
};

/// How far another server has to be.
enum class NeedState : std::uint8_t
{
    Started,
    Ready,
    Healthy, ///< Its liveness probes are met.
    ExitedOk, ///< It has ended, and well.
};

struct Need
{
    std::string server;
    NeedState state = NeedState::Ready;
    bool isOptional = false; ///< Goes on without it when it fails or is not there.

    bool operator==(const Need &) const = default;
};

/// A step of the start-up that can be told from the output.
struct PhaseSpec
{
    std::string name;
    std::string pattern; ///< Of the line that ends it. A group called `duration` is how long it took, as the line says.
    std::optional<std::chrono::milliseconds> deadline; ///< Since the start.

    bool operator==(const PhaseSpec &) const = default;
};

enum class RestartPolicy : std::uint8_t
{
    Never,
    OnFailure,
    Always,
};

struct BackoffRule
{
    std::chrono::milliseconds initial{1'000};
    double factor = 2; ///< From one restart to the next.
    std::chrono::milliseconds longest{30'000};
    double jitter = 0.1; ///< Share of the pause by which it is made longer or shorter, at random.

    bool operator==(const BackoffRule &) const = default;
};

struct RestartRule
{
    RestartPolicy policy = RestartPolicy::Never;
    BackoffRule backoff;
    std::chrono::milliseconds resetAfter{60'000}; ///< Ran so long: counts from the beginning.
    int crashLoopExits = 5; ///< So many ...
    std::chrono::milliseconds crashLoopWindow{60'000}; ///< ... within this time: it is given up.
    std::set<int> successCodes{0}; ///< No failure.
    std::set<int> successSignals; ///< No failure either.
    bool onUnhealthy = false; ///< Also when a liveness probe fails.

    bool operator==(const RestartRule &) const = default;
};

/// Restarts when files change.
struct WatchRule
{
    std::vector<std::string> paths; ///< Empty: nothing is watched.
    std::vector<std::string> include; ///< Globs of file names; empty: all.
    std::vector<std::string> exclude;
    std::chrono::milliseconds debounce{300};

    bool operator==(const WatchRule &) const = default;
};

/// Who is signalled at first. Nobody of the tree is left in the end, whichever it is.
enum class StopScope : std::uint8_t
{
    Process,
    Tree,
};

struct StopRule
{
    ServerCommand command; ///< Asks it to end; empty: the signal does.
    int signal = SIGTERM;
    std::chrono::milliseconds grace{10'000}; ///< From then until SIGKILL.
    StopScope scope = StopScope::Tree;

    bool operator==(const StopRule &) const = default;
};

struct LogRule
{
    std::uint64_t maxBytes = std::uint64_t{10} << 20U; ///< Of one file.
    int files = 5; ///< The one that is written included.

    bool operator==(const LogRule &) const = default;
};

enum class AlertLevel : std::uint8_t
{
    Info,
    Warning,
    Error,
};

/// A line of the output that somebody wants to know about.
struct AlertSpec
{
    std::string name; ///< May be empty.
    std::string pattern;
    AlertLevel level = AlertLevel::Warning;
    bool notifies = true;

    bool operator==(const AlertSpec &) const = default;
};

/// What its end means for the others of its groups.
enum class OnExit : std::uint8_t
{
    Nothing,
    StopGroup, ///< They are stopped, as by foreman.
};

/// One server. Whatever is not said keeps the value given here.
struct ServerSpec
{
    std::string name; ///< Letters, digits, `.`, `_`, `-`; unique in its file.
    std::string description;
    ServerCommand command;
    std::string directory;
    std::map<std::string, std::string> environment; ///< On top of the files, which are on top of what is inherited.
    std::vector<EnvFileSpec> envFiles; ///< The later one wins.
    std::vector<ExpectedPort> ports;
    std::vector<Need> needs;
    std::vector<PreflightCheck> preflight;
    std::vector<PhaseSpec> phases;
    std::vector<ProbeSpec> readiness; ///< Empty: see defaultReadiness() and ServerHealth::SettlingTime.
    std::vector<ProbeSpec> liveness;
    RestartRule restart;
    WatchRule watch;
    StopRule stop;
    LogRule log;
    std::vector<AlertSpec> alerts;
    std::vector<std::string> groups;
    bool startsWithAll = true; ///< Is meant when no server is named.
    bool hasTerminal = false; ///< Gets a pseudo-terminal, so that it keeps its colours.
    /// The tool that runs it elsewhere, `docker compose`: its ports belong to processes that are not its own. Empty: it
    /// runs here.
    std::string externalTool;
    OnExit onExit = OnExit::Nothing;

    bool operator==(const ServerSpec &) const = default;
};

/// The servers of one file.
struct ServerFile
{
    std::string path; ///< Absolute. With a server's name it tells the server from all others.
    std::string project; ///< Its name, for people: that of the directory unless the file says another.
    std::vector<ServerSpec> servers; ///< In the order of the file.

    bool operator==(const ServerFile &) const = default;
};

} // namespace Quay
