// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/processid.h"

#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

namespace Quay {

/// A process and its lowest descriptor of a socket, as somebody told us who may read more than we may.
struct ToldHolder
{
    std::uint64_t inode = 0;
    ProcessId process;
    int fd = -1;

    bool operator==(const ToldHolder &) const = default;
};

/**
 * Who holds the sockets that we cannot look up ourselves. It stays true for as long as both last, as far as we can see.
 *
 * Threads: not shared.
 */
class ToldHolders
{
public:
    /// Replaces what was told of these sockets.
    void add(std::span<const ToldHolder> holders);
    /// The socket is gone: its inode may come to mean another one.
    void forget(std::uint64_t inode);
    /// Drops the holders of whom @p isGone says so, and gives the sockets that they held.
    std::vector<std::uint64_t> dropIf(const std::function<bool(ProcessId)> &isGone);

    /// Oldest news first. Empty when nothing was told.
    [[nodiscard]] std::span<const ToldHolder> of(std::uint64_t inode) const;

private:
    std::unordered_map<std::uint64_t, std::vector<ToldHolder>> m_holders;
};

} // namespace Quay
