// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/connectioncounter.h"

#include "core/ports/listener.h"
#include "core/ports/listenerbook.h"
#include "core/ports/listenersource.h"

#include <utility>

namespace Quay {

ConnectionCounter::ConnectionCounter(ListenerSource &source, ListenerBook &book, const Clock &clock)
    : m_source(source)
    , m_book(book)
    , m_share(clock)
{
}

void ConnectionCounter::count(std::optional<std::uint16_t> onlyPort)
{
    if (m_isCounted && !m_share.isDue()) {
        return;
    }
    m_share.spend([this, onlyPort] {
        const auto connections = m_source.connections(onlyPort);
        if (!connections) {
            return;
        }
        const ConnectionCounts counts(*connections, m_book.rows());
        show([&counts](const SocketRecord &socket) { return counts.of(socket); });
        m_isCounted = true;
    });
}

void ConnectionCounter::forget()
{
    if (std::exchange(m_isCounted, false)) {
        show([](const SocketRecord &) { return std::nullopt; });
    }
}

void ConnectionCounter::show(const std::function<std::optional<ConnectionCount>(const SocketRecord &)> &countOf)
{
    for (auto &[key, tracked] : m_book) {
        if (key.protocol != Protocol::Tcp) {
            continue;
        }
        const auto count = countOf(tracked.listener->socket);
        const auto number = count ? std::optional(count->connections) : std::nullopt;
        const bool isShared = count && count->isShared;
        const auto own = isShared ? std::nullopt : number;
        const auto shared = isShared ? number : std::nullopt;
        if (tracked.listener->connections != own || tracked.listener->sharedConnections != shared) {
            Listener changed = *tracked.listener;
            changed.connections = own;
            changed.sharedConnections = shared;
            m_book.publish(tracked, std::move(changed));
        }
    }
}

} // namespace Quay
