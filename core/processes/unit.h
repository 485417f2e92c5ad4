// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace Quay {

struct ProcCgroup;

enum class UnitKind
{
    None, ///< The root cgroup, or a path that says nothing.
    SystemService, ///< `postgresql.service` under system.slice; of a socket also the `ssh.socket` that made it
    UserService, ///< `pipewire.service`, `podman.socket` of a user's own systemd
    Scope, ///< `session-3.scope`, `app-gnome-code-4711.scope`, `tmux-spawn-....scope`
    Container, ///< Docker, Podman, containerd, CRI-O, LXC, systemd-nspawn
};

/// What a cgroup path tells about who runs a process. A plain value; texts are raw bytes, unescaped from systemd's
/// \xNN.
struct UnitInfo
{
    UnitKind kind = UnitKind::None;
    std::string name; ///< `postgresql.service`; for a container its name if the path has one, else its short id.
    std::string containerRuntime; ///< `docker`, `podman`, `containerd`, `cri-o`, `kubernetes` (a pod whose path does
                                  ///< not name its runtime), `lxc`, `nspawn`; else empty
    std::string containerId; ///< The whole id; else empty.
    std::optional<uid_t> user; ///< For what runs below user-1000.slice.
    std::string path; ///< The cgroup path this was read from.

    bool operator==(const UnitInfo &) const = default;
};

/**
 * Reads a cgroup v2 (or `name=systemd`, or v1 controller) path.
 *
 * The deepest unit tells, except that a container hides the units that run in it. Virtual machines are scopes, and so
 * are the monitors of containers (conmon).
 *
 * Source:  the naming of systemd, systemd-machined and the container runtimes; a user may name a cgroup of their own
 *          subtree as they like.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] UnitInfo unitFromCgroupPath(std::string_view path);

/**
 * Whether @p path is where a service manager opens the sockets that it passes to its services: its own cgroup
 * (`init.scope`), or that of a `.socket` unit, in which a helper opens them where the kernel filters by cgroup.
 *
 * Source:  socket_address_listen_in_cgroup() in src/core/socket.c of systemd.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] bool isServiceManagersCgroup(std::string_view path);

/// The most telling of the paths of a process: a container, else the unit of the first hierarchy that names one.
/// Threads: pure function, callable from any thread.
[[nodiscard]] UnitInfo unitFromCgroup(const ProcCgroup &cgroup);

} // namespace Quay
