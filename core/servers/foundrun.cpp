// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/foundrun.h"

#include "core/servers/runaccount.h"
#include "core/servers/runlink.h"
#include "core/supervise/runpresence.h"
#include "core/supervise/runrecord.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"

#include <string>
#include <utility>

namespace Quay {

namespace {

RunAccount accountOf(const RunRecord &record)
{
    RunAccount account;
    for (const auto &event : record.events) {
        account.take(event);
    }
    return account;
}

FoundRun endOf(const ServerPlaces &places, const std::string &run)
{
    const auto record = readRunRecord(places.record(run));
    if (!record || record->events.empty()) {
        return NoRun{};
    }
    return EndedRun{.account = accountOf(*record),
                    .hasEnded = record->hasEnded(),
                    .ranFor = record->events.back().at.sinceBoot - record->events.front().at.sinceBoot};
}

} // namespace

RunAccount accountOf(const ServerPlaces &places, const std::string &run)
{
    const auto record = readRunRecord(places.record(run));
    return record ? accountOf(*record) : RunAccount();
}

FoundRun findRun(const ProcFs &proc, const ServerPlaces &places, const ServerIdentity &server, const KnownServer &known)
{
    auto presence = runPresence(proc, places, serverKey(server));
    if (presence.state == RunState::LeftOver) {
        return OrphanedRun{};
    }
    if (presence.state == RunState::Running) {
        if (auto link = RunLink::attach(places, presence.lease->runId)) {
            const bool wasReady = known.wasReady && known.run == presence.lease->runId;
            return RunningRun{.link = *std::move(link), .lease = *std::move(presence.lease), .wasReady = wasReady};
        } // else it has just ended
    }
    return known.isWanted && !known.run.empty() ? endOf(places, known.run) : NoRun{};
}

} // namespace Quay
