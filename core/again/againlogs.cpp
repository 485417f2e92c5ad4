// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/againlogs.h"

#include "core/base/uniquefd.h"
#include "core/processes/secrettext.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <optional>
#include <ranges>
#include <string_view>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::string_view Extension = ".log";
constexpr std::size_t MostLastLines = 10;
constexpr std::uintmax_t MostLastBytes = std::uintmax_t{4} << 10U;

UniqueFd openLog(const std::string &path, int access)
{
    return UniqueFd(::open(path.c_str(), access | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
}

/// The size of a regular file; nothing when it is none.
std::optional<std::uintmax_t> sizeOf(const UniqueFd &fd)
{
    struct stat status{};
    if (!fd || ::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    return static_cast<std::uintmax_t>(status.st_size);
}

std::vector<std::filesystem::path> newestFirst(const std::string &directory)
{
    std::vector<std::filesystem::path> logs;
    std::error_code error; // there may be no directory yet
    for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() == Extension) {
            logs.push_back(entry->path());
        }
    }
    std::ranges::sort(logs, std::greater{}); // they begin with their time
    return logs;
}

/// The end of a file, from the beginning of a line on. Nothing when it cannot be read.
std::string lastLines(int fd, std::uintmax_t bytes, std::uintmax_t most)
{
    std::string text(std::min(bytes, most), '\0');
    const auto begin = static_cast<off_t>(bytes - text.size());
    const ssize_t length = ::pread(fd, text.data(), text.size(), begin);
    text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    const auto lineEnd = begin > 0 ? text.find('\n') : std::string::npos;
    return lineEnd != std::string::npos ? text.substr(lineEnd + 1) : text;
}

/// Its writer appends, so that what it writes next follows what is left. The bytes that are left.
std::uintmax_t cut(int fd, std::uintmax_t bytes, const AgainLogLimits &limits)
{
    if (bytes <= limits.cutBytes) {
        return bytes;
    }
    const std::string left = lastLines(fd, bytes, limits.leftBytes);
    if (::ftruncate(fd, 0) != 0) {
        return bytes;
    }
    const ssize_t written = ::write(fd, left.data(), left.size());
    return written > 0 ? static_cast<std::uintmax_t>(written) : 0;
}

} // namespace

void tidyAgainLogs(const std::string &directory, const AgainLogLimits &limits)
{
    std::size_t count = 0;
    std::uintmax_t total = 0;
    for (const auto &path : newestFirst(directory)) {
        const UniqueFd fd = openLog(path, O_RDWR);
        const auto bytes = sizeOf(fd);
        if (!bytes) {
            continue;
        }
        if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) { // somebody writes to it
            total += cut(fd.get(), *bytes, limits);
        } else if (++count > limits.count || total + *bytes > limits.totalBytes) {
            ::unlink(path.c_str());
        } else {
            total += *bytes;
        }
    }
}

bool isWrittenTo(const std::string &path)
{
    const UniqueFd fd = openLog(path, O_RDWR); // to lock it on a network file system, one has to be able to write
    return fd && ::flock(fd.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

std::vector<std::string> lastLinesOf(const std::string &path)
{
    const UniqueFd fd = openLog(path, O_RDONLY);
    const auto bytes = sizeOf(fd);
    std::vector<std::string> lines;
    if (!bytes) {
        return lines;
    }
    const std::string text = maskedText(lastLines(fd.get(), *bytes, MostLastBytes));
    for (const auto &part : text | std::views::split('\n')) {
        if (const std::string_view line(part); line.find_first_not_of(" \t\r") != std::string_view::npos) {
            lines.emplace_back(line);
        }
    }
    if (lines.size() > MostLastLines) {
        lines.erase(lines.begin(), lines.end() - MostLastLines);
    }
    return lines;
}

} // namespace Quay
