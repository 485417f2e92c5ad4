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

/// Something that comes by itself: a line of the output, a word of the server's own.
struct AwaitedFact
{
    bool hasCome = false;
};

/// Whether that has come. Threads: not shared.
class FactProbe : public WaitProbe
{
public:
    explicit FactProbe(std::shared_ptr<const AwaitedFact> fact)
        : m_fact(std::move(fact))
    {
    }

    [[nodiscard]] bool isLocal() const override { return true; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds /*limit*/) override { return giveUp(); }
    [[nodiscard]] pollfd awaited() const override { return {.fd = -1, .events = 0, .revents = 0}; }
    [[nodiscard]] std::optional<Attempt> proceed() override { return giveUp(); }
    [[nodiscard]] Attempt giveUp() override { return {.isMet = m_fact->hasCome, .seen = {}}; }

private:
    std::shared_ptr<const AwaitedFact> m_fact;
};

} // namespace Quay
