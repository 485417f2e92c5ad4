// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/managedproject.h"

#include "core/base/clock.h"
#include "core/base/pollset.h"
#include "core/base/result.h"
#include "core/imports/importfile.h"
#include "core/servers/configpath.h"
#include "core/servers/configwriter.h"
#include "core/servers/filewatch.h"
#include "core/servers/fleet.h"
#include "core/servers/serverstate.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <sys/stat.h>

namespace Quay {

namespace {

std::optional<FileStamp> stampOf(const std::string &path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) {
        return std::nullopt;
    }
    return FileStamp{.inode = status.st_ino,
                     .size = status.st_size,
                     .modifiedAt = std::chrono::seconds(status.st_mtim.tv_sec)
                         + std::chrono::nanoseconds(status.st_mtim.tv_nsec)};
}

KnownServer knownOf(const ServerRunner &server)
{
    const ServerState state = server.life().state();
    // One that is stopped to be started again is started by the next agent, whether its old run has ended by then.
    const bool hasRun = isUp(state) && state != ServerState::Stopping && server.run();
    return {.isWanted = server.life().isWanted(),
            .run = hasRun ? server.run()->id : std::string(),
            .wasReady = hasRun && server.startedIn().has_value(),
            .readyAfter = server.startedIn(),
            .restarts = server.life().restarts(),
            .state = state,
            .reason = server.life().reason(),
            .since = server.life().since()};
}

RunnerSettings settingsOf(RunnerSettings settings, const ServerFile &file, VariableMap environment)
{
    settings.project = directoryOf(file.path);
    settings.file = file.path;
    settings.inherited = std::move(environment);
    return settings;
}

} // namespace

ManagedProject::ManagedProject(ServerFile file, VariableMap environment, RunnerSettings settings, std::string directory,
                               std::string bootId, StartupStore &starts, Tell tell)
    : m_file(std::move(file))
    , m_stamp(stampOf(m_file.path))
    , m_text(configText(m_file, directoryOf(m_file.path)))
    , m_settings(settingsOf(std::move(settings), m_file, std::move(environment)))
    , m_directory(std::move(directory))
    , m_bootId(std::move(bootId))
    , m_starts(starts)
    , m_tell(std::move(tell))
    , m_fleet(m_file.servers, m_settings, *this)
{
}

void ManagedProject::takeUp(const std::map<std::string, KnownServer> &known)
{
    m_fleet.takeUp(known);
}

Result<> ManagedProject::read(const std::optional<VariableMap> &environment, YamlParser &parser)
{
    const auto stamp = stampOf(m_file.path);
    if (!stamp) {
        return fail(ErrorCode::Gone, m_file.path);
    }
    const VariableMap &variables = environment ? *environment : m_settings.inherited;
    auto config = readServersOf(m_file.path, variables, parser);
    if (!config.mistakes.empty()) {
        return fail(ErrorCode::Invalid, m_file.path);
    }
    m_stamp = stamp;
    m_file = std::move(config.file);
    m_text = configText(m_file, directoryOf(m_file.path));
    m_settings.inherited = VariableMap(variables);
    m_isToBeKept = true;
    m_fleet.apply(m_file.servers);
    return {};
}

void ManagedProject::follow(YamlParser &parser)
{
    if (const auto stamp = stampOf(m_file.path); stamp && stamp != m_stamp && !read(std::nullopt, parser)) {
        m_stamp = stamp; // not to read the same mistakes again
    }
}

std::optional<std::string> ManagedProject::unknownOf(const std::vector<std::string> &names) const
{
    const auto found =
        std::ranges::find_if(names, [this](const std::string &name) { return m_fleet.find(name) == nullptr; });
    return found != names.end() ? std::optional(*found) : std::nullopt;
}

std::vector<std::string> ManagedProject::orAll(const std::vector<std::string> &names) const
{
    return names.empty() ? m_fleet.names() : names;
}

