// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakecontainerapi.h"

#include <array>
#include <cstring>
#include <stdexcept>
#include <stop_token>
#include <string_view>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

constexpr int TickMs = 20;

/// Whether there is something to read before @p stop is requested.
bool waitReadable(int fd, const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        pollfd wanted{.fd = fd, .events = POLLIN, .revents = 0};
        if (::poll(&wanted, 1, TickMs) > 0) {
            return true;
        }
    }
    return false;
}

std::string answerText(const FakeAnswer &answer)
{
    if (!answer.raw.empty()) {
        return answer.raw;
    }
    return "HTTP/1.1 " + std::to_string(answer.status)
        + " Whatever\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(answer.body.size())
        + "\r\nConnection: close\r\n\r\n" + answer.body;
}

void sendAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return; // whoever asked has heard enough
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

} // namespace

FakeContainerApi::FakeContainerApi(std::string path, std::map<std::string, FakeAnswer> answers)
    : m_path(std::move(path))
    , m_answers(std::move(answers))
    , m_listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (m_path.size() >= sizeof(address.sun_path)) {
        throw std::runtime_error("too long: " + m_path);
    }
    std::memcpy(address.sun_path, m_path.data(), m_path.size());
    if (::bind(m_listener.get(), reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0
        || ::listen(m_listener.get(), SOMAXCONN) != 0) {
        throw std::runtime_error("no socket at " + m_path);
    }
    m_thread = std::jthread([this](const std::stop_token &stop) { serve(stop); });
}

FakeContainerApi::~FakeContainerApi()
{
    m_thread.request_stop();
    m_thread.join();
    ::unlink(m_path.c_str());
}

std::vector<std::string> FakeContainerApi::questions() const
{
    const std::scoped_lock lock(m_mutex);
    return m_questions;
}

void FakeContainerApi::serve(const std::stop_token &stop)
{
    while (waitReadable(m_listener.get(), stop)) {
        const UniqueFd connection(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (connection) {
            answer(connection.get(), stop);
        }
    }
}

void FakeContainerApi::answer(int connection, const std::stop_token &stop)
{
    std::string question;
    std::array<char, 4096> buffer{};
    while (!question.contains("\r\n\r\n") && waitReadable(connection, stop)) {
        const ssize_t length = ::recv(connection, buffer.data(), buffer.size(), 0);
        if (length <= 0) {
            return;
        }
        question.append(buffer.data(), static_cast<std::size_t>(length));
    }
    const std::string line = question.substr(0, question.find(" HTTP/"));
    {
        const std::scoped_lock lock(m_mutex);
        m_questions.push_back(line);
    }
    const auto found = m_answers.find(line);
    const FakeAnswer reply = found != m_answers.end()
        ? found->second
        : FakeAnswer{.status = 404, .body = R"({"message":"No such container"})"};
    if (reply.before) {
        reply.before();
    }
    if (reply.isSilent) {
        (void)waitReadable(connection, stop); // until whoever asked has gone
        return;
    }
    sendAll(connection, answerText(reply));
}

} // namespace Quay::Test
