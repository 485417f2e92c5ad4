// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/kindrules.h"
#include "core/processes/project.h"
#include "core/processes/unit.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay::Test {

/// A made-up process that holds a port. What is not given is what a small web server of the user would have.
struct OwnerSpec
{
    pid_t pid = 4711;
    std::string name = "node";
    std::vector<std::string> arguments = {"node", "server.js"};
    std::uint64_t startTicks = 1000;
    uid_t uid = 1000;
    std::optional<std::string> directory = "/home/user/work";
    bool isDirectorySilent = false;
    std::optional<std::string> executable = "/usr/bin/node";
    ProjectPtr project;
    std::optional<ServerKind> kind;
    std::optional<double> cpuShare;
    std::uint64_t residentBytes = 38'000'000;
};

/// A made-up listener.
struct ListenerSpec
{
    std::uint16_t port = 3000;
    std::uint64_t cookie = 0; ///< 0: one that depends on port, protocol and address.
    Protocol protocol = Protocol::Tcp;
    std::string address = "127.0.0.1";
    std::string interfaceName;
    std::vector<OwnerSpec> owners;
    OwnerKnowledge knowledge = OwnerKnowledge::Complete;
    uid_t uid = 1000;
    UnitInfo unit;
    std::optional<std::uint32_t> connections = 0;
    std::optional<std::uint32_t> sharedConnections;
    std::vector<Warning> warnings;
};

[[nodiscard]] ProjectPtr projectAt(const std::string &root, const std::string &name,
                                   const std::optional<std::string> &branch = {});
[[nodiscard]] ListenerPtr listenerFrom(const ListenerSpec &spec);
/// In the order that PortSnapshot promises, with a generation of its own.
[[nodiscard]] PortSnapshotPtr snapshotOf(std::vector<ListenerPtr> listeners);

} // namespace Quay::Test
