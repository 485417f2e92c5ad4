// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portselection.h"

#include <algorithm>

namespace Quay {

namespace {

bool isWanted(Protocol protocol, const PortSelection &selection)
{
    return protocol == Protocol::Tcp ? selection.tcp : selection.udp;
}

bool isOwnedBy(const Listener &listener, uid_t uid)
{
    return listener.socket.uid == uid
        || std::ranges::any_of(listener.owners, [uid](const Owner &owner) { return owner.process->uid == uid; });
}

} // namespace

bool isShownUnasked(const Listener &listener, uid_t uid)
{
    if (listener.unit.kind == UnitKind::SystemService) {
        return uid != 0 && isOwnedBy(listener, uid); // all that root runs is root's: that says nothing
    }
    return listener.unit.kind == UnitKind::Container || !listener.owners.empty() || isOwnedBy(listener, uid);
}

SelectedPorts select(const PortSnapshot &snapshot, const PortSelection &selection)
{
    SelectedPorts selected;
    std::vector<bool> answered(selection.ranges.size(), false);
    for (const auto &listener : snapshot.listeners) {
        if (!isWanted(listener->socket.protocol, selection)) {
            continue;
        }
        bool isAskedFor = selection.ranges.empty() && (selection.all || isShownUnasked(*listener, selection.uid));
        for (std::size_t i = 0; i < answered.size(); ++i) {
            if (selection.ranges[i].contains(listener->socket.localPort)) {
                answered[i] = true;
                isAskedFor = true;
            }
        }
        if (isAskedFor) {
            selected.listeners.push_back(listener);
        } else if (selection.ranges.empty()) {
            ++selected.leftOut;
        }
    }
    for (std::size_t i = 0; i < answered.size(); ++i) {
        if (!answered[i]) {
            selected.unanswered.push_back(selection.ranges[i]);
        }
    }
    return selected;
}

} // namespace Quay