void ManagedProject::start(const std::vector<std::string> &names)
{
    m_fleet.adopt(); // what `quay up --foreground` runs is there, and is not to be started on top
    m_fleet.start(orAll(names));
    keep(); // before anything runs: the next agent is to know that it should
}

void ManagedProject::stop(const std::vector<std::string> &names, bool isForced)
{
    m_fleet.adopt();
    if (isForced) {
        m_fleet.kill(orAll(names));
    } else {
        m_fleet.stop(orAll(names));
    }
    keep();
}

void ManagedProject::restart(const std::vector<std::string> &names)
{
    m_fleet.adopt();
    m_fleet.restart(orAll(names));
    keep();
}

std::vector<ServerStatus> ManagedProject::statuses() const
{
    std::vector<ServerStatus> statuses;
    for (const auto &runner : m_fleet.runners()) {
        statuses.push_back(statusOf(*runner, m_fleet, m_file, *m_settings.probes.clock));
    }
    return statuses;
}

bool ManagedProject::isAtRest() const
{
    return std::ranges::all_of(m_fleet.runners(),
                               [](const auto &runner) { return runner->life().state() == ServerState::Stopped; });
}

void ManagedProject::proceed(const PollSet &set)
{
    m_fleet.proceed(set);
    if (m_isToBeKept) {
        keep();
    }
    tellNoted();
    if (!isStarting()) { // whoever is starting is not to wait for a disk
        keepStarts();
    }
}

void ManagedProject::stateChanged(const ServerRunner &server)
{
    m_isToBeKept = true;
    note(server);
}

void ManagedProject::outputCame(const ServerRunner & /*server*/, const OutputLine & /*line*/) { }

/// Who runs, how it says that it stands, and whom it takes to end it, is no state, but whoever looks wants to know.
void ManagedProject::eventCame(const ServerRunner &server, const RunEvent &event)
{
    if (event.kind == RunEventKind::Started || event.kind == RunEventKind::MainProcess
        || event.kind == RunEventKind::Status || event.kind == RunEventKind::Killed) {
        note(server);
    }
}

void ManagedProject::startupNewsCame(const ServerRunner &server, const StartupNews &news)
{
    if (const auto *const run = std::get_if<StartupRun>(&news)) {
        m_unkept.push_back(*run);
    }
    note(server);
}

/// The others are said where they are met: here, what has been given up.
void ManagedProject::watchLimited(const ServerRunner &server, const WatchProblem &problem)
{
    if (problem.kind == WatchProblemKind::RestartsForEver) {
        note(server);
    }
}

bool ManagedProject::isStarting() const
{
    return std::ranges::any_of(m_fleet.runners(), [](const auto &runner) {
        const ServerState state = runner->life().state();
        return state == ServerState::Starting || state == ServerState::Checking || runner->awaitsNeeds();
    });
}

void ManagedProject::keepStarts()
{
    for (const auto &run : std::exchange(m_unkept, {})) {
        std::ignore = m_starts.add(run); // a start that cannot be kept is none the worse
    }
}

void ManagedProject::keep()
{
    m_isToBeKept = false;
    KeptProject project{
        .bootId = m_bootId, .file = m_file.path, .text = m_text, .environment = m_settings.inherited, .servers = {}};
    for (const auto &runner : m_fleet.runners()) {
        project.servers.emplace(runner->spec().name, knownOf(*runner));
    }
    if (project != m_kept) {
        // When it cannot be written the servers run all the same: only the next agent would not know of them.
        std::ignore = keepProject(m_directory, project);
        m_kept = std::move(project);
    }
    tellNoted();
}

/// To be told once it is kept: what somebody was told, the next agent knows too.
void ManagedProject::note(const ServerRunner &server)
{
    m_noted.push_back(statusOf(server, m_fleet, m_file, *m_settings.probes.clock));
}

void ManagedProject::tellNoted()
{
    for (const auto &status : std::exchange(m_noted, {})) {
        m_tell(status);
    }
}

} // namespace Quay
