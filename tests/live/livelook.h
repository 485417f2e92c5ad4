// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/portmonitor.h"
#include "core/ports/portsnapshot.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace Quay::Test {

/// What went wrong, for QVERIFY2. Empty when nothing did.
template<typename T>
[[nodiscard]] const char *why(const Result<T> &result)
{
    return result ? "" : result.error().subject.c_str();
}

/// Every listener of a port, in the order of the snapshot.
[[nodiscard]] inline std::vector<ListenerPtr> listenersOn(const PortSnapshot &snapshot, std::uint16_t port,
                                                          Protocol protocol = Protocol::Tcp)
{
    std::vector<ListenerPtr> found;
    std::ranges::copy_if(snapshot.listeners, std::back_inserter(found), [&](const ListenerPtr &listener) {
        return listener->socket.localPort == port && listener->socket.protocol == protocol;
    });
    return found;
}

/// The one listener of a port; null when there is none or there are several.
[[nodiscard]] inline ListenerPtr listenerOn(const PortSnapshot &snapshot, std::uint16_t port,
                                            Protocol protocol = Protocol::Tcp)
{
    const auto found = listenersOn(snapshot, port, protocol);
    return found.size() == 1 ? found.front() : nullptr;
}

/// Ascending.
[[nodiscard]] inline std::vector<pid_t> ownerPids(const Listener &listener)
{
    std::vector<pid_t> pids;
    std::ranges::transform(listener.owners, std::back_inserter(pids),
                           [](const Owner &owner) { return owner.process->id.pid; });
    std::ranges::sort(pids);
    return pids;
}

[[nodiscard]] inline std::vector<pid_t> sorted(std::vector<pid_t> pids)
{
    std::ranges::sort(pids);
    return pids;
}

[[nodiscard]] inline const Warning *findWarning(const Listener &listener, WarningKind kind)
{
    const auto found = std::ranges::find(listener.warnings, kind, &Warning::kind);
    return found == listener.warnings.end() ? nullptr : &*found;
}

/// The value of a fact, empty when it is not there.
[[nodiscard]] inline std::string_view factOf(const Warning &warning, std::string_view key)
{
    const auto found = std::ranges::find(warning.facts, key, [](const Fact &fact) { return fact.key.word(); });
    return found == warning.facts.end() ? std::string_view() : std::string_view(found->value);
}

} // namespace Quay::Test
