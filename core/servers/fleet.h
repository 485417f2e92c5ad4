// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/servers/serverrunner.h"
#include "core/servers/serverspec.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/**
 * The servers of one file together: whoever is needed is started first, what is independent at the same time, and in
 * the other direction nobody is stopped before those who need it.
 *
 * Threads: not shared. Never blocks.
 */
class Fleet
{
public:
    /// Both arguments outlive this object. Needs form no circle and name servers that are there: see
    /// readServerConfig().
    Fleet(const std::vector<ServerSpec> &specs, const RunnerSettings &settings, RunnerListener &listener);

    /// Starts them, and whatever they need.
    void start(const std::vector<std::string> &names);
    /// Stops everybody.
    void stopAll();
    /// Kills whoever is being stopped.
    void forceAll();

    [[nodiscard]] const std::vector<std::unique_ptr<ServerRunner>> &runners() const noexcept { return m_runners; }
    /// Null when there is none of that name.
    [[nodiscard]] ServerRunner *find(std::string_view name) const;

    /// Whether nothing runs and nothing is to come.
    [[nodiscard]] bool isIdle() const;
    /// Who is up still and keeps that server from being stopped, while everybody is. Null: nobody.
    [[nodiscard]] const ServerRunner *heldUpBy(const ServerRunner &server) const;

    void collect(PollSet &set) const;
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const;
    void proceed(const PollSet &set);

private:
    enum class NeedStanding : std::uint8_t
    {
        Open,
        Met,
        Failed,
    };

    [[nodiscard]] NeedStanding standingOf(const Need &need) const;
    void followNeeds(ServerRunner &server);
    void followStops();
    void followGroups();

    std::vector<std::unique_ptr<ServerRunner>> m_runners;
    bool m_isStopping = false;
};

} // namespace Quay
