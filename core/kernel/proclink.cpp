// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/proclink.h"

#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/kernel/procfs.h"
#include "core/kernel/remotemounts.h"

#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>

namespace Quay {

namespace {

constexpr std::string_view DeletedSuffix = " (deleted)";

bool isSameFile(const struct stat &one, const struct stat &other)
{
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/// Whether @p target, taken literally, is the file that the link leads to.
bool namesItsFile(int directory, const std::string &link, const std::string &target)
{
    struct stat linked{};
    struct stat named{};
    return ::fstatat(directory, link.c_str(), &linked, 0) == 0 && ::lstat(target.c_str(), &named) == 0
        && isSameFile(linked, named);
}

/// Then every path means the same for both.
bool hasOurMounts(const ProcFs &proc, pid_t pid)
{
    const auto theirs = readLinkAt(proc.directory(), pidPath(pid, "ns/mnt"));
    const auto ours = readLinkAt(proc.directory(), "self/ns/mnt");
    return theirs && ours && *theirs == *ours;
}

Result<ProcLink> readProcLink(const ProcFs &proc, const std::string &path)
{
    auto target = readLinkAt(proc.directory(), path);
    if (!target) {
        return std::unexpected(std::move(target).error());
    }
    const bool mayBeDeleted = target->ends_with(DeletedSuffix);
    const bool stillExists = !mayBeDeleted
        || (!RemoteMounts(proc.path() + "/self/mountinfo").above(*target)
            && namesItsFile(proc.directory(), path, *target));
    return parseProcLink(*std::move(target), stillExists);
}

} // namespace

ProcLink parseProcLink(std::string target, bool stillExists)
{
    const bool isDeleted = !stillExists && target.ends_with(DeletedSuffix);
    if (isDeleted) {
        target.resize(target.size() - DeletedSuffix.size());
    }
    return {.path = std::move(target), .isDeleted = isDeleted};
}

Result<ProcLink> readWorkingDirectory(const ProcFs &proc, pid_t pid)
{
    return readProcLink(proc, pidPath(pid, "cwd"));
}

bool isDirectoryElsewhere(const ProcFs &proc, pid_t pid, const std::string &path)
{
    if (hasOurMounts(proc, pid)) {
        return false;
    }
    if (RemoteMounts(proc.path() + "/self/mountinfo").above(path)
        || RemoteMounts(proc.path() + '/' + pidPath(pid, "mountinfo")).above(path)) {
        return true;
    }
    struct stat theirs{};
    struct stat ours{};
    if (::fstatat(proc.directory(), pidPath(pid, "cwd").c_str(), &theirs, 0) != 0) {
        return false;
    }
    return ::stat(path.c_str(), &ours) != 0 || !isSameFile(theirs, ours);
}

Result<ProcLink> readExecutable(const ProcFs &proc, pid_t pid)
{
    return readProcLink(proc, pidPath(pid, "exe"));
}

} // namespace Quay
