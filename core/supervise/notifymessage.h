// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace Quay {

/// What a server tells about itself. Of what systemd understands, that which concerns a server's life.
struct NotifyMessage
{
    bool isReady = false;
    bool isStopping = false;
    bool isAlive = false; ///< `WATCHDOG=1`
    std::optional<std::string> status; ///< Raw bytes, one line.
    std::optional<pid_t> mainPid;

    bool operator==(const NotifyMessage &) const = default;
};

/// The most that a message may hold; systemd takes no more either.
inline constexpr std::size_t MostNotifyBytes = 4096;

/**
 * Reads a datagram of sd_notify(3): lines of `NAME=value`, of which those that are not known mean nothing.
 *
 * Threads: pure function.
 */
[[nodiscard]] NotifyMessage notifyMessageFrom(std::string_view text);

} // namespace Quay
