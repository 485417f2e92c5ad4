// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/kernel/eventpoll.h"
#include "core/kernel/pidfd.h"
#include "core/servers/variables.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// What is to be run, and in which surroundings.
struct CommandStart
{
    std::vector<std::string> arguments; ///< The program first; it is looked for in the PATH of the environment.
    std::string directory;
    VariableMap environment;
};

/// How a command ended.
struct CommandResult
{
    ExitStatus exit;
    std::string output; ///< Of both streams, as it came; raw bytes.
};

/**
 * Runs a short command: in a session of its own, with nothing to read, its output kept up to a limit.
 *
 * Whatever of its session or below it is still there when it has ended, or is given up, is killed with it. What has
 * left both, as a daemon does, is not found.
 *
 * Threads: not shared. Never blocks but to start, and to reap what was killed.
 */
class CommandRun
{
public:
    /// More output than that is read and thrown away.
    static constexpr std::size_t MostOutputBytes = std::size_t{64} << 10U;

    /// Errors: as findProgram(); as errorFromErrno() with the directory or the program as subject.
    [[nodiscard]] static Result<CommandRun> start(const CommandStart &command);

    CommandRun(CommandRun &&other) noexcept;
    CommandRun &operator=(CommandRun &&) = delete;
    CommandRun(const CommandRun &) = delete;
    CommandRun &operator=(const CommandRun &) = delete;
    /// Gives it up when it runs still.
    ~CommandRun();

    /// Readable when proceed() has something to do.
    [[nodiscard]] int descriptor() const noexcept { return m_events.descriptor(); }
    /// Takes in what has come. The result, once it has ended.
    [[nodiscard]] std::optional<CommandResult> proceed();
    /// What was written so far.
    [[nodiscard]] const std::string &output() const noexcept { return m_output; }

private:
    CommandRun(PidFd process, pid_t pid, UniqueFd output, EventPoll events);

    void readOutput();
    void endAll();

    PidFd m_process;
    pid_t m_pid; ///< Its session too. Ours to reap, so it means nobody else; 0 once it was reaped or moved away.
    UniqueFd m_outputPipe;
    EventPoll m_events;
    std::string m_output;
};

} // namespace Quay
