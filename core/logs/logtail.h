// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/logs/logplace.h"
#include "core/supervise/criline.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

struct LogFilePart;

/**
 * Follows the log of a server as it grows, through the files that are put aside.
 *
 * Source:  the log of ServerPlaces; `log.1` is the one before, `log.2` that before it.
 * Threads: not shared; blocks for as long as the file system does.
 */
class LogTail
{
public:
    /// Longer lines are cut there, unless another length is asked for.
    static constexpr std::size_t MostLineBytes = std::size_t{64} << 10U;
    /// The most that one read() takes in, unless another limit is set.
    static constexpr std::size_t MostReadBytes = std::size_t{4} << 20U;

    /// From the beginning of the file at @p path on, or of the one that is there first.
    explicit LogTail(std::string path, std::size_t mostLineBytes = MostLineBytes);

    /// Leaves out what is there by now. The first line read afterwards is one that was written later.
    void skipToEnd();
    /// From the beginning of the oldest file on.
    void goToBegin();
    /// Goes on there. When it is there no more, false, as goToBegin(), and that is a gap.
    bool goTo(const LogPlace &place);
    /// Reads no further than that.
    void endAt(const LogPlace &place) { m_end = place; }
    /// What one read() is to take in at most.
    void setReadLimit(std::size_t bytes) { m_mostReadBytes = bytes; }

    /// The lines that were added, in the order of the file. When as much as may be was taken in, there may be more: see
    /// hasMore().
    [[nodiscard]] std::vector<OutputLine> read();
    [[nodiscard]] bool hasMore() const noexcept { return m_hasMore; }

    /// Behind the last line that was read. Nothing before there is a file.
    [[nodiscard]] std::optional<LogPlace> place() const;

    /// How often files were put aside and removed, or cut off, faster than they were read: lines are missing then.
    [[nodiscard]] std::uint64_t gaps() const noexcept { return m_gaps; }

private:
    void take(LogFilePart &&file);
    [[nodiscard]] bool open(const std::string &path);
    /// Whether there is a newer file, which is open from then on.
    [[nodiscard]] bool openNext();
    [[nodiscard]] bool wasCutOff();
    [[nodiscard]] std::size_t bytesToEnd() const;
    void take(std::string_view bytes, std::vector<OutputLine> &lines);

    std::string m_path;
    UniqueFd m_file;
    std::uint64_t m_inode = 0;
    std::uint64_t m_offset = 0;
    std::uint64_t m_lineOffset = 0; ///< Where the line begins whose end is not there yet.
    std::string m_begun; ///< The beginning of that line.
    CriJoiner m_joiner;
    std::optional<LogPlace> m_end;
    std::size_t m_mostReadBytes = MostReadBytes;
    bool m_hasMore = false;
    std::uint64_t m_gaps = 0;
};

} // namespace Quay
