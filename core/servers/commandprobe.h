// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/waitprobe.h"
#include "core/servers/commandrun.h"

#include <chrono>
#include <optional>

#include <poll.h>

namespace Quay {

/// Whether a command ends with 0. Its last line of output is what is seen. Threads: not shared.
class CommandProbe : public WaitProbe
{
public:
    explicit CommandProbe(CommandStart command);

    [[nodiscard]] bool isLocal() const override { return false; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds limit) override;
    [[nodiscard]] pollfd awaited() const override;
    [[nodiscard]] std::optional<Attempt> proceed() override;
    [[nodiscard]] Attempt giveUp() override;

private:
    CommandStart m_command;
    std::optional<CommandRun> m_run;
};

} // namespace Quay
