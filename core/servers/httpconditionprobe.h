// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/httpprobe.h"
#include "core/probes/waitprobe.h"
#include "core/servers/probespec.h"

#include <chrono>
#include <memory>
#include <optional>

#include <poll.h>

namespace Quay {

/// Whether a web server answers as a condition has it. Threads: not shared.
class HttpConditionProbe : public WaitProbe
{
public:
    HttpConditionProbe(HttpCondition condition, HttpTarget target, std::unique_ptr<HttpRequester> requester);

    [[nodiscard]] bool isLocal() const override { return false; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds limit) override;
    [[nodiscard]] pollfd awaited() const override;
    [[nodiscard]] std::optional<Attempt> proceed() override;
    [[nodiscard]] Attempt giveUp() override;

private:
    [[nodiscard]] std::optional<Attempt> judged(std::optional<Attempt> attempt) const;

    HttpCondition m_condition;
    HttpProbe m_probe;
};

} // namespace Quay
