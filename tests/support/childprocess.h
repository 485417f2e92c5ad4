// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "tests/support/textreader.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace Quay::Test {

/// How a ChildProcess is started.
struct ChildOptions
{
    std::vector<std::string> arguments; ///< The program first, looked for in PATH.
    std::string workingDirectory; ///< Empty: ours.
    bool isSilent = false; ///< Standard output and error go to /dev/null; there is nothing to read then.
    bool isOnTerminal = false; ///< It leads a session on a terminal of its own, its standard error too; we are at the
                               ///< other end.
    unsigned short columns = 0; ///< How wide that terminal is; 0: it does not say.
};

/// What a process used until it ended, its own children included once it had waited for them.
struct ChildUsage
{
    int waitStatus = 0; ///< as waitpid()
    std::chrono::nanoseconds cpuTime{}; ///< user and system
};

/**
 * A process that a test started: it and nobody else is ended when this object goes.
 *
 * Its standard input and output are pipes to us, or a terminal. It is killed when the thread that started it ends.
 */
class ChildProcess
{
public:
    [[nodiscard]] static Result<ChildProcess> start(const ChildOptions &options);
    ChildProcess(ChildProcess &&other) noexcept;
    ChildProcess &operator=(ChildProcess &&other) noexcept;
    ChildProcess(const ChildProcess &) = delete;
    ChildProcess &operator=(const ChildProcess &) = delete;
    ~ChildProcess();

    [[nodiscard]] pid_t pid() const noexcept { return m_pid; }

    /// Errors: as errorFromErrno().
    [[nodiscard]] Result<> write(std::string_view bytes);
    [[nodiscard]] Result<> writeLine(std::string_view line);
    /// The next line of its output, waited for. Errors: as TextReader::readUntil().
    [[nodiscard]] Result<std::string> readLine(std::chrono::milliseconds timeout = TextReader::LongEnough);
    /// What it writes, in other portions.
    [[nodiscard]] TextReader &output() noexcept { return m_output; }
    void closeInput() noexcept { m_input.reset(); }

    /// Waits for its end by itself. Errors: Io.
    [[nodiscard]] Result<ChildUsage> wait();
    /// Ends it at once and waits. Does nothing when it has ended.
    void end() noexcept;

private:
    ChildProcess() = default;

    pid_t m_pid = 0; ///< 0 once it was waited for
    UniqueFd m_input;
    TextReader m_output;
};

/// Runs a program to its end, its output thrown away.
[[nodiscard]] Result<ChildUsage> runSilently(std::vector<std::string> arguments);

} // namespace Quay::Test
