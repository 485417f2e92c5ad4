// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/snapshots.h"

#include "core/kernel/ipaddress.h"
#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace Quay::Test {

namespace {

Owner ownerFrom(const OwnerSpec &spec)
{
    auto process = std::make_shared<ProcessInfo>();
    process->id = {.pid = spec.pid, .startTicks = spec.startTicks};
    process->uid = spec.uid;
    process->state = 'S';
    process->name = spec.name;
    process->arguments = spec.arguments;
    process->threadCount = 1;
    process->residentBytes = spec.residentBytes;
    process->cpuShare = spec.cpuShare;
    auto profile = std::make_shared<OwnerProfile>();
    if (spec.directory) {
        profile->workingDirectory = ProcLink{.path = *spec.directory};
    }
    if (spec.executable) {
        profile->executable = ProcLink{.path = *spec.executable};
    }
    profile->isDirectorySilent = spec.isDirectorySilent;
    profile->project = spec.project;
    profile->kind = spec.kind;
    return {.process = std::move(process), .profile = std::move(profile), .fd = 3};
}

} // namespace

ProjectPtr projectAt(const std::string &root, const std::string &name, const std::optional<std::string> &branch)
{
    return std::make_shared<const Project>(
        Project{.root = root, .name = name, .branch = branch, .commit = {}, .worktree = {}});
}

ListenerPtr listenerFrom(const ListenerSpec &spec)
{
    auto listener = std::make_shared<Listener>();
    SocketRecord &socket = listener->socket;
    socket.protocol = spec.protocol;
    socket.state = spec.protocol == Protocol::Tcp ? SocketState::Listening : SocketState::Closed;
    socket.localPort = spec.port;
    socket.localAddress = ipAddressFromText(spec.address).value_or(IpAddress{});
    socket.uid = spec.uid;
    const auto ofEndpoint = std::hash<std::string>{}(endpointText(socket.localAddress, spec.port)) * 2
        + static_cast<std::uint64_t>(spec.protocol);
    socket.cookie = spec.cookie != 0 ? spec.cookie : ofEndpoint;
    socket.inode = socket.cookie;
    socket.sendQueue = spec.protocol == Protocol::Tcp ? 128 : 0;
    listener->interfaceName = spec.interfaceName;
    std::ranges::transform(spec.owners, std::back_inserter(listener->owners), ownerFrom);
    listener->knowledge = spec.knowledge;
    listener->unit = spec.unit;
    listener->connections = spec.connections;
    listener->sharedConnections = spec.sharedConnections;
    listener->warnings = spec.warnings;
    return listener;
}

PortSnapshotPtr snapshotOf(std::vector<ListenerPtr> listeners)
{
    static std::uint64_t lastGeneration = 0;
    std::ranges::sort(listeners, {}, [](const ListenerPtr &listener) {
        const SocketRecord &socket = listener->socket;
        return std::tuple(socket.protocol, socket.localPort, socket.localAddress, listener->key());
    });
    auto snapshot = std::make_shared<PortSnapshot>();
    snapshot->generation = ++lastGeneration;
    snapshot->listeners = std::move(listeners);
    return snapshot;
}

} // namespace Quay::Test
