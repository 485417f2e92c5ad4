// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/serverkeeper.h"

#include "core/base/earliest.h"
#include "core/base/pollset.h"
#include "core/base/result.h"
#include "core/imports/importfile.h"
#include "core/servers/configpath.h"
#include "core/servers/configreader.h"
#include "core/service/agentmessage.h"
#include "core/service/keptproject.h"
#include "core/service/managedproject.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace Quay {

ServerKeeper::ServerKeeper(RunnerSettings settings, std::string directory, std::string bootId,
                           ManagedProject::Tell tell)
    : m_settings(std::move(settings))
    , m_directory(std::move(directory))
    , m_bootId(std::move(bootId))
    , m_tell(std::move(tell))
{
}

void ServerKeeper::takeUp()
{
    for (auto &kept : keptProjects(m_directory, m_bootId)) {
        const std::string directory = directoryOf(kept.file);
        auto config = readServerConfig(m_yaml.parse(kept.text),
                                       {.path = kept.file, .directory = directory, .variables = kept.environment});
        if (config.mistakes.empty()) { // else it was written by another version
            manage(std::move(config.file), std::move(kept.environment)).takeUp(kept.servers);
        }
    }
}

ManagedProject &ServerKeeper::manage(ServerFile file, VariableMap environment)
{
    const std::string path = file.path;
    auto project = std::make_unique<ManagedProject>(std::move(file), std::move(environment), m_settings, m_directory,
                                                    m_bootId, m_starts, m_tell);
    return *m_projects.insert_or_assign(path, std::move(project)).first->second;
}

Result<> ServerKeeper::add(const std::string &path, const VariableMap &environment)
{
    auto config = readServersOf(path, environment, m_yaml);
    if (!config.mistakes.empty()) {
        const bool isThere = config.mistakes.front().code != MistakeCode::NotReadable;
        return fail(isThere ? ErrorCode::Invalid : ErrorCode::Gone, path);
    }
    manage(std::move(config.file), environment).takeUp({});
    return {};
}

/// With the file as it is now, when servers are to be started.
Result<ManagedProject *> ServerKeeper::projectOf(const AgentRequest &request)
{
    const auto known = m_projects.find(request.file);
    Result<> read;
    if (known == m_projects.end()) {
        read = add(request.file, request.environment.value_or(ownVariables()));
    } else if (request.verb != AgentVerb::Stop) {
        read = known->second->read(request.environment, m_yaml);
    }
    return read.transform([&] { return m_projects.at(request.file).get(); });
}

Result<> ServerKeeper::carryOut(const AgentRequest &request)
{
    const auto project = projectOf(request);
    if (!project) {
        return std::unexpected(project.error());
    }
    if (const auto unknown = (*project)->unknownOf(request.names)) {
        return fail(ErrorCode::Gone, *unknown);
    }
    switch (request.verb) {
    case AgentVerb::Start:
        (*project)->start(request.names);
        break;
    case AgentVerb::Stop:
        (*project)->stop(request.names, request.isForced);
        break;
    case AgentVerb::Restart:
        (*project)->restart(request.names);
        break;
    case AgentVerb::Status:
    case AgentVerb::Subscribe:
        break; // nothing is to be carried out
    }
    return {};
}

AgentReply ServerKeeper::answer(const AgentRequest &request)
{
    AgentReply reply;
    if (request.verb == AgentVerb::Status || request.verb == AgentVerb::Subscribe) {
        for (const auto &[path, project] : m_projects) {
            project->follow(m_yaml);
            project->keepStarts();
        }
    } else if (const auto done = carryOut(request); !done) {
        reply.error = done.error();
    }
    for (const auto &[path, project] : m_projects) {
        if (request.file.empty() || request.file == path) {
            std::ranges::move(project->statuses(), std::back_inserter(reply.servers));
        }
    }
    return reply;
}

bool ServerKeeper::isAtRest() const
{
    return std::ranges::all_of(m_projects, [](const auto &entry) { return entry.second->isAtRest(); });
}

void ServerKeeper::collect(PollSet &set) const
{
    for (const auto &[path, project] : m_projects) {
        project->collect(set);
    }
}

std::optional<std::chrono::nanoseconds> ServerKeeper::due() const
{
    std::optional<std::chrono::nanoseconds> earliest;
    for (const auto &[path, project] : m_projects) {
        earliest = earliestOf({earliest, project->due()});
    }
    return earliest;
}

void ServerKeeper::proceed(const PollSet &set)
{
    for (const auto &[path, project] : m_projects) {
        project->proceed(set);
    }
}

} // namespace Quay
