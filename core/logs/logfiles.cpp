// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/logfiles.h"

#include "core/base/uniquefd.h"
#include "core/logs/logplace.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr int MostFiles = 1'000; // as many as a configuration may ask for

} // namespace

std::optional<LogFilePart> openLogFile(const std::string &path)
{
    UniqueFd fd(
        ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)); // somebody may have put a pipe there
    struct stat status{};
    if (!fd || ::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    return LogFilePart{
        .fd = std::move(fd), .inode = status.st_ino, .bytes = static_cast<std::uint64_t>(status.st_size)};
}

/// A file that is put aside meanwhile gets a higher number and is met again: going up, none is missed.
std::vector<LogFilePart> openLogFiles(const std::string &path)
{
    std::vector<LogFilePart> files;
    for (int number = 0; number <= MostFiles; ++number) {
        auto file = openLogFile(number == 0 ? path : path + '.' + std::to_string(number));
        if (file && !std::ranges::contains(files, file->inode, &LogFilePart::inode)) {
            files.push_back(*std::move(file));
        } else if (!file && number > 0) {
            break;
        }
    }
    std::ranges::reverse(files);
    return files;
}

std::string headOf(int fd)
{
    std::array<char, LogPlace::HeadBytes> head{};
    return std::string(readAt(fd, 0, head));
}

std::optional<std::size_t> findPlace(std::span<const LogFilePart> files, const LogPlace &place)
{
    const auto isIn = [&place](const LogFilePart &file) {
        const bool mayBe =
            place.head.empty() ? file.inode == place.inode : headOf(file.fd.get()).starts_with(place.head);
        return mayBe && file.bytes >= place.offset;
    };
    const auto found = std::ranges::find_if(files, isIn);
    return found == files.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - files.begin()));
}

std::string_view readAt(int fd, std::uint64_t offset, std::span<char> buffer)
{
    std::size_t filled = 0;
    while (filled < buffer.size()) {
        const auto rest = buffer.subspan(filled);
        const ssize_t count = ::pread(fd, rest.data(), rest.size(), static_cast<off_t>(offset + filled));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            break;
        }
        filled += static_cast<std::size_t>(count);
    }
    return {buffer.data(), filled};
}

} // namespace Quay
