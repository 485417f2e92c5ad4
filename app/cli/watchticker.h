// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <chrono>

namespace Quay {

/// Says when to look again while something is watched. A test ticks by hand.
class WatchTicker
{
public:
    enum class Wake
    {
        Interrupted, ///< SIGINT or SIGTERM: end.
        OutputClosed, ///< Nobody reads the results any more: end.
        Tick,
    };

    WatchTicker() = default;
    WatchTicker(const WatchTicker &) = delete;
    WatchTicker &operator=(const WatchTicker &) = delete;
    virtual ~WatchTicker() = default;

    /// Takes the signals over: from now on they end the watch, not the program. Errors: as errorFromErrno().
    [[nodiscard]] virtual Result<> arm() = 0;
    /// Blocks for @p period at most.
    [[nodiscard]] virtual Wake wait(std::chrono::milliseconds period) = 0;
};

/// The program's own: a signalfd, and the descriptor that results are written to.
class SignalTicker : public WatchTicker
{
public:
    explicit SignalTicker(int outputFd);

    [[nodiscard]] Result<> arm() override;
    [[nodiscard]] Wake wait(std::chrono::milliseconds period) override;

    /// For poll(): readable once a signal came, and then for good. -1 before arm().
    [[nodiscard]] int signals() const noexcept { return m_signals.get(); }

private:
    int m_outputFd;
    UniqueFd m_signals;
};

} // namespace Quay
