// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/supervise/linebatch.h"
#include "app/supervise/logfile.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/supervise/criline.h"
#include "core/supervise/lease.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace Quay {

class EventLoop;

/**
 * Brings what a server writes into its log.
 *
 * The first bytes after a silence are read as they come. Of a server that writes on and on, what has gathered within
 * Pause is read at once: who would be woken by each line would slow down the server that wakes it.
 *
 * Threads: not shared; belongs to the thread of its loop.
 */
class OutputPump
{
public:
    /// @p loop and @p clock outlive this object.
    OutputPump(EventLoop &loop, LogFile log, const Clock &clock = systemClock());
    OutputPump(const OutputPump &) = delete;
    OutputPump &operator=(const OutputPump &) = delete;
    ~OutputPump();

    /// Takes over an output of the server; @p firstOutput is called once, when something comes out of it.
    [[nodiscard]] Result<> open(OutputStream stream, UniqueFd fd, std::function<void()> firstOutput);

    /// Is called with the time of a line when it is earlier than that of one before.
    void setClockSetBack(std::function<void(RunTime)> clockSetBack) { m_clockSetBack = std::move(clockSetBack); }

    /// Reads what is there by now, at most as much as fits into the outputs, and writes it.
    void drain();
    /// Reads what is there, ends lines that are open, and closes the outputs, whoever has their other ends.
    void close();
    /// Does what is due: to be called after each wait.
    void work();
    /// When work() is to be called again, also when nothing comes. CLOCK_MONOTONIC.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> nextWork() const;

    [[nodiscard]] LogFile &log() noexcept { return m_log; }
    [[nodiscard]] const LogFile &log() const noexcept { return m_log; }

    static constexpr std::chrono::milliseconds Pause{2};
    /// How long a line without a break is kept before it is given out in pieces.
    static constexpr std::chrono::milliseconds PatienceWithLine{100};
    /// How often it is tried to write again.
    static constexpr std::chrono::seconds RetryInterval{1};

private:
    struct Source
    {
        UniqueFd fd;
        std::function<void()> firstOutput; ///< empty once it was called
        std::chrono::nanoseconds readAt{}; ///< monotonic
        std::optional<std::chrono::nanoseconds> resumesAt; ///< It is looked away from until then.
    };

    void readable(OutputStream stream);
    [[nodiscard]] std::size_t read(OutputStream stream);
    void end(OutputStream stream);
    void write();

    EventLoop &m_loop;
    LogFile m_log;
    const Clock &m_clock;
    LineBatch m_batch;
    std::function<void(RunTime)> m_clockSetBack;
    std::chrono::nanoseconds m_lastTime{}; ///< Clock::realTime() of the last line.
    std::array<Source, OutputStreamCount> m_sources;
    std::vector<char> m_buffer;
    std::optional<std::chrono::nanoseconds> m_retriesAt; ///< monotonic
};

} // namespace Quay
