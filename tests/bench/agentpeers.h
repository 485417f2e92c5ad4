// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <optional>
#include <string>

#include <sys/types.h>

namespace Quay::Test {

/// How many servers are started together.
inline constexpr int ServersAtOnce = 20;

/// Servers that say that they are up by making a file each, in a directory that outlives this object.
class Flags
{
public:
    explicit Flags(std::string directory);

    [[nodiscard]] const std::string &directory() const noexcept { return m_directory; }
    /// For /bin/sh: raises the flag of that number, and goes on as a server that does nothing.
    [[nodiscard]] std::string script(int number) const;
    /// False when they are not all there in time.
    [[nodiscard]] bool waitForAll() const;
    void lower() const;

private:
    [[nodiscard]] std::string pathOf(int number) const;

    std::string m_directory;
};

// Others who start the servers of @p flags and end them again. Nothing when they are not installed: pm2 is looked for
// in the directory of QUAY_BENCH_NODE_TOOLS. What they keep is in the flags' directory.

/// @p hasDaemon: pm2's is started before, and does not count.
[[nodiscard]] Result<std::optional<std::chrono::nanoseconds>> startWithPm2(const Flags &flags, bool hasDaemon);
/// Of its daemon with all of them, as residentKibOf().
[[nodiscard]] Result<std::optional<double>> memoryOfPm2(const Flags &flags);
[[nodiscard]] Result<std::optional<std::chrono::nanoseconds>> startWithSupervisord(const Flags &flags);

/// Its resident memory; what is shared counts in parts (PSS). Errors: as readFile(); Malformed.
[[nodiscard]] Result<double> residentKibOf(pid_t pid);

} // namespace Quay::Test
