// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/probes/waitprobe.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <poll.h>

namespace Quay {

/**
 * Stands for a probe that could not be made. Each attempt tries to make it, and fails and says why until that succeeds;
 * from then on the attempts are those of the probe.
 *
 * Threads: not shared.
 */
class UnmadeProbe : public WaitProbe
{
public:
    using Make = std::function<Result<std::unique_ptr<WaitProbe>>()>;

    /// @p make: as makeProbe().
    explicit UnmadeProbe(Make make)
        : m_make(std::move(make))
    {
    }

    [[nodiscard]] bool isLocal() const override { return m_made != nullptr && m_made->isLocal(); }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds limit) override
    {
        if (m_made == nullptr) {
            auto made = m_make();
            if (!made) {
                return Attempt{.isMet = false, .seen = seenFrom(made.error())};
            }
            m_made = *std::move(made);
        }
        return m_made->begin(limit);
    }

    // Only while an attempt is under way, which is one of the probe.
    [[nodiscard]] pollfd awaited() const override { return m_made->awaited(); }
    [[nodiscard]] std::optional<Attempt> proceed() override { return m_made->proceed(); }
    [[nodiscard]] Attempt giveUp() override { return m_made->giveUp(); }

private:
    [[nodiscard]] static Observation seenFrom(const Error &why)
    {
        return {.what =
                    why.code == ErrorCode::Invalid ? Observation::What::HttpFailed : Observation::What::HttpUnavailable,
                .detail = why.subject};
    }

    Make m_make;
    std::unique_ptr<WaitProbe> m_made; ///< Null until it could be made.
};

} // namespace Quay
