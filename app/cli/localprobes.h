// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/socketrecord.h"
#include "core/probes/waitprobe.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace Quay {

class DiagTransport;
class SockDiag;

/// Asks the kernel for TCP listeners: over netlink, or from /proc/net where that is refused.
class ListenerLookup
{
public:
    /// Over a netlink socket of its own.
    ListenerLookup();
    /// @p transport null: from /proc/net.
    explicit ListenerLookup(std::unique_ptr<DiagTransport> transport);
    ListenerLookup(const ListenerLookup &) = delete;
    ListenerLookup &operator=(const ListenerLookup &) = delete;
    virtual ~ListenerLookup();

    /// Who would answer at 127.0.0.1 or ::1. Costs 2 us. Without tcp_diag nobody, until anywhere() has found that out.
    /// Errors: as anywhere().
    [[nodiscard]] virtual Result<std::vector<SocketRecord>> onLoopback(std::uint16_t port);
    /// Everybody who listens on the port, at whatever address. Costs more the more listeners there are.
    /// Errors: of netlink, when that is not refused; as readProcNetListeners().
    [[nodiscard]] virtual Result<std::vector<SocketRecord>> anywhere(std::uint16_t port);

private:
    std::unique_ptr<SockDiag> m_diag; ///< Null once netlink was refused.
};

/// Base of the probes that know the answer at once.
class LocalProbe : public WaitProbe
{
public:
    [[nodiscard]] bool isLocal() const override { return true; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds limit) override;
    [[nodiscard]] pollfd awaited() const override;
    [[nodiscard]] std::optional<Attempt> proceed() override;
    [[nodiscard]] Attempt giveUp() override;

protected:
    [[nodiscard]] virtual Attempt look() = 0;
};

/// Whether somebody listens on a TCP port of this machine.
class ListenProbe : public LocalProbe
{
public:
    ListenProbe(std::uint16_t port, ListenerLookup &lookup);

protected:
    [[nodiscard]] Attempt look() override;

private:
    std::uint16_t m_port;
    ListenerLookup &m_lookup;
    unsigned m_looks = 0;
};

/**
 * Whether a TCP port can be bound at every address, as a server would that sets SO_REUSEADDR (nearly all do).
 *
 * The socket is bound for a moment and never listens. A server that binds at the same instant is not disturbed as long
 * as it sets SO_REUSEADDR itself. Where binding is not permitted (below 1024) a port without listeners counts as free.
 */
class FreeProbe : public LocalProbe
{
public:
    FreeProbe(std::uint16_t port, ListenerLookup &lookup);

protected:
    [[nodiscard]] Attempt look() override;

private:
    std::uint16_t m_port;
    ListenerLookup &m_lookup;
};

} // namespace Quay
