// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mailbox.h"
#include "core/kernel/socketaddress.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// The addresses of a host, or what the resolver said.
using ResolvedHost = std::expected<std::vector<SocketAddress>, std::string>;

/**
 * Looks a host name up without making anybody wait.
 *
 * getaddrinfo() cannot be interrupted and takes as long as the name servers do. It runs on a thread of its own that is
 * left behind when nobody is interested any more; all that it touches is shared with it.
 *
 * Threads: not shared.
 */
class HostResolver
{
public:
    HostResolver(std::string host, std::uint16_t port);
    ~HostResolver();
    HostResolver(const HostResolver &) = delete;
    HostResolver &operator=(const HostResolver &) = delete;

    /// Readable once the answer is there.
    [[nodiscard]] int descriptor() const noexcept;
    /// The answer, once.
    [[nodiscard]] std::optional<ResolvedHost> take();

private:
    std::shared_ptr<Mailbox<ResolvedHost>> m_mailbox;
};

} // namespace Quay
