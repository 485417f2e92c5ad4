// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/listenerwarnings.h"

#include "core/kernel/ipaddress.h"
#include "core/kernel/proclink.h"
#include "core/kernel/socketrecord.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

namespace {

Fact pidFact(const Owner &owner)
{
    return {.key = "pid", .value = std::to_string(owner.process->id.pid)};
}

std::optional<Warning> nobodyAccepts(const Listener &listener, std::optional<std::chrono::nanoseconds> waitingFor)
{
    const auto &socket = listener.socket;
    if (socket.protocol != Protocol::Tcp || socket.receiveQueue == 0) {
        return std::nullopt;
    }
    if (!waitingFor || *waitingFor < NobodyAcceptsAfter) {
        return std::nullopt;
    }
    const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(*waitingFor);
    return Warning{.kind = WarningKind::NobodyAccepts,
                   .facts = {{.key = "waiting", .value = std::to_string(socket.receiveQueue)},
                             {.key = "limit", .value = std::to_string(socket.sendQueue)},
                             {.key = "waitingForMs", .value = std::to_string(waited.count())}}};
}

/// A warning that names every owner whose link leads to something deleted.
std::optional<Warning> deletedLinks(const Listener &listener, WarningKind kind, FactKey key,
                                    std::optional<ProcLink> OwnerProfile::*link)
{
    Warning warning{.kind = kind, .facts = {}};
    for (const auto &owner : listener.owners) {
        const auto &target = (*owner.profile).*link;
        if (target && target->isDeleted) {
            warning.facts.push_back(pidFact(owner));
            warning.facts.push_back({.key = key, .value = target->path});
        }
    }
    return warning.facts.empty() ? std::nullopt : std::optional(std::move(warning));
}

bool isStopped(const Owner &owner)
{
    return owner.process->state == 'T' || owner.process->state == 't';
}

std::optional<Warning> ownerStopped(const Listener &listener)
{
    if (listener.owners.empty() || !std::ranges::all_of(listener.owners, isStopped)) {
        return std::nullopt;
    }
    Warning warning{.kind = WarningKind::OwnerStopped, .facts = {}};
    for (const auto &owner : listener.owners) {
        warning.facts.push_back(pidFact(owner));
        warning.facts.push_back({.key = "state", .value = std::string(1, owner.process->state)});
    }
    return warning;
}

bool isDevelopmentServer(const Owner &owner)
{
    return owner.profile->kind && owner.profile->kind->isDevelopment;
}

std::optional<Warning> developmentServerOnNetwork(const Listener &listener)
{
    if (listener.socket.protocol != Protocol::Tcp || listener.reach() != Reach::Network) {
        return std::nullopt;
    }
    const auto owner = std::ranges::find_if(listener.owners, isDevelopmentServer);
    if (owner == listener.owners.end()) {
        return std::nullopt;
    }
    return Warning{.kind = WarningKind::DevelopmentServerOnNetwork,
                   .facts = {{.key = "address", .value = listener.endpoint()},
                             {.key = "kind", .value = owner->profile->kind->name},
                             pidFact(*owner)}};
}

} // namespace

std::vector<Warning> listenerWarnings(const Listener &listener, std::optional<std::chrono::nanoseconds> waitingFor)
{
    std::vector<Warning> warnings;
    const auto add = [&warnings](std::optional<Warning> warning) {
        if (warning) {
            warnings.push_back(std::move(*warning));
        }
    };
    add(nobodyAccepts(listener, waitingFor));
    add(ownerStopped(listener));
    add(deletedLinks(listener, WarningKind::ExecutableDeleted, "executable", &OwnerProfile::executable));
    add(deletedLinks(listener, WarningKind::DirectoryDeleted, "directory", &OwnerProfile::workingDirectory));
    add(developmentServerOnNetwork(listener));
    return warnings;
}

} // namespace Quay
