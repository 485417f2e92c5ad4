// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/toldholders.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace Quay {

void ToldHolders::add(std::span<const ToldHolder> holders)
{
    for (const auto &holder : holders) {
        m_holders.erase(holder.inode);
    }
    for (const auto &holder : holders) {
        m_holders[holder.inode].push_back(holder);
    }
}

void ToldHolders::forget(std::uint64_t inode)
{
    m_holders.erase(inode);
}

std::vector<std::uint64_t> ToldHolders::dropIf(const std::function<bool(ProcessId)> &isGone)
{
    std::vector<std::uint64_t> touched;
    for (auto &[inode, holders] : m_holders) {
        if (std::erase_if(holders, [&isGone](const ToldHolder &holder) { return isGone(holder.process); }) > 0) {
            touched.push_back(inode);
        }
    }
    std::erase_if(m_holders, [](const auto &entry) { return entry.second.empty(); });
    return touched;
}

std::span<const ToldHolder> ToldHolders::of(std::uint64_t inode) const
{
    const auto found = m_holders.find(inode);
    return found != m_holders.end() ? std::span<const ToldHolder>(found->second) : std::span<const ToldHolder>();
}

} // namespace Quay
