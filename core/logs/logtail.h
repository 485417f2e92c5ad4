// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/supervise/criline.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace Quay {

/**
 * Follows the log of a server as it grows, through the files that are put aside.
 *
 * Source:  the log of ServerPlaces; `log.1` is the one before, `log.2` that before it.
 * Threads: not shared; blocks for as long as the file system does.
 */
class LogTail
{
public:
    /// Longer lines are cut there.
    static constexpr std::size_t MostLineBytes = std::size_t{64} << 10U;
    /// The most that one read() takes in.
    static constexpr std::size_t MostReadBytes = std::size_t{4} << 20U;

    /// From the beginning of the file at @p path on, or of the one that is there first.
    explicit LogTail(std::string path);

    /// Leaves out what is there by now. The first line read afterwards is one that was written later.
    void skipToEnd();

    /// The lines that were added, in the order of the file. When as much as MostReadBytes was taken in, there may be
    /// more: see hasMore().
    [[nodiscard]] std::vector<OutputLine> read();
    [[nodiscard]] bool hasMore() const noexcept { return m_hasMore; }

    /// How often files were put aside and removed faster than they were read: lines are missing then.
    [[nodiscard]] std::uint64_t gaps() const noexcept { return m_gaps; }

private:
    [[nodiscard]] bool open(const std::string &path);
    /// Whether there is a newer file, which is open from then on.
    [[nodiscard]] bool openNext();
    void take(std::string_view bytes, std::vector<OutputLine> &lines);

    std::string m_path;
    UniqueFd m_file;
    std::uint64_t m_inode = 0;
    std::size_t m_offset = 0;
    std::string m_begun; ///< The beginning of a line whose end is not there yet.
    CriJoiner m_joiner{MostLineBytes};
    bool m_hasMore = false;
    std::uint64_t m_gaps = 0;
};

} // namespace Quay
