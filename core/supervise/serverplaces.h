// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/supervise/serverkey.h"

#include <string>
#include <vector>

namespace Quay {

/// Where the files of one server are. README.md says what each is for.
struct ServerPlaces
{
    std::string runtimeDirectory; ///< `.../quaymaster/servers/KEY`: what means something only while it runs.
    std::string stateDirectory; ///< `.../quaymaster/servers/KEY`: logs and records.

    [[nodiscard]] std::string identity() const { return runtimeDirectory + "/server"; }
    [[nodiscard]] std::string lock() const { return runtimeDirectory + "/lock"; }
    [[nodiscard]] std::string lease() const { return runtimeDirectory + "/lease"; }
    [[nodiscard]] std::string control() const { return runtimeDirectory + "/control"; }
    [[nodiscard]] std::string notify() const { return runtimeDirectory + "/notify"; }
    [[nodiscard]] std::string alerts() const { return stateDirectory + "/alerts"; }
    [[nodiscard]] std::string log() const { return stateDirectory + "/log"; }
    /// How the attempts of its probes ended; see ProbeLog.
    [[nodiscard]] std::string probes() const { return stateDirectory + "/probes"; }
    [[nodiscard]] std::string records() const { return stateDirectory + "/runs"; }
    [[nodiscard]] std::string record(const std::string &runId) const { return records() + '/' + runId; }

    bool operator==(const ServerPlaces &) const = default;
};

/// Where the places of all servers of this user are.
struct ServersPlaces
{
    std::string runtimeDirectory; ///< `${XDG_RUNTIME_DIR}/quaymaster/servers`
    std::string stateDirectory; ///< `${XDG_STATE_HOME:-~/.local/state}/quaymaster/servers`

    [[nodiscard]] ServerPlaces of(const ServerIdentity &server) const;
};

/**
 * Without XDG_RUNTIME_DIR the runtime directory is that of the user's session all the same where there is one, so that
 * whoever starts a server finds the same lock; else it is below the state directory, and nothing is the worse for that:
 * leases of before the machine was started are told by its boot id.
 *
 * Errors: as userStateDirectory().
 */
[[nodiscard]] Result<ServersPlaces> serversPlaces();

/// The servers of which there are files in a runtime directory, whether they run or not. Those whose file `server` does
/// not say which they are, or does not belong to that directory, are left out. Threads: any; blocks.
[[nodiscard]] std::vector<ServerIdentity> listServers(const ServersPlaces &places);

/// Reads what identityText() wrote. Errors: as errorFromErrno(); Malformed. The subject is the path.
[[nodiscard]] Result<ServerIdentity> readIdentity(const std::string &path);

} // namespace Quay
