// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/kernel/mountinfo.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/**
 * Where file systems are mounted for which somebody else answers: another machine (NFS, CIFS ...) or a program (FUSE).
 * When that one is gone, whoever asks them anything waits for as long as they like.
 *
 * Source:  /proc/self/mountinfo, read again when the kernel says that it changed. Asks no file system.
 * Threads: not shared.
 */
class RemoteMounts
{
public:
    /// Where @p mountinfoPath cannot be read, none is known.
    explicit RemoteMounts(std::string mountinfoPath);

    /// The number (see Mount::id) of the nearest one at or above @p path, an absolute one without links. Nothing: there
    /// is none.
    [[nodiscard]] std::optional<int> above(std::string_view path);

private:
    [[nodiscard]] bool isOutdated() const;
    void read();

    std::string m_path;
    UniqueFd m_file; ///< Kept open, to be told of changes.
    std::vector<Mount> m_mounts; ///< Those only; their points end with a slash.
};

} // namespace Quay
