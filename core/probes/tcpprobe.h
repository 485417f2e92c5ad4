// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/probes/hostresolver.h"
#include "core/probes/waitprobe.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace Quay {

/// Whether a host accepts TCP connections on a port. Its addresses are tried one after the other.
class TcpProbe : public WaitProbe
{
public:
    TcpProbe(std::string host, std::uint16_t port);

    [[nodiscard]] bool isLocal() const override { return false; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds limit) override;
    [[nodiscard]] pollfd awaited() const override;
    [[nodiscard]] std::optional<Attempt> proceed() override;
    [[nodiscard]] Attempt giveUp() override;

private:
    [[nodiscard]] std::optional<Attempt> takeAddresses();
    [[nodiscard]] std::optional<Attempt> connectToNext();
    [[nodiscard]] std::optional<Attempt> finishConnect();

    std::string m_host;
    std::uint16_t m_port;
    std::unique_ptr<HostResolver> m_resolver; ///< While the name is being looked up.
    std::vector<SocketAddress> m_addresses; ///< Still to be tried in this attempt.
    std::size_t m_silentAddresses = 0; ///< How many did not answer in time: the next attempt begins behind them.
    UniqueFd m_connection;
    Observation m_seen;
};

} // namespace Quay
