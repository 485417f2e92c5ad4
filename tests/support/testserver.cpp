// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testserver.h"

#include <chrono>
#include <cstdlib>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <poll.h>

namespace Quay::Test {

std::string programPath(const std::string &name)
{
    return std::string(QUAY_BIN_DIR) + '/' + name;
}

TestServer::TestServer(ChildProcess child)
    : m_child(std::move(child))
{
}

Result<TestServer> TestServer::start(std::vector<std::string> arguments, const std::string &workingDirectory)
{
    arguments.insert(arguments.begin(), programPath("testserver"));
    return startWith({.arguments = std::move(arguments), .workingDirectory = workingDirectory});
}

Result<TestServer> TestServer::startInShell(const std::vector<std::string> &arguments)
{
    // The last command keeps the shell from becoming the server; its own words would be about how that was ended.
    std::vector<std::string> words{"sh", "-c", "exec 2>/dev/null; \"$0\" \"$@\"; :", programPath("testserver")};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return startWith({.arguments = std::move(words), .workingDirectory = {}});
}

Result<TestServer> TestServer::startWith(const ChildOptions &options)
{
    auto child = ChildProcess::start(options);
    if (!child) {
        return std::unexpected(child.error());
    }
    TestServer server(*std::move(child));
    if (auto read = server.readReadyLine(); !read) {
        return std::unexpected(read.error());
    }
    return server;
}

Result<> TestServer::readReadyLine()
{
    const auto line = m_child.readLine();
    if (!line) {
        return std::unexpected(line.error());
    }
    std::istringstream words(*line);
    for (std::string word; words >> word;) {
        const std::string value = word.substr(word.find('=') + 1);
        if (word.starts_with("port=")) {
            m_port = static_cast<std::uint16_t>(std::atoi(value.c_str()));
        } else if (word.starts_with("fd=")) {
            m_fd = std::atoi(value.c_str());
        } else if (word.starts_with("pids=")) {
            std::istringstream pids(value);
            for (std::string pid; std::getline(pids, pid, ',');) {
                m_pids.push_back(std::atoi(pid.c_str()));
            }
        }
    }
    for (const pid_t pid : m_pids) {
        auto handle = PidFd::open(pid);
        if (!handle) {
            return std::unexpected(handle.error());
        }
        m_handles.push_back(*std::move(handle));
    }
    return m_pids.empty() ? fail(ErrorCode::Malformed, *line) : Result<>{};
}

Result<> TestServer::waitUntilNobodyIsLeft(std::chrono::milliseconds timeout)
{
    for (;;) {
        const auto line = m_child.readLine(timeout);
        if (!line) {
            return line.error().code == ErrorCode::Gone ? Result<>{} : std::unexpected(line.error());
        }
    }
}

Result<> TestServer::waitUntilReadyAgain()
{
    m_pids.clear();
    m_handles.clear();
    return readReadyLine();
}

TestServer::~TestServer()
{
    end();
}

void TestServer::end()
{
    m_child.closeInput();
    for (const PidFd &handle : m_handles) {
        // Its lifeline is cut: it ends by itself, wherever it has gone.
        pollfd ended{.fd = handle.descriptor(), .events = POLLIN, .revents = 0};
        static_cast<void>(::poll(&ended, 1, 10'000));
    }
    m_handles.clear();
    m_child.end();
}

} // namespace Quay::Test
