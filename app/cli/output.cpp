// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "app/cli/watchticker.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <limits>
#include <string>

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Quay {

namespace {

/// https://no-color.org: set and not empty means none. A dumb terminal has none either.
bool wantsColours()
{
    const char *const noColour = std::getenv("NO_COLOR");
    const char *const terminal = std::getenv("TERM");
    return (noColour == nullptr || *noColour == '\0') && terminal != nullptr && std::string_view(terminal) != "dumb";
}

OutputTraits traitsOf(int fd)
{
    OutputTraits traits;
    traits.isTerminal = ::isatty(fd) == 1;
    traits.hasColours = traits.isTerminal && wantsColours();
    winsize size{};
    if (traits.isTerminal && ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        traits.columns = size.ws_col;
    }
    return traits;
}

/// A pipe that has room takes as much without blocking, in which nothing but SIGKILL would reach us.
std::size_t mostAtOnce(int fd)
{
    struct stat status{};
    const bool isFile = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    return isFile ? std::numeric_limits<std::size_t>::max() : PIPE_BUF;
}

const char *escapeOf(TextStyle style)
{
    switch (style) {
    case TextStyle::Plain:
        return "";
    case TextStyle::Heading:
        return "\x1b[1m";
    case TextStyle::Faint:
        return "\x1b[2m";
    case TextStyle::Attention:
        return "\x1b[33m";
    case TextStyle::Good:
        return "\x1b[32m";
    case TextStyle::Bad:
        return "\x1b[31m";
    }
    return "";
}

} // namespace

Result<> Output::write(std::string_view bytes)
{
    if (m_state) {
        m_state = writeAll(bytes);
    }
    return m_state;
}

Result<> Output::writeLine(const QString &text)
{
    return write(QString(text + u'\n').toStdString());
}

FileOutput::FileOutput(int fd, std::string_view name, const SignalTicker *ticker)
    : Output(traitsOf(fd))
    , m_fd(fd)
    , m_name(name)
    , m_ticker(ticker)
    , m_mostAtOnce(mostAtOnce(fd))
{
}

Result<> FileOutput::waitForRoom() const
{
    std::array watched{pollfd{.fd = m_fd, .events = POLLOUT, .revents = 0},
                       pollfd{.fd = m_ticker != nullptr ? m_ticker->signals() : -1, .events = POLLIN, .revents = 0}};
    while (::poll(watched.data(), watched.size(), -1) < 0) {
        if (errno != EINTR) {
            return fail(ErrorCode::Io, std::string(m_name), errno);
        }
    }
    return watched.front().revents != 0 ? Result<>() : fail(ErrorCode::Gone, std::string(m_name), EINTR);
}

Result<> FileOutput::writeAll(std::string_view bytes)
{
    while (!bytes.empty()) {
        if (auto room = waitForRoom(); !room) {
            return room;
        }
        const ssize_t count = ::write(m_fd, bytes.data(), std::min(bytes.size(), m_mostAtOnce));
        if (count >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EPIPE) {
            return fail(ErrorCode::Gone, std::string(m_name), EPIPE);
        } else if (errno != EINTR && errno != EAGAIN) { // whoever started us may have made it non-blocking
            return fail(ErrorCode::Io, std::string(m_name), errno);
        }
    }
    return {};
}

QString styled(const QString &text, TextStyle style, bool hasColours)
{
    if (!hasColours || style == TextStyle::Plain || text.isEmpty()) {
        return text;
    }
    return QString(QLatin1StringView(escapeOf(style)) + text + QLatin1StringView("\x1b[0m"));
}

} // namespace Quay
