// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/socketlist.h"

#include "app/shared/listenertext.h"

#include <algorithm>
#include <ranges>
#include <tuple>

namespace Quay {

namespace {

/// Ports in a row are a range from so many on; two are shorter by themselves.
constexpr std::ptrdiff_t FewestInARange = 3;

auto placeOf(const Listener &listener)
{
    const auto &socket = listener.socket;
    return std::tuple(socket.protocol, socket.localAddress, socket.interfaceIndex);
}

/// Whether @p next is to be told in one word with @p listener, which is ordered before it.
bool isNextOf(const ListenerPtr &listener, const ListenerPtr &next)
{
    return placeOf(*listener) == placeOf(*next) && next->socket.localPort == listener->socket.localPort + 1;
}

} // namespace

QStringList socketTexts(const std::vector<ListenerPtr> &listeners)
{
    const auto keyOf = [](const ListenerPtr &listener) {
        return std::tuple_cat(placeOf(*listener), std::tuple(listener->socket.localPort));
    };
    auto ordered = listeners;
    std::ranges::sort(ordered, {}, keyOf);
    const auto repeated = std::ranges::unique(ordered, {}, keyOf); // SO_REUSEPORT
    ordered.erase(repeated.begin(), repeated.end());
    QStringList texts;
    for (const auto run : ordered | std::views::chunk_by(isNextOf)) {
        if (std::ranges::distance(run) >= FewestInARange) {
            texts << QString(socketText(*run.front()) + u'-' + QString::number(run.back()->socket.localPort));
            continue;
        }
        for (const auto &listener : run) {
            texts << socketText(*listener);
        }
    }
    return texts;
}

QString socketListText(const std::vector<ListenerPtr> &listeners)
{
    return socketTexts(listeners).join(QStringLiteral(", "));
}

} // namespace Quay
