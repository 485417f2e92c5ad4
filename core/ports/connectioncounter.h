// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/socketrecord.h"
#include "core/ports/connectioncounts.h"
#include "core/ports/costshare.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace Quay {

class Clock;
class ListenerBook;
class ListenerSource;

/// Writes into a book of listeners how many connections each has; seldom where that is dear.
class ConnectionCounter
{
public:
    /// All arguments outlive this object.
    ConnectionCounter(ListenerSource &source, ListenerBook &book, const Clock &clock);

    /// Counts, when it is time to. The numbers stay what they were when that fails.
    void count(std::optional<std::uint16_t> onlyPort);
    /// From now on the numbers are unknown.
    void forget();

private:
    void show(const std::function<std::optional<ConnectionCount>(const SocketRecord &)> &countOf);

    ListenerSource &m_source;
    ListenerBook &m_book;
    CostShare m_share;
    bool m_isCounted = false;
};

} // namespace Quay
