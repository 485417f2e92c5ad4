// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/filerestart.h"

#include "core/base/pollset.h"
#include "core/servers/filewatch.h"
#include "core/servers/serverlife.h"
#include "core/servers/serverspec.h"
#include "core/servers/serverstate.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

namespace {

/// Whether it is over, and nobody has asked for that.
bool hasEndedByItself(const ServerLife &life)
{
    const auto state = life.state();
    return state == ServerState::Failed || state == ServerState::CrashLoop
        || (state == ServerState::Stopped && life.reason().cause == StateCause::Exit);
}

bool mayRestart(const ServerLife &life)
{
    switch (life.state()) {
    case ServerState::Starting:
    case ServerState::Ready:
    case ServerState::Unhealthy:
        return true;
    case ServerState::Waiting:
        return life.reason().cause == StateCause::Pause;
    case ServerState::Failed:
    case ServerState::CrashLoop:
    case ServerState::Stopped:
        return hasEndedByItself(life);
    case ServerState::LeftOver:
    case ServerState::Checking: // what comes of it is not known yet: the change is kept
    case ServerState::Stopping:
        break;
    }
    return false;
}

} // namespace

FileRestart::FileRestart(const ServerSpec &spec)
    : m_watch(spec.watch)
    , m_endsItsGroup(spec.onExit == OnExit::StopGroup)
{
}

void FileRestart::follow(const ServerLife &life)
{
    const auto before = std::exchange(m_state, life.state());
    switch (life.state()) {
    case ServerState::Waiting:
        if (life.reason().cause == StateCause::Asked) {
            m_inARow = 0;
            m_unwatchedFor.reset();
        }
        begin();
        break;
    case ServerState::Checking:
        begin();
        break;
    case ServerState::Starting:
        begin();
        if (before != ServerState::Starting) {
            m_watch.forgetChanges(); // it sees the files as they are now
            m_startedAt = life.since();
        }
        break;
    case ServerState::Ready:
    case ServerState::Unhealthy:
        begin(); // one that was found running
        break;
    case ServerState::Stopping:
        break;
    case ServerState::LeftOver:
        m_watch.end();
        break;
    case ServerState::Failed:
    case ServerState::CrashLoop:
    case ServerState::Stopped:
        if (!hasEndedByItself(life) || m_endsItsGroup) {
            m_watch.end();
        }
        break;
    }
}

void FileRestart::begin()
{
    if (!m_unwatchedFor) {
        m_watch.begin();
    }
}

bool FileRestart::awaitsFiles(const ServerLife &life) const
{
    return m_watch.isWatching() && hasEndedByItself(life);
}

std::optional<std::chrono::nanoseconds> FileRestart::due(const ServerLife &life) const
{
    if (const auto due = m_watch.due()) {
        return due;
    }
    return mayRestart(life) ? m_watch.changeDue() : std::nullopt;
}

std::optional<std::string> FileRestart::proceed(std::chrono::nanoseconds now, const PollSet &set,
                                                const ServerLife &life)
{
    m_watch.proceed(now, set);
    const auto due = m_watch.changeDue();
    if (!due || now < *due || !mayRestart(life)) {
        return std::nullopt;
    }
    std::string file = m_watch.changedFile();
    const bool isSoon = m_startedAt && m_watch.firstChangeAt().value_or(now) - *m_startedAt < SoonAfterStart;
    m_inARow = isSoon ? m_inARow + 1 : 0;
    m_watch.forgetChanges();
    if (m_inARow <= MostInARow) {
        return file;
    }
    m_watch.end();
    m_unwatchedFor = std::move(file);
    m_isGivingUpTold = false;
    return std::nullopt;
}

std::vector<WatchProblem> FileRestart::takeProblems()
{
    auto problems = m_watch.takeProblems();
    if (m_unwatchedFor && !std::exchange(m_isGivingUpTold, true)) {
        problems.push_back({.kind = WatchProblemKind::RestartsForEver, .path = *m_unwatchedFor});
    }
    return problems;
}

} // namespace Quay
