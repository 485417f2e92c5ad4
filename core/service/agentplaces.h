// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

namespace Quay {

/// Where the files of this user's agent are: `${XDG_RUNTIME_DIR}/quaymaster/agent`, see serversPlaces().
struct AgentPlaces
{
    std::string directory;

    /// Held with flock by the agent: there is one for each user.
    [[nodiscard]] std::string lock() const { return directory + "/lock"; }
    [[nodiscard]] std::string socket() const { return directory + "/socket"; }
    /// What it remembers of each project, for the agent after it. Holds environments.
    [[nodiscard]] std::string projects() const { return directory + "/projects"; }
    /// What agents complain about, in the state directory.
    std::string log;

    bool operator==(const AgentPlaces &) const = default;
};

/// Errors: as serversPlaces().
[[nodiscard]] Result<AgentPlaces> agentPlaces();

} // namespace Quay
