// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/linesocket.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

namespace Quay {

namespace {

constexpr const char *Subject = "connection";
constexpr std::size_t ReadBytes = std::size_t{64} << 10U;
/// Of one call: who sends without a pause does not keep the others waiting.
constexpr int MostReads = 16;

bool isEmptyNow(int sysErrno)
{
    return sysErrno == EAGAIN || sysErrno == EINTR;
}

} // namespace

LineSocket::LineSocket(UniqueFd socket, std::size_t mostBytes)
    : m_socket(std::move(socket))
    , m_mostBytes(mostBytes)
{
}

pollfd LineSocket::awaited() const
{
    const bool hasMore = m_sent < m_toSend.size();
    return {.fd = m_socket.get(), .events = static_cast<short>(hasMore ? POLLIN | POLLOUT : POLLIN), .revents = 0};
}

Result<> LineSocket::send(std::string_view line)
{
    if (m_toSend.size() - m_sent + line.size() > m_mostBytes) {
        return failErrno(ENOBUFS, Subject);
    }
    m_toSend += line;
    return flush();
}

Result<> LineSocket::flush()
{
    while (m_sent < m_toSend.size()) {
        const ssize_t count =
            ::send(m_socket.get(), m_toSend.data() + m_sent, m_toSend.size() - m_sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && !isEmptyNow(errno)) {
            return fail(ErrorCode::Gone, Subject, errno);
        }
        if (count < 0) {
            return {};
        }
        m_sent += static_cast<std::size_t>(count);
    }
    m_toSend.clear();
    m_sent = 0;
    return {};
}

Result<> LineSocket::receive()
{
    std::array<char, ReadBytes> bytes;
    for (int reads = 0; reads < MostReads && !m_hasEnded; ++reads) {
        const ssize_t count = ::recv(m_socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (count < 0 && isEmptyNow(errno)) {
            break;
        }
        m_hasEnded = count <= 0;
        m_received.append(bytes.data(), static_cast<std::size_t>(m_hasEnded ? 0 : count));
        if (m_received.size() > m_mostBytes && m_received.find('\n', m_searched) == std::string::npos) {
            return fail(ErrorCode::Malformed, Subject);
        }
    }
    return {};
}

Result<std::vector<std::string>> LineSocket::proceed()
{
    if (const auto sent = flush(); !sent) {
        m_hasEnded = true; // what has come before is to be read all the same
    }
    if (const auto received = receive(); !received) {
        return std::unexpected(received.error());
    }
    std::vector<std::string> lines;
    std::size_t begin = 0;
    for (auto end = m_received.find('\n', m_searched); end != std::string::npos; end = m_received.find('\n', begin)) {
        lines.push_back(m_received.substr(begin, end - begin));
        begin = end + 1;
    }
    m_received.erase(0, begin);
    m_searched = m_received.size();
    if (lines.empty() && m_hasEnded) {
        return fail(ErrorCode::Gone, Subject);
    }
    return lines;
}

} // namespace Quay
