// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/waitprobe.h"
#include "core/service/agentclient.h"
#include "core/service/serverstatus.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/**
 * Whether a managed server is ready. It asks the agent, which is not started for that, and is then told by it.
 *
 * Threads: not shared.
 */
class ServerProbe : public WaitProbe
{
public:
    /// @p file: of the server; empty: one of that name in whichever file.
    ServerProbe(std::string name, const std::string &file);

    [[nodiscard]] bool isLocal() const override { return true; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds limit) override;
    [[nodiscard]] pollfd awaited() const override;
    [[nodiscard]] std::optional<Attempt> proceed() override;
    [[nodiscard]] Attempt giveUp() override;

private:
    [[nodiscard]] std::optional<Attempt> take(const std::vector<ServerStatus> &servers);
    [[nodiscard]] Attempt lose();

    std::string m_name;
    std::string m_file; ///< As ServerStatus has it.
    std::optional<AgentClient> m_agent;
    Observation m_seen{.what = Observation::What::NotManaged, .detail = {}};
};

} // namespace Quay
