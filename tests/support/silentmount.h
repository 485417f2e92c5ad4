// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"

#include <string>
#include <thread>

namespace Quay::Test {

/// An empty FUSE file system, for this process and its children alone, which answers until it falls silent: as the
/// mount of a machine that has gone. Needs a privilege. Threads: it answers on one of its own.
class SilentMount
{
public:
    explicit SilentMount(std::string directory);
    SilentMount(const SilentMount &) = delete;
    SilentMount &operator=(const SilentMount &) = delete;
    /// Whoever waits for an answer gets an error.
    ~SilentMount();

    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    /// Whoever asks it anything from now on waits.
    void fallSilent();

private:
    void answer() const;

    std::string m_directory;
    UniqueFd m_device; ///< /dev/fuse
    UniqueFd m_end; ///< An eventfd: m_thread is to end.
    std::jthread m_thread;
    bool m_isMounted = false;
};

} // namespace Quay::Test
