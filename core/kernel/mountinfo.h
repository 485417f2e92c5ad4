// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// A file system as it is mounted. Texts are raw bytes.
struct Mount
{
    int id = 0; ///< Its own for as long as it is mounted.
    std::string root; ///< What of the file system is seen there; `/` for all of it.
    std::string point; ///< Where.
    std::string type; ///< `ext4`, `nfs4`, `fuse.sshfs` ...

    bool operator==(const Mount &) const = default;
};

/// Parses the text of /proc/PID/mountinfo, in its order: one over another comes after it. Lines that lack something
/// are left out. Threads: pure function.
[[nodiscard]] std::vector<Mount> parseMountinfo(std::string_view text);

} // namespace Quay
