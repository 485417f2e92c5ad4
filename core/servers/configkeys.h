// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace Quay {

// The keys of quaymaster.yaml, by section. They are never changed, only added to; resources/quaymaster.schema.json
// describes each.

inline constexpr std::array<std::string_view, 3> FileKeys{"version", "project", "servers"};
inline constexpr std::array<std::string_view, 21> ServerKeys{
    "description", "command", "directory", "environment", "env_files", "ports",    "needs",
    "preflight",   "phases",  "ready",     "alive",       "restart",   "watch",    "stop",
    "log",         "alerts",  "groups",    "autostart",   "terminal",  "external", "on_exit",
};
inline constexpr std::array<std::string_view, 2> EnvFileKeys{"path", "optional"};
inline constexpr std::array<std::string_view, 5> PortKeys{"port", "protocol", "address", "variable", "take_next"};
inline constexpr std::array<std::string_view, 3> NeedKeys{"name", "state", "optional"};
inline constexpr std::array<std::string_view, 3> PhaseKeys{"name", "pattern", "deadline"};
inline constexpr std::array<std::string_view, 20> ProbeKeys{
    "name",           "listening", "accepting", "tcp",       "http",           "log",      "command",
    "notify",         "watchdog",  "status",    "headers",   "answer_headers", "body",     "delay",
    "start_interval", "interval",  "timeout",   "successes", "failures",       "deadline",
};
inline constexpr std::array<std::string_view, 21> PreflightKeys{
    "name",      "severity", "timeout", "variable", "pattern", "may_be_empty", "file",
    "directory", "program",  "version", "from",     "ask",     "command",      "port",
    "protocol",  "address",  "tcp",     "http",     "headers", "disk",         "at"};
inline constexpr std::array<std::string_view, 6> RestartKeys{"policy",     "backoff", "reset_after",
                                                             "crash_loop", "success", "on_unhealthy"};
inline constexpr std::array<std::string_view, 4> BackoffKeys{"initial", "factor", "max", "jitter"};
inline constexpr std::array<std::string_view, 2> CrashLoopKeys{"exits", "within"};
inline constexpr std::array<std::string_view, 2> SuccessKeys{"codes", "signals"};
inline constexpr std::array<std::string_view, 4> WatchKeys{"paths", "include", "exclude", "debounce"};
inline constexpr std::array<std::string_view, 4> StopKeys{"command", "signal", "grace", "scope"};
inline constexpr std::array<std::string_view, 2> LogKeys{"max_size", "files"};
inline constexpr std::array<std::string_view, 4> AlertKeys{"name", "pattern", "level", "notify"};

/// A section as the schema calls it, and its keys.
struct SectionKeys
{
    std::string_view section;
    std::span<const std::string_view> keys;
};

inline constexpr std::array AllSections{
    SectionKeys{.section = "file", .keys = FileKeys},
    SectionKeys{.section = "server", .keys = ServerKeys},
    SectionKeys{.section = "envFile", .keys = EnvFileKeys},
    SectionKeys{.section = "port", .keys = PortKeys},
    SectionKeys{.section = "need", .keys = NeedKeys},
    SectionKeys{.section = "phase", .keys = PhaseKeys},
    SectionKeys{.section = "probe", .keys = ProbeKeys},
    SectionKeys{.section = "preflightCheck", .keys = PreflightKeys},
    SectionKeys{.section = "restart", .keys = RestartKeys},
    SectionKeys{.section = "backoff", .keys = BackoffKeys},
    SectionKeys{.section = "crashLoop", .keys = CrashLoopKeys},
    SectionKeys{.section = "success", .keys = SuccessKeys},
    SectionKeys{.section = "watch", .keys = WatchKeys},
    SectionKeys{.section = "stop", .keys = StopKeys},
    SectionKeys{.section = "log", .keys = LogKeys},
    SectionKeys{.section = "alert", .keys = AlertKeys},
};

/// What these words of other tools are called here, for whoever writes them out of habit.
struct ForeignWord
{
    std::string_view foreign;
    std::string_view ours;
};

