// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portholder.h"

#include "app/cli/command.h"
#include "app/cli/machine.h"
#include "app/shared/listenertext.h"
#include "app/shared/usernames.h"

#include <algorithm>

namespace Quay {

std::string portHolder(CommandContext &context, std::uint16_t port, Protocol protocol)
{
    const auto snapshot = context.machine.look({.udp = protocol == Protocol::Udp, .onlyPort = port});
    if (!snapshot) {
        return {};
    }
    const auto found = std::ranges::find_if((*snapshot)->listeners, [protocol](const ListenerPtr &listener) {
        return listener->socket.protocol == protocol;
    });
    if (found == (*snapshot)->listeners.end()) {
        return {};
    }
    const Listener &listener = **found;
    if (listener.owners.empty()) {
        return ownerKnowledgeText(listener, context.users).toStdString();
    }
    const ProcessInfo &process = *listener.owners.front().process;
    return process.name + ' ' + std::to_string(process.id.pid);
}

} // namespace Quay
