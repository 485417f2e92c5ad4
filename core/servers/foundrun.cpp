// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/foundrun.h"

#include "core/servers/runaccount.h"
#include "core/servers/runlink.h"
#include "core/servers/serverstate.h"
#include "core/supervise/runpresence.h"
#include "core/supervise/runrecord.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"

#include <optional>
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

/// Nothing when no record tells of it.
std::optional<EndedRun> endOf(const ServerPlaces &places, const std::string &run)
{
    const auto record = readRunRecord(places.record(run));
    if (!record || record->events.empty()) {
        return std::nullopt;
    }
    return EndedRun{.account = accountOf(*record),
                    .hasEnded = record->hasEnded(),
                    .ranFor = record->events.back().at.sinceBoot - record->events.front().at.sinceBoot};
}

RunAccount lastAccount(const ServerPlaces &places)
{
    const auto runs = listRuns(places.records());
    if (runs.empty()) {
        return {};
    }
    const auto record = readRunRecord(places.record(runs.front()));
    return record ? accountOf(*record) : RunAccount();
}

/// Whether it was over, or in the pause before a restart: then that goes on.
bool canBeRecalled(const KnownServer &known)
{
    switch (known.state) {
    case ServerState::Failed:
    case ServerState::CrashLoop:
        return true;
    case ServerState::Stopped:
        return known.reason.cause != StateCause::Nothing && !known.isWanted;
    case ServerState::Waiting:
        return known.isWanted && known.reason.cause == StateCause::Pause;
    case ServerState::LeftOver:
    case ServerState::Checking:
    case ServerState::Starting:
    case ServerState::Ready:
    case ServerState::Unhealthy:
    case ServerState::Stopping:
        break;
    }
    return false;
}

/// Nobody runs it.
FoundRun pastOf(const ServerPlaces &places, const KnownServer &known)
{
    if (known.isWanted && !known.run.empty()) {
        if (auto ended = endOf(places, known.run)) {
            return *std::move(ended);
        }
    }
    if (canBeRecalled(known)) {
        return PastRun{.account = lastAccount(places)};
    }
    return NoRun{};
}

} // namespace

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
    return pastOf(places, known);
}

} // namespace Quay