inline constexpr std::array ForeignWords{
    ForeignWord{.foreign = "cmd", .ours = "command"},
    ForeignWord{.foreign = "run", .ours = "command"},
    ForeignWord{.foreign = "exec", .ours = "command"},
    ForeignWord{.foreign = "shell", .ours = "command"},
    ForeignWord{.foreign = "entrypoint", .ours = "command"},
    ForeignWord{.foreign = "script", .ours = "command"},
    ForeignWord{.foreign = "cwd", .ours = "directory"},
    ForeignWord{.foreign = "dir", .ours = "directory"},
    ForeignWord{.foreign = "working_dir", .ours = "directory"},
    ForeignWord{.foreign = "working_directory", .ours = "directory"},
    ForeignWord{.foreign = "env", .ours = "environment"},
    ForeignWord{.foreign = "env", .ours = "variable"},
    ForeignWord{.foreign = "env_file", .ours = "env_files"},
    ForeignWord{.foreign = "depends_on", .ours = "needs"},
    ForeignWord{.foreign = "depends", .ours = "needs"},
    ForeignWord{.foreign = "deps", .ours = "needs"},
    ForeignWord{.foreign = "condition", .ours = "state"},
    ForeignWord{.foreign = "readiness_probe", .ours = "ready"},
    ForeignWord{.foreign = "readiness", .ours = "ready"},
    ForeignWord{.foreign = "healthcheck", .ours = "ready"},
    ForeignWord{.foreign = "ready_log_line", .ours = "ready"},
    ForeignWord{.foreign = "liveness_probe", .ours = "alive"},
    ForeignWord{.foreign = "liveness", .ours = "alive"},
    ForeignWord{.foreign = "availability", .ours = "restart"},
    ForeignWord{.foreign = "autorestart", .ours = "restart"},
    ForeignWord{.foreign = "shutdown", .ours = "stop"},
    ForeignWord{.foreign = "stop_signal", .ours = "stop"},
    ForeignWord{.foreign = "namespace", .ours = "groups"},
    ForeignWord{.foreign = "is_tty", .ours = "terminal"},
    ForeignWord{.foreign = "tty", .ours = "terminal"},
    ForeignWord{.foreign = "processes", .ours = "servers"},
    ForeignWord{.foreign = "services", .ours = "servers"},
    ForeignWord{.foreign = "programs", .ours = "servers"},
    ForeignWord{.foreign = "initial_delay_seconds", .ours = "delay"},
    ForeignWord{.foreign = "period_seconds", .ours = "interval"},
    ForeignWord{.foreign = "timeout_seconds", .ours = "timeout"},
    ForeignWord{.foreign = "failure_threshold", .ours = "failures"},
    ForeignWord{.foreign = "success_threshold", .ours = "successes"},
    ForeignWord{.foreign = "http_get", .ours = "http"},
    ForeignWord{.foreign = "url", .ours = "http"},
    ForeignWord{.foreign = "no", .ours = "never"},
    ForeignWord{.foreign = "false", .ours = "never"},
    ForeignWord{.foreign = "unless-stopped", .ours = "always"},
    ForeignWord{.foreign = "unexpected", .ours = "on-failure"},
    ForeignWord{.foreign = "process_started", .ours = "started"},
    ForeignWord{.foreign = "process_healthy", .ours = "ready"},
    ForeignWord{.foreign = "process_completed_successfully", .ours = "exited-ok"},
    ForeignWord{.foreign = "service_started", .ours = "started"},
    ForeignWord{.foreign = "service_healthy", .ours = "ready"},
    ForeignWord{.foreign = "service_completed_successfully", .ours = "exited-ok"},
    ForeignWord{.foreign = "yes", .ours = "true"},
    ForeignWord{.foreign = "on", .ours = "true"},
    ForeignWord{.foreign = "no", .ours = "false"},
    ForeignWord{.foreign = "off", .ours = "false"},
};

} // namespace Quay
