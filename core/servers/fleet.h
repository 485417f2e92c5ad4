// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/probes/waitprobe.h"
#include "core/servers/serverrunner.h"
#include "core/servers/serverspec.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
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
    /// @p settings and @p listener outlive this object. Needs form no circle and name servers that are there: see
    /// readServerConfig().
    Fleet(const std::vector<ServerSpec> &specs, const RunnerSettings &settings, RunnerListener &listener);

    /// Finds what runs already. Once, before anything else. @p known: by name.
    void takeUp(const std::map<std::string, KnownServer> &known);
    /// What the file says now: whoever runs goes on as he is, and whoever is not in it any more is forgotten once he
    /// does not run.
    void apply(const std::vector<ServerSpec> &specs);
    /// Whether it runs, and is not in the file any more.
    [[nodiscard]] bool isRemoved(const ServerRunner &server) const;

    /// Goes on with runs of its servers that somebody else looks after.
    void adopt();
    /// Starts them, and whatever they need. Names that are not there are passed over, here and below.
    void start(const std::vector<std::string> &names);
    /// Stops those, each after those of them that need it. Others that need one go on.
    void stop(const std::vector<std::string> &names);
    /// Stops and starts those, each stopped after those of them that need it, and started before. One that does not run
    /// is started.
    void restart(const std::vector<std::string> &names);
    /// Kills those, whether they were asked to end or not.
    void kill(const std::vector<std::string> &names);
    /// The names of all.
    [[nodiscard]] std::vector<std::string> names() const;

    [[nodiscard]] const std::vector<std::unique_ptr<ServerRunner>> &runners() const noexcept { return m_runners; }
    /// Null when there is none of that name.
    [[nodiscard]] ServerRunner *find(std::string_view name) const;

    /// Whether nothing runs and nothing is to come.
    [[nodiscard]] bool isIdle() const;
    /// Whether it is to be stopped, if not yet: others come first.
    [[nodiscard]] bool isToStop(const ServerRunner &server) const;
    /// Who is to be stopped before that one, which is to be stopped or restarted too, and is up still. Null: nobody.
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
    [[nodiscard]] Observation seenOf(const Need &need) const;
    [[nodiscard]] bool awaitsReturn(const ServerRunner &server) const;
    void followReturns();
    void followNeeds(ServerRunner &server);
    void followAllNeeds();
    void followStops();
    void followRestarts();
    void followGroups();
    void forgetRemoved();

    const RunnerSettings &m_settings;
    RunnerListener &m_listener;
    std::vector<std::unique_ptr<ServerRunner>> m_runners;
    std::set<std::string> m_stopping; ///< Who is to be stopped, as soon as nobody of them needs him.
    std::set<std::string> m_restarting; ///< The same for whoever is to be restarted.
    std::set<std::string> m_removed; ///< Not in the file any more.
};

} // namespace Quay
