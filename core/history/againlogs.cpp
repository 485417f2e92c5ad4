// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/againlogs.h"

#include "core/base/uniquefd.h"

#include <algorithm>
#include <filesystem>
#include <functional>
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
    const auto lineEnd = text.find('\n');
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
        const UniqueFd fd(::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
        struct stat status{};
        if (!fd || ::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
            continue;
        }
        const auto bytes = static_cast<std::uintmax_t>(status.st_size);
        if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) { // somebody writes to it
            total += cut(fd.get(), bytes, limits);
        } else if (++count > limits.count || total + bytes > limits.totalBytes) {
            ::unlink(path.c_str());
        } else {
            total += bytes;
        }
    }
}

} // namespace Quay
