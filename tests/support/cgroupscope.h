// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace Quay::Test {

/// A cgroup (v2) of our own, removed with everything below it when this object goes: its processes must have ended.
class CgroupScope
{
public:
    /// @p name ends the path: `name.service` makes a unit out of it. Errors: Unsupported without cgroup v2; Denied.
    [[nodiscard]] static Result<CgroupScope> make(const std::string &name);
    CgroupScope(CgroupScope &&other) noexcept;
    CgroupScope &operator=(CgroupScope &&) = delete;
    CgroupScope(const CgroupScope &) = delete;
    CgroupScope &operator=(const CgroupScope &) = delete;
    ~CgroupScope();

    [[nodiscard]] const std::filesystem::path &directory() const noexcept { return m_directory; }
    /// Below the mount, with a leading `/`: as the kernel names it.
    [[nodiscard]] const std::string &path() const noexcept { return m_path; }
    /// As sockets carry it.
    [[nodiscard]] std::uint64_t id() const;

private:
    CgroupScope(std::filesystem::path directory, std::string path);

    std::filesystem::path m_directory; ///< empty once moved from
    std::string m_path;
};

} // namespace Quay::Test
