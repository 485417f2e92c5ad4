// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/base/result.h"
#include "core/servers/fleet.h"
#include "core/servers/serverrunner.h"
#include "core/servers/serverspec.h"
#include "core/servers/yamlnode.h"
#include "core/service/keptproject.h"
#include "core/service/serverstatus.h"
#include "core/startup/startuprun.h"
#include "core/startup/startupstore.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// What a file was when it was read: another one has other contents, as a rule.
struct FileStamp
{
    ino_t inode = 0;
    off_t size = 0;
    std::chrono::nanoseconds modifiedAt{};

    bool operator==(const FileStamp &) const = default;
};

/**
 * The servers of one file, run by an agent: follows what the file says, and remembers what is to run.
 *
 * Threads: not shared. Never blocks for longer than the file system does.
 */
class ManagedProject : private RunnerListener
{
public:
    using Tell = std::function<void(const ServerStatus &)>;

    /// @p settings: its project, file and variables are set here. @p directory: where the project is kept for the next
    /// agent. @p starts outlives this object.
    ManagedProject(ServerFile file, VariableMap environment, RunnerSettings settings, std::string directory,
                   std::string bootId, StartupStore &starts, Tell tell);

    [[nodiscard]] const std::string &path() const noexcept { return m_file.path; }

    /// Finds what runs already. Once, before anything else.
    void takeUp(const std::map<std::string, KnownServer> &known);

    /// Reads the file again, with the variables of whoever asks, if he says. Errors: Gone when it is not there; Invalid
    /// with its first mistake's place when it has mistakes. Everything stays as it was then.
    [[nodiscard]] Result<> read(const std::optional<VariableMap> &environment, YamlParser &parser);
    /// The same if it is not what it was. One with mistakes counts as the one before.
    void follow(YamlParser &parser);

    /// The first of @p names that is no server of it.
    [[nodiscard]] std::optional<std::string> unknownOf(const std::vector<std::string> &names) const;

    // Of @p names, or of all when there are none.
    void start(const std::vector<std::string> &names);
    void stop(const std::vector<std::string> &names, bool isForced);
    void restart(const std::vector<std::string> &names);

    /// Writes down the starts that are over. That takes a disk's moment: it is done before somebody is told how things
    /// stand, and else once nobody is starting.
    void keepStarts();
    [[nodiscard]] std::vector<ServerStatus> statuses() const;
    /// Whether none of its servers runs, is to run, or has something to say.
    [[nodiscard]] bool isAtRest() const;

    void collect(PollSet &set) const { m_fleet.collect(set); }
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const { return m_fleet.due(); }
    void proceed(const PollSet &set);

private:
    void stateChanged(const ServerRunner &server) override;
    void outputCame(const ServerRunner &server, const OutputLine &line) override;
    void eventCame(const ServerRunner &server, const RunEvent &event) override;
    [[nodiscard]] std::vector<std::string> orAll(const std::vector<std::string> &names) const;
    void startupNewsCame(const ServerRunner &server, const StartupNews &news) override;
    void watchLimited(const ServerRunner &server, const WatchProblem &problem) override;
    void keep();
    void note(const ServerRunner &server);
    void tellNoted();
    [[nodiscard]] bool isStarting() const;

    ServerFile m_file;
    std::optional<FileStamp> m_stamp;
    std::string m_text; ///< What it says, with variables in place.
    RunnerSettings m_settings;
    std::string m_directory;
    std::string m_bootId;
    StartupStore &m_starts;
    Tell m_tell;
    std::vector<StartupRun> m_unkept;
    KeptProject m_kept; ///< As it was written last.
    std::vector<ServerStatus> m_noted; ///< Not told yet.
    bool m_isToBeKept = true;
    Fleet m_fleet;
};

} // namespace Quay
