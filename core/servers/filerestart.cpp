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
    case ServerState::Checking:
        m_watch.begin();
        break;
    case ServerState::Starting:
        m_watch.begin();
        if (before != ServerState::Starting) {
            m_watch.forgetChanges(); // it sees the files as they are now
        }
        break;
    case ServerState::Ready:
    case ServerState::Unhealthy:
        m_watch.begin(); // one that was found running
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
    m_watch.forgetChanges();
    return file;
}

} // namespace Quay
