// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/waitprobe.h"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include <poll.h>

namespace Quay {

/// Something that comes by itself, and may go again: a line of the output, a word of the server's own.
struct AwaitedFact
{
    bool hasCome = false;
};

/// Whether that has come. Threads: not shared.
class FactProbe : public WaitProbe
{
public:
    /// @p missing: what is seen while it has not come.
    explicit FactProbe(std::shared_ptr<const AwaitedFact> fact,
                       Observation missing = {.what = Observation::What::NotSaid})
        : m_fact(std::move(fact))
        , m_missing(std::move(missing))
    {
    }

    [[nodiscard]] bool isLocal() const override { return true; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds /*limit*/) override { return giveUp(); }
    [[nodiscard]] pollfd awaited() const override { return {.fd = -1, .events = 0, .revents = 0}; }
    [[nodiscard]] std::optional<Attempt> proceed() override { return giveUp(); }
    [[nodiscard]] Attempt giveUp() override
    {
        return {.isMet = m_fact->hasCome, .seen = m_fact->hasCome ? Observation() : m_missing};
    }

private:
    std::shared_ptr<const AwaitedFact> m_fact;
    Observation m_missing;
};

} // namespace Quay
