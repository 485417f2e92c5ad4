// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/runpresence.h"

#include "core/base/error.h"
#include "core/kernel/bootid.h"
#include "core/kernel/procfs.h"
#include "core/supervise/lease.h"
#include "core/supervise/leftovers.h"
#include "core/supervise/processmark.h"
#include "core/supervise/serverplaces.h"

#include <string>
#include <utility>

namespace Quay {

RunPresence runPresence(const ProcFs &proc, const ServerPlaces &places, const std::string &key)
{
    RunPresence presence;
    auto lease = readLease(places.lease());
    if (lease) {
        presence.lease = *std::move(lease);
    } else if (lease.error().code == ErrorCode::Gone) {
        presence.state = RunState::Gone;
        return presence;
    } else {
        presence.problem = std::move(lease).error();
    }
    if (presence.lease) {
        const auto bootId = readBootId(proc);
        if (bootId && *bootId != presence.lease->bootId) {
            presence.state = RunState::Gone;
            return presence;
        }
        if (isRunning(proc, presence.lease->supervisor)) {
            presence.state = RunState::Running;
            return presence;
        }
        presence.state = RunState::Gone;
    }
    presence.leftOvers = findLeftOvers(proc, key, presence.lease);
    if (!presence.leftOvers.empty()) {
        presence.state = RunState::LeftOver;
    }
    return presence;
}

} // namespace Quay
