// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/logfile.h"

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/supervise/criline.h"
#include "core/supervise/rundescription.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr mode_t FileMode = 0600;
constexpr std::uint64_t RetryRotationBytes = std::uint64_t{1} << 20U;

bool endsInTheMiddleOfALine(int fd, off_t size)
{
    char last = '\n';
    return size > 0 && ::pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

} // namespace

LogFile::LogFile(std::string path, LogLimits limits, const Clock &clock)
    : m_path(std::move(path))
    , m_limits(limits)
    , m_clock(&clock)
    , m_rotateAtBytes(limits.fileBytes)
{
}

Result<LogFile> LogFile::open(std::string path, LogLimits limits, const Clock &clock)
{
    LogFile log(std::move(path), limits, clock);
    if (const auto opened = log.openCurrent(); !opened) {
        return std::unexpected(opened.error());
    }
    return log;
}

Result<> LogFile::openCurrent()
{
    UniqueFd fd(::open(m_path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, FileMode));
    struct stat status = {};
    if (!fd || ::fstat(fd.get(), &status) != 0) {
        return failErrno(errno, m_path);
    }
    m_fd = std::move(fd);
    m_isTorn = endsInTheMiddleOfALine(m_fd.get(), status.st_size);
    m_position.bytes = static_cast<std::uint64_t>(status.st_size);
    return {};
}

void LogFile::rotate()
{
    const auto name = [this](std::uint32_t number) {
        return number == 0 ? m_path : m_path + '.' + std::to_string(number);
    };
    m_rotateAtBytes = m_position.bytes + RetryRotationBytes; // unless it works
    for (std::uint32_t number = m_limits.filesKept; number > 0; --number) {
        if (::rename(name(number - 1).c_str(), name(number).c_str()) != 0 && errno != ENOENT) {
            return; // one name is free now, and the next try goes on there
        }
    }
    if (m_limits.filesKept == 0) {
        ::unlink(m_path.c_str());
    }
    if (openCurrent()) { // else the one that was put aside is written on
        m_rotateAtBytes = m_limits.fileBytes;
        ++m_position.rotations;
    }
}

void LogFile::write(std::string_view lines, bool mayRotate)
{
    if (lines.empty()) {
        return;
    }
    // A line that never ends is cut after all, for the disk has an end.
    const auto limit = mayRotate ? m_rotateAtBytes : 2 * m_rotateAtBytes;
    if (m_position.bytes > 0 && m_position.bytes + lines.size() > limit) {
        rotate();
    }
    if (m_loss && !append(lineAbout(*m_loss))) {
        lose(lines, m_loss->sysErrno);
        return;
    }
    if (m_loss) {
        m_news = std::exchange(m_loss, std::nullopt);
    }
    static_cast<void>(append(lines));
}

void LogFile::retry()
{
    if (m_loss && append(lineAbout(*m_loss))) {
        m_news = std::exchange(m_loss, std::nullopt);
    }
}

bool LogFile::append(std::string_view text)
{
    const bool isAboutLoss = m_loss.has_value();
    const std::string afterTorn = m_isTorn ? '\n' + std::string(text) : std::string();
    const std::string_view all = m_isTorn ? std::string_view(afterTorn) : text;
    std::size_t done = 0;
    int sysErrno = 0;
    while (done < all.size() && sysErrno == 0) {
        const ssize_t count = ::write(m_fd.get(), all.data() + done, all.size() - done);
        if (count > 0) {
            done += static_cast<std::size_t>(count);
        } else if (count == 0 || errno != EINTR) {
            sysErrno = count == 0 ? ENOSPC : errno;
        }
    }
    m_position.bytes += done;
    if (done > 0) {
        m_isTorn = all[done - 1] != '\n';
    }
    if (sysErrno == 0) {
        return true;
    }
    if (isAboutLoss) {
        m_loss->sysErrno = sysErrno;
    } else {
        const auto firstLost = all.substr(0, done).rfind('\n') + 1; // npos + 1 is 0
        lose(all.substr(firstLost), sysErrno);
    }
    return false;
}

void LogFile::lose(std::string_view lines, int sysErrno)
{
    const bool isFirst = !m_loss.has_value();
    if (isFirst) {
        m_loss.emplace();
    }
    m_loss->bytes += lines.size();
    m_loss->lines += static_cast<std::uint64_t>(std::ranges::count(lines, '\n'));
    m_loss->sysErrno = sysErrno;
    m_lostBytes += lines.size();
    if (isFirst) {
        m_news = m_loss;
    }
}

std::string LogFile::lineAbout(const OutputLoss &loss)
{
    const char *const reason = ::strerrordesc_np(loss.sysErrno);
    const std::string text = "quaymaster: " + std::to_string(loss.lines) + " lines (" + std::to_string(loss.bytes)
        + " bytes) could not be written here: " + (reason == nullptr ? "?" : reason);
    std::string line;
    m_formatter.append(
        line, {.realTime = m_clock->realTime(), .stream = OutputStream::Error, .isPartial = false, .text = text});
    return line;
}

std::optional<OutputLoss> LogFile::takeNews()
{
    return std::exchange(m_news, std::nullopt);
}

std::optional<int> LogFile::sysErrno() const noexcept
{
    return m_loss ? std::optional(m_loss->sysErrno) : std::nullopt;
}

} // namespace Quay
