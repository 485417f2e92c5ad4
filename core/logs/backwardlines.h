// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/logfiles.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace Quay {

/**
 * The lines of a log from its end back to its beginning, whatever they are. What stands behind the last line break is
 * being written, and left out.
 *
 * Threads: not shared; blocks for as long as the file system does.
 */
class BackwardLines
{
public:
    struct Line
    {
        std::size_t file = 0; ///< Index.
        std::uint64_t offset = 0; ///< bytes
        std::string_view text; ///< Without its line break; valid until the next call.
    };

    /// Begins before @p offset of the file with that index. @p files: the oldest first; they outlive this object.
    BackwardLines(std::span<const LogFilePart> files, std::size_t file, std::uint64_t offset);

    /// Nothing at the beginning of the log.
    [[nodiscard]] std::optional<Line> next();

private:
    void startFile(std::size_t file, std::uint64_t offset);
    void readBlock();

    std::span<const LogFilePart> m_files;
    std::size_t m_file = 0;
    std::uint64_t m_blockOffset = 0; ///< Where m_text begins in the file.
    std::string m_text; ///< Of which m_end bytes are still to be given out.
    std::size_t m_end = 0;
    bool m_isBehindBreak = false; ///< Whether what is before m_end is a whole line.
    bool m_isAtBegin = false; ///< The first line of the file was given out.
};

} // namespace Quay
