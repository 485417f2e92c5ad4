// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/listenerlist.h"

#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

namespace Quay {

namespace {

auto orderOf(const ListenerPtr &listener)
{
    return listenerOrder(*listener);
}

std::pair<Protocol, std::uint16_t> portOf(const ListenerPtr &listener)
{
    return {listener->socket.protocol, listener->socket.localPort};
}

} // namespace

void ListenerList::update(std::span<const ListenerKey> gone, std::vector<ListenerPtr> appeared)
{
    if (!gone.empty()) {
        std::vector<ListenerKey> keys(gone.begin(), gone.end());
        std::ranges::sort(keys);
        std::erase_if(m_listeners, [&keys](const ListenerPtr &listener) {
            return std::ranges::binary_search(keys, listener->key());
        });
    }
    if (!appeared.empty()) {
        std::ranges::sort(appeared, {}, orderOf);
        const auto middle = static_cast<std::ptrdiff_t>(m_listeners.size());
        std::ranges::move(appeared, std::back_inserter(m_listeners));
        std::ranges::inplace_merge(m_listeners, m_listeners.begin() + middle, {}, orderOf);
    }
}

void ListenerList::replace(const ListenerPtr &listener)
{
    const auto found = std::ranges::lower_bound(m_listeners, listenerOrder(*listener), {}, orderOf);
    if (found != m_listeners.end() && (*found)->key() == listener->key()) {
        *found = listener;
    }
}

std::span<const ListenerPtr> ListenerList::onPort(Protocol protocol, std::uint16_t port) const
{
    const auto range = std::ranges::equal_range(m_listeners, std::pair(protocol, port), {}, portOf);
    return {range.begin(), range.end()};
}

} // namespace Quay
