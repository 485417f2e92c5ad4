// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/supervise/runevent.h"

#include <cstddef>
#include <deque>
#include <optional>
#include <string>

namespace Quay {

/**
 * Writes the record of a run: a line for each event, at once, and for nobody but the user.
 *
 * While it cannot be written the events wait here, the newest MostWaiting of them.
 *
 * Threads: not shared; blocks for as long as the file system does.
 */
class RecordWriter
{
public:
    static constexpr std::size_t MostWaiting = 1000;
    static constexpr std::size_t MostRuns = 100;

    /// Removes the oldest records but for MostRuns in the directory of @p path. Errors: as errorFromErrno().
    [[nodiscard]] static Result<RecordWriter> open(std::string path);

    void write(const RunEvent &event);
    /// Tries again to write what waits.
    void retry();
    /// Why it cannot be written; nothing while all is well.
    [[nodiscard]] std::optional<int> sysErrno() const noexcept { return m_sysErrno; }

private:
    RecordWriter(std::string path, UniqueFd fd);

    std::string m_path;
    UniqueFd m_fd;
    std::deque<std::string> m_waiting;
    bool m_isTorn = false;
    std::optional<int> m_sysErrno;
};

} // namespace Quay
