// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/supervise/controlmessage.h"
#include "core/supervise/criline.h"
#include "core/supervise/rundescription.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

/// Output that could not be written.
struct OutputLoss
{
    std::uint64_t bytes = 0; ///< of lines of the log
    std::uint64_t lines = 0;
    int sysErrno = 0; ///< why

    bool operator==(const OutputLoss &) const = default;
};

/**
 * The log of a server: appended to, and put aside when it is full. Older ones are `log.1`, `log.2` ..., the oldest
 * last.
 *
 * It never stands in the server's way: what cannot be written, because the disk is full or has become read-only, is
 * counted, and a line of the log says so as soon as one can be written again. A line that was cut off stands alone.
 *
 * Source:  write(2) with O_APPEND, rename(2). Nothing is synchronised: the kernel has it, however we end.
 * Threads: not shared; blocks for as long as the file system does.
 */
class LogFile
{
public:
    /// Errors: as errorFromErrno(), with @p path: it cannot be opened for writing. @p clock outlives this object.
    [[nodiscard]] static Result<LogFile> open(std::string path, LogLimits limits, const Clock &clock = systemClock());

    /// Appends whole lines. @p mayRotate: no line goes on after them.
    void write(std::string_view lines, bool mayRotate);
    /// Tries to say what was lost, when nothing else is to be written.
    void retry();

    /// What is to be told about losses: when they begin, and all of them when they have ended.
    [[nodiscard]] std::optional<OutputLoss> takeNews();
    /// Of the loss that goes on; nothing while all is well.
    [[nodiscard]] std::optional<int> sysErrno() const noexcept;
    /// In all.
    [[nodiscard]] std::uint64_t lostBytes() const noexcept { return m_lostBytes; }
    [[nodiscard]] LogPosition position() const noexcept { return m_position; }

private:
    LogFile(std::string path, LogLimits limits, const Clock &clock);
    [[nodiscard]] Result<> openCurrent();
    void rotate();
    [[nodiscard]] bool append(std::string_view text);
    void lose(std::string_view lines, int sysErrno);
    [[nodiscard]] std::string lineAbout(const OutputLoss &loss);

    std::string m_path;
    LogLimits m_limits;
    const Clock *m_clock;
    CriFormatter m_formatter;
    UniqueFd m_fd;
    LogPosition m_position;
    std::uint64_t m_rotateAtBytes;
    bool m_isTorn = false; ///< The file ends in the middle of a line.
    std::optional<OutputLoss> m_loss; ///< Not said yet.
    std::optional<OutputLoss> m_news;
    std::uint64_t m_lostBytes = 0;
};

} // namespace Quay
