// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/pidfd.h"
#include "tests/support/childprocess.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay::Test {

/// Where the programs under test and their targets lie: `testserver`, `testload`, `quay`.
[[nodiscard]] std::string programPath(const std::string &name);

/// A running tests/targets/testserver. It and all its processes are gone when end() returns or this object goes.
class TestServer
{
public:
    /// Starts it and waits until it is as it was asked to be. @p arguments: see tests/targets/serveroptions.h.
    [[nodiscard]] static Result<TestServer> start(std::vector<std::string> arguments,
                                                  const std::string &workingDirectory = {});
    /// The same below a shell that waits for it, as on a terminal; pid() is then the shell.
    [[nodiscard]] static Result<TestServer> startInShell(const std::vector<std::string> &arguments);
    TestServer(TestServer &&) noexcept = default;
    TestServer &operator=(TestServer &&) noexcept = default;
    TestServer(const TestServer &) = delete;
    TestServer &operator=(const TestServer &) = delete;
    ~TestServer();

    [[nodiscard]] std::uint16_t port() const noexcept { return m_port; }
    [[nodiscard]] int fd() const noexcept { return m_fd; } ///< Of the socket, in the first of pids().
    /// The process that was started; of some modes it is none of those that hold a socket.
    [[nodiscard]] pid_t pid() const noexcept { return m_child.pid(); }
    /// The processes that hold its sockets, in the order in which they were made.
    [[nodiscard]] const std::vector<pid_t> &pids() const noexcept { return m_pids; }

    void end();

    /// Waits until nobody is left of it, also of those that it did not tell of: all had its output open.
    /// Errors: Io with ETIMEDOUT when somebody is.
    [[nodiscard]] Result<> waitUntilNobodyIsLeft(std::chrono::milliseconds timeout = std::chrono::seconds(20));
    /// The next time that it says to be ready: of servers that are started anew. Replaces pids().
    [[nodiscard]] Result<> waitUntilReadyAgain();

private:
    explicit TestServer(ChildProcess child);
    [[nodiscard]] static Result<TestServer> startWith(const ChildOptions &options);
    [[nodiscard]] Result<> readReadyLine();

    ChildProcess m_child;
    std::uint16_t m_port = 0;
    int m_fd = -1;
    std::vector<pid_t> m_pids;
    std::vector<PidFd> m_handles; ///< of m_pids
};

} // namespace Quay::Test
