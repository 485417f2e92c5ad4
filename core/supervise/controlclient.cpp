// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/controlclient.h"

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/kernel/unixsocket.h"
#include "core/supervise/controlmessage.h"
#include "core/supervise/serverplaces.h"

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

namespace Quay {

namespace {

constexpr const char *Subject = "supervisor";

bool isEndOfConnection(int sysErrno)
{
    return sysErrno == EPIPE || sysErrno == ECONNRESET || sysErrno == ENOTCONN;
}

std::unexpected<Error> failOf(int sysErrno)
{
    return isEndOfConnection(sysErrno) ? fail(ErrorCode::Gone, Subject, sysErrno) : failErrno(sysErrno, Subject);
}

} // namespace

ControlClient::ControlClient(UniqueFd socket) noexcept
    : m_socket(std::move(socket))
{
}

Result<ControlClient> ControlClient::connect(const ServerPlaces &places)
{
    auto socket = connectTo(places.control());
    if (!socket) {
        return std::unexpected(std::move(socket).error());
    }
    return ControlClient(*std::move(socket));
}

Result<std::uint64_t> ControlClient::send(ControlRequest request)
{
    request.id = ++m_lastId;
    const std::string text = toText(request);
    if (::send(m_socket.get(), text.data(), text.size(), MSG_NOSIGNAL) < 0) {
        return failOf(errno);
    }
    return request.id;
}

Result<ControlMessage> ControlClient::receiveOne()
{
    std::string text(MostMessageBytes + 1, '\0');
    const ssize_t count = ::recv(m_socket.get(), text.data(), text.size(), 0);
    if (count < 0) {
        return failOf(errno);
    }
    if (count == 0) {
        return fail(ErrorCode::Gone, Subject);
    }
    const auto size = static_cast<std::size_t>(count);
    if (size > MostMessageBytes) {
        return fail(ErrorCode::Malformed, Subject);
    }
    return controlMessageFrom(std::string_view(text).substr(0, size));
}

Result<std::vector<ControlMessage>> ControlClient::receive()
{
    std::vector<ControlMessage> messages(std::make_move_iterator(m_kept.begin()),
                                         std::make_move_iterator(m_kept.end()));
    m_kept.clear();
    for (;;) {
        auto message = receiveOne();
        if (message) {
            messages.push_back(*std::move(message));
            continue;
        }
        const bool isJustEmpty = message.error().sysErrno == EAGAIN;
        if (isJustEmpty || !messages.empty()) {
            return messages; // that it has ended is told next time
        }
        return std::unexpected(std::move(message).error());
    }
}

Result<RunStatus> ControlClient::ask(ControlRequest request, std::chrono::milliseconds timeout)
{
    const auto id = send(request);
    if (!id) {
        return std::unexpected(id.error());
    }
    const auto deadline = systemClock().monotonic() + timeout;
    for (;;) {
        auto message = receiveOne();
        if (!message && message.error().sysErrno != EAGAIN) {
            return std::unexpected(std::move(message).error());
        }
        if (message) {
            const auto *const reply = std::get_if<ControlReply>(&*message);
            if (reply == nullptr || reply->id != *id) {
                m_kept.push_back(*std::move(message));
                continue;
            }
            if (reply->error) {
                return std::unexpected(*reply->error);
            }
            return reply->status ? Result<RunStatus>(*reply->status) : fail(ErrorCode::Malformed, Subject);
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - systemClock().monotonic());
        pollfd watched{.fd = m_socket.get(), .events = POLLIN, .revents = 0};
        if (left.count() <= 0 || ::poll(&watched, 1, static_cast<int>(left.count())) == 0) {
            return failErrno(ETIMEDOUT, Subject);
        }
    }
}

} // namespace Quay
