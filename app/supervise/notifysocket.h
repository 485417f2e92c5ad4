// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/supervise/notifymessage.h"

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// A message, and who has sent it, as the kernel says.
struct ReceivedNotify
{
    NotifyMessage message;
    pid_t sender = 0;
    std::vector<UniqueFd> descriptors; ///< What came with it. A sender may wait for them to be closed, and end then.
};

/**
 * The socket to which a server sends what sd_notify(3) sends.
 *
 * It is the file @p path where that fits into a socket's name, for the name is what the server is given; else it has an
 * abstract name by chance.
 *
 * Source:  unix(7), SO_PASSCRED; sd_notify_barrier(3).
 * Threads: not shared.
 */
class NotifySocket
{
public:
    /// Errors: as errorFromErrno(), with @p path.
    [[nodiscard]] static Result<NotifySocket> open(const std::string &path);

    [[nodiscard]] int descriptor() const noexcept { return m_fd.get(); }
    /// `NOTIFY_SOCKET=...`
    [[nodiscard]] const std::string &variable() const noexcept { return m_variable; }

    /// The next message; nothing when there is none. Those that are too long are left out.
    [[nodiscard]] std::optional<ReceivedNotify> receive() const;

private:
    NotifySocket(UniqueFd fd, std::string variable);

    UniqueFd m_fd;
    std::string m_variable;
};

} // namespace Quay
