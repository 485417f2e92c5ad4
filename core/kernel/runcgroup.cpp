// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/runcgroup.h"

#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/base/uniquefd.h"
#include "core/base/writefile.h"
#include "core/kernel/cgroupindex.h"
#include "core/kernel/proccgroup.h"
#include "core/kernel/procfs.h"

#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Quay {

RunCgroup::RunCgroup(std::string directory)
    : m_directory(std::move(directory))
    , m_procs(m_directory + "/cgroup.procs")
{
}

RunCgroup::RunCgroup(RunCgroup &&other) noexcept
    : m_directory(std::exchange(other.m_directory, {}))
    , m_procs(std::move(other.m_procs))
{
}

RunCgroup::~RunCgroup()
{
    if (!m_directory.empty()) {
        ::rmdir(m_directory.c_str());
    }
}

Result<RunCgroup> RunCgroup::make(const ProcFs &proc, const std::string &runId)
{
    const auto mountinfo = readFileAt(proc.directory(), "self/mountinfo");
    const auto mount = mountinfo ? findCgroup2Mount(*mountinfo) : std::nullopt;
    const auto own = readProcCgroup(proc, ::getpid()).value_or(ProcCgroup()).unified;
    if (!mount || !own) {
        return fail(ErrorCode::Unsupported, "cgroup2");
    }
    const std::string parent = *mount + (*own == "/" ? std::string() : *own);
    // To move a process one has to be allowed to write where it comes from as well.
    if (::access((parent + "/cgroup.procs").c_str(), W_OK) != 0) {
        return failErrno(errno, parent);
    }
    constexpr mode_t Mode = 0755; // as all of them: others may see who is in it
    const std::string directory = parent + "/quaymaster-" + runId;
    if (::mkdir(directory.c_str(), Mode) != 0) {
        return failErrno(errno, directory);
    }
    return RunCgroup(directory);
}

bool RunCgroup::enter() const noexcept
{
    const int fd = ::open(m_procs.c_str(), O_WRONLY | O_CLOEXEC);
    const bool isIn = fd >= 0 && ::write(fd, "0", 1) == 1;
    ::close(fd);
    return isIn;
}

Result<> RunCgroup::kill() const
{
    const std::string path = m_directory + "/cgroup.kill";
    const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    return fd ? writeAll(fd.get(), "1", path) : failErrno(errno, path);
}

std::optional<bool> RunCgroup::ranOutOfMemory() const
{
    const auto text = readFile(m_directory + "/memory.events");
    const auto kills = text ? parseOutOfMemoryKills(*text) : std::nullopt;
    return kills ? std::optional(*kills > 0) : std::nullopt;
}

std::optional<unsigned long> parseOutOfMemoryKills(std::string_view text)
{
    TextCursor lines(text);
    while (!lines.atEnd()) {
        TextCursor line(lines.takeLine());
        if (line.takeField() == "oom_kill") {
            return numberFromText<unsigned long>(line.takeField());
        }
    }
    return std::nullopt;
}

} // namespace Quay
