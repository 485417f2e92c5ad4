// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/control/pinnedprocess.h"
#include "core/supervise/controlclient.h"
#include "core/supervise/controlmessage.h"
#include "core/supervise/launch.h"
#include "core/supervise/processmark.h"
#include "core/supervise/rundescription.h"
#include "core/supervise/runevent.h"
#include "core/supervise/serverplaces.h"
#include "core/supervise/userscopes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <poll.h>

namespace Quay {

/// The supervisor is no more. What it recorded was told before.
struct SupervisorGone
{
    bool hasEnded = false; ///< The run is over, and it said so; else it was killed, and may have left processes behind.

    bool operator==(const SupervisorGone &) const = default;
};

/// What a run has to tell: how its start went, what happened in it, how far its log has grown, and its end.
using RunNews = std::variant<Launched, LaunchFailure, RunEvent, LogPosition, SupervisorGone>;

/**
 * Keeps in touch with one run of a server, from its launch or from when it is found running.
 *
 * Each event is told once and in order, also those of before we were connected, and of after: they stand in the record
 * of the run. Never blocks, but to read that.
 *
 * Threads: not shared.
 */
class RunLink
{
public:
    /// As Launch::begin().
    [[nodiscard]] static std::expected<RunLink, LaunchFailure>
    launch(const std::string &program, const RunDescription &description,
           const std::optional<UserScopes> &scopes = std::nullopt);
    /// To a run that somebody else launched. Errors: as ControlClient::connect().
    [[nodiscard]] static Result<RunLink> attach(const ServerPlaces &places, std::string runId);

    /// What to wait for; nothing once the supervisor is gone.
    [[nodiscard]] std::optional<pollfd> awaited() const;
    /// What has come.
    [[nodiscard]] std::vector<RunNews> proceed();

    /// Asks the supervisor to stop the server as its description says, or with SIGKILL at once. Errors: as
    /// ControlClient::send(); Gone before it is connected.
    [[nodiscard]] Result<> stop(bool isForced);

    [[nodiscard]] const std::string &runId() const noexcept { return m_runId; }

private:
    RunLink(ServerPlaces places, std::string runId);

    [[nodiscard]] Result<> connect();
    void proceedLaunch(std::vector<RunNews> &news);
    void proceedConnection(std::vector<RunNews> &news);
    void tell(RunEvent event, std::vector<RunNews> &news);
    void catchUp(std::vector<RunNews> &news);
    void lose(std::vector<RunNews> &news);
    void conclude(std::vector<RunNews> &news);

    ServerPlaces m_places;
    std::string m_runId;
    std::optional<Launch> m_launch; ///< Until its outcome is known.
    UniqueFd m_reserve; ///< While it is launched: whoever runs is not to be lost for want of a descriptor.
    std::optional<ControlClient> m_client;
    std::optional<ProcessMark> m_supervisor; ///< As far as it is known.
    std::optional<PinnedProcess>
        m_ending; ///< The supervisor, once it talks to us no more: its record is whole when it is gone.
    std::uint64_t m_lastEvent = 0; ///< The number of the last that was told.
    bool m_hasEnded = false;
};

} // namespace Quay
