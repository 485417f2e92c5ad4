// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <poll.h>

namespace Quay {

/// SIGINT, SIGTERM and SIGHUP as something to wait for: from then on they end nothing by themselves.
class Interrupts
{
public:
    /// Errors: as errorFromErrno(). The signals stay taken over when this object goes. Threads: before others begin.
    [[nodiscard]] static Result<Interrupts> takeOver();

    [[nodiscard]] pollfd awaited() const;
    /// Whether one has come since the last time.
    [[nodiscard]] bool take();

private:
    explicit Interrupts(UniqueFd signals) noexcept;

    UniqueFd m_signals;
};

} // namespace Quay
