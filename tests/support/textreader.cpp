// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/textreader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace Quay::Test {

TextReader::TextReader(UniqueFd source)
    : m_source(std::move(source))
{
}

Result<std::string> TextReader::readUntil(std::string_view end, std::chrono::milliseconds timeout)
{
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    for (;;) {
        if (const std::size_t at = m_pending.find(end); at != std::string::npos) {
            std::string text = m_pending.substr(0, at + end.size());
            m_pending.erase(0, text.size());
            return text;
        }
        if (auto more = readMore(deadline); !more) {
            return std::unexpected(more.error());
        }
    }
}

Result<std::string> TextReader::readAll(std::chrono::milliseconds timeout)
{
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    for (;;) {
        if (auto more = readMore(deadline); !more) {
            return more.error().code == ErrorCode::Gone ? Result<std::string>(std::exchange(m_pending, {}))
                                                        : std::unexpected(more.error());
        }
    }
}

Result<> TextReader::readMore(std::chrono::steady_clock::time_point deadline)
{
    pollfd watched{.fd = m_source.get(), .events = POLLIN, .revents = 0};
    int ready = -1;
    do {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        ready = ::poll(&watched, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
    } while (ready < 0 && errno == EINTR);
    if (ready == 0) {
        return fail(ErrorCode::Io, "not what was waited for, but: " + m_pending, ETIMEDOUT);
    }
    std::array<char, 4096> buffer{};
    const ssize_t count = ready < 0 ? -1 : ::read(m_source.get(), buffer.data(), buffer.size());
    if (count == 0 || (count < 0 && errno == EIO)) { // the latter of a terminal that nobody has open any more
        return fail(ErrorCode::Gone, "it has ended, after: " + m_pending);
    }
    if (count < 0) {
        return failErrno(errno, "read");
    }
    m_pending.append(buffer.data(), static_cast<std::size_t>(count));
    return {};
}

} // namespace Quay::Test
