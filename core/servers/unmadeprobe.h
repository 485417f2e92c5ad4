// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/probes/waitprobe.h"

#include <chrono>
#include <optional>

#include <poll.h>

namespace Quay {

/// Stands for a probe that cannot be made: each attempt fails, and says why. Threads: not shared.
class UnmadeProbe : public WaitProbe
{
public:
    /// @p why: as makeProbe() says it.
    explicit UnmadeProbe(const Error &why)
        : m_seen{.what = why.code == ErrorCode::Invalid ? Observation::What::HttpFailed
                                                        : Observation::What::HttpUnavailable,
                 .detail = why.subject}
    {
    }

    [[nodiscard]] bool isLocal() const override { return false; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds /*limit*/) override { return giveUp(); }
    [[nodiscard]] pollfd awaited() const override { return {.fd = -1, .events = 0, .revents = 0}; }
    [[nodiscard]] std::optional<Attempt> proceed() override { return giveUp(); }
    [[nodiscard]] Attempt giveUp() override { return {.isMet = false, .seen = m_seen}; }

private:
    Observation m_seen;
};

} // namespace Quay
