// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/control/moduleloader.h"
#include "core/kernel/filelock.h"
#include "core/kernel/interrupts.h"
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"
#include "core/servers/runmembers.h"
#include "core/service/agentplaces.h"
#include "core/service/agentserver.h"
#include "core/service/serverkeeper.h"
#include "core/service/unaskedstops.h"

#include <chrono>
#include <memory>
#include <optional>

namespace Quay {

/**
 * The agent of this user: keeps servers running as their files say, and does what its clients ask for.
 *
 * It may end at any instant: servers go on, and the next one takes them up.
 *
 * Threads: made on one, and then used by the one that calls run().
 */
class Agent
{
public:
    /// Nothing when there is one already. Errors: as agentPlaces(), FileLock::take(), listenAt(), ProcFs::open().
    [[nodiscard]] static Result<std::unique_ptr<Agent>> open(Interrupts interrupts);

    /// Blocks until a signal asks it to end, or nobody has needed it for a while.
    void run();

private:
    /// After so long without a client and a server that runs it ends: whoever needs one starts one.
    static constexpr std::chrono::minutes RestPatience{10};

    Agent(AgentPlaces places, FileLock lock, Interrupts interrupts, ProcFs proc);

    [[nodiscard]] Result<> begin();
    [[nodiscard]] std::optional<std::chrono::nanoseconds> patience();

    const Clock &m_clock = systemClock();
    AgentPlaces m_places;
    FileLock m_lock;
    Interrupts m_interrupts;
    ProcFs m_proc;
    SockDiag m_diag;
    RunMembers m_members;
    ModuleLoader m_http;
    UnaskedStops m_stops;
    std::optional<ServerKeeper> m_keeper;
    std::optional<AgentServer> m_server;
    std::optional<std::chrono::nanoseconds> m_atRestSince;
};

} // namespace Quay
