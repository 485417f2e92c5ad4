// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// A process that was forked. Threads are left out.
struct ForkEvent
{
    pid_t parent = 0;
    pid_t child = 0;

    bool operator==(const ForkEvent &) const = default;
};

/// What one datagram of the process connector says, as far as we ask.
struct ProcEventBatch
{
    std::vector<ForkEvent> forks;
    std::optional<std::uint32_t> acknowledged; ///< The answer to a subscription: an errno, 0 when it was accepted.

    bool operator==(const ProcEventBatch &) const = default;
};

/**
 * Takes one datagram of the process connector apart.
 *
 * Source:  include/uapi/linux/cn_proc.h and connector.h; written by drivers/connector/cn_proc.c.
 * Errors:  Malformed, with the place as subject.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] Result<ProcEventBatch> parseProcEvents(std::span<const std::byte> datagram);

/**
 * Hears of every fork on the machine, with the true parent, however quickly that one ends.
 *
 * Source:  NETLINK_CONNECTOR, CN_IDX_PROC. Without privileges from kernel 6.6 on, and only in the first user, pid and
 *          network namespace. Costs every process of the machine a microsecond while it is open: close it soon.
 * Threads: not shared.
 */
class ProcEvents
{
public:
    /// Errors: Unsupported or Denied where the kernel or a namespace does not give them: walk /proc instead.
    [[nodiscard]] static Result<ProcEvents> open();
    ProcEvents(ProcEvents &&) noexcept = default;
    ProcEvents &operator=(ProcEvents &&) = delete;
    ProcEvents(const ProcEvents &) = delete;
    ProcEvents &operator=(const ProcEvents &) = delete;
    ~ProcEvents();

    /// What happened since the last call, in order. Does not wait.
    /// Errors: Io with ENOBUFS when there was more than the kernel keeps, and some is lost for good; as recv(2).
    [[nodiscard]] Result<std::vector<ForkEvent>> drain();

private:
    explicit ProcEvents(UniqueFd fd);
    [[nodiscard]] Result<ProcEventBatch> receive();

    UniqueFd m_fd;
    std::vector<std::byte> m_buffer;
};

} // namespace Quay
