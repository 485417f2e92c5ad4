// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/listener.h"

#include "core/kernel/ipaddress.h"
#include "core/kernel/netinterface.h"
#include "core/processes/ancestry.h"
#include "core/processes/kindrules.h"
#include "core/processes/unit.h"

#include <optional>
#include <string>

namespace Quay {

bool isServiceManager(const Owner &owner)
{
    const auto &profile = *owner.profile;
    if (isServiceManagersCgroup(profile.unit.path)) {
        return true;
    }
    const auto launcher = profile.ancestry.steps.empty() ? LauncherKind::None : profile.ancestry.steps.front().launcher;
    return launcher == LauncherKind::Init || launcher == LauncherKind::ServiceManager;
}

Reach Listener::reach() const
{
    return isLoopback(socket.localAddress) || socket.interfaceIndex == LoopbackInterface ? Reach::ThisMachine
                                                                                         : Reach::Network;
}

std::string Listener::endpoint() const
{
    return endpointText(socket.localAddress, socket.localPort, interfaceName);
}

std::optional<AcceptQueue> Listener::acceptQueue() const
{
    const bool isFromProcNet = socket.cookie == 0;
    return socket.protocol == Protocol::Tcp && !isFromProcNet
        ? std::optional(AcceptQueue{.waiting = socket.receiveQueue, .limit = socket.sendQueue})
        : std::nullopt;
}

} // namespace Quay
