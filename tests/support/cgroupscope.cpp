// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cgroupscope.h"

#include "core/base/readfile.h"
#include "core/base/uniquefd.h"
#include "core/kernel/cgroupindex.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

/// Waits until no process is left in or below a cgroup: one that has just ended counts for an instant longer.
void waitUntilEmpty(const std::filesystem::path &directory)
{
    const std::string path = directory / "cgroup.events";
    const UniqueFd events(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    for (;;) {
        std::array<char, 128> text{};
        const ssize_t size = ::pread(events.get(), text.data(), text.size(), 0);
        if (size <= 0 || std::string_view(text.data(), static_cast<std::size_t>(size)).contains("populated 0")) {
            return;
        }
        pollfd changed{.fd = events.get(), .events = POLLPRI, .revents = 0};
        if (::poll(&changed, 1, 5000) == 0) {
            return; // somebody else moved in: leave it
        }
    }
}

/// The files of a cgroup cannot be deleted, its directories only from below.
void removeTree(const std::filesystem::path &top)
{
    std::error_code ignored;
    std::vector<std::filesystem::path> directories{top};
    for (const auto &entry : std::filesystem::recursive_directory_iterator(top, ignored)) {
        if (entry.is_directory(ignored)) {
            directories.push_back(entry.path());
        }
    }
    std::ranges::sort(directories, std::ranges::greater{}, [](const auto &path) { return path.native().size(); });
    for (const auto &directory : directories) {
        ::rmdir(directory.c_str());
    }
}

} // namespace

CgroupScope::CgroupScope(std::filesystem::path directory, std::string path)
    : m_directory(std::move(directory))
    , m_path(std::move(path))
{
}

CgroupScope::CgroupScope(CgroupScope &&other) noexcept
    : m_directory(std::exchange(other.m_directory, {}))
    , m_path(std::move(other.m_path))
{
}

Result<CgroupScope> CgroupScope::make(const std::string &name)
{
    const auto mountinfo = readFile("/proc/self/mountinfo");
    const auto mount = mountinfo ? findCgroup2Mount(*mountinfo) : std::nullopt;
    if (!mount) {
        return fail(ErrorCode::Unsupported, "cgroup2");
    }
    const std::string path = "/quaymaster-test-" + std::to_string(::getpid()) + '/' + name;
    std::error_code error;
    std::filesystem::create_directories(*mount + path, error);
    if (error) {
        return failErrno(error.value(), *mount + path);
    }
    return CgroupScope(*mount + path, path);
}

CgroupScope::~CgroupScope()
{
    if (!m_directory.empty()) {
        waitUntilEmpty(m_directory);
        removeTree(m_directory);
        // Up to what another scope of this process needs, or what is not ours.
        auto parent = m_directory.parent_path();
        while (::rmdir(parent.c_str()) == 0) {
            parent = parent.parent_path();
        }
    }
}

std::uint64_t CgroupScope::id() const
{
    struct stat status{};
    return ::stat(m_directory.c_str(), &status) == 0 ? status.st_ino : 0;
}

} // namespace Quay::Test
