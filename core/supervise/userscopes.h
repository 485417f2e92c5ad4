// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace Quay {

/// How a supervisor comes into a scope of the user's systemd: its own cgroup, which does not end with whoever started
/// it.
struct UserScopes
{
    std::string program; ///< The file of `quaymaster-scope`.
    std::string busAddress; ///< Of the bus on which that systemd is.

    bool operator==(const UserScopes &) const = default;
};

/**
 * Nothing where systemd does not run the machine, or not this user's session.
 *
 * @p runtimeDirectory: `XDG_RUNTIME_DIR`, or empty. @p bootMark: the directory that a machine run by systemd has.
 *
 * Source:  sd_booted(3). Threads: any.
 */
[[nodiscard]] std::optional<UserScopes> findUserScopes(std::string program, const std::string &runtimeDirectory,
                                                       const std::string &bootMark = "/run/systemd/system");

/// The scope of a run: `quaymaster-web-RUN.scope`. @p key: serverKey(). Threads: pure function.
[[nodiscard]] std::string scopeUnit(std::string_view key, std::string_view runId);

} // namespace Quay
