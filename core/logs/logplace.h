// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/supervise/criline.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace Quay {

/**
 * A place between two lines in the log of a server: also when the file has another name by now, since it was put aside.
 *
 * The number of a file is used again for the next one as soon as the oldest is removed. So that a place is never found
 * in a file that it was not in, the file has to begin as it did.
 */
struct LogPlace
{
    /// As much of a file is remembered: the first time in it, and some text.
    static constexpr std::size_t HeadBytes = 64;

    std::uint64_t inode = 0;
    std::uint64_t offset = 0; ///< bytes
    std::string head; ///< What the file began with then; shorter when it was.
    std::array<OutputLine, OutputStreamCount> begun; ///< Of lines whose end comes after it.

    bool operator==(const LogPlace &) const = default;
};

} // namespace Quay
