// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procfd.h"

#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/kernel/directory.h"
#include "core/kernel/procfs.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::string_view SocketPrefix = "socket:[";
constexpr std::size_t LongestSocketLink = sizeof "socket:[18446744073709551615]"; // one more than its length

/// The inode when the link leads to a socket, else errno: one allocation an fd would be a tenth of the cost.
std::expected<std::optional<std::uint64_t>, int> readSocketLink(int directory, const char *name)
{
    std::array<char, LongestSocketLink> target{};
    const ssize_t count = ::readlinkat(directory, name, target.data(), target.size());
    if (count < 0) {
        return std::unexpected(errno);
    }
    return socketInodeFromLink({target.data(), static_cast<std::size_t>(count)});
}

/// The size of a directory that the kernel makes up, which for PID/fd is the count of descriptors.
Result<std::uint64_t> directorySize(const ProcFs &proc, const std::string &path)
{
    struct stat status{};
    if (::fstatat(proc.directory(), path.c_str(), &status, 0) != 0) {
        return failErrno(errno, path);
    }
    return static_cast<std::uint64_t>(status.st_size);
}

struct FdListing
{
    SocketFds fds;
    bool isEmpty = true;
};

/// @p path: of a directory of descriptors.
Result<FdListing> listFds(const ProcFs &proc, const std::string &path)
{
    const auto directory = openDirectoryAt(proc.directory(), path);
    if (!directory) {
        return std::unexpected(directory.error());
    }
    FdListing listing;
    struct stat status{};
    if (::fstat(directory->get(), &status) == 0) {
        listing.fds.fdCount = static_cast<std::uint64_t>(status.st_size);
    }
    DirectoryReader reader(directory->get(), path);
    for (;;) {
        const auto entry = reader.next();
        if (!entry) {
            return std::unexpected(entry.error());
        }
        if (!*entry) {
            return listing;
        }
        listing.isEmpty = false;
        const char *const name = (*entry)->name;
        const auto link = readSocketLink(directory->get(), name);
        if (!link && link.error() != ENOENT) {
            return failErrno(link.error(), path); // not traceable: every other one would be refused as well
        }
        const auto inode = link.value_or(std::nullopt);
        const auto fd = numberFromText<int>(name);
        if (inode && fd) {
            listing.fds.sockets.push_back({.fd = *fd, .inode = *inode});
        }
    }
}

/// A main thread that has ended has none, and what the kernel tells of it is root's.
bool isWithoutDescriptors(const Error &error, const ProcFs &proc, const std::string &path)
{
    return error.code == ErrorCode::Denied && directorySize(proc, path) == 0U;
}

/// Of a process whose main thread has called pthread_exit(): those of one of the threads that it has left.
std::optional<SocketFds> socketFdsOfAnotherThread(const ProcFs &proc, pid_t pid)
{
    constexpr nlink_t LinksOfOneThread = 3; // a directory has two, and each one in it is one more
    const std::string path = pidPath(pid, "task");
    struct stat status{};
    if (::fstatat(proc.directory(), path.c_str(), &status, 0) != 0 || status.st_nlink <= LinksOfOneThread) {
        return std::nullopt; // kernel threads, zombies
    }
    const auto directory = openDirectoryAt(proc.directory(), path);
    if (!directory) {
        return std::nullopt;
    }
    DirectoryReader reader(directory->get(), path);
    for (auto entry = reader.next(); entry && *entry; entry = reader.next()) {
        const auto thread = numberFromText<pid_t>((*entry)->name);
        if (!thread || *thread == pid) {
            continue;
        }
        if (auto listed = listFds(proc, path + '/' + pidPath(*thread, "fd"))) {
            listed->fds.fdCount = 0; // the process is said to have none
            return std::move(listed->fds);
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<std::uint64_t> socketInodeFromLink(std::string_view target)
{
    if (!target.starts_with(SocketPrefix) || !target.ends_with(']')) {
        return std::nullopt;
    }
    target.remove_prefix(SocketPrefix.size());
    target.remove_suffix(1);
    return numberFromText<std::uint64_t>(target);
}

Result<SocketFds> readSocketFds(const ProcFs &proc, pid_t pid)
{
    const std::string path = pidPath(pid, "fd");
    auto listed = listFds(proc, path);
    const bool isWithout = listed ? listed->isEmpty : isWithoutDescriptors(listed.error(), proc, path);
    if (isWithout) {
        if (auto others = socketFdsOfAnotherThread(proc, pid)) {
            return *std::move(others);
        }
    }
    return std::move(listed).transform([](FdListing &&listing) { return std::move(listing.fds); });
}

Result<bool> isSocketFd(const ProcFs &proc, pid_t pid, SocketFd socket)
{
    const std::string path = pidPath(pid, ("fd/" + std::to_string(socket.fd)).c_str());
    const auto inode = readSocketLink(proc.directory(), path.c_str());
    if (!inode) {
        return failErrno(inode.error(), path);
    }
    return *inode == socket.inode;
}

Result<std::uint64_t> openFdCount(const ProcFs &proc, pid_t pid)
{
    auto count = directorySize(proc, pidPath(pid, "fd"));
    if (!count || *count != 0) {
        return count;
    }
    // Kernel threads and zombies have none, but we ourselves do: 0 there means a kernel that does not count.
    const auto ours = directorySize(proc, "self/fd");
    if (!ours || *ours == 0) {
        return failErrno(ENOSYS, pidPath(pid, "fd"));
    }
    return count;
}

} // namespace Quay
