// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

#include <sys/types.h>

namespace Quay {

/// What a process *is* for us: a pid alone may come to mean another process, with its start time it cannot.
struct ProcessId
{
    pid_t pid = 0;
    std::uint64_t startTicks = 0; ///< Field 22 of /proc/PID/stat, USER_HZ since boot.

    auto operator<=>(const ProcessId &) const = default;
};

} // namespace Quay

template<>
struct std::hash<Quay::ProcessId>
{
    std::size_t operator()(const Quay::ProcessId &id) const noexcept
    {
        return std::hash<std::uint64_t>{}((static_cast<std::uint64_t>(id.pid) << 40U) ^ id.startTicks);
    }
};
