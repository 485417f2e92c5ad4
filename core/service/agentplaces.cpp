// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/agentplaces.h"

#include "core/base/result.h"
#include "core/servers/configpath.h"
#include "core/supervise/serverplaces.h"

namespace Quay {

Result<AgentPlaces> agentPlaces()
{
    return serversPlaces().transform([](const ServersPlaces &places) {
        return AgentPlaces{.directory = directoryOf(places.runtimeDirectory) + "/agent",
                           .log = directoryOf(places.stateDirectory) + "/agent.log"};
    });
}

} // namespace Quay
